// How many devices have each answer, and of which type they are: the figures above the rows.

import { h, many, sign } from "../find/dom.js"
import { BUCKETS, bucketOf, wordOf } from "./buckets.js"

const SVG = "http://www.w3.org/2000/svg"
const WIDTH = 1000
const HEIGHT = 28
const TYPE_REMARKS = {
  CHF: "Communications Hub; the same hub may stand under GPF too",
  GPF: "Communications Hub; the same hub may stand under CHF too",
  "": "no type, or one that is not known",
}
const NEVER = "never listed: a Type 2 Device"
const number = (count) => count.toLocaleString("en-GB")

/** All rows of the file, as a sum whose parts are said, with links to those to look at. */
export function sum({ counts, counted }) {
  const { rows, answered, unread, repaired, blank, above, devices } = counts
  const told = [
    `${many(rows, "row", "rows")} = ${number(answered)} answered + ${number(unread)} not read`,
    blank ? ` + ${number(blank)} blank` : "",
    counted ? `. The answered rows stand for ${many(devices, "device", "devices")}` : "",
    above > 1
      ? `. ${many(above - 1, "line stands", "lines stand")} above the names of the columns`
      : "",
    ".",
  ]
  const links = []
  if (unread) links.push(h("a", { href: "#unread" }, `${number(unread)} not read`))
  if (repaired) links.push(h("a", { href: "#repaired" }, `${number(repaired)} repaired`))
  const between = links.length > 1 ? [links[0], ", ", links[1]] : links
  return h("p", { class: "sum" }, told.join(""), links.length > 0 && " See: ", between)
}

/** The buckets that occur with their devices, the latest first. */
export function totalsOf(groups) {
  const totals = new Map()
  for (const { answer, devices } of groups) {
    const bucket = bucketOf(answer)
    totals.set(bucket, (totals.get(bucket) ?? 0) + devices)
  }
  return BUCKETS.filter((bucket) => totals.has(bucket))
    .reverse()
    .map((bucket) => [bucket, totals.get(bucket)])
}

/** The shares as one bar. */
export function bar(totals, all, book) {
  const said = totals.map(([bucket, devices]) => `${number(devices)} ${wordOf(bucket, book)[1]}`)
  const svg = drawn("svg", {
    class: "stackbar",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": said.join(", ") || "nothing",
  })
  let at = 0
  for (const [bucket, devices] of totals) {
    const share = (WIDTH * devices) / (all || 1)
    const width = Math.max(share - 2, 0.5).toFixed(1)
    const kind = `is-${wordOf(bucket, book)[0]}`
    svg.append(drawn("rect", { x: at.toFixed(1), width, height: HEIGHT, class: kind }))
    at += share
  }
  return svg
}

function drawn(tag, attributes) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

/** Each bucket as a link to its rows; `go(event, bucket)` follows it without leaving the page. */
export function tally(totals, all, here, book, go) {
  const cell = (bucket, devices, word) => {
    const href = bucket ? `?answer=${bucket}` : location.pathname
    const current = here === bucket && "true"
    const click = (event) => go(event, bucket)
    return h(
      "li",
      {},
      h("a", { href, "aria-current": current, click }, h("b", {}, number(devices)), word),
    )
  }
  const cells = totals.map(([bucket, devices]) =>
    cell(bucket, devices, sign(...wordOf(bucket, book))),
  )
  return h("ul", { class: "tally by-answer" }, cell("", all, "All"), cells)
}

/** Devices by the type that the file gives, and what each was looked up as. */
export function types({ byType, unknownTypes }, book) {
  const named = byType.filter(([name]) => name)
  if (!named.length) return ""
  const sorted = byType.sort(([a], [b]) => (a < b ? -1 : 1))
  const heads = [
    h("th", {}, "Type"),
    h("th", { class: "n" }, "Devices"),
    h("th", {}, "Looked up as"),
  ]
  const unknown = unknownTypes.map(([name, count]) => `${name} (${many(count, "row", "rows")})`)
  const counts = named.map(([name, { devices }]) => `${name} ${number(devices)}`)
  return h(
    "details",
    { class: "types" },
    h("summary", {}, "Counted by type: ", counts.join(", ")),
    h(
      "table",
      { class: "resp" },
      h("thead", {}, h("tr", {}, heads)),
      h(
        "tbody",
        {},
        sorted.map(([name, { devices }]) => typeRow(name, devices, book)),
      ),
    ),
    unknown.length > 0 &&
      h("p", {}, `Types that are not known, and so were not used: ${unknown.join(", ")}.`),
  )
}

function typeRow(name, devices, book) {
  const inventory = book.reading.inventory_types
  const listed = Object.hasOwn(inventory, name)
    ? inventory[name].join(" or ") || NEVER
    : "as written"
  const as = Object.hasOwn(TYPE_REMARKS, name) ? TYPE_REMARKS[name] : listed
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name || "none"),
    h("td", { class: "n", "data-l": "Devices" }, number(devices)),
    h("td", { "data-l": "Looked up as" }, as),
  )
}
