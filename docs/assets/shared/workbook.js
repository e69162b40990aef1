// The sheets of an Excel workbook as rows of text: a number is the text that stands in the file.
// Of XML it reads as much as a workbook has: tags, attributes, text, and the common entities.

import { formatNumber } from "./text.js"
import { FileRefused, Zip } from "./zip.js"

/** What a cell says whose formula was never calculated. */
export const UNCALCULATED = "(formula without a value)"

const MOST_TEXT = 300_000_000
const MOST_COLUMNS = 1_000
const MOST_CELLS = 20_000_000
const PROGRESS_EVERY = 10_000
/** @type {string[]} */
const NO_CELLS = []

/** @typedef {(step: string, share: number) => void} Progress */
/** @typedef {{mostRows: number, progress: Progress}} Limits */
/** @typedef {{name: string, read: (limits: Limits) => Promise<string[][]>}} Sheet */

/** @param {Uint8Array} bytes */
export const isArchive = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b

/**
 * Every sheet of cells, to be read when it is wanted; throws FileRefused, as reading does.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Sheet[]>}
 */
export async function openWorkbook(bytes) {
  const zip = new Zip(bytes, MOST_TEXT)
  if (!zip.has("xl/workbook.xml"))
    throw new FileRefused("This archive is no Excel workbook (.xlsx).")
  const sheets = await sheetsOf(zip)
  if (!sheets.length) throw new FileRefused("The workbook has no sheet of cells.")
  const strings = zip.has("xl/sharedStrings.xml")
    ? sharedStrings(await zip.text("xl/sharedStrings.xml"))
    : []
  return sheets.map(({ name, path }) => ({
    name,
    read: async (limits) => cellsOf(await zip.text(path), strings, limits),
  }))
}

/** @param {Zip} zip */
async function sheetsOf(zip) {
  /** @type {Map<string, string>} */
  const paths = new Map()
  scanXml(await zip.text("xl/_rels/workbook.xml.rels"), ({ name, attributes, closing }) => {
    if (name !== "Relationship" || closing) return
    const { Id, Target } = parseAttributes(attributes)
    if (Target) paths.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`)
  })
  /** @type {{name: string, path: string}[]} */
  const sheets = []
  scanXml(await zip.text("xl/workbook.xml"), ({ name, attributes, closing }) => {
    if (name !== "sheet" || closing) return
    const sheet = parseAttributes(attributes)
    const path = paths.get(sheet.id)
    if (path?.includes("worksheets/") && zip.has(path))
      sheets.push({ name: sheet.name ?? path, path })
  })
  return sheets
}

/**
 * Texts that cells name by place; what is written above them to be read aloud is left out.
 * @param {string} xml
 */
function sharedStrings(xml) {
  /** @type {string[]} */
  const strings = []
  let text = ""
  let phonetic = false
  scanXml(xml, ({ name, closing, empty, before }) => {
    if (name === "rPh") phonetic = !closing && !empty
    else if (name === "t" && closing && !phonetic) text += unescapeXml(before)
    else if (name === "si" && (closing || empty)) {
      strings.push(text)
      text = ""
    }
  })
  return strings
}

/**
 * @typedef {object} Cell
 * @property {number} column
 * @property {string} kind
 * @property {string | null} value
 * @property {string} text
 * @property {boolean} formula
 */

/**
 * Rows at their places: one that the file leaves out is there without cells.
 * @param {string} xml
 * @param {string[]} strings
 * @param {Limits} limits
 */
function cellsOf(xml, strings, { mostRows, progress }) {
  /** @type {string[][]} */
  const table = []
  /** @type {string[] | undefined} */
  let row
  /** @type {Cell | undefined} */
  let cell
  let count = 0
  scanXml(xml, ({ name, attributes, closing, empty, before }) => {
    if (name === "row" && !closing) {
      const place = Number(/\br\s*=\s*["']([0-9]+)/.exec(attributes)?.[1] ?? table.length + 1)
      if (!(place <= mostRows))
        throw new FileRefused(`The sheet has more than ${formatNumber(mostRows)} rows. Part it.`)
      while (table.length < place) table.push(NO_CELLS)
      row = table[place - 1] = []
      if (place % PROGRESS_EVERY === 0) progress("Reading the workbook", 0.5)
    } else if (name === "c" && row) {
      if (!closing) cell = startCell(attributes, row)
      if (!cell) throw new FileRefused("The workbook is damaged: a cell ends that has no beginning.")
      if (closing || empty) {
        row[cell.column] = textOf(cell, strings)
        cell = undefined
        if (++count > MOST_CELLS)
          throw new FileRefused(
            "The sheet has too many cells. Leave out columns that are not needed.",
          )
      }
    } else if (cell && name === "v" && closing) cell.value = unescapeXml(before)
    else if (cell && name === "t" && closing) cell.text += unescapeXml(before)
    else if (cell && name === "f") cell.formula = true
  })
  return table
}

/** @param {string} attributes @param {string[]} row @returns {Cell} */
function startCell(attributes, row) {
  const letters = /\br\s*=\s*["']([A-Z]+)/.exec(attributes)?.[1]
  const column = letters ? columnOf(letters) : row.length
  if (column >= MOST_COLUMNS)
    throw new FileRefused(
      `The sheet has more than ${formatNumber(MOST_COLUMNS)} columns. Leave out those that are not needed.`,
    )
  while (row.length < column) row.push("")
  const kind = /\bt\s*=\s*["'](\w+)/.exec(attributes)?.[1] ?? "n"
  return { column, kind, value: null, text: "", formula: false }
}

/** `A` is 0, `AB` is 27. @param {string} letters */
function columnOf(letters) {
  let place = 0
  for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64
  return place - 1
}

/** @param {Cell} cell @param {string[]} strings */
function textOf({ kind, value, text, formula }, strings) {
  if (kind === "inlineStr") return text
  if (value === null) return formula ? UNCALCULATED : ""
  if (kind === "s") return strings[Number(value)] ?? ""
  if (kind === "b") return value === "1" ? "TRUE" : "FALSE"
  return value
}

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** @type {Record<string, string>} */
const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

/**
 * @typedef {object} Tag
 * @property {string} name without a prefix
 * @property {string} attributes as they stand
 * @property {boolean} closing
 * @property {boolean} empty
 * @property {string} before the text before it, as it stands
 */

/** Visits every tag. @param {string} xml @param {(tag: Tag) => void} visit */
function scanXml(xml, visit) {
  let before = ""
  for (let at = 0; ;) {
    const open = xml.indexOf("<", at)
    if (open < 0) return
    before += xml.slice(at, open)
    if (xml.startsWith("<!--", open)) {
      at = endAfter(xml, "-->", open)
    } else if (xml.startsWith("<![CDATA[", open)) {
      at = endAfter(xml, "]]>", open)
      before += xml.slice(open + 9, at - 3).replaceAll("&", "&amp;")
    } else if (xml[open + 1] === "!") {
      throw new FileRefused(
        "The workbook has definitions of its own, which no spreadsheet program writes.",
      )
    } else {
      const close = endOfTag(xml, open)
      const closing = xml[open + 1] === "/"
      const empty = xml[close - 1] === "/"
      const inside = xml.slice(open + (closing ? 2 : 1), empty ? close - 1 : close)
      const blank = inside.search(/\s/)
      const name = blank < 0 ? inside : inside.slice(0, blank)
      visit({
        name: name.slice(name.indexOf(":") + 1),
        attributes: blank < 0 ? "" : inside.slice(blank),
        closing,
        empty,
        before,
      })
      before = ""
      at = close + 1
    }
  }
}

/** The first `>` that is not within quotes. @param {string} xml @param {number} open */
function endOfTag(xml, open) {
  let quote = ""
  for (let at = open + 1; at < xml.length; at++) {
    const letter = xml[at]
    if (quote) quote = letter === quote ? "" : quote
    else if (letter === ">") return at
    else if (letter === '"' || letter === "'") quote = letter
  }
  throw new FileRefused("The workbook is damaged: a part of it ends within a tag.")
}

/** @param {string} xml @param {string} mark @param {number} from */
function endAfter(xml, mark, from) {
  const found = xml.indexOf(mark, from)
  if (found < 0) throw new FileRefused("The workbook is damaged: a part of it ends too early.")
  return found + mark.length
}

/** Attributes by name, their prefixes left out. @param {string} text */
function parseAttributes(text) {
  /** @type {Record<string, string>} */
  const found = {}
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    found[name.slice(name.indexOf(":") + 1)] = unescapeXml(double ?? single)
  return found
}

/** Text as it is meant, also as Excel escapes what XML cannot hold. @param {string} text */
function unescapeXml(text) {
  const unescaped = text.includes("&")
    ? text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, decodeEntity)
    : text
  return unescaped.includes("_x")
    ? unescaped.replace(/_x([0-9A-F]{4})_/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    : unescaped
}

/** @param {string} whole @param {string} hex @param {string} decimal @param {string} name */
function decodeEntity(whole, hex, decimal, name) {
  if (name) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : whole
  const code = hex ? parseInt(hex, 16) : Number(decimal)
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole
}
