// Which entries a look-up means: the same rules as `fir.find` in Python, over the site's index.

import { parse } from "./query.js"

// Two parts of a query never mean the same digits of a device, or one number or hash both.
const SLOTS = { cpl_number: [20, 21], image_hash: [21, 22], former_image_hash: [21, 22] }
const NO_SLOT = [99, 99]
// Whether further readings may be used, and only in the order of the inventory.
const ATTEMPTS = [[false, true], [false, false], [true, false]]
const isHash = (means) => means.endsWith("image_hash")
const NEAREST = ["unknown-manufacturer", "unknown-model", "unknown-firmware"]

/**
 * @typedef {object} Found
 * @property {import("./query.js").Part[]} parts
 * @property {{entry: import("./register.js").Entry, readings: import("./query.js").Reading[]}[]} hits
 * @property {boolean[]} known of each part, whether any entry fits it by itself
 * @property {boolean} asTyped false where only another coding, or a former value, was found
 * @property {{device: string[], type: string?, listing: string, read: Map}?} unknown a device that is
 *   not listed, how far it is known, and which part of the query was read as what of it
 */

/**
 * What the register holds for a query; throws QueryRefused where it is none.
 * @returns {Promise<Found>}
 */
export async function find(query, register) {
  const parts = parse(query, register.reading)
  const hashes = parts.flatMap((part) => part.readings).filter((each) => isHash(each.means))
  await Promise.all(hashes.map((each) => register.load(each.value)))
  return new Search(register, parts).found()
}

class Search {
  constructor(register, parts) {
    this.register = register
    this.parts = parts
    this.types = register.reading.inventory_types
    this.slots = { ...register.reading.spans, ...SLOTS }
    this.hashed = new Map()
  }

  found() {
    const { parts } = this
    const asked = parts.map((part) => part.readings[0])
      .filter((each) => each.means === "inventory_type").map((each) => each.value)
    const never = asked.some((name) => !this.types[name].length)
    const hits = never ? [] : this.hits()
    const known = parts.map((part) => this.knows(part))
    const other = (each) => each.second && each.means !== "words"
    const asTyped = !hits.some((hit) => hit.readings.some(other))
    const unknown = hits.length && asTyped ? null : this.unknown(asked)
    return { parts, hits, known, asTyped, unknown }
  }

  hits() {
    for (const [second, ordered] of ATTEMPTS) {
      const hits = []
      for (const entry of this.register.entries) {
        const readings = this.fit(entry, this.parts, second, ordered)
        if (readings) hits.push({ entry, readings })
      }
      if (hits.length) return hits
    }
    return []
  }

  /** How the entry fits every part of the query, or nothing. */
  fit(entry, parts, second, ordered) {
    const options = []
    for (const part of parts) {
      const fitting = part.readings.filter(
        (each) => (second || !each.second) && this.fits(entry, each),
      )
      if (!fitting.length) return undefined
      options.push(fitting)
    }
    return this.combinations(options, ordered).next().value
  }

  knows(part) {
    return this.register.entries.some((entry) => this.fit(entry, [part], true, false))
  }

  fits(entry, { means, value }) {
    const span = this.register.reading.spans[means]
    if (span) return entry.digits.startsWith(value, span[0])
    if (means === "cpl_number") return entry.number === value
    if (means === "inventory_type") return this.types[value].includes(entry.type)
    if (isHash(means)) return this.withHash(means, value).has(entry.number)
    return this.register.words(entry).includes(` ${value}`)
  }

  withHash(means, value) {
    const key = means + value
    if (!this.hashed.has(key)) this.hashed.set(key, this.register.hashed(means, value))
    return this.hashed.get(key)
  }

  /** One reading a part, no two for the same slot; with `ordered`, device parts in their order. */
  *combinations(options, ordered, taken = []) {
    if (!options.length) {
      yield taken
      return
    }
    for (const reading of options[0]) {
      const [start, end] = this.slot(reading)
      const others = taken.map((each) => this.slot(each))
      const clash = others.some(([from, to]) => start < to && from < end)
      const early = others.some(([from]) => start < from && from < 20)
      if (!clash && !(ordered && early))
        yield* this.combinations(options.slice(1), ordered, [...taken, reading])
    }
  }

  slot(reading) {
    return this.slots[reading.means] ?? NO_SLOT
  }

  /** The device that a query names in full, in the order that is known furthest. */
  unknown(asked) {
    const type = asked[0] ?? null
    if (type && !this.types[type].length) return { device: [], type, listing: "never-listed", read: new Map() }
    const spans = this.register.reading.spans
    const ofDevice = (part) => part.readings.filter((each) => spans[each.means] && !each.second)
    const named = this.parts.filter((part) => ofDevice(part).length)
    const options = named.map(ofDevice)
    let best = null
    for (const ordered of [true, false])
      for (const readings of this.combinations(options, ordered)) {
        const sorted = [...readings].sort((a, b) => this.slot(a)[0] - this.slot(b)[0])
        const digits = sorted.map((each) => each.value).join("")
        if (digits.length !== 20) continue
        const device = [digits.slice(0, 4), digits.slice(4, 12), digits.slice(12)]
        const listing = this.listing(device, type)
        if (!listing) return null // the device is listed: what fails is another part of the query
        if (!best || NEAREST.indexOf(listing) > NEAREST.indexOf(best.listing))
          best = { device, type, listing, read: new Map(named.map((part, at) => [part, readings[at]])) }
      }
    return best
  }

  /** How far a device is known that may not be listed; nothing where it is listed. */
  listing([manufacturer, model, firmware], type) {
    const theirs = this.register.entries.filter((entry) => entry.digits.startsWith(manufacturer))
    if (!theirs.length) return "unknown-manufacturer"
    const ofModel = theirs.filter((entry) =>
      entry.digits.startsWith(model, 4) && (!type || this.types[type].includes(entry.type)))
    if (!ofModel.length) return "unknown-model"
    return ofModel.some((entry) => entry.firmware === firmware) ? "" : "unknown-firmware"
  }
}
