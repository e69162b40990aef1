// The box on the home page: says how it reads what is typed, and goes straight where it can.

import { child, h, part } from "../shared/dom.js"
import { Register, entryAddress } from "../shared/register.js"
import { plural } from "../shared/text.js"
import { explainParts } from "./explanation.js"
import { exactNumber, find } from "./lookup.js"

/** @import { LookupResult } from "./lookup.js" */

const PAUSE = 150
const form = child(document, "form.look", HTMLFormElement)
const input = child(form, "[name=q]", HTMLInputElement)
const examples = part(document, ".takes")
const parsed = h("p", { class: "parsed", role: "status" })
/** @type {Promise<Register> | undefined} */
let opened
/** @type {number | undefined} */
let timer
/** @type {{query: string, result: LookupResult} | null} */
let last = null

examples.before(parsed)
input.addEventListener("focus", openRegister, { once: true })
input.addEventListener("input", () => {
  clearTimeout(timer)
  timer = setTimeout(explain, PAUSE)
})
form.addEventListener("submit", (event) => {
  const number = last?.query === input.value.trim() && exactNumber(last.result)
  if (!number) return // the page that finds takes it from here
  event.preventDefault()
  location.assign(entryAddress(number))
})

function openRegister() {
  return (opened ??= Register.open(examples.dataset.index))
}

async function explain() {
  const query = input.value.trim()
  const found = query ? await lookUp(query) : null
  if (query !== input.value.trim()) return
  last = found && { query, result: found.result }
  parsed.replaceChildren()
  if (!found) return
  const { hits } = found.result
  const count = hits.length ? plural(hits.length, "entry", "entries") : "no entry by that"
  parsed.append("Read as ", ...explainParts(found.result, found.register), `: ${count}`)
}

/**
 * What the query finds, or nothing while it is none or the list cannot be read.
 * @param {string} query
 */
async function lookUp(query) {
  try {
    const register = await openRegister()
    return { register, result: await find(query, register) }
  } catch {
    return null
  }
}
