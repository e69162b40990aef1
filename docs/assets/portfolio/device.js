// One row's device: which one it is, after what repairs, and its answers; or why nobody can tell.

import { DIGITS } from "./book.js"
import { NAMES, read } from "./cell.js"

const MEANS = Object.keys(DIGITS)
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]
// Inventory names in full, and what files call them besides.
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
 * @typedef {object} Outcome
 * @property {string} answer an answer, a listing of what is not listed, `several`, or empty
 * @property {number[]} places of the firmware in the book
 * @property {string} digits Device Model and firmware, 20 digits, where they are known
 * @property {string} repair what was mended, in a sentence
 * @property {string} fault why the row was not read
 */

/** The device types that a cell restricts a row to; `known` is false where it says nothing of use. */
export function typeOf(cell, book) {
  const text = cell.trim().replace(/\s+/g, " ").toUpperCase()
  if (!text) return { name: "", types: null, known: true }
  const names = book.reading.inventory_types
  const name = Object.hasOwn(TYPE_NAMES, text) ? TYPE_NAMES[text] : text
  if (Object.hasOwn(names, name)) return { name, types: names[name], known: true }
  const type = book.types.find((each) => each.toUpperCase() === text)
  return { name: type ?? "", types: type ? [type] : null, known: Boolean(type) }
}

/**
 * What three cells are: as they stand where the CPL lists that; else in the one other order, and
 * then by the one repair, after which it does; else how far the device is known as it stands.
 * @returns {Outcome}
 */
export function outcome(cells, types, book) {
  if (types && !types.length) return answered("never-listed", { digits: "" })
  const read3 = MEANS.map((means, place) => remembered(cells[place], means, book))
  const standing = read3.map(({ readings }) => readings.find((each) => each.sure))
  const digits = standing.every(Boolean) ? joined(standing) : ""
  const here = digits ? book.find(digits, types) : []
  if (here.length) return listed(here, digits, said(cells, standing), book)
  const reordered = repaired(cells, types, book, (each) => each.sure)
  const found = reordered.size ? reordered : repaired(cells, types, book, () => true)
  if (found.size === 1) {
    const [[key, repair]] = found
    return listed(book.find(key, types), key, repair, book)
  }
  if (found.size > 1)
    return refused(
      `it could be any of ${found.size} devices on the CPL: ${[...found.keys()].slice(0, 3).map(shown).join(", ")}`,
    )
  if (digits)
    return answered(book.nearest(digits, types), { digits, repair: said(cells, standing) })
  return refused(fault(cells, read3))
}

/** Most cells of a file stand in many of its rows. */
function remembered(cell, means, book) {
  const known = book.cells[means]
  if (!known.has(cell)) known.set(cell, read(cell, means, book.reading))
  return known.get(cell)
}

const answered = (answer, rest) => ({
  answer,
  places: [],
  digits: "",
  repair: "",
  fault: "",
  ...rest,
})
const refused = (why) => answered("", { fault: why })
const joined = (readings) => readings.map((each) => each.value).join("")

function listed(places, digits, repair, book) {
  const answer = places.length === 1 ? book.rows[places[0]].answer : "several"
  return answered(answer, { places, digits, repair })
}

/** Each device on the CPL that the cells may mean in any order, by the readings that may be used. */
function repaired(cells, types, book, used) {
  const found = new Map()
  for (const order of ORDERS) {
    const options = MEANS.map((means, place) =>
      remembered(cells[order[place]], means, book).readings.filter(used),
    )
    for (const maker of options[0])
      for (const model of options[1])
        for (const firmware of options[2]) {
          const readings = [maker, model, firmware]
          const digits = joined(readings)
          if (!found.has(digits) && book.find(digits, types).length)
            found.set(
              digits,
              said(
                order.map((place) => cells[place]),
                readings,
                order,
              ),
            )
        }
  }
  return found
}

/** What was done to the cells, in a sentence; nothing where they stand as they should. */
function said(cells, readings, order = ORDERS[0]) {
  const told = readings.flatMap(({ value, mended }, place) => {
    const name = NAMES[MEANS[place]]
    if (order[place] !== place)
      return [
        `${name} ${value} taken from the column of the ${NAMES[MEANS[order[place]]]}${how(mended)}`,
      ]
    return mended.length
      ? [`${name} ${cells[place].trim().slice(0, 40)} read as ${value}${how(mended)}`]
      : []
  })
  return told.join("; ")
}

const how = (mended) => (mended.length ? ` (${[...new Set(mended)].join(", ")})` : "")

/** Why a row cannot be read: the first cell that is nothing, or lacks digits that nobody can tell. */
function fault(cells, read3) {
  const bad = read3.find((each) => each.fault)
  if (bad) return bad.fault
  const place = read3.findIndex(({ readings }) => !readings.some((each) => each.sure))
  const name = NAMES[MEANS[place]]
  return `the ${name} ${cells[place].trim().slice(0, 40)} is not ${DIGITS[MEANS[place]]} digits, and no way to mend it gives a device on the CPL`
}

/** 20 digits as they are written here. */
export const shown = (digits) =>
  `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8, 12)} ${digits.slice(12)}`
