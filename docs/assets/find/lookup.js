// Which entries a look-up means: the same rules as `fir.answers.lookup` in Python, over the site's index.

import { identifierReadings, reading } from "../shared/identifiers.js"
import { formatNumber, splitAtBlanks, wordsOf } from "../shared/text.js"

/** @import { Reading } from "../shared/identifiers.js" */
/** @import { Register } from "../shared/register.js" */

/** @typedef {{text: string, readings: Reading[]}} Part a part of a query, and what it may mean */
/** @typedef {{entry: Entry, readings: Reading[]}} Hit an entry, and how it fits each part */
/** @typedef {[manufacturer: string, model: string, firmware: string]} DeviceParts */

/**
 * @typedef {object} UnknownDevice a device that is not listed
 * @property {DeviceParts | null} device none for what the CPL never lists
 * @property {string | null} type
 * @property {string} listing how far it is known
 * @property {Map<Part, Reading>} read which part of the query was read as what of it
 */

/**
 * @typedef {object} LookupResult
 * @property {Part[]} parts
 * @property {Hit[]} hits
 * @property {boolean[]} known of each part, whether any entry fits it by itself
 * @property {boolean} asTyped false where only another coding, or a former value, was found
 * @property {UnknownDevice | null} unknown
 */

/** A query that holds nothing to look for, or too much. */
export class QueryRefused extends Error {}

const BYTE = /^[0-9A-Fa-f]{2}$/
// Two parts of a query never mean the same digits of a device, or one number or hash both.
/** @type {Record<string, [start: number, end: number]>} */
const SLOTS = { cpl_number: [20, 21], image_hash: [21, 22], former_image_hash: [21, 22] }
const NO_SLOT = [99, 99]
// Whether fallback readings may be used, and only in the order of the inventory.
const ATTEMPTS = [
  [false, true],
  [false, false],
  [true, false],
]
const NEAREST = ["unknown-manufacturer", "unknown-model", "unknown-firmware"]

/**
 * What the register holds for a query; throws QueryRefused where it is none.
 * @param {string} query
 * @param {Register} register
 */
export async function find(query, register) {
  const parts = parseQuery(query, register.reading)
  const hashes = parts.flatMap((part) => part.readings).filter((each) => isHash(each.means))
  await Promise.all(hashes.map((each) => register.loadHashes(each.value)))
  return new Search(register, parts).result()
}

/**
 * The number of the one entry that the query names exactly as typed, by its identifiers.
 * @param {LookupResult} result
 */
export function exactNumber({ hits: [hit, ...others], asTyped }) {
  const isNamed = hit?.readings.some((each) => !["words", "inventory_type"].includes(each.means))
  return hit && !others.length && asTyped && isNamed ? hit.entry.number : null
}

/** @param {string} means */
const isHash = (means) => means.endsWith("image_hash")

/**
 * The parts of a query, each with its readings; all must hold.
 * @param {string} query
 * @param {ReadingRules} rules
 * @returns {Part[]}
 */
function parseQuery(query, rules) {
  if (query.length > rules.longest && [...query].length > rules.longest)
    throw new QueryRefused(`A query has at most ${formatNumber(rules.longest)} characters.`)
  const parts = [...splitQuery(query, rules.runs)]
    .map((text) => ({ text, readings: [...readingsOf(text, rules)] }))
    .filter((part) => part.readings.length)
  if (!parts.length) throw new QueryRefused("The query holds nothing to look for.")
  if (parts.length > rules.most_parts)
    throw new QueryRefused(`A query has at most ${rules.most_parts} parts.`)
  // `Gas 200` is a name as likely as a number; `200` alone is a number.
  if (parts.some((part) => part.readings[0].means === "words"))
    for (const each of parts.flatMap((part) => part.readings))
      if (each.means === "words") each.fallback = false
  return parts
}

/**
 * The query cut at blanks; bytes written apart, `7F 01`, and `Type 2` put together.
 * @param {string} query
 * @param {number[]} runs
 */
function* splitQuery(query, runs) {
  let left = splitAtBlanks(query.replace(/[,;]/g, " "))
  while (left.length) {
    const other = left.findIndex((text) => !BYTE.test(text))
    let count = other < 0 ? left.length : other
    if (left[0].toUpperCase() === "TYPE" && left[1] === "2") count = 2
    else if (!runs.includes(count)) count = 1
    const joined = left.slice(0, count).join(" ")
    left = left.slice(count)
    if (joined.toUpperCase() !== "CPL" || !left.length) yield joined
  }
}

/** @param {string} text @param {ReadingRules} rules @returns {Generator<Reading>} */
function* readingsOf(text, rules) {
  if (Object.hasOwn(rules.inventory_types, text.toUpperCase())) {
    yield reading("inventory_type", text.toUpperCase())
    return
  }
  const found = [...identifierReadings(text, rules)]
  yield* found
  const words = wordsOf(text)
  if (words) yield reading("words", words, { fallback: found.length > 0 })
}

class Search {
  /** @param {Register} register @param {Part[]} parts */
  constructor(register, parts) {
    this.register = register
    this.parts = parts
    this.types = register.reading.inventory_types
    this.slots = { ...register.reading.spans, ...SLOTS }
    /** @type {Map<string, Set<string>>} */
    this.numbersByHash = new Map()
  }

  /** @returns {LookupResult} */
  result() {
    const { parts } = this
    const types = parts
      .map((part) => part.readings[0])
      .filter((each) => each.means === "inventory_type")
      .map((each) => each.value)
    const neverListed = types.some((type) => !this.types[type].length)
    const hits = neverListed ? [] : this.hits()
    const known = parts.map((part) => this.isKnown(part))
    const asTyped = !hits.some((hit) =>
      hit.readings.some((each) => each.fallback && each.means !== "words"),
    )
    const unknown = hits.length && asTyped ? null : this.unknownDevice(types)
    return { parts, hits, known, asTyped, unknown }
  }

  hits() {
    for (const [fallback, ordered] of ATTEMPTS) {
      const hits = []
      for (const entry of this.register.entries) {
        const readings = this.fit(entry, this.parts, fallback, ordered)
        if (readings) hits.push({ entry, readings })
      }
      if (hits.length) return hits
    }
    return []
  }

  /**
   * How the entry fits every part of the query, or nothing.
   * @param {Entry} entry
   * @param {Part[]} parts
   * @param {boolean} fallback
   * @param {boolean} ordered
   */
  fit(entry, parts, fallback, ordered) {
    const options = []
    for (const part of parts) {
      const fitting = part.readings.filter(
        (each) => (fallback || !each.fallback) && this.fits(entry, each),
      )
      if (!fitting.length) return undefined
      options.push(fitting)
    }
    return this.combinations(options, ordered).next().value ?? undefined
  }

  /** @param {Part} part */
  isKnown(part) {
    return this.register.entries.some((entry) => this.fit(entry, [part], true, false))
  }

  /** @param {Entry} entry @param {Reading} reading */
  fits(entry, { means, value }) {
    const span = this.register.reading.spans[means]
    if (span) return entry.digits.startsWith(value, span[0])
    if (means === "cpl_number") return entry.number === value
    if (means === "inventory_type") return this.types[value].includes(entry.type)
    if (isHash(means)) return this.withHash(means, value).has(entry.number)
    return this.register.words(entry).includes(` ${value}`)
  }

  /** @param {string} means @param {string} value */
  withHash(means, value) {
    const key = means + value
    const numbers = this.numbersByHash.get(key) ?? this.register.withHash(means, value)
    this.numbersByHash.set(key, numbers)
    return numbers
  }

  /**
   * One reading a part, no two for the same slot; with `ordered`, device parts in their order.
   * @param {Reading[][]} options
   * @param {boolean} ordered
   * @param {Reading[]} taken
   * @returns {Generator<Reading[], void>}
   */
  *combinations(options, ordered, taken = []) {
    if (!options.length) {
      yield taken
      return
    }
    for (const each of options[0]) {
      const [start, end] = this.slot(each)
      const others = taken.map((other) => this.slot(other))
      const clash = others.some(([from, to]) => start < to && from < end)
      const early = others.some(([from]) => start < from && from < 20)
      if (!clash && !(ordered && early))
        yield* this.combinations(options.slice(1), ordered, [...taken, each])
    }
  }

  /** @param {Reading} reading */
  slot({ means }) {
    return this.slots[means] ?? NO_SLOT
  }

  /**
   * The device that a query names in full, in the order that is known furthest.
   * @param {string[]} types that the query names
   * @returns {UnknownDevice | null}
   */
  unknownDevice(types) {
    const type = types.length ? types[0] : null
    if (type && !this.types[type].length)
      return { device: null, type, listing: "never-listed", read: new Map() }
    const { spans } = this.register.reading
    /** @param {Part} part */
    const ofDevice = (part) => part.readings.filter((each) => spans[each.means] && !each.fallback)
    const named = this.parts.filter((part) => ofDevice(part).length)
    const options = named.map(ofDevice)
    /** @type {UnknownDevice | null} */
    let best = null
    for (const ordered of [true, false])
      for (const readings of this.combinations(options, ordered)) {
        const sorted = [...readings].sort((a, b) => this.slot(a)[0] - this.slot(b)[0])
        const digits = sorted.map((each) => each.value).join("")
        if (digits.length !== 20) continue
        /** @type {DeviceParts} */
        const device = [digits.slice(0, 4), digits.slice(4, 12), digits.slice(12)]
        const listing = this.listing(device, type)
        if (!listing) return null // the device is listed: what fails is another part of the query
        if (!best || NEAREST.indexOf(listing) > NEAREST.indexOf(best.listing)) {
          const read = new Map(named.map((part, at) => [part, readings[at]]))
          best = { device, type, listing, read }
        }
      }
    return best
  }

  /**
   * How far a device is known that may not be listed; nothing where it is listed.
   * @param {DeviceParts} device
   * @param {string | null} type
   */
  listing([manufacturer, model, firmware], type) {
    const theirs = this.register.entries.filter((entry) => entry.digits.startsWith(manufacturer))
    if (!theirs.length) return "unknown-manufacturer"
    const ofModel = theirs.filter(
      (entry) =>
        entry.digits.startsWith(model, 4) && (!type || this.types[type].includes(entry.type)),
    )
    if (!ofModel.length) return "unknown-model"
    return ofModel.some((entry) => entry.firmware === firmware) ? "" : "unknown-firmware"
  }
}
