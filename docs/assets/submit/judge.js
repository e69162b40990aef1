// Everything that can be told of a file by itself, as `fir check` tells it: shape, characters,
// links and notes that say nothing.

import { oddCharacters } from "./characters.js"
import { unsafety } from "./links.js"
import { tick } from "./words.js"

const LINKS = ["release_notes_url", "website"]
const BLANK = {
  message: "the release notes are blank, F2.15(c) asks for them to be completed",
  fix:
    "say what changed, such as " +
    '`release_notes: "Corrects the gas day boundary after a clock change."`',
}
// The empty pattern of Braille is a sign, but one that nobody can see.
const CAN_BE_SEEN = /[^\s\x1c-\x1f\x85\u2800]/u

/** Whether a text has nothing that can be seen. */
export const isBlank = (text) => !CAN_BE_SEEN.test(text)

/**
 * The mistakes in a value of a kind, each place judged until something is wrong there.
 * @param {import("./rules.js").Rules} rules
 * @returns {import("./rules.js").Misfit[]}
 */
export function judged(rules, kind, value) {
  const { characters, links } = rules.table
  const found = []
  const told = new Set()
  const tell = (each) => !told.has(each.keys.join()) && found.push(each)
  for (const [keys, text] of texts([], value))
    for (const each of oddCharacters(text, characters)) found.push({ keys, ...each })
  for (const stage of [rules.misfits(kind, value), published([], value, links)]) {
    for (const { keys } of found) told.add(keys.join())
    for (const each of stage) tell(each)
  }
  return found
}

function* published(keys, value, links) {
  for (const [name, inner] of Object.entries(value)) {
    const here = [...keys, name]
    if (typeof inner !== "string" && name !== "new_manufacturer") continue
    if (name === "release_notes" && isBlank(inner)) yield { keys: here, ...BLANK }
    if (LINKS.includes(name)) {
      const found = unsafety(inner, links)
      if (found)
        yield { keys: here, message: `${name} is ${tick(inner)}, ${found.problem}`, fix: found.fix }
    }
    if (name === "new_manufacturer") yield* published(here, inner, links)
  }
}

/** Every text inside a value, with the way to it. */
function* texts(keys, value) {
  if (typeof value === "string") yield [keys, value]
  else if (Array.isArray(value))
    for (const [place, inner] of value.entries()) yield* texts([...keys, place], inner)
  else for (const [name, inner] of Object.entries(value ?? {})) yield* texts([...keys, name], inner)
}
