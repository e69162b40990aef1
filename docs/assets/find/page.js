// The page that finds: from the address to rows, and from what the reader does to the address.

import { h } from "./dom.js"
import { narrow } from "./facets.js"
import { find } from "./lookup.js"
import { Mentions } from "./mentions.js"
import { refused, remark } from "./nothing.js"
import { Panel } from "./panel.js"
import { QueryRefused } from "./query.js"
import { exact, readAs, wordsForNotes, wordsIn } from "./reading.js"
import { Register, SITE } from "./register.js"
import { Results } from "./results.js"
import { read, ROWS, toggled, written } from "./state.js"

const root = document.querySelector("#find")
const form = document.querySelector("form.look")
const input = form.elements.q
const parsed = h("p", { class: "parsed" })
const said = h("div")
const split = h("div", { class: "split" })
let register, panel, results, mentions
let turn = 0

async function start() {
  input.value = read(location.search).q
  root.replaceChildren(h("p", { class: "q", role: "status" }, "Reading the list …"))
  try {
    register = await Register.open(root.dataset.index)
  } catch {
    const sorry = "The list could not be read. Load the page again, or use the links below."
    root.replaceChildren(h("p", { role: "alert" }, sorry))
    return
  }
  panel = new Panel(register, (key, value, on) => go(toggled(read(location.search), key, value, on)))
  results = new Results(register, go)
  mentions = new Mentions(register, root.dataset.withoutText)
  split.append(panel.element, h("div", {}, results.element, mentions.element))
  root.replaceChildren(parsed, said, split)
  form.addEventListener("submit", lookUp)
  addEventListener("popstate", () => show())
  await show("replace")
}

/** Goes to another state: into the history, then onto the page. */
function go(state, straight = "") {
  const address = written(state)
  if (address !== (location.search || location.pathname)) history.pushState(null, "", address)
  return show(straight)
}

function lookUp(event) {
  event.preventDefault()
  go({ ...read(location.search), q: input.value.trim(), show: ROWS }, "assign")
}

/**
 * Shows what the address asks for. Where it names one entry and nothing else, `straight` says how
 * to leave for its page: `assign` keeps this address in the history, `replace` does not.
 */
async function show(straight = "") {
  const mine = ++turn
  const state = read(location.search)
  input.value = state.q
  const { found, error } = await lookedUp(state.q)
  if (mine !== turn) return // the reader has gone on
  const number = found && exact(found)
  if (number && straight && !state.filters.size) location[straight](new URL(`cpl/${number}/`, SITE))
  else await render(state, found, error, () => mine === turn)
}

async function lookedUp(query) {
  try {
    return { found: query ? await find(query, register) : null }
  } catch (error) {
    if (error instanceof QueryRefused) return { error }
    throw error
  }
}

async function render(state, found, error, current) {
  const words = found ? wordsIn(found) : []
  const entries = error ? [] : found ? found.hits.map((hit) => hit.entry) : register.entries
  const { shown, counts } = narrow(entries, state.filters)
  const searched = h("span")
  parsed.replaceChildren(...(found ? ["Read as ", ...readAs(found, register), searched] : []))
  said.replaceChildren(error ? refused(error) : found?.hits.length ? remark(found, register) : "")
  split.classList.toggle("alone", !entries.length)
  panel.show(state, counts)
  results.show(state, shown, words)
  if (!found) return mentions.clear()
  const mentioned = await mentions.show(wordsForNotes(found), state.filters, searched)
  if (current() && !found.hits.length && !mentioned) said.replaceChildren(remark(found, register))
}

start()
