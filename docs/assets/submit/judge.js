// Everything that can be told of a file by itself, as `fir check` tells it: shape, characters,
// links and notes that say nothing.

import { codeOf, inBackticks, isCombining } from "../shared/text.js"

/** @import { Keys, Mistake, Rules } from "./rules.js" */

const LINKS = ["release_notes_url", "website"]
const BLANK_NOTES = {
  message: "the release notes are blank, F2.15(c) asks for them to be completed",
  fix:
    "say what changed, such as " +
    '`release_notes: "Corrects the gas day boundary after a clock change."`',
}
// The empty pattern of Braille is a sign, but one that nobody can see.
const CAN_BE_SEEN = /[^\s\x1c-\x1f\x85\u2800]/u

/** Whether a text has nothing that can be seen. @param {string} text */
export const isBlank = (text) => !CAN_BE_SEEN.test(text)

/**
 * The mistakes in a value of a kind, each place judged until something is wrong there.
 * @param {Rules} rules
 * @param {string} kind
 * @param {object} value
 */
export function judge(rules, kind, value) {
  const { characters, links } = rules.table
  /** @type {Mistake[]} */
  const found = []
  for (const [keys, text] of textsIn([], value))
    for (const each of oddCharacters(text, characters)) found.push({ keys, ...each })
  for (const stage of [rules.mistakes(kind, value), publishedMistakes([], value, links)]) {
    const wrong = new Set(found.map(({ keys }) => keys.join()))
    for (const each of stage) if (!wrong.has(each.keys.join())) found.push(each)
  }
  return found
}

/**
 * Mistakes in what is published as it stands: notes and links.
 * @param {Keys} keys
 * @param {object} value
 * @param {LinkTable} table
 * @returns {Generator<Mistake>}
 */
function* publishedMistakes(keys, value, table) {
  for (const [name, inner] of Object.entries(value)) {
    const here = [...keys, name]
    if (typeof inner !== "string" && name !== "new_manufacturer") continue
    if (name === "release_notes" && isBlank(inner)) yield { keys: here, ...BLANK_NOTES }
    if (LINKS.includes(name)) {
      const found = unsafety(inner, table)
      const message = `${name} is ${inBackticks(inner)}, ${found?.problem}`
      if (found) yield { keys: here, message, fix: found.fix }
    }
    if (name === "new_manufacturer") yield* publishedMistakes(here, inner, table)
  }
}

/**
 * Every text inside a value, with the way to it.
 * @param {Keys} keys
 * @param {unknown} value
 * @returns {Generator<[keys: Keys, text: string]>}
 */
function* textsIn(keys, value) {
  if (typeof value === "string") yield [keys, value]
  else if (Array.isArray(value))
    for (const [place, inner] of value.entries()) yield* textsIn([...keys, place], inner)
  else for (const [name, inner] of Object.entries(value ?? {})) yield* textsIn([...keys, name], inner)
}

const PLAIN = /^[\n -~]*$/
const ODD = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u
const NEVER_ASSIGNED = /[\ufdd0-\ufdef]/u

/** @typedef {{message: string, fix: string}} Explained */

/**
 * Each kind of character in a text that hides, moves or doubles something, in the words of
 * `fir.strict_yaml.characters`.
 * @param {string} text
 * @param {CharacterTable} table
 * @returns {Generator<Explained>}
 */
export function* oddCharacters(text, table) {
  if (PLAIN.test(text)) return
  const ignorable = new RegExp(table.ignorable, "u")
  const seen = new Set()
  let accents = 0
  for (const letter of text) {
    if (PLAIN.test(letter)) {
      accents = 0
      continue
    }
    accents = isCombining(letter) ? accents + 1 : 0
    if ((accents > table.marks || misleads(letter, ignorable)) && !seen.has(letter)) {
      seen.add(letter)
      yield explainCharacter(letter, table)
    }
  }
  if (!seen.size && text !== text.normalize("NFC"))
    yield {
      message: "a letter is written as two characters, so that equal text differs (not NFC)",
      fix: "type the letter as one character",
    }
}

/** @param {string} letter @param {RegExp} ignorable */
const misleads = (letter, ignorable) =>
  ODD.test(letter) ||
  (codeOf(letter) & 0xfffe) === 0xfffe ||
  NEVER_ASSIGNED.test(letter) ||
  ignorable.test(letter)

/**
 * A text without the characters that cannot be seen; line ends and tabs stay.
 * @param {string} text
 * @param {CharacterTable} table
 */
export function withoutHidden(text, table) {
  const ignorable = new RegExp(table.ignorable, "u")
  /** @param {string} letter */
  const stays = (letter) =>
    /[\t\r\n]/.test(letter) || !misleads(letter, ignorable)
  return [...text].filter(stays).join("")
}

/** @param {string} letter @param {CharacterTable} table @returns {Explained} */
function explainCharacter(letter, table) {
  if (letter === "\t")
    return { message: "a tab stands where only blanks may", fix: "replace each tab with blanks" }
  if (letter === "\r")
    return { message: "a line ends with CR", fix: "save the file with LF line ends" }
  const code = codeOf(letter).toString(16).toUpperCase().padStart(4, "0")
  const nameless = isCombining(letter) ? "an accent" : "no character"
  const control = /\p{Cc}/u.test(letter) ? "control character" : nameless
  const named = `U+${code} (${Object.hasOwn(table.names, code) ? table.names[code] : control})`
  if (isCombining(letter))
    return {
      message: `more than ${table.marks} accents stand on one letter`,
      fix: `remove ${named}`,
    }
  return { message: `${named} cannot be seen and may mislead a reader`, fix: `remove ${named}` }
}

/** @typedef {{problem: string, fix: string}} Unsafety */

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/
/** @type {Record<string, string>} */
const NAMED_CHARACTERS = { " ": "blank", "\n": "line break", "\t": "tab" }
const BARE_ADDRESS = unsafe("it should name a site, not an IP address", "give the name of the site")

/** @param {string} problem @param {string} fix @returns {Unsafety} */
function unsafe(problem, fix) {
  return { problem, fix }
}

/**
 * Why a link is not published, or null where it is sound: in the words of `fir.links`.
 * @param {string} link
 * @param {LinkTable} table
 * @returns {Unsafety | null}
 */
export function unsafety(link, table) {
  /** @param {string} address */
  const better = (address) => {
    const made = `https://${address}`
    return unsafety(made, table) ? "give the address of a public web page" : `write ${made}`
  }
  const stray = [...link].find((each) => !/^[!-~]$/.test(each) || table.ambiguous.includes(each))
  if (stray !== undefined) return strayCharacter(stray)
  if (!link.startsWith("https://"))
    return unsafe("it should begin with `https://`", better(link.replace(/^https?:\/\//i, "")))
  const [authority] = link.slice(8).split(/[/?#]/)
  const rest = link.slice(8 + authority.length)
  const at = authority.lastIndexOf("@")
  const site = authority.slice(at + 1)
  if (at >= 0) return unsafe("it should hold no user name or password", better(site + rest))
  if (site.startsWith("[")) return BARE_ADDRESS
  const colon = site.indexOf(":")
  const host = colon < 0 ? site : site.slice(0, colon)
  if (colon >= 0 && site.slice(colon + 1) !== "443")
    return unsafe(
      "it should name no port",
      `${better(host + rest)}, if the page opens without the port`,
    )
  return unsafeHost(host, table)
}

/** @param {string} letter */
function strayCharacter(letter) {
  const named = NAMED_CHARACTERS[letter] ?? inBackticks(letter)
  const code = codeOf(letter).toString(16).toUpperCase()
  if (codeOf(letter) < 0x80)
    return unsafe(
      `it should hold no ${named}`,
      `remove the ${named}, or write it as \`%${code.padStart(2, "0")}\``,
    )
  return unsafe(
    `it should be plain ASCII and holds ${named} (U+${code.padStart(4, "0")})`,
    "copy the address from the browser, or retype it in plain letters",
  )
}

/** @param {string} host @param {LinkTable} table */
function unsafeHost(host, table) {
  const labels = host.toLowerCase().split(".")
  const [last] = labels.slice(-1)
  if (!host) return unsafe("it names no site", "give the name of the site after `https://`")
  if (/^[0-9]/.test(last)) return BARE_ADDRESS
  if (table.internal.includes(last) || labels.length === 1)
    return unsafe(
      `and ${inBackticks(host)} cannot be reached by the public`,
      "give the address of a public web page",
    )
  if (labels.some((label) => label.startsWith("xn--")))
    return unsafe(
      "its name should be in plain letters, not in a code that can hide look-alikes",
      "give another address of the site, one without `xn--`",
    )
  if (host.length > 253 || last.length < 2 || !labels.every((label) => LABEL.test(label)))
    return unsafe(
      `and ${inBackticks(host)} cannot be the name of a site`,
      "correct the name of the site",
    )
  return null
}
