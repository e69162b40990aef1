// Which entry of the list is meant: by its number, by words to pick from, or by its device.

import { h } from "../find/dom.js"
import { wordsOf } from "../find/query.js"
import { likeness } from "./coding.js"
import { mistake, msg } from "./said.js"
import { tick } from "./words.js"

export const MOST_PICKS = 6
const MOST_TYPED = 60
const VERSION = /\b(?:[0-9A-F]{2}:){3}[0-9A-F]{2}\b|\b[0-9A-F]{8}\b/gi
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")

/** The entry whose number was typed with all its zeros. */
export const entryOf = (register, text) => register.entryOf(text.trim())

/** Whether a number was typed with all its zeros. */
export const isWhole = (text) => /^[0-9]{6}$/.test(text.trim())

/** The entries a text may mean, those without a record first; its firmware nobody is told. */
export function picks(register, text) {
  const said = text.trim().slice(0, MOST_TYPED)
  const digits = said.replace(/[-:\s]/g, "").toUpperCase()
  const words = wordsOf(said).split(" ").filter(Boolean)
  if (digits.length < 2) return []
  const fits = (entry) =>
    entry.number.endsWith(digits.padStart(3, "0")) ||
    (digits.length > 3 && entry.model.includes(digits)) ||
    (words.length && words.every((word) => register.words(entry).includes(` ${word}`)))
  const rank = (entry) => 2 * entry.recorded + (entry.listing !== "current")
  const found = register.entries.filter(fits)
  return found.sort((one, other) => rank(one) - rank(other))
}

/** Entries of exactly this device: Current ones without a record, where there are any. */
export function ofDevice(register, { type, digits }) {
  const same = register.entries.filter((entry) => entry.type === type && entry.digits === digits)
  const free = same.filter((entry) => !entry.recorded)
  const current = free.filter((entry) => entry.listing === "current")
  return [current, free, same].find((some) => some.length) ?? []
}

/** Entries without a record of this Device Model whose firmware is this one in other digits. */
export const ofDeviceAlike = (register, { type, digits }) =>
  register.entries.filter(
    (entry) =>
      !entry.recorded &&
      entry.type === type &&
      entry.model === digits.slice(0, 12) &&
      likeness(digits.slice(12), entry.firmware),
  )

/** A list to pick from; `pick` is given a number. */
export const pickList = (entries, pick) =>
  entries.map((entry) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", click: () => pick(entry.number) },
        h("span", { class: "cpl" }, "CPL ", h("b", {}, entry.number)),
        h("span", {}, called(entry), " ", h("span", { class: "pn" }, modelOf(entry.model))),
        h("small", {}, entry.recorded ? "has a record" : "no record yet", since(entry)),
      ),
    ),
  )

/** Its name on the list without the firmware version, which the sender is to type. */
const called = (entry) => (entry.product || entry.label || entry.type).replace(VERSION, "").trim()

const since = (entry) => (entry.listed ? `, listed ${day(entry.listed)}` : "")

/** `7F01-0005-0203` */
export const modelOf = (digits) => `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`

/** `2026-07-14` as `14 Jul 2026`. */
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number)
  return `${date} ${MONTHS[month - 1]} ${year}`
}

/** What is said of what was typed; `found` is how many entries it may mean. */
export function aboutNumber(register, data, text, entry, found) {
  const { version } = register.index.cpl
  if (!text.trim()) return []
  if (entry) return aboutEntry(data, entry)
  if (!isWhole(text)) return [msg("open", whichOf(found))]
  const message = `the CPL, version ${version}, has no entry ${tick(text.trim())}`
  const fix = "correct the number, or say below that the list has none yet"
  return [mistake({ message, fix })]
}

function whichOf(found) {
  if (!found) return "Nothing on the list is like this. Type a number, a product or a Device Model."
  if (found > MOST_PICKS) return `These are ${MOST_PICKS} of ${found}. Type more, or the six digits.`
  return "Pick one, or type the six digits."
}

function aboutEntry(data, entry) {
  const { type, listing, recorded, number } = entry
  const listed = listing[0].toUpperCase() + listing.slice(1).replaceAll("-", " ")
  const model = h("span", { class: "pn" }, modelOf(entry.model))
  const found = msg("ok", `Found: ${type}, `, model, `, ${listed}${since(entry)}.`)
  if (data.policy.types[type] === "not_accepted")
    return [found, msg("err", `The Panel takes no records of the type ${type}.`)]
  if (!recorded) return [found]
  const there = h("a", { href: `../cpl/${number}/` }, "a record")
  const how = h("a", { href: "../guides/manufacturers/#correct" }, "how notes are changed")
  return [
    found,
    msg(
      "warn",
      "It has ",
      there,
      " already, to which you can add only what it lacks. See ",
      how,
      ".",
    ),
  ]
}
