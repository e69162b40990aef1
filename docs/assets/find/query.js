// What the parts of a look-up may mean; the same rules as `fir.answers.query`, in the same order.

/** @typedef {{means: string, value: string, second: boolean, coding: string}} Reading */
/** @typedef {{text: string, readings: Reading[]}} Part */

export class QueryRefused extends Error {}

const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/
const BYTE = /^[0-9A-Fa-f]{2}$/
const HEX = /^(?:0[xX])?([0-9A-Fa-f]+(?:[:-][0-9A-Fa-f]+)*)$/
const DOTTED = /^[0-9]{1,3}(?:\.[0-9]{1,3}){2,3}$/
const DECIMAL_DIGITS = /^[0-9]+$/
const WORD = /[\p{L}\p{N}]+/gu

const reading = (means, value, { second = false, coding = "" } = {}) =>
  ({ means, value, second, coding })

/**
 * The parts of a query, each with its readings; all must hold. Throws QueryRefused.
 * @param {string} query
 * @param rules `reading` of the index: what there is to mean
 * @returns {Part[]}
 */
export function parse(query, rules) {
  if (query.length > rules.longest && [...query].length > rules.longest)
    throw new QueryRefused(`A query has at most ${rules.longest.toLocaleString("en-GB")} characters.`)
  const parts = [...texts(query, rules.runs)]
    .map((text) => ({ text, readings: [...readings(text, rules)] }))
    .filter((part) => part.readings.length)
  if (!parts.length) throw new QueryRefused("The query holds nothing to look for.")
  if (parts.length > rules.most_parts)
    throw new QueryRefused(`A query has at most ${rules.most_parts} parts.`)
  // `Gas 200` is a name as likely as a number; `200` alone is a number.
  if (parts.some((part) => part.readings[0].means === "words"))
    for (const each of parts.flatMap((part) => part.readings))
      if (each.means === "words") each.second = false
  return parts
}

/** The query cut at blanks; bytes written apart, `7F 01`, and `Type 2` put together. */
function* texts(query, runs) {
  let left = query.replace(/[,;]/g, " ").split(BLANKS).filter(Boolean)
  while (left.length) {
    const other = left.findIndex((text) => !BYTE.test(text))
    let count = other < 0 ? left.length : other
    if (left[0].toUpperCase() === "TYPE" && left[1] === "2") count = 2
    else if (!runs.includes(count)) count = 1
    const text = left.slice(0, count).join(" ")
    left = left.slice(count)
    if (text.toUpperCase() !== "CPL" || !left.length) yield text
  }
}

function* readings(text, rules) {
  if (Object.hasOwn(rules.inventory_types, text.toUpperCase())) {
    yield reading("inventory_type", text.toUpperCase())
    return
  }
  const found = [...coded(text, rules)]
  yield* found
  const words = wordsOf(text)
  if (words) yield reading("words", words, { second: found.length > 0 })
}

/** What a text may be other than words. */
export function* coded(text, rules) {
  const identifier = HEX.exec(text.replaceAll(" ", ""))
  if (identifier) yield* identifiers(identifier[1], rules)
  else if (DOTTED.test(text)) yield* dotted(text)
}

/** What hex digits may be, with or without colons and hyphens. */
function* identifiers(text, rules) {
  const digits = text.replace(/[:-]/g, "").toUpperCase()
  const plain = digits === text.toUpperCase()
  const decimal = plain && DECIMAL_DIGITS.test(digits)
  const number = decimal && digits.length <= 6
  if (number) yield reading("cpl_number", digits.padStart(6, "0"))
  for (const [means, [start, end]] of Object.entries(rules.spans)) {
    if (digits.length !== end - start) continue
    if (means === "manufacturer_and_model" && !text.includes("-")) continue
    yield reading(means, digits)
    if (end === 20)
      for (const version of recoded(digits.slice(-8)))
        yield reading(means, digits.slice(0, -8) + version, { second: true, coding: "BCD" })
  }
  if (decimal)
    for (const [means, width] of Object.entries(rules.decimal)) {
      const value = BigInt(digits)
      if (value >= 1000n && value < 16n ** BigInt(width))
        yield reading(means, hex(value, width), { second: true, coding: "decimal" })
    }
  if (digits.length >= rules.hash[0] && digits.length <= rules.hash[1]) {
    yield reading("image_hash", digits, { second: number })
    yield reading("former_image_hash", digits, { second: true })
  }
}

const hex = (value, width) => value.toString(16).toUpperCase().padStart(width, "0")

/** The versions that mean the same where one writer uses hex and the other decimal digits. */
function* recoded(version) {
  const pairs = version.match(/../g)
  if (DECIMAL_DIGITS.test(version)) yield pairs.map((pair) => hex(Number(pair), 2)).join("")
  const values = pairs.map((pair) => parseInt(pair, 16))
  if (values.every((value) => value < 100)) yield values.map(inDecimal).join("")
}

const inDecimal = (value) => String(value).padStart(2, "0")

/** `4.10.1` as four bytes: the missing one before or behind, in hex or in decimal digits. */
function* dotted(text) {
  const numbers = text.split(".").map(Number)
  const rows = numbers.length === 4 ? [numbers] : [[0, ...numbers], [...numbers, 0]]
  for (const row of rows) {
    const coded = (coding, write) =>
      reading("firmware_version", row.map(write).join(""), { second: true, coding })
    if (Math.max(...row) < 256) yield coded("decimal", (value) => hex(value, 2))
    if (Math.max(...row) < 100) yield coded("BCD", inDecimal)
  }
}

/** Letters and digits in lower case without accents, whatever else there is as one blank. */
export function wordsOf(text) {
  const letters = [...text.normalize("NFKD")].filter((letter) => !combining(letter))
  return (letters.map(folded).join("").match(WORD) ?? []).join(" ")
}

/** Whether a character joins the one before it: one that normal forms put in an order of their own. */
export function combining(letter) {
  if (letter < "\u0300") return false
  const [after, before] = [`${letter}\u0334`, `\u0301${letter}`]
  return letter === "\u0301" || after !== after.normalize("NFD") || before !== before.normalize("NFD")
}

/** Case away as `ß` and `ss`, or `ς` and `σ`, ask for: by way of the capital. */
const folded = (letter) => letter.toLowerCase().toUpperCase().toLowerCase()
