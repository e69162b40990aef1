// Which entry of the list is meant, by its number, by words to pick from, or by its device; and the
// firmware version as it is typed, digit by digit beside the list's: a second statement.

import { h } from "../shared/dom.js"
import { formatModel, likeness } from "../shared/identifiers.js"
import { capitalised, formatDay, inBackticks, wordsOf } from "../shared/text.js"
import { message, mistakeMessage } from "./messages.js"

/** @import { Register } from "../shared/register.js" */
/** @import { Mistake, Rules } from "./rules.js" */

export const MOST_PICKS = 6
const MOST_TYPED = 60
const VERSION = /\b(?:[0-9A-F]{2}:){3}[0-9A-F]{2}\b|\b[0-9A-F]{8}\b/gi

/** Whether a number was typed with all its zeros. @param {string} text */
export const isWholeNumber = (text) => /^[0-9]{6}$/.test(text.trim())

/**
 * The entries a text may mean, those without a record first; its firmware nobody is told.
 * @param {Register} register
 * @param {string} text
 */
export function possibleEntries(register, text) {
  const typed = text.trim().slice(0, MOST_TYPED)
  const digits = typed.replace(/[-:\s]/g, "").toUpperCase()
  const words = wordsOf(typed).split(" ").filter(Boolean)
  if (digits.length < 2) return []
  /** @param {Entry} entry */
  const fits = (entry) =>
    entry.number.endsWith(digits.padStart(3, "0")) ||
    (digits.length > 3 && entry.model.includes(digits)) ||
    (words.length > 0 && words.every((word) => register.words(entry).includes(` ${word}`)))
  /** @param {Entry} entry */
  const rank = (entry) => 2 * entry.recorded + (entry.listing === "current" ? 0 : 1)
  return register.entries.filter(fits).sort((one, other) => rank(one) - rank(other))
}

/** @typedef {{type: string | undefined, digits: string}} TypedDevice of 20 digits */

/**
 * Entries of exactly this device: Current ones without a record, where there are any.
 * @param {Register} register
 * @param {TypedDevice} device
 */
export function entriesOfDevice(register, { type, digits }) {
  const same = register.entries.filter((entry) => entry.type === type && entry.digits === digits)
  const free = same.filter((entry) => !entry.recorded)
  const current = free.filter((entry) => entry.listing === "current")
  return [current, free, same].find((some) => some.length) ?? []
}

/**
 * Entries without a record of this Device Model whose firmware is this one in other digits.
 * @param {Register} register
 * @param {TypedDevice} device
 */
export const entriesOfRecodedDevice = (register, { type, digits }) =>
  register.entries.filter(
    (entry) =>
      !entry.recorded &&
      entry.type === type &&
      entry.model === digits.slice(0, 12) &&
      likeness(digits.slice(12), entry.firmware),
  )

/**
 * A list to pick from; `pick` is given a number.
 * @param {Entry[]} entries
 * @param {(number: string) => void} pick
 */
export const pickList = (entries, pick) =>
  entries.map((entry) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", click: () => pick(entry.number) },
        h("span", { class: "cpl" }, "CPL ", h("b", {}, entry.number)),
        h("span", {}, nameOf(entry), " ", h("span", { class: "pn" }, formatModel(entry.model))),
        h("small", {}, entry.recorded ? "has a record" : "no record yet", listedOn(entry)),
      ),
    ),
  )

/**
 * Its name on the list without the firmware version, which the sender is to type.
 * @param {Entry} entry
 */
const nameOf = ({ product, label, type }) =>
  (product || label || type).replace(VERSION, "").trim()

/** @param {Entry} entry */
const listedOn = ({ listed }) => (listed ? `, listed ${formatDay(listed)}` : "")

/**
 * What is said of a number that was typed; `found` is how many entries it may mean.
 * @param {Register} register
 * @param {SubmitData} data
 * @param {string} text
 * @param {Entry | undefined} entry
 * @param {number} found
 */
export function numberMessages(register, data, text, entry, found) {
  const { version } = register.index.cpl
  if (!text.trim()) return []
  if (entry) return entryMessages(data, entry)
  if (!isWholeNumber(text)) return [message("open", choiceHint(found))]
  const words = `the CPL, version ${version}, has no entry ${inBackticks(text.trim())}`
  const fix = "correct the number, or say below that the list has none yet"
  return [mistakeMessage({ message: words, fix })]
}

/** @param {number} found */
function choiceHint(found) {
  if (!found) return "Nothing on the list is like this. Type a number, a product or a Device Model."
  if (found > MOST_PICKS) return `These are ${MOST_PICKS} of ${found}. Type more, or the six digits.`
  return "Pick one, or type the six digits."
}

/** @param {SubmitData} data @param {Entry} entry */
function entryMessages(data, entry) {
  const { type, listing, recorded, number } = entry
  const listed = capitalised(listing).replaceAll("-", " ")
  const model = h("span", { class: "pn" }, formatModel(entry.model))
  const found = message("ok", `Found: ${type}, `, model, `, ${listed}${listedOn(entry)}.`)
  if (data.policy.types[type] === "not_accepted")
    return [found, message("err", `The Panel takes no records of the type ${type}.`)]
  if (!recorded) return [found]
  const there = h("a", { href: `../cpl/${number}/` }, "a record")
  const how = h("a", { href: "../guides/manufacturers/#correct" }, "how notes are changed")
  const words = ["It has ", there, " already, to which you can add only what it lacks. See ", how]
  return [found, message("warn", ...words, ".")]
}

const DIGITS = 8
const MOST_CELLS = 16
const ORDINAL = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
const WELL_FORMED = {
  type: "Gas Smart Meter",
  manufacturer_identifier: "0000",
  model_identifier: "0000",
  hardware_version: "00",
  hardware_revision: "00",
}

/** @typedef {Pick<Mistake, "message" | "fix">} FirmwareMistake */

/**
 * @typedef {object} Comparison how the typed version stands to the list's
 * @property {"none" | "short" | "off" | "wrong" | "odd" | "done"} state
 * @property {number} [off] the place of the first digit that differs
 * @property {FirmwareMistake} [mistake]
 */

/**
 * @param {string} typed without colons and blanks, in capitals
 * @param {Entry | undefined} entry
 * @param {Rules} rules
 * @param {string} cpl its version
 * @returns {Comparison}
 */
export function compareFirmware(typed, entry, rules, cpl) {
  if (!typed) return { state: "none" }
  const [misshapen] = rules.mistakes("submission", {
    manufacturer: "x",
    entries: [{ device: { ...WELL_FORMED, firmware_version: typed } }],
    release_notes: "",
  })
  if (misshapen && (typed.length >= DIGITS || !/^[0-9A-F]+$/.test(typed)))
    return { state: "odd", mistake: misshapen }
  const off = entry ? [...typed].findIndex((digit, at) => digit !== entry.firmware[at]) : -1
  if (typed.length < DIGITS) return { state: off < 0 ? "short" : "off", off }
  if (off < 0 || !entry) return { state: "done" }
  return { state: "wrong", mistake: mismatch(typed, entry, cpl) }
}

/**
 * What `cpl-mismatch` says of a version that is not the list's.
 * @param {string} typed
 * @param {Entry} entry
 * @param {string} cpl
 * @returns {FirmwareMistake}
 */
function mismatch(typed, { number, firmware }, cpl) {
  const like = likeness(typed, firmware)
  const of = `${inBackticks(number)} (version ${cpl})`
  const has = `${inBackticks(firmware)}${like && ", "}${like}`
  return {
    message: `device.firmware_version is ${inBackticks(typed)}, CPL entry ${of} has ${has}`,
    fix: `write "${firmware}" as the CPL does, or have the CPL entry corrected first`,
  }
}

/**
 * A cell for each digit: typed and agreed, typed and not, or still empty.
 * @param {string} typed
 * @param {Entry | undefined} entry
 * @param {number | null} cursor
 */
export function digitCells(typed, entry, cursor) {
  const digits = [...typed].slice(0, MOST_CELLS)
  /** @param {string | undefined} digit @param {number} place */
  const kindOf = (digit, place) => {
    if (digit === undefined) return "blank"
    if (place >= DIGITS || !/[0-9A-F]/.test(digit)) return "differs"
    return entry ? (digit === entry.firmware[place] ? "fits" : "differs") : "unjudged"
  }
  return Array.from({ length: Math.max(DIGITS, digits.length) }, (_, place) => {
    const kind = kindOf(digits[place], place)
    return h("span", { class: place === cursor ? `${kind} cur` : kind }, digits[place] ?? "")
  })
}

/**
 * What is said of a version; the list's own digits only once all eight are typed.
 * @param {string} typed
 * @param {Entry | undefined} entry
 * @param {Comparison} comparison
 */
export function firmwareMessages(typed, entry, { state, off, mistake }) {
  if (state === "none") return []
  if (mistake) return [mistakeMessage(mistake)]
  if (state === "done")
    return [
      message(
        "ok",
        entry
          ? "All eight digits agree with the CPL."
          : "Eight digits. The CPL has none to compare with yet.",
      ),
    ]
  const count = `${typed.length} of ${DIGITS} digits.`
  if (state === "off") return [message("warn", `${count} The ${ORDINAL[off ?? 0]} is not the CPL’s.`)]
  return [message("open", entry ? `${count} They agree with the CPL so far.` : count)]
}
