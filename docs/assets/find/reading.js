// How the query was read, in words: under the box, and above what was found by another reading.

import { h } from "./dom.js"
import { wordsOf } from "./query.js"

/** Each part with what it was taken for. */
export function readAs(found, register) {
  return found.parts.map((part, place) => {
    const read = found.hits.map((hit) => meaning(hit.readings[place], hit.entry, register))
    const means = [...new Set(read.length ? read : might(part, found, register))]
    const known = found.known[place] || found.hits.length > 0
    const told = known ? either(means) : means[0] === "words" ? "in no name" : `${either(means)}, not known`
    return h("span", { class: known ? "tok" : "tok wrong" }, part.text, " ", h("small", {}, told))
  })
}

/** What a part that fits nothing could be: a part of the device that is unknown, or anything. */
export function might(part, found, register) {
  const known = found.unknown?.read.get(part)
  const first = part.readings.filter((each) => !each.second)
  const readings = known ? [known] : first.length ? first : part.readings.slice(0, 1)
  return readings.map((each) => register.reading.means[each.means])
}

/** Words are said to be what they were found in. */
function meaning({ means, value }, entry, register) {
  if (means !== "words") return register.reading.means[means]
  const has = (name) => name && ` ${wordsOf(name)}`.includes(` ${value}`)
  const companies = entry.makers.flatMap((slug) => register.makerOf(slug).slice(0, 2).flat())
  if (companies.some(has)) return "company name"
  if (has(entry.product)) return "product name"
  if (has(entry.type)) return "device type"
  if (has(entry.label)) return "name on the CPL"
  return has(entry.creator) ? "image creator" : "words"
}

/** The parts that were found only in another coding, or as a former value. */
export function otherReadings(found, register) {
  const told = new Set()
  for (const hit of found.hits)
    hit.readings.forEach((each, place) => {
      if (!each.second || each.means === "words") return
      const coded = each.coding ? ` ${each.value}, if what was typed is ${each.coding}` : ""
      told.add(`${found.parts[place].text} as ${register.reading.means[each.means]}${coded}`)
    })
  return [...told]
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words) {
  const last = words.at(-1)
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${last}`
}

/** The words to mark in what was found. */
export const wordsIn = (found) => [...new Set(
  found.hits.flatMap((hit) => hit.readings)
    .filter((each) => each.means === "words")
    .map((each) => each.value),
)]

/** The words to look for in the release notes; identifiers only where they are nothing else. */
export const wordsForNotes = (found) => found.parts
  .flatMap((part) => part.readings)
  .filter((each) => each.means === "words" && (!each.second || !(found.hits.length || found.unknown)))
  .map((each) => each.value)

/** The number of the one entry that the query names exactly as typed, by its identifiers. */
export function exact(found) {
  const [hit, ...others] = found.hits
  const named = hit?.readings.some((each) => !["words", "inventory_type"].includes(each.means))
  return hit && !others.length && found.asTyped && named ? hit.entry.number : null
}
