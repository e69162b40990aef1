// The page that finds: from the address to rows, and from what the reader does to the address.

import { child, h, part } from "../shared/dom.js"
import { Register, entryAddress } from "../shared/register.js"
import { explainParts, noticeOf, refusalNotice } from "./explanation.js"
import {
  FilterPanel,
  ROWS,
  addressOf,
  applyFilters,
  parseAddress,
  withFilter,
} from "./filters.js"
import { QueryRefused, exactNumber, find } from "./lookup.js"
import { ReleaseNotes } from "./release_notes.js"
import { Results } from "./results.js"

/** @import { SearchState } from "./filters.js" */
/** @import { LookupResult } from "./lookup.js" */

/** @typedef {{result?: LookupResult | null, error?: Error}} Outcome of a query, where there is one */

const root = part(document, "#find")
const form = child(document, "form.look", HTMLFormElement)
const input = child(form, "[name=q]", HTMLInputElement)
const parsed = h("p", { class: "parsed" })
const notice = h("div")
const split = h("div", { class: "split" })
let turn = 0

async function start() {
  input.value = parseAddress(location.search).q
  root.replaceChildren(h("p", { class: "q", role: "status" }, "Reading the list …"))
  let register
  try {
    register = await Register.open(root.dataset.index)
  } catch {
    const sorry = "The list could not be read. Load the page again, or use the links below."
    root.replaceChildren(h("p", { role: "alert" }, sorry))
    return
  }
  await new Page(register).begin()
}

class Page {
  /** @param {Register} register */
  constructor(register) {
    this.register = register
    this.filters = new FilterPanel(register, (key, value, on) =>
      this.go(withFilter(parseAddress(location.search), key, value, on)),
    )
    this.results = new Results(register, (state) => this.go(state))
    this.notes = new ReleaseNotes(register, root.dataset.withoutText)
  }

  begin() {
    split.append(this.filters.element, h("div", {}, this.results.element, this.notes.element))
    root.replaceChildren(parsed, notice, split)
    form.addEventListener("submit", (event) => this.lookUp(event))
    addEventListener("popstate", () => this.show())
    return this.show("replace")
  }

  /**
   * Goes to another state: into the history, then onto the page.
   * @param {SearchState} state
   * @param {"assign" | ""} straight
   */
  go(state, straight = "") {
    const address = addressOf(state)
    if (address !== (location.search || location.pathname)) history.pushState(null, "", address)
    return this.show(straight)
  }

  /** @param {Event} event */
  lookUp(event) {
    event.preventDefault()
    const state = parseAddress(location.search)
    this.go({ ...state, q: input.value.trim(), show: ROWS }, "assign")
  }

  /**
   * Shows what the address asks for. Where it names one entry and nothing else, `straight` says
   * how to leave for its page: `assign` keeps this address in the history, `replace` does not.
   * @param {"assign" | "replace" | ""} straight
   */
  async show(straight = "") {
    const mine = ++turn
    const state = parseAddress(location.search)
    input.value = state.q
    const outcome = await this.outcomeOf(state.q)
    if (mine !== turn) return // the reader has gone on
    const number = outcome.result && exactNumber(outcome.result)
    if (number && straight && !state.filters.size) location[straight](entryAddress(number))
    else await this.render(state, outcome, () => mine === turn)
  }

  /** @param {string} query @returns {Promise<Outcome>} */
  async outcomeOf(query) {
    try {
      return { result: query ? await find(query, this.register) : null }
    } catch (error) {
      if (error instanceof QueryRefused) return { error }
      throw error
    }
  }

  /** @param {SearchState} state @param {Outcome} outcome @param {() => boolean} isCurrent */
  async render(state, { result, error }, isCurrent) {
    const { register } = this
    const words = result ? wordsToMark(result) : []
    const entries = error ? [] : result ? result.hits.map((hit) => hit.entry) : register.entries
    const { shown, counts } = applyFilters(entries, state.filters)
    const status = h("span")
    parsed.replaceChildren(...(result ? ["Read as ", ...explainParts(result, register), status] : []))
    notice.replaceChildren(
      error ? refusalNotice(error) : result?.hits.length ? noticeOf(result, register) : "",
    )
    split.classList.toggle("alone", !entries.length)
    this.filters.show(state, counts)
    this.results.show(state, shown, words)
    if (!result) {
      this.notes.clear()
      return
    }
    const mentions = await this.notes.show(wordsForNotes(result), state.filters, status)
    if (isCurrent() && !result.hits.length && !mentions)
      notice.replaceChildren(noticeOf(result, register))
  }
}

/** The words to mark in what was found. @param {LookupResult} result */
const wordsToMark = ({ hits }) => [
  ...new Set(
    hits
      .flatMap((hit) => hit.readings)
      .filter((each) => each.means === "words")
      .map((each) => each.value),
  ),
]

/**
 * The words to look for in the release notes; identifiers only where they are nothing else.
 * @param {LookupResult} result
 */
const wordsForNotes = ({ parts, hits, unknown }) =>
  parts
    .flatMap((each) => each.readings)
    .filter((each) => each.means === "words" && (!each.fallback || !(hits.length || unknown)))
    .map((each) => each.value)

start()
