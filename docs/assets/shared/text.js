// Text as people read and write it: words to search by, numbers and days, values as messages and
// CSV files have them.

const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/
const WORD = /[\p{L}\p{N}]+/gu
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")

/** The pieces between blanks, as Python's `split` parts them. @param {string} text */
export const splitAtBlanks = (text) => text.split(BLANKS).filter(Boolean)

/** Without blanks at either end and with one between words. @param {string} text */
export const oneLine = (text) => splitAtBlanks(text).join(" ")

/** Case away as `ß` and `ss`, or `ς` and `σ`, ask for. @param {string} text */
export const foldCase = (text) => text.toLowerCase().toUpperCase().toLowerCase()

/**
 * Letters and digits in lower case without accents, whatever else there is as one blank.
 * @param {string} text
 */
export function wordsOf(text) {
  const letters = [...text.normalize("NFKD")].filter((letter) => !isCombining(letter))
  return (letters.map(foldCase).join("").match(WORD) ?? []).join(" ")
}

/**
 * Whether a character joins the one before it: one that normal forms put in an order of their own.
 * @param {string} letter
 */
export function isCombining(letter) {
  if (letter < "\u0300") return false
  const [after, before] = [`${letter}\u0334`, `\u0301${letter}`]
  return (
    letter === "\u0301" || after !== after.normalize("NFD") || before !== before.normalize("NFD")
  )
}

/** How many characters Python counts. @param {string} text */
export const characterCount = (text) => [...text].length

/** @param {string} text */
export const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** `a`, `a or b`, `a, b or c`. @param {string[]} words */
export function joinWithOr(words) {
  const [last = ""] = words.slice(-1)
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`
}

/** `20,000` @param {number} count */
export const formatNumber = (count) => count.toLocaleString("en-GB")

/** `1 entry`, `12 entries`. @param {number} count @param {string} one @param {string} more */
export const plural = (count, one, more) => `${formatNumber(count)} ${count === 1 ? one : more}`

/** `2026-07-14` as `14 Jul 2026`. @param {string} iso */
export function formatDay(iso) {
  const [year, month, date] = iso.split("-").map(Number)
  return `${date} ${MONTHS[month - 1]} ${year}`
}

const LONGEST_LITERAL = 60
const HIDDEN = /(?! )[\p{C}\p{Z}]/u
const EVERY_HIDDEN = /(?! )[\p{C}\p{Z}]/gu

/** Whether a message shortens the text. @param {string} text */
export const isLong = (text) => characterCount(text) > LONGEST_LITERAL

/** With every character as `\u202e` that could hide itself or move others. @param {string} text */
function escapeHidden(text) {
  return text.replace(EVERY_HIDDEN, (letter) => {
    if (letter === "\n") return "\\n"
    const code = codeOf(letter)
    return code < 0x100 ? `\\x${hexCode(code, 2)}` : `\\u${hexCode(code, 4)}`
  })
}

/** The number of a character. @param {string} letter */
export const codeOf = (letter) => letter.codePointAt(0) ?? 0

/** @param {number} code @param {number} width */
const hexCode = (code, width) => code.toString(16).padStart(width, "0")

/** A literal in back-ticks, on one line, shortened: as `fir.diagnostics` has it. @param {string} text */
export function inBackticks(text) {
  const letters = [...escapeHidden(text).replaceAll("`", "'")]
  const long = letters.length > LONGEST_LITERAL
  return `\`${long ? `${letters.slice(0, LONGEST_LITERAL - 1).join("")}…` : letters.join("")}\``
}

/** The value as one would type it into YAML, in double quotes. @param {string} text */
export function inDoubleQuotes(text) {
  const shown = HIDDEN.test(text) ? escapeHidden(text) : text.replaceAll("\\", "\\\\")
  return `"${shown.replaceAll('"', '\\"')}"`
}

const FORMULA = "=+-@\t\r"
const NUMBER = /^-[0-9]+(?:\.[0-9]+)?$/

/**
 * A value of a CSV file for spreadsheets, in quotes; what one would take for a formula begins with
 * an apostrophe instead.
 * @param {string} value
 */
export function csvField(value) {
  const escaped = value.includes('"') ? value.replaceAll('"', '""') : value
  const formula = value && FORMULA.includes(value[0]) && !NUMBER.test(value)
  return formula ? `"'${escaped}"` : `"${escaped}"`
}

/** A row of a CSV file, with its line end. @param {string[]} values */
export const csvLine = (values) => `${values.map(csvField).join(",")}\r\n`

/** A CSV file as spreadsheets tell its encoding. @param {string[]} pieces */
export const csvFile = (pieces) =>
  new Blob(["\ufeff", ...pieces], { type: "text/csv;charset=utf-8" })
