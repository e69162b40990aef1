// The firmware version as it is typed, digit by digit beside the list's: a second statement.

import { h } from "../find/dom.js"
import { likeness } from "./coding.js"
import { mistake, msg } from "./said.js"
import { tick } from "./words.js"

const DIGITS = 8
const MOST_CELLS = 16
const ORDINAL = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]

/**
 * How the typed version stands to the list's: `state` is none, short, off, wrong, odd or done.
 * @param {string} typed without colons and blanks, in capitals
 * @param {import("../find/register.js").Entry?} entry
 */
export function compared(typed, entry, rules, version) {
  if (!typed) return { state: "none" }
  const [wrong] = rules.misfits("submission", {
    manufacturer: "x",
    entries: [{ device: { ...WELL_FORMED, firmware_version: typed } }],
    release_notes: "",
  })
  if (wrong && (typed.length >= DIGITS || !/^[0-9A-F]+$/.test(typed)))
    return { state: "odd", mistake: wrong }
  const off = entry ? [...typed].findIndex((digit, at) => digit !== entry.firmware[at]) : -1
  if (typed.length < DIGITS) return { state: off < 0 ? "short" : "off", off }
  return off < 0 ? { state: "done" } : { state: "wrong", mistake: mismatch(typed, entry, version) }
}

const WELL_FORMED = {
  type: "Gas Smart Meter",
  manufacturer_identifier: "0000",
  model_identifier: "0000",
  hardware_version: "00",
  hardware_revision: "00",
}

/** What `cpl-mismatch` says of a version that is not the list's. */
export function mismatch(typed, { number, firmware }, version) {
  const like = likeness(typed, firmware)
  const of = `${tick(number)} (version ${version})`
  const has = `${tick(firmware)}${like && ", "}${like}`
  return {
    message: `device.firmware_version is ${tick(typed)}, CPL entry ${of} has ${has}`,
    fix: `write "${firmware}" as the CPL does, or have the CPL entry corrected first`,
  }
}

/** A cell for each digit: typed and agreed, typed and not, or still empty. */
export function cells(typed, entry, at) {
  const digits = [...typed].slice(0, MOST_CELLS)
  const kindOf = (digit, place) => {
    if (digit === undefined) return "blank"
    if (place >= DIGITS || !/[0-9A-F]/.test(digit)) return "differs"
    return entry ? (digit === entry.firmware[place] ? "fits" : "differs") : "unjudged"
  }
  return Array.from({ length: Math.max(DIGITS, digits.length) }, (_, place) => {
    const kind = kindOf(digits[place], place)
    return h("span", { class: place === at ? `${kind} cur` : kind }, digits[place] ?? "")
  })
}

/** What is said of it; the list's own digits only once all eight are typed. */
export function aboutFirmware(typed, entry, found) {
  const { state, off } = found
  if (state === "none") return []
  if (found.mistake) return [mistake(found.mistake)]
  if (state === "done")
    return [
      msg(
        "ok",
        entry
          ? "All eight digits agree with the CPL."
          : "Eight digits. The CPL has none to compare with yet.",
      ),
    ]
  const so = `${typed.length} of ${DIGITS} digits.`
  if (state === "off") return [msg("warn", `${so} The ${ORDINAL[off]} is not the CPL’s.`)]
  return [msg("open", entry ? `${so} They agree with the CPL so far.` : so)]
}
