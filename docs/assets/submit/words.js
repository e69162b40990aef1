// How a value stands in a message: the same as `fir.wording` puts it.

const SHOWN = 60
const HIDDEN = /(?! )[\p{C}\p{Z}]/u
const EVERY_HIDDEN = /(?! )[\p{C}\p{Z}]/gu

/** How many characters Python counts. */
export const length = (text) => [...text].length

export const isLong = (text) => length(text) > SHOWN

/** The text with every character as `\u202e` that could hide itself or move others. */
function visible(text) {
  return text.replace(EVERY_HIDDEN, (letter) => {
    if (letter === "\n") return "\\n"
    const code = letter.codePointAt(0)
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`
  })
}

const hex = (code, width) => code.toString(16).padStart(width, "0")

/** A literal in back-ticks, on one line, shortened. */
export function tick(text) {
  const letters = [...visible(text).replaceAll("`", "'")]
  const long = letters.length > SHOWN
  return `\`${long ? `${letters.slice(0, SHOWN - 1).join("")}…` : letters.join("")}\``
}

/** The value as one would type it into YAML, in double quotes. */
export function quoted(text) {
  const shown = HIDDEN.test(text) ? visible(text) : text.replaceAll("\\", "\\\\")
  return `"${shown.replaceAll('"', '\\"')}"`
}

/** `a`, `a or b`, `a, b or c`. */
export function either(words) {
  const last = words.at(-1)
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${last}` : last
}

/** Without blanks at either end and with one between words, as Python's `split` parts them. */
export const oneLine = (text) => text.split(BLANKS).filter(Boolean).join(" ")

const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/

/** A whole number as a reader parts it: `20,000`. */
export const grouped = (count) => count.toLocaleString("en-GB")
