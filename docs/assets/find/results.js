// The list of what was found: how many, which filters are in use, the order, the rows, and the
// rows as a file.

import { badge, download, entryLink, h, icon } from "../shared/dom.js"
import { formatModel, withColons } from "../shared/identifiers.js"
import { SITE, entryAddress } from "../shared/register.js"
import { capitalised, csvFile, csvLine, formatNumber, plural, wordsOf } from "../shared/text.js"
import { FACETS, ROWS, SORTS, withFilter } from "./filters.js"

/** @import { Child, Children } from "../shared/dom.js" */
/** @import { Register } from "../shared/register.js" */
/** @import { SearchState } from "./filters.js" */

const HEADS = ["Answer", "Firmware", "Manufacturer and device", "Device Model", "Certificate"]

/** @typedef {(a: Entry, b: Entry) => number} Order */
/** @param {(entry: Entry) => string} value @returns {Order} */
const byText = (value) => (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)
const byNumber = byText((entry) => entry.number)
/** @type {Order} */
const byNewest = (a, b) => byText((entry) => entry.listed)(b, a) || byNumber(b, a)

/**
 * The entries in an order; `words` are those of the query, for what matches best.
 * @param {Entry[]} entries
 * @param {string} sort
 * @param {Register} register
 * @param {string[]} words
 */
function sortEntries(entries, sort, register, words) {
  /** @param {Entry} entry */
  const company = (entry) => register.manufacturerNames(entry).join(" ").toLowerCase()
  /** @param {string} text */
  const lastIfEmpty = (text) => text || "\uffff"
  /** @type {Record<string, Order>} */
  const orders = {
    best: byBestMatch(words, register),
    newest: byNewest,
    number: byNumber,
    manufacturer: byText((entry) => lastIfEmpty(company(entry))),
    firmware: byText((entry) => entry.firmware),
    certificate: byText((entry) => lastIfEmpty(entry.certificate[1])),
  }
  const order = orders[sort || (words.length ? "best" : "newest")]
  return [...entries].sort((a, b) => order(a, b) || byNumber(a, b))
}

/**
 * What bears the words in its product's or company's name, then what is Current, then the newest.
 * @param {string[]} words
 * @param {Register} register
 * @returns {Order}
 */
function byBestMatch(words, register) {
  /** @type {Map<string, boolean>} */
  const bearing = new Map()
  /** @param {Entry} entry */
  const rank = (entry) => {
    const bearers = [entry.product, ...register.manufacturerNames(entry)]
    const key = bearers.join("\n")
    if (!bearing.has(key)) {
      const known = bearers.map((each) => ` ${wordsOf(each)}`).join("")
      bearing.set(key, words.every((word) => known.includes(` ${word}`)))
    }
    return (bearing.get(key) ? 0 : 2) + (entry.listing === "current" ? 0 : 1)
  }
  return (a, b) => rank(a) - rank(b) || byNewest(a, b)
}

const TOKEN = /[\p{L}\p{N}\p{M}]+/gu

/**
 * The text in pieces, with words marked; they are as `wordsOf` has them, a blank between two.
 * @param {string} text
 * @param {string[]} words
 */
function highlight(text, words) {
  const tokens = [...text.matchAll(TOKEN)].map((each) => ({
    start: each.index,
    end: each.index + each[0].length,
    word: wordsOf(each[0]),
  }))
  const hits = new Set(words.flatMap((each) => placesOf(each.split(" "), tokens)))
  const pieces = []
  let from = 0
  for (const place of [...hits].sort((a, b) => a - b)) {
    const { start, end } = tokens[place]
    pieces.push(text.slice(from, start), h("mark", {}, text.slice(start, end)))
    from = end
  }
  return [...pieces, text.slice(from)]
}

/**
 * Where the words stand in a row; the last may be the beginning of one.
 * @param {string[]} words
 * @param {{word: string}[]} tokens
 */
function placesOf(words, tokens) {
  const last = words.length - 1
  return tokens.flatMap((_, start) => {
    const fits = words.every((word, step) => {
      const there = tokens[start + step]?.word
      return step < last ? there === word : there?.startsWith(word)
    })
    return fits ? words.map((_word, step) => start + step) : []
  })
}

/**
 * What the device is called: its product name where a record says so, and its type.
 * @param {Entry} entry
 * @param {Register} register
 */
export function deviceName(entry, register) {
  const kind = register.index.types[entry.type]
  return entry.product ? `${entry.product}, ${kind}` : capitalised(kind)
}

/**
 * The rows, each led by its answer, as `fir.site.components` writes them.
 * @param {Entry[]} entries
 * @param {Register} register
 * @param {string[]} words
 */
const table = (entries, register, words) =>
  h(
    "table",
    { class: "resp rows found" },
    h("caption", { class: "vh" }, "Entries found"),
    h("thead", {}, h("tr", {}, HEADS.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, entries.map((entry) => row(entry, register, words))),
  )

/** @param {Entry} entry @param {Register} register @param {string[]} words */
function row(entry, register, words) {
  const [certificate, , state] = entry.certificate
  const model = formatModel(entry.model)
  const versions = [entry.version.replace(" V", " "), entry.gbcs && `GBCS ${entry.gbcs}`]
  return h(
    "tr",
    {},
    h("td", {}, badges(entry, register)),
    h("td", { class: "id" }, entryLink(entry)),
    h("td", {}, names(entry, register, words)),
    h(
      "td",
      { "data-l": "Device" },
      h("a", { class: "pn", href: new URL(`models/${model}/`, SITE).href }, model),
      h("small", {}, versions.filter(Boolean).join(" · ")),
    ),
    h(
      "td",
      { "data-l": "Certificate" },
      certificate,
      state === "soon" && h("small", {}, "within 12 months of this CPL"),
    ),
  )
}

/**
 * The answer, the entry's own status where that differs, and whether a record is missing.
 * @param {Entry} entry
 * @param {Register} register
 */
function badges(entry, register) {
  const made = [badge(...register.index.answers[entry.answer])]
  if (entry.apart) made.push(badge("removed", `Entry ${entry.listing.replaceAll("-", " ")}`))
  if (!entry.recorded) made.push(badge("norec", "No record yet"))
  return made
}

/**
 * Maker and device; where the words stand only in what the CPL calls it, that too.
 * @param {Entry} entry
 * @param {Register} register
 * @param {string[]} words
 */
function names(entry, register, words) {
  /** @param {Child} piece */
  const isMarked = (piece) => piece instanceof Element && piece.querySelector("mark")
  const companies = register
    .manufacturerNames(entry)
    .flatMap((company, place) => [place ? " or " : "", h("bdi", {}, highlight(company, words))])
  /** @type {Children} */
  const shown = [
    ...(companies.length ? companies : ["No contact yet"]),
    h("small", {}, highlight(deviceName(entry, register), words)),
  ]
  if (shown.some(isMarked)) return shown
  const onCpl = [entry.label, entry.creator].map((each) =>
    h("small", {}, "CPL: ", highlight(each, words)),
  )
  return [...shown, onCpl.find(isMarked)]
}

// Identifiers are written so that no spreadsheet can take them for numbers, and as the look-up
// reads them: `CPL 000042`, `7F01-0005-0203`, `01:07:03:00`.
/** @type {Record<string, (entry: Entry, register: Register) => string>} */
const CSV_COLUMNS = {
  cpl_entry: (entry) => `CPL ${entry.number}`,
  answer: (entry, register) => register.index.answers[entry.answer][1],
  record: (entry) => (entry.recorded ? "yes" : "none yet"),
  on_the_cpl: (entry) => entry.listing.replaceAll("-", " "),
  manufacturer: (entry, register) => register.manufacturerNames(entry).join(" or "),
  product: (entry) => entry.product,
  device_type: (entry) => entry.type,
  device_model: (entry) => formatModel(entry.model),
  firmware_version: (entry) => withColons(entry.firmware),
  smets_chts_version: (entry) => entry.version,
  gbcs_version: (entry) => (entry.gbcs ? `GBCS ${entry.gbcs}` : ""),
  first_listed_on: (entry) => entry.listed,
  cpa_certificate: (entry) => entry.certificate[0],
  outage_alert_on_activation: (entry) => entry.outage,
  cpl_version: (_, register) => `CPL ${register.index.cpl.version}`,
  page: (entry) => entryAddress(entry.number),
}

/** @param {Entry[]} entries @param {Register} register */
function downloadCsv(entries, register) {
  const columns = Object.values(CSV_COLUMNS)
  const rows = entries.map((entry) => columns.map((of) => of(entry, register)))
  const lines = [Object.keys(CSV_COLUMNS), ...rows].map(csvLine)
  download(csvFile(lines), "fir-entries.csv")
}

export class Results {
  #count = h("span", { role: "status" })
  #head = h("h2", { id: "count", tabindex: "-1" }, this.#count)
  #chips = h("span", { class: "chips" })
  #list = h("div")
  #sort
  #csv
  /** @type {SearchState | undefined} */
  #state
  /** @type {Entry[]} */
  #rows = []

  /**
   * @param {Register} register
   * @param {(state: SearchState) => unknown} go takes the reader to another state
   */
  constructor(register, go) {
    this.register = register
    this.go = go
    this.#sort = h(
      "select",
      {},
      Object.entries(SORTS).map(([value, title]) => h("option", { value }, `Sort: ${title}`)),
    )
    this.#csv = h(
      "button",
      { class: "chip", type: "button", click: () => downloadCsv(this.#rows, register) },
      icon("down"),
      "CSV",
      h("span", { class: "vh" }, " of the rows shown"),
    )
    this.#sort.addEventListener("change", () => this.#change({ sort: this.#sort.value }))
    const sorting = h("label", {}, h("span", { class: "vh" }, "Sort by"), this.#sort)
    const tools = h("span", { class: "end" }, sorting, this.#csv)
    const head = h("div", { class: "count" }, this.#head, this.#chips, tools)
    this.element = h("div", {}, head, this.#list)
  }

  /** @param {SearchState} state @param {Entry[]} entries @param {string[]} words */
  show(state, entries, words) {
    this.#state = state
    this.#rows = sortEntries(entries, state.sort, this.register, words).slice(0, state.show)
    this.#count.textContent = plural(entries.length, "entry", "entries")
    this.#sort.value = state.sort || (words.length ? "best" : "newest")
    this.#chips.replaceChildren(...this.#filtersInUse(state))
    this.#csv.disabled = !this.#rows.length
    this.#list.replaceChildren(
      ...(this.#rows.length
        ? [table(this.#rows, this.register, words), this.#more(state, entries.length)]
        : [this.#noRows(state)]),
    )
  }

  /**
   * Goes to the state with something in it changed, from the first rows on.
   * @param {Partial<SearchState>} changes
   */
  #change(changes) {
    if (this.#state) this.go({ ...this.#state, show: ROWS, ...changes })
  }

  /** @param {SearchState} state */
  #filtersInUse(state) {
    const chips = FACETS.flatMap((facet) =>
      [...(state.filters.get(facet.key) ?? [])].map((value) =>
        h(
          "button",
          { class: "chip", type: "button", click: () => this.#removeFilter(facet.key, value) },
          facet.label(value, this.register),
          icon("x"),
          h("span", { class: "vh" }, ": remove this filter"),
        ),
      ),
    )
    if (chips.length > 1) chips.push(this.#clearButton("Clear all"))
    return chips
  }

  /**
   * The chip is gone afterwards: the count, which has changed, takes the focus.
   * @param {string} key
   * @param {string} value
   */
  #removeFilter(key, value) {
    if (this.#state) this.go(withFilter(this.#state, key, value, false))
    this.#head.focus()
  }

  /** @param {string} words */
  #clearButton(words) {
    const click = () => {
      this.#change({ filters: new Map() })
      this.#head.focus()
    }
    return h("button", { class: "linked", type: "button", click }, words)
  }

  /** @param {SearchState} state @param {number} count */
  #more(state, count) {
    const left = count - this.#rows.length
    const share = h(
      "p",
      { class: "share" },
      "The address of this page holds your search. Copy it to share.",
    )
    if (left <= 0) return share
    const all = formatNumber(count)
    /** @param {string} words @param {number} show */
    const button = (words, show) =>
      h("button", { class: "btn", type: "button", click: () => this.#change({ show }) }, words)
    return h(
      "div",
      { class: "more-rows" },
      h("p", {}, `${plural(this.#rows.length, "row", "rows")} of ${all} shown, and in the CSV file.`),
      button(`Show ${Math.min(left, ROWS)} more`, state.show + ROWS),
      left > ROWS && button(`Show all ${all}`, count),
      share,
    )
  }

  /** @param {SearchState} state */
  #noRows(state) {
    if (!state.filters.size) return ""
    return h(
      "p",
      { class: "none" },
      state.q
        ? "No entry fits both what you look for and the filters. "
        : "No entry fits these filters together. ",
      this.#clearButton("Clear the filters"),
    )
  }
}
