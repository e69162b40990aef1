// As much of XML as a workbook has: tags, attributes and text, and only the common entities.

import { FileRefused } from "./refused.js"

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const COMMON = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

/**
 * Calls `tag(name, attributes, closing, empty, text)` for every tag: its name without a prefix, its
 * attributes as they stand, and the text before it as it stands.
 */
export function scan(xml, tag) {
  let text = ""
  for (let at = 0; ;) {
    const open = xml.indexOf("<", at)
    if (open < 0) return
    text += xml.slice(at, open)
    if (xml.startsWith("<!--", open)) {
      at = after(xml, "-->", open)
    } else if (xml.startsWith("<![CDATA[", open)) {
      at = after(xml, "]]>", open)
      text += xml.slice(open + 9, at - 3).replaceAll("&", "&amp;")
    } else if (xml[open + 1] === "!") {
      throw new FileRefused(
        "The workbook has definitions of its own, which no spreadsheet program writes.",
      )
    } else {
      const close = endOf(xml, open)
      const closing = xml[open + 1] === "/"
      const empty = xml[close - 1] === "/"
      const inside = xml.slice(open + (closing ? 2 : 1), empty ? close - 1 : close)
      const blank = inside.search(/\s/)
      const name = blank < 0 ? inside : inside.slice(0, blank)
      tag(
        name.slice(name.indexOf(":") + 1),
        blank < 0 ? "" : inside.slice(blank),
        closing,
        empty,
        text,
      )
      text = ""
      at = close + 1
    }
  }
}

/** The end of a tag: the first `>` that is not within quotes. */
function endOf(xml, open) {
  let quote = ""
  for (let at = open + 1; at < xml.length; at++) {
    const letter = xml[at]
    if (quote) quote = letter === quote ? "" : quote
    else if (letter === ">") return at
    else if (letter === '"' || letter === "'") quote = letter
  }
  throw new FileRefused("The workbook is damaged: a part of it ends within a tag.")
}

function after(xml, mark, from) {
  const found = xml.indexOf(mark, from)
  if (found < 0) throw new FileRefused("The workbook is damaged: a part of it ends too early.")
  return found + mark.length
}

/** Attributes by name, their prefixes left out. */
export function attributes(text) {
  const found = {}
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    found[name.slice(name.indexOf(":") + 1)] = plain(double ?? single)
  return found
}

/** Text as it is meant, also as Excel escapes what XML cannot hold. */
export function plain(text) {
  const said = text.includes("&")
    ? text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, entity)
    : text
  return said.includes("_x")
    ? said.replace(/_x([0-9A-F]{4})_/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    : said
}

function entity(whole, hex, decimal, name) {
  if (name) return Object.hasOwn(COMMON, name) ? COMMON[name] : whole
  const code = hex ? parseInt(hex, 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
