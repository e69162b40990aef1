// Characters that hide, move or double something: refused here as `fir check` refuses them.

import { combining } from "../find/query.js"

const PLAIN = /^[\n -~]*$/
const ODD = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
const NEVER_ASSIGNED = /[\ufdd0-\ufdef]/u

/**
 * Each kind of odd character in a text, in the words of `fir.strict_yaml.characters`.
 * @param table `characters` of the rules
 */
export function* oddCharacters(text, table) {
  if (PLAIN.test(text)) return
  const ignorable = new RegExp(table.ignorable, "u")
  const seen = new Set()
  let marks = 0
  for (const letter of text) {
    if (PLAIN.test(letter)) {
      marks = 0
      continue
    }
    marks = combining(letter) ? marks + 1 : 0
    if ((marks > table.marks || misleads(letter, ignorable)) && !seen.has(letter)) {
      seen.add(letter)
      yield about(letter, table)
    }
  }
  if (!seen.size && text !== text.normalize("NFC"))
    yield {
      message: "a letter is written as two characters, so that equal text differs (not NFC)",
      fix: "type the letter as one character",
    }
}

const misleads = (letter, ignorable) =>
  ODD.test(letter) ||
  (letter.codePointAt(0) & 0xfffe) === 0xfffe ||
  NEVER_ASSIGNED.test(letter) ||
  ignorable.test(letter)

/** A text without the characters that cannot be seen; line ends and tabs stay. */
export function visible(text, table) {
  const ignorable = new RegExp(table.ignorable, "u")
  const stays = (letter) => /[\t\r\n]/.test(letter) || !misleads(letter, ignorable)
  return [...text].filter(stays).join("")
}

function about(letter, table) {
  if (letter === "\t")
    return { message: "a tab stands where only blanks may", fix: "replace each tab with blanks" }
  if (letter === "\r")
    return { message: "a line ends with CR", fix: "save the file with LF line ends" }
  const code = letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")
  const nameless = combining(letter) ? "an accent" : "no character"
  const control = /\p{Cc}/u.test(letter) ? "control character" : nameless
  const named = `U+${code} (${Object.hasOwn(table.names, code) ? table.names[code] : control})`
  if (combining(letter))
    return {
      message: `more than ${table.marks} accents stand on one letter`,
      fix: `remove ${named}`,
    }
  return { message: `${named} cannot be seen and may mislead a reader`, fix: `remove ${named}` }
}
