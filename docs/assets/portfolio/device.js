// Which device a row means: what its cells may be read as, after what repairs, and its answers; or
// why nobody can tell.

import { formatDevice, identifierReadings } from "../shared/identifiers.js"
import { UNCALCULATED } from "../shared/workbook.js"

/** @import { Answers } from "./answers.js" */

/** @typedef {"manufacturer_identifier" | "model" | "firmware_version"} PartName */

/**
 * @typedef {object} CellReading
 * @property {string} value digits in capitals
 * @property {string[]} repairs what was done to the cell, in a few words each
 * @property {boolean} certain whether it may be used although the CPL does not list it
 */
/** @typedef {{readings: CellReading[], fault: string}} CellReadings without any, why not */

/**
 * @typedef {object} Outcome
 * @property {string} answer an answer, a listing of what is not listed, `several`, or empty
 * @property {number[]} places of the firmware among the answers
 * @property {string} digits Device Model and firmware, 20 digits, where they are known
 * @property {string} repair what was repaired, in a sentence
 * @property {string} fault why the row was not read
 */

/** @typedef {{name: string, types: string[] | null, known: boolean}} TypeCell */

/** @type {PartName[]} */
const PARTS = ["manufacturer_identifier", "model", "firmware_version"]
const WIDTHS = { manufacturer_identifier: 4, model: 8, firmware_version: 8 }
const NAMES = {
  manufacturer_identifier: "manufacturer",
  model: "model",
  firmware_version: "firmware",
}
const EMPTY = /^(?:|-+|nan|none|null|nil|n\/?a|#n\/a|\?+)$/i
const POWER = /^[0-9]+(?:\.[0-9]+)?e\+?[0-9]+$/i
const HEX = /^[0-9A-Fa-f]+$/
// How many digits the parts have that a value is written in: bytes, or model and two of hardware.
/** @type {Record<number, number[][]>} */
const WRITTEN_IN = {
  4: [[2, 2]],
  8: [
    [2, 2, 2, 2],
    [4, 2, 2],
  ],
}
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]
// Inventory names in full, and what files call them besides.
/** @type {Record<string, string>} */
const TYPE_NAMES = {
  "COMMUNICATIONS HUB FUNCTION": "CHF",
  "GAS PROXY FUNCTION": "GPF",
  "TYPE 2 DEVICE": "TYPE 2",
  TYPE2DEVICE: "TYPE 2",
  TYPE_2: "TYPE 2",
  "IN-HOME DISPLAY": "IHD",
  "IN HOME DISPLAY": "IHD",
}

/**
 * The device types that a cell restricts a row to; `known` is false where it says nothing of use.
 * @param {string} cell
 * @param {Answers} answers
 * @returns {TypeCell}
 */
export function typeOf(cell, answers) {
  const text = cell.trim().replace(/\s+/g, " ").toUpperCase()
  if (!text) return { name: "", types: null, known: true }
  const names = answers.reading.inventory_types
  const name = Object.hasOwn(TYPE_NAMES, text) ? TYPE_NAMES[text] : text
  if (Object.hasOwn(names, name)) return { name, types: names[name], known: true }
  const type = answers.types.find((each) => each.toUpperCase() === text)
  return { name: type ?? "", types: type ? [type] : null, known: Boolean(type) }
}

/**
 * What three cells are: as they stand where the CPL lists that; else in the one other order, and
 * then by the one repair, after which it does; else how far the device is known as it stands.
 * @param {string[]} cells
 * @param {string[] | null} types
 * @param {Answers} answers
 * @returns {Outcome}
 */
export function outcomeOf(cells, types, answers) {
  if (types && !types.length) return outcome({ answer: "never-listed" })
  const parts = PARTS.map((name, place) => readingsOf(cells[place], name, answers))
  const standing = parts.flatMap(({ readings }) => readings.find((each) => each.certain) ?? [])
  const digits = standing.length === PARTS.length ? digitsOf(standing) : ""
  const here = digits ? answers.find(digits, types) : []
  if (here.length) return listed(here, digits, repairsOf(cells, standing), answers)
  const reordered = findRepaired(cells, types, answers, (each) => each.certain)
  const found = reordered.size
    ? reordered
    : findRepaired(cells, types, answers, () => true)
  if (found.size === 1) {
    const [[key, repair]] = found
    return listed(answers.find(key, types), key, repair, answers)
  }
  if (found.size > 1)
    return outcome({
      fault: `it could be any of ${found.size} devices on the CPL: ${[...found.keys()].slice(0, 3).map(formatDevice).join(", ")}`,
    })
  if (digits)
    return outcome({
      answer: answers.nearest(digits, types),
      digits,
      repair: repairsOf(cells, standing),
    })
  return outcome({ fault: faultOf(cells, parts) })
}

/** @param {Partial<Outcome>} known @returns {Outcome} */
const outcome = (known) => ({
  answer: "",
  places: [],
  digits: "",
  repair: "",
  fault: "",
  ...known,
})

/** @param {CellReading[]} readings */
const digitsOf = (readings) => readings.map((each) => each.value).join("")

/** @param {number[]} places @param {string} digits @param {string} repair @param {Answers} answers */
function listed(places, digits, repair, answers) {
  const answer = places.length === 1 ? answers.rows[places[0]].answer : "several"
  return outcome({ answer, places, digits, repair })
}

/**
 * Each device on the CPL that the cells may mean in any order, by the readings that may be used,
 * and after what repairs.
 * @param {string[]} cells
 * @param {string[] | null} types
 * @param {Answers} answers
 * @param {(reading: CellReading) => boolean} isUsed
 */
function findRepaired(cells, types, answers, isUsed) {
  /** @type {Map<string, string>} */
  const found = new Map()
  for (const order of ORDERS) {
    const options = PARTS.map((name, place) =>
      readingsOf(cells[order[place]], name, answers).readings.filter(isUsed),
    )
    for (const manufacturer of options[0])
      for (const model of options[1])
        for (const firmware of options[2]) {
          const readings = [manufacturer, model, firmware]
          const digits = digitsOf(readings)
          if (!found.has(digits) && answers.find(digits, types).length) {
            const inOrder = order.map((place) => cells[place])
            found.set(digits, repairsOf(inOrder, readings, order))
          }
        }
  }
  return found
}

/**
 * What was done to the cells, in a sentence; nothing where they stand as they should.
 * @param {string[]} cells
 * @param {CellReading[]} readings
 * @param {number[]} order
 */
function repairsOf(cells, readings, order = ORDERS[0]) {
  const sentences = readings.flatMap(({ value, repairs }, place) => {
    const name = NAMES[PARTS[place]]
    const how = repairs.length ? ` (${[...new Set(repairs)].join(", ")})` : ""
    if (order[place] !== place)
      return [`${name} ${value} taken from the column of the ${NAMES[PARTS[order[place]]]}${how}`]
    return repairs.length ? [`${name} ${shortened(cells[place])} read as ${value}${how}`] : []
  })
  return sentences.join("; ")
}

/** @param {string} cell */
const shortened = (cell) => cell.trim().slice(0, 40)

/**
 * Why a row cannot be read: the first cell that is nothing, or lacks digits that nobody can tell.
 * @param {string[]} cells
 * @param {CellReadings[]} parts
 */
function faultOf(cells, parts) {
  const bad = parts.find((each) => each.fault)
  if (bad) return bad.fault
  const place = parts.findIndex(({ readings }) => !readings.some((each) => each.certain))
  const name = PARTS[place]
  return `the ${NAMES[name]} ${shortened(cells[place])} is not ${WIDTHS[name]} digits, and no way to mend it gives a device on the CPL`
}

/**
 * Most cells of a file stand in many of its rows.
 * @param {string} cell
 * @param {PartName} part
 * @param {Answers} answers
 */
function readingsOf(cell, part, answers) {
  const known = answers.cells[part]
  let readings = known.get(cell)
  if (!readings) known.set(cell, (readings = readCell(cell, part, answers.reading)))
  return readings
}

/**
 * Every reading of a cell as a part of a device, the surest first.
 * @param {string} cell
 * @param {PartName} part
 * @param {ReadingRules} rules
 * @returns {CellReadings}
 */
function readCell(cell, part, rules) {
  const width = WIDTHS[part]
  const name = NAMES[part]
  if (cell.length === width && /^[0-9A-F]+$/.test(cell)) {
    const recoded = [...spellings(cell, part, rules)].filter((each) => !each.certain)
    return { readings: [{ value: cell, repairs: [], certain: true }, ...recoded], fault: "" }
  }
  const { text, repairs } = unwrap(cell)
  if (EMPTY.test(text)) return unreadable(`no ${name}${text ? `: ${text} stands there` : ""}`)
  if (text === UNCALCULATED)
    return unreadable(`the ${name} is a formula that was never calculated`)
  const readings = [...spellings(text, part, rules), ...withZeros(text, width)]
  for (const each of readings) each.repairs.unshift(...repairs)
  if (readings.length) return { readings, fault: "" }
  if (POWER.test(text))
    return unreadable(
      `a spreadsheet has made a number of the ${name}, ${text}: export that column as text`,
    )
  return unreadable(
    HEX.test(text)
      ? `the ${name} ${text} has ${text.length} digits, not ${width}`
      : `${text.slice(0, 40)} is no ${name}`,
  )
}

/** @param {string} fault @returns {CellReadings} */
const unreadable = (fault) => ({ readings: [], fault })

/** Without blanks around it, and what spreadsheets put around text. @param {string} cell */
function unwrap(cell) {
  const repairs = []
  let text = cell.trim()
  if (text !== cell) repairs.push("blanks")
  const formula = /^="(.*)"$/.exec(text) ?? /^'(.*)$/.exec(text) ?? /^"(.*)"$/.exec(text)
  if (formula) {
    text = formula[1].trim()
    repairs.push("quotes")
  }
  const whole = /^([0-9]+)\.0+$/.exec(text)
  if (whole) {
    text = whole[1]
    repairs.push("decimal point")
  }
  return { text, repairs }
}

/**
 * As the look-up reads it: any spelling of the digits, then BCD and decimal.
 * @param {string} text
 * @param {PartName} part
 * @param {ReadingRules} rules
 * @returns {Generator<CellReading>}
 */
function* spellings(text, part, rules) {
  const how = []
  if (/[:-]/.test(text)) how.push("colons")
  if (/\s/.test(text)) how.push("blanks")
  if (/^0x/i.test(text)) how.push("0x")
  if (/[a-f]/.test(text)) how.push("lower case")
  for (const { means, value, coding } of identifierReadings(text, rules))
    if (means === part)
      yield {
        value,
        repairs: coding ? [...how, `read as ${coding}`] : [...how],
        certain: !coding,
      }
}

/**
 * With the zeros that a spreadsheet takes for needless, before the whole or before each part.
 * @param {string} text
 * @param {number} width
 * @returns {Generator<CellReading>}
 */
function* withZeros(text, width) {
  /** @param {string} value @returns {CellReading} */
  const restored = (value) => ({
    value: value.toUpperCase(),
    repairs: ["lost zeros put back"],
    certain: false,
  })
  const parts = text.split(/[:-]/)
  for (const widths of WRITTEN_IN[width]) {
    const fits =
      parts.length === widths.length &&
      parts.every((part, place) => part.length <= widths[place] && HEX.test(part))
    if (fits && parts.join("").length < width)
      yield restored(parts.map((part, place) => part.padStart(widths[place], "0")).join(""))
  }
  const digits = text.replace(/^0x/i, "")
  if (HEX.test(digits) && digits.length < width) yield restored(digits.padStart(width, "0"))
}
