// The orders that rows can have.

import { wordsOf } from "./query.js"

const byText = (value) => (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)
const byNumber = byText((entry) => entry.number)
const newest = (a, b) => byText((entry) => entry.listed)(b, a) || byNumber(b, a)

export const SORTS = {
  best: "best match",
  newest: "newest listed",
  number: "CPL number",
  manufacturer: "manufacturer",
  firmware: "firmware version",
  certificate: "certificate date",
}

/** The entries in an order; `words` are those of the query, for what matches best. */
export function sorted(entries, sort, register, words) {
  const name = (entry) => entry.makers.map((slug) => register.makerOf(slug)[0]).join(" ").toLowerCase()
  const lastIfEmpty = (text) => text || "\uffff"
  const orders = {
    best: bestMatch(words, register),
    newest,
    number: byNumber,
    manufacturer: byText((entry) => lastIfEmpty(name(entry))),
    firmware: byText((entry) => entry.firmware),
    certificate: byText((entry) => lastIfEmpty(entry.certificate[1])),
  }
  const order = orders[sort || (words.length ? "best" : "newest")]
  return [...entries].sort((a, b) => order(a, b) || byNumber(a, b))
}

/** What bears the words in its product's or company's name, then what is Current, then the newest. */
function bestMatch(words, register) {
  const named = new Map()
  const rank = (entry) => {
    const names = [entry.product, ...entry.makers.map((slug) => register.makerOf(slug)[0])].join("\n")
    if (!named.has(names)) {
      const known = names.split("\n").map((name) => ` ${wordsOf(name)}`).join("")
      named.set(names, words.every((word) => known.includes(` ${word}`)) ? 0 : 1)
    }
    return 2 * named.get(names) + (entry.listing === "current" ? 0 : 1)
  }
  return (a, b) => rank(a) - rank(b) || newest(a, b)
}
