// A value in other people's notation, as the register writes it where nothing but that differs: the
// same as `fir.editing.notation`. Zeros, BCD and decimal are not guessed.

import { oneLine } from "../shared/text.js"
import { fits } from "./rules.js"

const BYTES = /^(?:0[xX])?((?:[0-9A-Fa-f]{2})+|[0-9A-Fa-f]{2}(?:[: ][0-9A-Fa-f]{2})+)$/
const SEPARATORS = /[ ()./\u00a0\u2010-\u2015-]/g
const TAB = 4

/**
 * The text as its field asks for it, or the text as it is.
 * @param {SchemaField} field
 * @param {string} text
 */
export function normalise(field, text) {
  if (fits(field, text)) return text
  const line = oneLine(text)
  const choice = field.enum?.find((each) => foldChoice(each) === foldChoice(line))
  const ways = [text.replace(/^ +| +$/g, ""), choice, hexadecimal(line), telephone(line)]
  return ways.find((each) => each !== undefined && fits(field, each)) ?? text
}

/** @param {string} choice */
const foldChoice = (choice) => choice.toLowerCase().replace(/[-_ ]+/g, " ")

/** `7f:01` or `0x7F01` as `7F01`; anything else as it is. @param {string} text */
export function hexadecimal(text) {
  const digits = BYTES.exec(text)
  return digits ? digits[1].replace(/[: ]/g, "").toUpperCase() : text
}

/** `+44 (0)20 7946 0000` as `+442079460000`; one without a country as it is. @param {string} text */
function telephone(text) {
  const digits = text
    .replace(/\(0\)/g, "")
    .replace(SEPARATORS, "")
    .replace(/^00(?=[1-9])/, "+")
    .replace(/^\+440/, "+44")
  return /^\+[1-9][0-9]{6,14}$/.test(digits) ? digits : text
}

/** A website as people write it, with the `https://` they leave out. @param {string} text */
export const website = (text) =>
  text && !text.includes("://") && text.includes(".") ? `https://${text.trim()}` : text

/** Notes with one kind of line end, no tabs and no blanks at the end. @param {string} text */
export function tidyNotes(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n").map(withoutTabs).join("\n")
  const tidied = lines
    .normalize("NFC")
    .replace(/ +(?=\n|$)/g, "")
    .replace(/^(?: *\n)+/, "")
    .replace(/\n+$/, "")
  return tidied && `${tidied}\n`
}

/** @param {string} line */
function withoutTabs(line) {
  let column = 0
  return line.replace(/[^\t]+|\t/gu, (part) => {
    const blanks = part === "\t" ? " ".repeat(TAB - (column % TAB)) : part
    column += [...blanks].length
    return blanks
  })
}
