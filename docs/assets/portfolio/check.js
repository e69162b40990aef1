// Every row of a table answered and counted; nothing is left out of the counts.

import { outcomeOf, typeOf } from "./device.js"

/** @import { Answers } from "./answers.js" */
/** @import { Outcome, TypeCell } from "./device.js" */
/** @import { Columns, Role } from "./table.js" */

const PROGRESS_EVERY = 5_000
const MOST_DEVICES = 999_999_999
// These stand for the same hub, or for a device that is listed as another, and are counted apart.
const COUNTED_APART = ["CHF", "GPF", "SAPC"]
const COUNT = /^[0-9]{1,9}(?:\.0+)?$/
const THOUSANDS = /^[0-9]{1,3}(?:[, ][0-9]{3})+$/

/**
 * @typedef {object} Group rows with one device and one answer
 * @property {string} answer
 * @property {string} kind what the inventory calls the device, where that is counted apart
 * @property {string} digits
 * @property {number[]} places
 * @property {number} rows
 * @property {number} devices
 */

/**
 * @typedef {object} RowResult
 * @property {Outcome} outcome
 * @property {number} devices that the row stands for
 * @property {string} fault
 * @property {string} repair
 */

/** @typedef {{rows: number, devices: number}} TypeCount */

export class Check {
  /** @type {Map<string, Group>} */
  groups = new Map()
  /** Places of rows, in the order of the file. @type {Record<"unread" | "repaired", number[]>} */
  listed = { unread: [], repaired: [] }
  blank = 0
  devices = 0
  answered = 0
  /** @type {Map<string, TypeCount>} */
  byType = new Map()
  /** @type {Map<string, number>} */
  unknownTypes = new Map()
  /** @type {Map<string, Outcome>} */
  #outcomes = new Map()
  /** @type {Map<string, TypeCell>} */
  #types = new Map()

  /** @param {string[][]} table @param {Columns} columns @param {Answers} answers */
  constructor(table, columns, answers) {
    this.table = table
    this.columns = columns
    this.answers = answers
    this.first = columns.heading + 1
    /** Of each row that is not blank. @type {(RowResult | undefined)[]} */
    this.results = new Array(table.length)
  }

  /** Answers every row; says how far it is every so many. @param {(share: number) => void} progress */
  run(progress) {
    for (let place = this.first; place < this.table.length; place++) {
      this.#row(place)
      if (place % PROGRESS_EVERY === 0) progress(place / this.table.length)
    }
  }

  get rows() {
    return this.table.length - this.first
  }

  /** @param {number} place */
  #row(place) {
    const row = this.table[place]
    if (row.every((cell) => !cell.trim())) {
      this.blank++
      return
    }
    const type = this.#type(this.#cell(row, "type"))
    const outcome = this.#outcome(row, type)
    const count = this.#count(row)
    const fault = outcome.fault || count.fault
    const repair = [outcome.repair, count.repair].filter(Boolean).join("; ")
    this.results[place] = { outcome, devices: count.devices, fault, repair }
    if (fault) {
      this.listed.unread.push(place)
      return
    }
    if (repair) this.listed.repaired.push(place)
    this.answered++
    this.devices += count.devices
    this.#group(outcome, type.name, count.devices)
  }

  /** @param {string[]} row @param {Role} role */
  #cell(row, role) {
    const place = this.columns.of[role]
    return place === undefined ? "" : (row[place] ?? "")
  }

  /** @param {string} cell */
  #type(cell) {
    let type = this.#types.get(cell)
    if (!type) this.#types.set(cell, (type = typeOf(cell, this.answers)))
    if (!type.known) this.unknownTypes.set(cell, (this.unknownTypes.get(cell) ?? 0) + 1)
    return type
  }

  /** @param {string[]} row @param {TypeCell} type */
  #outcome(row, type) {
    const cells = this.deviceCells(row)
    const key = `${cells.join("\u0001")}\u0001${type.name}`
    let outcome = this.#outcomes.get(key)
    if (!outcome) this.#outcomes.set(key, (outcome = outcomeOf(cells, type.types, this.answers)))
    return outcome
  }

  /**
   * The three cells that tell the device; a model in three columns is put together.
   * @param {string[]} row
   */
  deviceCells(row) {
    const model = this.#cell(row, "model")
    const inParts =
      model || this.columns.of.model_identifier === undefined
        ? ""
        : joinModel([
            this.#cell(row, "model_identifier"),
            this.#cell(row, "hardware_version"),
            this.#cell(row, "hardware_revision"),
          ])
    return [this.#cell(row, "manufacturer"), model || inParts, this.#cell(row, "firmware")]
  }

  /** @param {string[]} row */
  #count(row) {
    if (this.columns.of.count === undefined) return { devices: 1, repair: "", fault: "" }
    const text = this.#cell(row, "count").trim()
    const parted = THOUSANDS.test(text)
    const digits = parted ? text.replace(/[, ]/g, "") : text
    const devices = parted || COUNT.test(text) ? Number(digits) : NaN
    if (!(devices <= MOST_DEVICES))
      return {
        devices: 0,
        repair: "",
        fault: `the count ${text.slice(0, 40) || "is empty"}${text ? " is no whole number" : ""}`,
      }
    return { devices, repair: parted ? `count ${text} read as ${devices}` : "", fault: "" }
  }

  /** @param {Outcome} outcome @param {string} type @param {number} devices */
  #group({ answer, digits, places }, type, devices) {
    const kind = COUNTED_APART.includes(type) ? type : ""
    const key = `${answer} ${kind} ${digits} ${places}`
    let group = this.groups.get(key)
    if (!group) {
      group = { answer, kind, digits, places, rows: 0, devices: 0 }
      this.groups.set(key, group)
    }
    group.rows++
    group.devices += devices
    const of = this.byType.get(type) ?? { rows: 0, devices: 0 }
    this.byType.set(type, { rows: of.rows + 1, devices: of.devices + devices })
  }
}

/**
 * A model out of three columns; with marks between the parts where one has not all its digits.
 * @param {string[]} parts
 */
function joinModel(parts) {
  const digits = parts.map((part) => part.trim().replace(/[:\s]/g, ""))
  const odd = digits.find((part) => !/^[0-9A-Fa-f]+$/.test(part))
  if (odd !== undefined) return odd
  return digits.join(digits.every((part, place) => part.length === [4, 2, 2][place]) ? "" : ":")
}
