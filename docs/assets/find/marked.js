// A text with the words of the query marked in it.

import { h } from "./dom.js"
import { wordsOf } from "./query.js"

const TOKEN = /[\p{L}\p{N}\p{M}]+/gu

/** The text in pieces; `words` are read as `wordsOf` reads them, each with one blank between. */
export function marked(text, words) {
  const tokens = [...text.matchAll(TOKEN)].map((each) => ({
    start: each.index,
    end: each.index + each[0].length,
    word: wordsOf(each[0]),
  }))
  const hits = new Set(words.flatMap((each) => places(tokens, each.split(" "))))
  const pieces = []
  let from = 0
  for (const place of [...hits].sort((a, b) => a - b)) {
    const { start, end } = tokens[place]
    pieces.push(text.slice(from, start), h("mark", {}, text.slice(start, end)))
    from = end
  }
  return [...pieces, text.slice(from)]
}

/** Where the words stand in a row; the last may be the beginning of one. */
function places(tokens, words) {
  const last = words.length - 1
  return tokens.flatMap((_, start) => {
    const fits = words.every((word, step) => {
      const there = tokens[start + step]?.word
      return step < last ? there === word : there?.startsWith(word)
    })
    return fits ? words.map((_, step) => start + step) : []
  })
}
