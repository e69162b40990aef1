// Full text over the release notes: Pagefind's index, loaded when a word is first asked for.

import { SITE } from "./register.js"

const AROUND = 24
let pagefind

/**
 * @typedef {object} Mention
 * @property {string[]} numbers the entries that have the text
 * @property {{text: string, hit: boolean}[]} excerpt its words
 */

/**
 * Which texts have every one of the words, best first, and which words no text has.
 * @returns {Promise<{results: object[], missing: string[]}>}
 */
export async function search(words) {
  pagefind ??= import(new URL("pagefind/pagefind.js", SITE))
  const index = await pagefind
  const alone = await Promise.all(words.map((word) => index.search(word)))
  const missing = words.filter((_, place) => !alone[place].results.length)
  if (missing.length) return { results: [], missing }
  const { results } = words.length === 1 ? alone[0] : await index.search(words.join(" "))
  return { results, missing }
}

/** @returns {Promise<Mention>} */
export async function mention(result) {
  const { content, locations, meta } = await result.data()
  return { numbers: meta.entries.split(" "), excerpt: excerpt(content.split(/\s+/), new Set(locations)) }
}

/** The words around the first hit, with an ellipsis where the text goes on. */
function excerpt(words, hits) {
  const first = Math.min(...hits, words.length)
  const start = Math.max(0, Math.min(first - AROUND / 3, words.length - AROUND))
  const told = words.slice(start, start + AROUND)
    .map((text, place) => ({ text, hit: hits.has(start + place) }))
  if (start > 0) told.unshift({ text: "…", hit: false })
  if (start + AROUND < words.length) told.push({ text: "…", hit: false })
  return told
}
