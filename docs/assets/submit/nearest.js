// The known word that was probably meant: as `difflib.get_close_matches` of Python finds it.

const CUTOFF = 0.7
const LONGEST = 60

export function nearest(word, known) {
  const said = [...word].slice(0, LONGEST).join("").trim().toLowerCase()
  let best
  for (const each of known) {
    const score = ratio(each, said)
    if (score < CUTOFF) continue
    if (!best || score > best.score || (score === best.score && each > best.each))
      best = { score, each }
  }
  return best?.each ?? null
}

/** How much two texts have in common, from 0 to 1. */
function ratio(one, other) {
  return one.length + other.length ? (2 * common(one, other)) / (one.length + other.length) : 1
}

/** The letters of the longest run in both, and of the runs on either side of it. */
function common(one, other) {
  if (!one || !other) return 0
  const { at, there, size } = longestRun(one, other)
  if (!size) return 0
  return (
    size +
    common(one.slice(0, at), other.slice(0, there)) +
    common(one.slice(at + size), other.slice(there + size))
  )
}

/** The first of the longest runs. */
function longestRun(one, other) {
  let found = { at: 0, there: 0, size: 0 }
  let before = []
  for (let at = 0; at < one.length; at++) {
    const here = []
    for (let there = 0; there < other.length; there++) {
      if (one[at] !== other[there]) continue
      const size = (here[there] = (before[there - 1] ?? 0) + 1)
      if (size > found.size) found = { at: at - size + 1, there: there - size + 1, size }
    }
    before = here
  }
  return found
}
