// How many devices have each answer, and of which type they are: the figures above the rows.

import { badge, h, svg } from "../shared/dom.js"
import { formatNumber, plural } from "../shared/text.js"

/** @import { Answers } from "./answers.js" */
/** @import { Group, TypeCount } from "./check.js" */
/** @import { Summary } from "./worker.js" */

/** @typedef {[category: string, devices: number][]} Totals */

const WIDTH = 1000
const HEIGHT = 28
/** @type {Record<string, string>} */
const TYPE_REMARKS = {
  CHF: "Communications Hub; the same hub may stand under GPF too",
  GPF: "Communications Hub; the same hub may stand under CHF too",
  "": "no type, or one that is not known",
}
const NEVER_LISTED = "never listed: a Type 2 Device"

// Answers as they are counted and filtered by, from what asks most for doing something to what
// asks for nothing. What is not on the CPL, for any reason, is one: `off`.
const CATEGORIES = [
  "withdrawn",
  "removed",
  "no-longer-listed",
  "newer-exists",
  "unclear",
  "several",
  "off",
  "never-listed",
  "latest",
]

/** @param {string} answer */
export const categoryOf = (answer) => (answer.startsWith("unknown-") ? "off" : answer)

/** Orders answers by their category. @param {string} answer */
export const rankOf = (answer) => CATEGORIES.indexOf(categoryOf(answer))

/** @param {string} category @param {Answers} answers */
const badgeOf = (category, answers) =>
  answers.badgeOf(category === "off" ? "unknown-firmware" : category)

/** The category that the address asks for, or none. */
export function categoryInAddress() {
  const category = new URLSearchParams(location.search).get("answer") ?? ""
  return CATEGORIES.includes(category) ? category : ""
}

/**
 * All rows of the file, as a sum whose parts are said, with links to those to look at.
 * @param {Summary} summary
 */
export function rowsInWords({ counts, hasCount }) {
  const { rows, answered, unread, repaired, blank, above, devices } = counts
  const parts = [
    `${plural(rows, "row", "rows")} = ${formatNumber(answered)} answered + ${formatNumber(unread)} not read`,
    blank ? ` + ${formatNumber(blank)} blank` : "",
    hasCount ? `. The answered rows stand for ${plural(devices, "device", "devices")}` : "",
    above > 1
      ? `. ${plural(above - 1, "line stands", "lines stand")} above the names of the columns`
      : "",
    ".",
  ]
  const links = []
  if (unread) links.push(h("a", { href: "#unread" }, `${formatNumber(unread)} not read`))
  if (repaired) links.push(h("a", { href: "#repaired" }, `${formatNumber(repaired)} repaired`))
  const between = links.length > 1 ? [links[0], ", ", links[1]] : links
  return h("p", { class: "sum" }, parts.join(""), links.length > 0 && " See: ", between)
}

/** The categories that occur with their devices, the latest first. @param {Group[]} groups */
export function totalsOf(groups) {
  /** @type {Map<string, number>} */
  const totals = new Map()
  for (const { answer, devices } of groups) {
    const category = categoryOf(answer)
    totals.set(category, (totals.get(category) ?? 0) + devices)
  }
  return /** @type {Totals} */ (
    CATEGORIES.filter((category) => totals.has(category))
      .reverse()
      .map((category) => [category, totals.get(category)])
  )
}

/** The shares as one bar. @param {Totals} totals @param {number} all @param {Answers} answers */
export function shareBar(totals, all, answers) {
  const label = totals.map(
    ([category, devices]) => `${formatNumber(devices)} ${badgeOf(category, answers)[1]}`,
  )
  const drawing = svg("svg", {
    class: "stackbar",
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    role: "img",
    "aria-label": label.join(", ") || "nothing",
  })
  let at = 0
  for (const [category, devices] of totals) {
    const share = (WIDTH * devices) / (all || 1)
    const width = Math.max(share - 2, 0.5).toFixed(1)
    const kind = `is-${badgeOf(category, answers)[0]}`
    drawing.append(svg("rect", { x: at.toFixed(1), width, height: HEIGHT, class: kind }))
    at += share
  }
  return drawing
}

/**
 * Each category as a link to its rows; `go` follows it without leaving the page.
 * @param {Totals} totals
 * @param {number} all
 * @param {string} current
 * @param {Answers} answers
 * @param {(event: Event, category: string) => void} go
 */
export function categoryLinks(totals, all, current, answers, go) {
  /** @param {string} category @param {number} devices @param {Node | string} words */
  const cell = (category, devices, words) => {
    const href = category ? `?answer=${category}` : location.pathname
    /** @param {Event} event */
    const click = (event) => go(event, category)
    const attributes = { href, "aria-current": current === category && "true", click }
    return h("li", {}, h("a", attributes, h("b", {}, formatNumber(devices)), words))
  }
  const cells = totals.map(([category, devices]) =>
    cell(category, devices, badge(...badgeOf(category, answers))),
  )
  return h("ul", { class: "tally by-answer" }, cell("", all, "All"), cells)
}

/**
 * Devices by the type that the file gives, and what each was looked up as.
 * @param {Summary} summary
 * @param {Answers} answers
 */
export function typeTable({ byType, unknownTypes }, answers) {
  const named = byType.filter(([type]) => type)
  if (!named.length) return ""
  const sorted = byType.sort(([a], [b]) => (a < b ? -1 : 1))
  const heads = [
    h("th", {}, "Type"),
    h("th", { class: "n" }, "Devices"),
    h("th", {}, "Looked up as"),
  ]
  const counts = named.map(([type, { devices }]) => `${type} ${formatNumber(devices)}`)
  const unknown = unknownTypes.map(([type, rows]) => `${type} (${plural(rows, "row", "rows")})`)
  return h(
    "details",
    { class: "types" },
    h("summary", {}, "Counted by type: ", counts.join(", ")),
    h(
      "table",
      { class: "resp" },
      h("thead", {}, h("tr", {}, heads)),
      h("tbody", {}, sorted.map(([type, count]) => typeRow(type, count, answers))),
    ),
    unknown.length > 0 &&
      h("p", {}, `Types that are not known, and so were not used: ${unknown.join(", ")}.`),
  )
}

/** @param {string} type @param {TypeCount} count @param {Answers} answers */
function typeRow(type, { devices }, answers) {
  const inventory = answers.reading.inventory_types
  const listed = Object.hasOwn(inventory, type)
    ? inventory[type].join(" or ") || NEVER_LISTED
    : "as written"
  const as = Object.hasOwn(TYPE_REMARKS, type) ? TYPE_REMARKS[type] : listed
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, type || "none"),
    h("td", { class: "n", "data-l": "Devices" }, formatNumber(devices)),
    h("td", { "data-l": "Looked up as" }, as),
  )
}
