// The list of entries as the site's index has it: every entry an object, image hashes on demand.

import { wordsOf } from "./query.js"

/** The address of the site's start, two folders above this file. */
export const SITE = new URL("../../", import.meta.url)

/**
 * @typedef {object} Entry
 * @property {string} number CPL number
 * @property {string} type device type
 * @property {string} digits Device Model and firmware version, 20 hex digits
 * @property {string} firmware
 * @property {string[]} makers slugs
 * @property {string} answer worked out when the site was built
 * @property {[string, string, string]} certificate words, day, state
 */

export class Register {
  #shards = new Map()
  #names = new Map()

  constructor(index) {
    this.index = index
    this.reading = index.reading
    /** @type {Entry[]} by CPL number */
    this.entries = entriesOf(index)
    this.byNumber = new Map(this.entries.map((entry) => [entry.number, entry]))
  }

  /** An entry by its CPL number. */
  entryOf(number) {
    return this.byNumber.get(number)
  }

  /** Name, other names and identifiers of a manufacturer. */
  makerOf(slug) {
    return Object.hasOwn(this.index.makers, slug) ? this.index.makers[slug] : undefined
  }

  /** Reads what the site was built with; `version` names it. */
  static async open(version) {
    return new Register(await json(`find/index.json?${version}`, version))
  }

  /** The numbers of entries whose image hash begins with these digits; `kind` present or former. */
  hashed(kind, digits) {
    const shard = this.#shards.get(digits[0])
    const numbers = Object.entries(shard[kind])
      .filter(([hash]) => hash.startsWith(digits))
      .flatMap(([, found]) => found)
    return new Set(numbers)
  }

  /** Makes `hashed` ready for digits that begin so. */
  async load(digits) {
    const first = digits[0]
    if (!this.#shards.has(first)) this.#shards.set(first, await json(`find/hashes/${first}.json`))
  }

  /** What people call the product and its maker, a blank before each word. */
  words(entry) {
    const names = [entry.type, entry.label, entry.creator]
    for (const slug of entry.makers) names.push(...this.makerOf(slug).slice(0, 2).flat())
    names.push(entry.product)
    const key = names.join("\n")
    if (!this.#names.has(key)) this.#names.set(key, names.map((name) => ` ${wordsOf(name)}`).join(""))
    return this.#names.get(key)
  }
}

async function json(path) {
  const answer = await fetch(new URL(path, SITE))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

function entriesOf({ numbers, columns }) {
  const entries = []
  for (const [first, count] of numbers)
    for (let step = 0; step < count; step++)
      entries.push({ number: String(Number(first) + step).padStart(6, "0") })
  for (const [name, { values, codes }] of Object.entries(columns))
    entries.forEach((entry, place) => (entry[name] = values[codes[place]]))
  for (const entry of entries) entry.digits = entry.model + entry.firmware
  return entries
}
