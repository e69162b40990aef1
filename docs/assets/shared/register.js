// The list of entries as the site's index has it: every entry an object, image hashes on demand.

import { wordsOf } from "./text.js"

/** The address of the site's start, two folders above this file. */
export const SITE = new URL("../../", import.meta.url)

/** The address of an entry's page. @param {string} number */
export const entryAddress = (number) => new URL(`cpl/${number}/`, SITE).href

/** The address of a manufacturer's page. @param {string} slug */
export const manufacturerAddress = (slug) => new URL(`manufacturers/${slug}/`, SITE).href

/** What a file of the site holds. @param {string} path from the site's start */
export async function fetchJson(path) {
  const response = await fetch(new URL(path, SITE))
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

/** @typedef {{name: string, alsoKnownAs: string[], identifiers: string[]}} KnownManufacturer */

export class Register {
  /** @type {Map<string, HashShard>} */
  #shards = new Map()
  /** @type {Map<string, string>} */
  #words = new Map()

  /** @param {FindIndex} index */
  constructor(index) {
    this.index = index
    this.reading = index.reading
    /** By CPL number. */
    this.entries = entriesOf(index)
    this.byNumber = new Map(this.entries.map((entry) => [entry.number, entry]))
    /** By short name. @type {Map<string, KnownManufacturer>} */
    this.manufacturers = new Map()
    for (const [slug, [name, alsoKnownAs, identifiers]] of Object.entries(index.makers))
      this.manufacturers.set(slug, { name, alsoKnownAs, identifiers })
  }

  /** Reads what the site was built with; `version` names it. @param {string | undefined} version */
  static async open(version) {
    return new Register(await fetchJson(`find/index.json?${version}`))
  }

  /** An entry by its CPL number. @param {string} number */
  entryOf(number) {
    return this.byNumber.get(number)
  }

  /** The manufacturers of an entry. @param {Entry} entry */
  manufacturersOf(entry) {
    return entry.makers.flatMap((slug) => this.manufacturers.get(slug) ?? [])
  }

  /** The names of an entry's manufacturers. @param {Entry} entry */
  manufacturerNames(entry) {
    return this.manufacturersOf(entry).map((each) => each.name)
  }

  /** The short names of those who use an identifier. @param {string} identifier */
  usersOf(identifier) {
    return [...this.manufacturers].flatMap(([slug, { identifiers }]) =>
      identifiers.includes(identifier) ? [slug] : [],
    )
  }

  /**
   * The numbers of entries whose image hash begins with these digits.
   * @param {string} means whether present or former hashes
   * @param {string} digits
   */
  withHash(means, digits) {
    const shard = this.#shards.get(digits[0])
    const numbers = Object.entries(shard?.[means] ?? {})
      .filter(([hash]) => hash.startsWith(digits))
      .flatMap(([, found]) => found)
    return new Set(numbers)
  }

  /** Makes `withHash` ready for digits that begin so. @param {string} digits */
  async loadHashes(digits) {
    const first = digits[0]
    if (!this.#shards.has(first))
      this.#shards.set(first, await fetchJson(`find/hashes/${first}.json`))
  }

  /** What people call the product and its maker, a blank before each word. @param {Entry} entry */
  words(entry) {
    const names = [entry.type, entry.label, entry.creator]
    for (const each of this.manufacturersOf(entry)) names.push(each.name, ...each.alsoKnownAs)
    names.push(entry.product)
    const key = names.join("\n")
    let words = this.#words.get(key)
    if (words === undefined) {
      words = names.map((name) => ` ${wordsOf(name)}`).join("")
      this.#words.set(key, words)
    }
    return words
  }
}

/** @param {FindIndex} index @returns {Entry[]} */
function entriesOf({ numbers, columns }) {
  /** @type {Record<string, unknown>[]} */
  const rows = []
  for (const [first, count] of numbers)
    for (let step = 0; step < count; step++)
      rows.push({ number: String(Number(first) + step).padStart(6, "0") })
  for (const [name, { values, codes }] of Object.entries(columns))
    rows.forEach((row, place) => (row[name] = values[codes[place]]))
  const entries = /** @type {Entry[]} */ (/** @type {unknown} */ (rows))
  for (const entry of entries) entry.digits = entry.model + entry.firmware
  return entries
}
