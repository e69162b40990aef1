// The box on the home page: says how it reads what is typed, and goes straight where it can.

import { h, many } from "./dom.js"
import { find } from "./lookup.js"
import { exact, readAs } from "./reading.js"
import { Register, SITE } from "./register.js"

const PAUSE = 150
const form = document.querySelector("form.look")
const input = form.elements.q
const takes = document.querySelector(".takes")
const parsed = h("p", { class: "parsed", role: "status" })
let opened, timer, found

takes.before(parsed)
input.addEventListener("focus", open, { once: true })
input.addEventListener("input", () => {
  clearTimeout(timer)
  timer = setTimeout(say, PAUSE)
})
form.addEventListener("submit", (event) => {
  const number = found?.query === input.value.trim() && exact(found)
  if (!number) return // the page that finds takes it from here
  event.preventDefault()
  location.assign(new URL(`cpl/${number}/`, SITE))
})

function open() {
  return (opened ??= Register.open(takes.dataset.index))
}

async function say() {
  const query = input.value.trim()
  const read = query ? await readable(query) : null
  if (query !== input.value.trim()) return
  found = read && { ...read.found, query }
  parsed.replaceChildren()
  if (read) parsed.append("Read as ", ...readAs(read.found, read.register), `: ${counted(read.found)}`)
}

const counted = ({ hits }) => (hits.length ? many(hits.length, "entry", "entries") : "no entry by that")

/** What the query finds, or nothing while it is none or the list cannot be read. */
async function readable(query) {
  try {
    const register = await open()
    return { register, found: await find(query, register) }
  } catch {
    return null
  }
}
