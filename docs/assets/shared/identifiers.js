// Identifiers of devices: how they are written, and what a text may mean of them. The readings are
// those of `fir.answers.query`, the codings those of `fir.coding`, in the same order.

/**
 * @typedef {object} Reading what a part of a query may mean
 * @property {string} means
 * @property {string} value
 * @property {boolean} fallback whether it holds only where nothing is found as typed
 * @property {string} coding what the value was read as, where that is not hex
 */

const HEX = /^(?:0[xX])?([0-9A-Fa-f]+(?:[:-][0-9A-Fa-f]+)*)$/
const DOTTED = /^[0-9]{1,3}(?:\.[0-9]{1,3}){2,3}$/
const DECIMAL_DIGITS = /^[0-9]+$/

/** @param {string} digits an even number of them @returns {string[]} */
const bytesOf = (digits) => digits.match(/../g) ?? []

/** `01:07:03:00` @param {string} digits */
export const withColons = (digits) => bytesOf(digits).join(":")

/** `7F01-0005-0203`, of 12 digits. @param {string} digits */
export const formatModel = (digits) =>
  `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`

/** `7F01-0005-0203 01070300`, of 20 digits. @param {string} digits */
export const formatDevice = (digits) => `${formatModel(digits.slice(0, 12))} ${digits.slice(12)}`

/** @param {number | bigint} value @param {number} width */
const hex = (value, width) => value.toString(16).toUpperCase().padStart(width, "0")

/** @param {number} value */
const inDecimal = (value) => String(value).padStart(2, "0")

/**
 * @param {string} means
 * @param {string} value
 * @param {{fallback?: boolean, coding?: string}} how
 * @returns {Reading}
 */
export const reading = (means, value, { fallback = false, coding = "" } = {}) => ({
  means,
  value,
  fallback,
  coding,
})

/**
 * What a text may be other than words.
 * @param {string} text
 * @param {ReadingRules} rules
 * @returns {Generator<Reading>}
 */
export function* identifierReadings(text, rules) {
  const identifier = HEX.exec(text.replaceAll(" ", ""))
  if (identifier) yield* readingsOfHex(identifier[1], rules)
  else if (DOTTED.test(text)) yield* readingsOfDotted(text)
}

/**
 * What hex digits may be, with or without colons and hyphens.
 * @param {string} text
 * @param {ReadingRules} rules
 */
function* readingsOfHex(text, rules) {
  const digits = text.replace(/[:-]/g, "").toUpperCase()
  const plain = digits === text.toUpperCase()
  const decimal = plain && DECIMAL_DIGITS.test(digits)
  const isNumber = decimal && digits.length <= 6
  if (isNumber) yield reading("cpl_number", digits.padStart(6, "0"))
  for (const [means, [start, end]] of Object.entries(rules.spans)) {
    if (digits.length !== end - start) continue
    if (means === "manufacturer_and_model" && !text.includes("-")) continue
    yield reading(means, digits)
    if (end === 20)
      for (const version of recodedVersions(digits.slice(-8)))
        yield reading(means, digits.slice(0, -8) + version, { fallback: true, coding: "BCD" })
  }
  if (decimal)
    for (const [means, width] of Object.entries(rules.decimal)) {
      const value = BigInt(digits)
      if (value >= 1000n && value < 16n ** BigInt(width))
        yield reading(means, hex(value, width), { fallback: true, coding: "decimal" })
    }
  if (digits.length >= rules.hash[0] && digits.length <= rules.hash[1]) {
    yield reading("image_hash", digits, { fallback: isNumber })
    yield reading("former_image_hash", digits, { fallback: true })
  }
}

/**
 * The versions that mean the same where one writer uses hex and the other decimal digits.
 * @param {string} version
 */
function* recodedVersions(version) {
  const pairs = bytesOf(version)
  if (DECIMAL_DIGITS.test(version)) yield pairs.map((pair) => hex(Number(pair), 2)).join("")
  const values = pairs.map((pair) => parseInt(pair, 16))
  if (values.every((value) => value < 100)) yield values.map(inDecimal).join("")
}

/**
 * `4.10.1` as four bytes: the missing one before or behind, in hex or in decimal digits.
 * @param {string} text
 */
function* readingsOfDotted(text) {
  const numbers = text.split(".").map(Number)
  const rows = numbers.length === 4 ? [numbers] : [[0, ...numbers], [...numbers, 0]]
  for (const row of rows) {
    /** @param {string} coding @param {(value: number) => string} write */
    const version = (coding, write) =>
      reading("firmware_version", row.map(write).join(""), { fallback: true, coding })
    if (Math.max(...row) < 256) yield version("decimal", (value) => hex(value, 2))
    if (Math.max(...row) < 100) yield version("BCD", inDecimal)
  }
}

/** @type {[words: string, read: (digits: string) => string][]} */
const CODINGS = [
  [
    "the same number in BCD",
    (digits) => bytesOf(digits).map((byte) => inDecimal(parseInt(byte, 16))).join(""),
  ],
  [
    "the same number in hexadecimal",
    (digits) =>
      DECIMAL_DIGITS.test(digits)
        ? bytesOf(digits).map((byte) => hex(Number(byte), 2)).join("")
        : "",
  ],
  [
    "the same number in decimal",
    (digits) => String(parseInt(digits, 16)).padStart(digits.length, "0"),
  ],
  [
    "the same number in hexadecimal",
    (digits) => (DECIMAL_DIGITS.test(digits) ? hex(Number(digits), digits.length) : ""),
  ],
  ["the same bytes in reverse order", (digits) => bytesOf(digits).reverse().join("")],
]

/**
 * How a wrong value comes to stand for the wanted one, or the empty string; both are bare hex.
 * @param {string} written
 * @param {string} wanted
 */
export function likeness(written, wanted) {
  if (written.length !== wanted.length || written === wanted || !/^[0-9A-F]+$/.test(written))
    return ""
  if (written.length % 2) return ""
  for (const [words, read] of CODINGS) if (read(written) === wanted) return words
  return areTwoSwapped(written, wanted) ? "two digits are swapped" : ""
}

/** @param {string} written @param {string} wanted */
function areTwoSwapped(written, wanted) {
  const different = [...written].flatMap((digit, at) => (digit === wanted[at] ? [] : [at]))
  const [one, other] = different
  return (
    different.length === 2 && written[one] === wanted[other] && written[other] === wanted[one]
  )
}
