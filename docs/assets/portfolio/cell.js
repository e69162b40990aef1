// What one cell may be read as, and how it would have to be mended for that.

import { coded } from "../find/query.js"
import { DIGITS } from "./book.js"

/** What a workbook's cell says whose formula was never calculated. */
export const UNCALCULATED = "(formula without a value)"
export const NAMES = {
  manufacturer_identifier: "manufacturer",
  model: "model",
  firmware_version: "firmware",
}
const EMPTY = /^(?:|-+|nan|none|null|nil|n\/?a|#n\/a|\?+)$/i
const POWER = /^[0-9]+(?:\.[0-9]+)?e\+?[0-9]+$/i
const HEX = /^[0-9A-Fa-f]+$/
// How many digits the parts have that a value is written in: bytes, or model and two of hardware.
const PARTED = {
  4: [[2, 2]],
  8: [
    [2, 2, 2, 2],
    [4, 2, 2],
  ],
}

/**
 * @typedef {object} Reading
 * @property {string} value digits in capitals
 * @property {string[]} mended what was done to the cell, in a few words each
 * @property {boolean} sure whether it may be used although the CPL does not list it
 */

/**
 * Every reading of a cell as a part of a device, the surest first; without any, why not.
 * @returns {{readings: Reading[], fault: string}}
 */
export function read(cell, means, rules) {
  const width = DIGITS[means]
  const name = NAMES[means]
  if (cell.length === width && /^[0-9A-F]+$/.test(cell))
    return { readings: [sure(cell), ...recoded(cell, means, rules)], fault: "" }
  const { text, mended } = unwrapped(cell)
  if (EMPTY.test(text)) return none(`no ${name}${text ? `: ${text} stands there` : ""}`)
  if (text === UNCALCULATED) return none(`the ${name} is a formula that was never calculated`)
  const readings = [...spelled(text, means, rules), ...restored(text, width)]
  for (const each of readings) each.mended.unshift(...mended)
  if (readings.length) return { readings, fault: "" }
  if (POWER.test(text))
    return none(
      `a spreadsheet has made a number of the ${name}, ${text}: export that column as text`,
    )
  return none(
    HEX.test(text)
      ? `the ${name} ${text} has ${text.length} digits, not ${width}`
      : `${text.slice(0, 40)} is no ${name}`,
  )
}

const sure = (value, mended = []) => ({ value, mended, sure: true })
const none = (fault) => ({ readings: [], fault })

/** Without blanks around it, and without what spreadsheets put around text. */
function unwrapped(cell) {
  const mended = []
  let text = cell.trim()
  if (text !== cell) mended.push("blanks")
  const formula = /^="(.*)"$/.exec(text) ?? /^'(.*)$/.exec(text) ?? /^"(.*)"$/.exec(text)
  if (formula) {
    text = formula[1].trim()
    mended.push("quotes")
  }
  const whole = /^([0-9]+)\.0+$/.exec(text)
  if (whole) {
    text = whole[1]
    mended.push("decimal point")
  }
  return { text, mended }
}

/** As the look-up reads it: any spelling of the digits, then BCD and decimal. */
function* spelled(text, means, rules) {
  const how = []
  if (/[:-]/.test(text)) how.push("colons")
  if (/\s/.test(text)) how.push("blanks")
  if (/^0x/i.test(text)) how.push("0x")
  if (/[a-f]/.test(text)) how.push("lower case")
  for (const each of coded(text, rules))
    if (each.means === means)
      yield each.coding
        ? { value: each.value, mended: [...how, `read as ${each.coding}`], sure: false }
        : sure(each.value, how.slice())
}

const recoded = (text, means, rules) =>
  [...spelled(text, means, rules)].filter((each) => !each.sure)

/** With the zeros that a spreadsheet takes for needless, before the whole or before each part. */
function* restored(text, width) {
  const lost = (value) => ({
    value: value.toUpperCase(),
    mended: ["lost zeros put back"],
    sure: false,
  })
  const parts = text.split(/[:-]/)
  for (const widths of PARTED[width]) {
    const fits =
      parts.length === widths.length &&
      parts.every((part, place) => part.length <= widths[place] && HEX.test(part))
    if (fits && parts.join("").length < width)
      yield lost(parts.map((part, place) => part.padStart(widths[place], "0")).join(""))
  }
  const digits = text.replace(/^0x/i, "")
  if (HEX.test(digits) && digits.length < width) yield lost(digits.padStart(width, "0"))
}
