// Every row of a table answered and counted; nothing is left out of the counts.

import { outcome, typeOf } from "./device.js"

const TOLD_EVERY = 5_000
const MOST = 999_999_999
// These stand for the same hub, or for a device that is listed as another, and are counted apart.
const APART = ["CHF", "GPF", "SAPC"]
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

export class Check {
  /** @type {Map<string, Group>} */
  groups = new Map()
  /** Places of rows, in the order of the file. */
  unread = []
  repaired = []
  blank = 0
  devices = 0
  answered = 0
  byType = new Map()
  unknownTypes = new Map()
  #outcomes = new Map()
  #types = new Map()

  constructor(table, columns, book) {
    this.table = table
    this.columns = columns
    this.book = book
    this.first = columns.heading + 1
    /** Of each row: its outcome, with the devices it stands for. */
    this.results = new Array(table.length)
  }

  /** Answers every row; says how far it is every so many. */
  run(told) {
    for (let place = this.first; place < this.table.length; place++) {
      this.#row(place)
      if (place % TOLD_EVERY === 0) told(place / this.table.length)
    }
  }

  get rows() {
    return this.table.length - this.first
  }

  #row(place) {
    const row = this.table[place]
    if (row.every((cell) => !cell.trim())) {
      this.blank++
      return
    }
    const type = this.#type(this.#cell(row, "type"))
    const found = this.#outcome(row, type)
    const count = this.#count(row)
    const fault = found.fault || count.fault
    this.results[place] = {
      found,
      type,
      devices: count.devices,
      fault,
      repair: [found.repair, count.repair].filter(Boolean).join("; "),
    }
    if (fault) {
      this.unread.push(place)
      return
    }
    if (this.results[place].repair) this.repaired.push(place)
    this.answered++
    this.devices += count.devices
    this.#group(found, type.name, count.devices)
  }

  #cell(row, role) {
    const place = this.columns.of[role]
    return place === undefined ? "" : (row[place] ?? "")
  }

  #type(cell) {
    let type = this.#types.get(cell)
    if (!type) this.#types.set(cell, (type = typeOf(cell, this.book)))
    if (!type.known) this.unknownTypes.set(cell, (this.unknownTypes.get(cell) ?? 0) + 1)
    return type
  }

  #outcome(row, type) {
    const cells = this.device(row)
    const key = `${cells.join("\u0001")}\u0001${type.name}`
    let found = this.#outcomes.get(key)
    if (!found) this.#outcomes.set(key, (found = outcome(cells, type.types, this.book)))
    return found
  }

  /** The three cells that tell the device; a model in three columns is put together. */
  device(row) {
    const parts = ["model_identifier", "hardware_version", "hardware_revision"]
    const model = this.#cell(row, "model")
    const apart =
      model || !(parts[0] in this.columns.of)
        ? ""
        : wholeModel(parts.map((role) => this.#cell(row, role)))
    return [this.#cell(row, "manufacturer"), model || apart, this.#cell(row, "firmware")]
  }

  #count(row) {
    if (!("count" in this.columns.of)) return { devices: 1, repair: "", fault: "" }
    const cell = this.#cell(row, "count")
    const text = cell.trim()
    const parted = THOUSANDS.test(text)
    const devices = COUNT.test(text)
      ? Number(text)
      : parted
        ? Number(text.replace(/[, ]/g, ""))
        : NaN
    if (!(devices <= MOST))
      return {
        devices: 0,
        repair: "",
        fault: `the count ${text.slice(0, 40) || "is empty"}${text ? " is no whole number" : ""}`,
      }
    return { devices, repair: parted ? `count ${text} read as ${devices}` : "", fault: "" }
  }

  #group(found, name, devices) {
    const kind = APART.includes(name) ? name : ""
    const key = `${found.answer} ${kind} ${found.digits} ${found.places}`
    let group = this.groups.get(key)
    if (!group) {
      group = {
        answer: found.answer,
        kind,
        digits: found.digits,
        places: found.places,
        rows: 0,
        devices: 0,
      }
      this.groups.set(key, group)
    }
    group.rows++
    group.devices += devices
    const of = this.byType.get(name) ?? { rows: 0, devices: 0 }
    this.byType.set(name, { rows: of.rows + 1, devices: of.devices + devices })
  }
}

/** A model out of three columns; with marks between the parts where one has not all its digits. */
function wholeModel(parts) {
  const digits = parts.map((part) => part.trim().replace(/[:\s]/g, ""))
  const odd = digits.find((part) => !/^[0-9A-Fa-f]+$/.test(part))
  if (odd !== undefined) return odd
  return digits.join(digits.every((part, place) => part.length === [4, 2, 2][place]) ? "" : ":")
}
