// Work that is not sent yet, kept in this browser: what stands in the form, by CPL number.

const KEY = "fir-submissions"
const MOST = 20
const MOST_TEXT = 200_000

/** @typedef {[string, string][]} Draft names and values, as a form gives them */

/** What is kept, newest first; whatever else stands there is as if nothing did. */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]")
    return Array.isArray(found) ? found.filter(isKept).slice(0, MOST) : []
  } catch {
    return []
  }
}

const isText = (value) => typeof value === "string"
const isKept = (each) =>
  Array.isArray(each) &&
  /^(?:[0-9]{6})?$/.test(each[0]) &&
  Array.isArray(each[1]) &&
  each[1].every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText))

function keep(drafts) {
  try {
    if (!drafts.length) return localStorage.removeItem(KEY)
    const kept = drafts.slice(0, MOST)
    while (kept.length > 1 && JSON.stringify(kept).length > MOST_TEXT) kept.pop()
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
}

/** The numbers under which something is kept, the newest first; one without a number is empty. */
export const numbers = () => kept().map(([number]) => number)

/** @returns {Draft | undefined} */
export const draftOf = (number) => kept().find(([each]) => each === number)?.[1]

/** Keeps a draft in the place of the one that stood under `before`. */
export function store(number, draft, before = number) {
  const others = kept().filter(([each]) => each !== number && each !== before)
  keep([[number, draft], ...others])
}

export const forget = (number) => keep(kept().filter(([each]) => each !== number))

export const forgetAll = () => keep([])
