// The filters beside the list: what there is to filter by, which are in use by the address of the
// page, and the boxes to tick.

import { badge, h } from "../shared/dom.js"
import { capitalised, formatNumber } from "../shared/text.js"

/** @import { Child } from "../shared/dom.js" */
/** @import { Register } from "../shared/register.js" */

export const ROWS = 50
const MOST_SHOWN = 100_000

/** The orders that rows can have. @type {Record<string, string>} */
export const SORTS = {
  best: "best match",
  newest: "newest listed",
  number: "CPL number",
  manufacturer: "manufacturer",
  firmware: "firmware version",
  certificate: "certificate date",
}

/**
 * @typedef {object} SearchState what the reader asked for, all of it in the address
 * @property {string} q
 * @property {Filters} filters
 * @property {string} sort empty for the usual order
 * @property {number} show
 */
/** @typedef {Map<string, Set<string>>} Filters values by the key of their facet */
/** @typedef {Map<string, Map<string, number>>} Counts entries by key and value */

/**
 * @typedef {object} Facet
 * @property {string} key in the address
 * @property {string} title
 * @property {(entry: Entry) => string[]} of the values of an entry
 * @property {(value: string, register: Register) => string} label of a value, which may be one
 *   that no entry has, since the address says it
 * @property {(value: string) => number} [place] orders the options, before their labels do
 * @property {(value: string, register: Register) => Child} [shown] where it is not just the label
 * @property {boolean} [folded] whether it begins closed
 * @property {(register: Register) => string} [note]
 */

const LISTINGS = { current: "Current", removed: "Removed", "no-longer-listed": "No longer listed" }
const CERTIFICATES = {
  soon: "Due within 12 months",
  passed: "Day has passed",
  later: "Due later",
  none: "No day stated",
}
const OUTAGES = { expected: "Expected", "not-expected": "Not expected", unknown: "Not stated" }
const RECORDS = { none: "No record yet", there: "Has a record" }
const IDENTIFIER = /^[0-9A-F]{4}$/

/** @template T @param {Record<string, T>} table @param {string} key @returns {T | undefined} */
const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined)
/** @param {string[]} values @returns {(value: string) => number} */
const inOrder = (values) => (value) => values.indexOf(value)
/** @param {Record<string, string>} labels */
const labelled = (labels) => {
  /** @param {string} value */
  const label = (value) => own(labels, value) ?? value
  return { label, place: inOrder(Object.keys(labels)) }
}

/** @type {Facet[]} */
export const FACETS = [
  {
    key: "answer",
    title: "Answer",
    of: (entry) => [entry.answer],
    label: (value, register) => own(register.index.answers, value)?.[1] ?? value,
    place: inOrder(["latest", "newer-exists", "unclear", "withdrawn", "removed", "no-longer-listed"]),
    shown: (value, register) => badge(...register.index.answers[value]),
  },
  {
    key: "record",
    title: "Firmware record",
    of: (entry) => [entry.recorded ? "there" : "none"],
    ...labelled(RECORDS),
    shown: (value) => (value === "none" ? badge("norec", RECORDS.none) : own(RECORDS, value)),
  },
  {
    key: "manufacturer",
    title: "Manufacturer",
    of: (entry) => (entry.makers.length ? entry.makers : [entry.model.slice(0, 4)]),
    label: (value, register) =>
      register.manufacturers.get(value)?.name ??
      (IDENTIFIER.test(value) ? `No contact yet: ${value}` : value),
    place: (value) => (IDENTIFIER.test(value) ? 1 : 0),
  },
  {
    key: "type",
    title: "Device type",
    of: (entry) => [entry.type],
    label: (value, register) => capitalised(own(register.index.types, value) ?? value),
  },
  { key: "listing", title: "On the CPL", of: (entry) => [entry.listing], ...labelled(LISTINGS) },
  {
    key: "certificate",
    title: "CPA certificate",
    of: (entry) => [entry.certificate[2]],
    ...labelled(CERTIFICATES),
    folded: true,
    note: (register) => `As on ${register.index.cpl.issued_on}, when this CPL was issued`,
  },
  {
    key: "outage",
    title: "Outage alert on activation",
    of: (entry) => [entry.outage],
    ...labelled(OUTAGES),
    folded: true,
  },
  {
    key: "generation",
    title: "Generation",
    of: (entry) => [entry.generation],
    label: (value) => value.replace(/\+$/, " or later"),
    folded: true,
  },
  {
    key: "version",
    title: "SMETS or CHTS version",
    of: (entry) => [entry.version || "unknown"],
    label: (value) => (value === "unknown" ? "Not known" : value.replace(" V", " ")),
    folded: true,
  },
  {
    key: "gbcs",
    title: "GBCS version",
    of: (entry) => [entry.gbcs || "unknown"],
    label: (value) => (value === "unknown" ? "Not known" : value),
    folded: true,
  },
]

/** @param {string} search the query of an address @returns {SearchState} */
export function parseAddress(search) {
  const given = new URLSearchParams(search)
  /** @type {Filters} */
  const filters = new Map()
  for (const { key } of FACETS) {
    const values = given.getAll(key).filter(Boolean)
    if (values.length) filters.set(key, new Set(values))
  }
  const sort = given.get("sort") ?? ""
  const show = Number(given.get("show"))
  return {
    q: (given.get("q") ?? "").trim(),
    filters,
    sort: Object.hasOwn(SORTS, sort) ? sort : "",
    show: Number.isInteger(show) && show > ROWS ? Math.min(show, MOST_SHOWN) : ROWS,
  }
}

/** The same state always gives the same address. @param {SearchState} state */
export function addressOf({ q, filters, sort, show }) {
  const given = new URLSearchParams()
  if (q) given.set("q", q)
  for (const { key } of FACETS)
    for (const value of [...(filters.get(key) ?? [])].sort()) given.append(key, value)
  if (sort) given.set("sort", sort)
  if (show > ROWS) given.set("show", String(show))
  const search = given.toString()
  return search ? `?${search}` : location.pathname
}

/**
 * The same with one filter put in or taken out, from the first rows on.
 * @param {SearchState} state
 * @param {string} key
 * @param {string} value
 * @param {boolean} on
 */
export function withFilter(state, key, value, on) {
  const filters = new Map(state.filters)
  const values = new Set(filters.get(key))
  if (on) values.add(value)
  else values.delete(value)
  if (values.size) filters.set(key, values)
  else filters.delete(key)
  return { ...state, filters, show: ROWS }
}

/**
 * The entries that every filter lets through, and how many each option would leave beside the
 * other filters.
 * @param {Entry[]} entries
 * @param {Filters} filters
 */
export function applyFilters(entries, filters) {
  /** @type {Counts} */
  const counts = new Map(FACETS.map(({ key }) => [key, new Map()]))
  const shown = []
  for (const entry of entries) {
    const failed = FACETS.filter(({ key, of }) => {
      const wanted = filters.get(key)
      return wanted && !of(entry).some((value) => wanted.has(value))
    })
    if (failed.length > 1) continue
    if (!failed.length) shown.push(entry)
    for (const { key, of } of failed.length ? failed : FACETS)
      for (const value of of(entry)) {
        const count = counts.get(key)
        count?.set(value, (count.get(value) ?? 0) + 1)
      }
  }
  return { shown, counts }
}

/**
 * Every value that entries have of a facet, in the order to show them.
 * @param {Facet} facet
 * @param {Register} register
 */
function optionsOf(facet, register) {
  const values = [...new Set(register.entries.flatMap(facet.of))]
  const place = facet.place ?? (() => 0)
  const labels = new Map(values.map((value) => [value, facet.label(value, register)]))
  /** @param {string} value */
  const label = (value) => labels.get(value) ?? value
  /** @param {string} a @param {string} b */
  const byLabel = (a, b) => label(a).localeCompare(label(b), "en-GB", { numeric: true })
  return values.sort((a, b) => place(a) - place(b) || byLabel(a, b))
}

const WIDE = matchMedia("(min-width: 60em)")

/** @typedef {(key: string, value: string, on: boolean) => void} FilterChange */

/** The filters: built once, then kept true to the state and the counts. */
export class FilterPanel {
  /**
   * @type {{key: string, value: string, box: HTMLInputElement, count: HTMLElement,
   *   label: HTMLElement}[]}
   */
  #options = []
  #summary = h("summary", {})

  /**
   * @param {Register} register
   * @param {FilterChange} changed hears of every box that is ticked or cleared
   */
  constructor(register, changed) {
    this.element = h(
      "details",
      { class: "filters" },
      this.#summary,
      h(
        "form",
        { "aria-label": "Filters", submit: (event) => event.preventDefault() },
        FACETS.map((facet) => this.#group(facet, register, changed)),
      ),
    )
    const fold = () => (this.element.open = WIDE.matches)
    WIDE.addEventListener("change", fold)
    fold()
  }

  /** @param {Facet} facet @param {Register} register @param {FilterChange} changed */
  #group(facet, register, changed) {
    const values = optionsOf(facet, register)
    const options = values.map((value) => this.#option(facet, value, register, changed))
    const note = facet.note && h("p", { class: "q" }, facet.note(register))
    if (!facet.folded) return h("fieldset", {}, h("legend", {}, facet.title), options, note)
    const legend = h("legend", { class: "vh" }, facet.title)
    const summary = h("summary", {}, facet.title)
    return h("details", {}, summary, h("fieldset", {}, legend, options, note))
  }

  /**
   * @param {Facet} facet
   * @param {string} value
   * @param {Register} register
   * @param {FilterChange} changed
   */
  #option(facet, value, register, changed) {
    const { key } = facet
    const box = h("input", { type: "checkbox", name: key, value })
    box.addEventListener("change", () => changed(key, value, box.checked))
    const count = h("span", { class: "n" })
    const shown = facet.shown?.(value, register) ?? facet.label(value, register)
    const label = h("label", { class: "chk" }, box, h("span", {}, shown), count)
    this.#options.push({ key, value, box, count, label })
    return label
  }

  /**
   * Ticks, counts, and the line that says how many are in use where the filters are folded.
   * @param {SearchState} state
   * @param {Counts} counts
   */
  show({ filters }, counts) {
    for (const { key, value, box, count, label } of this.#options) {
      const number = counts.get(key)?.get(value) ?? 0
      box.checked = filters.get(key)?.has(value) ?? false
      count.textContent = formatNumber(number)
      label.classList.toggle("zero", !number && !box.checked)
      if (box.checked) box.closest("details:not(.filters)")?.setAttribute("open", "")
    }
    const used = [...filters.values()].reduce((sum, values) => sum + values.size, 0)
    this.#summary.textContent = used ? `Filters: ${used} in use` : "Filters"
  }
}
