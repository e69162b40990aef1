// What stands in the form, read with what the list knows of it, filled in, and kept in this browser
// as drafts while it is not sent.

import { chooseManufacturer } from "./manufacturers.js"
import { identifierOf } from "./submission.js"

/** @import { Register } from "../shared/register.js" */
/** @import { Rules } from "./rules.js" */

/** @typedef {[name: string, value: string][]} Pairs names and values, as a form gives them */

/**
 * @typedef {object} Context what the page has fetched
 * @property {Register} register
 * @property {SubmitData} data
 * @property {Map<string, Manufacturer>} manufacturers by short name
 * @property {Rules} rules
 * @property {string} cpl its version
 */

/**
 * @typedef {Context & {
 *   pairs: Pairs,
 *   values: Map<string, string>,
 *   number: string,
 *   unlisted: boolean,
 *   entry: Entry | undefined,
 *   identifier: string,
 *   possible: string[],
 *   manufacturer: string | null | undefined,
 *   givesContact: boolean,
 *   alsoFor: Entry[],
 *   installsOver: string[] | null,
 *   today: string,
 * }} FormState all that a submission is made from: `entry` is the entry of the list, where there
 *   is one; `possible` are the short names of those who may be meant; `manufacturer` is one of
 *   them, empty for a company that is new, null while it is to be chosen, and undefined while the
 *   device does not tell; `alsoFor` are other entries of its release; `installsOver` is null where
 *   it is not stated
 */

/** @param {HTMLFormElement} form @param {Context} context @returns {FormState} */
export function formState(form, context) {
  const { register, rules } = context
  const pairs = pairsOf(form)
  const values = new Map(pairs)
  /** @param {string} name */
  const all = (name) => pairs.flatMap(([each, value]) => (each === name ? [value] : []))
  const unlisted = values.has("unlisted")
  const number = values.get("number") ?? ""
  const entry = unlisted ? undefined : register.entryOf(number.trim())
  const identifier = entry || unlisted ? identifierOf({ rules, values, entry }) : ""
  const possible = entry?.makers ?? register.usersOf(identifier)
  return {
    ...context,
    pairs,
    values,
    number,
    unlisted,
    entry,
    identifier,
    possible,
    manufacturer: identifier ? chooseManufacturer(possible, values.get("maker")) : undefined,
    givesContact: values.has("changed"),
    alsoFor: entry ? all("also").flatMap((each) => register.entryOf(each) ?? []) : [],
    installsOver: installsOver(values.get("upgrade"), all("over")),
    today: today(),
  }
}

/** @param {string | undefined} stated @param {string[]} numbers */
const installsOver = (stated, numbers) =>
  stated === "none" ? [] : stated === "these" && numbers.length ? numbers : null

/** The day in Great Britain or wherever the browser is. */
function today() {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  return parts.map((part) => String(part).padStart(2, "0")).join("-")
}

/** What stands in a form. @param {HTMLFormElement} form @returns {Pairs} */
function pairsOf(form) {
  /** @type {Pairs} */
  const pairs = []
  for (const [name, value] of new FormData(form))
    if (typeof value === "string") pairs.push([name, value])
  return pairs
}

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @param {unknown} element @returns {element is Control} */
export const isControl = (element) =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement

/**
 * Puts values into the controls of these names; what has no control is left out.
 * @param {HTMLFormElement} form
 * @param {Pairs} pairs
 */
export function fill(form, pairs) {
  /** @type {Map<string, string[]>} */
  const wanted = new Map()
  for (const [name, value] of pairs) wanted.set(name, [...(wanted.get(name) ?? []), value])
  for (const control of form.querySelectorAll("[name]")) {
    const values = isControl(control) && wanted.get(control.name)
    if (!values) continue
    if (control instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(control.type))
      control.checked = values.includes(control.value)
    else control.value = values[0]
  }
}

/**
 * Bytes parted as people write them are joined, the cursor staying where it was.
 * @param {HTMLInputElement} input
 */
export function joinBytes(input) {
  const at = bareDigits(input.value.slice(0, input.selectionStart ?? 0)).length
  const value = bareDigits(input.value)
  if (value === input.value) return
  input.value = value
  input.setSelectionRange(at, at)
}

/** @param {string} text */
const bareDigits = (text) => text.replace(/[:\s]/g, "").toUpperCase()

const KEY = "fir-submissions"
const MOST_DRAFTS = 20
const MOST_TEXT = 200_000

/** @typedef {[number: string, pairs: Pairs]} Draft */

/** What is kept, newest first; whatever else stands there is as if nothing did. @returns {Draft[]} */
function keptDrafts() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]")
    return Array.isArray(found) ? found.filter(isDraft).slice(0, MOST_DRAFTS) : []
  } catch {
    return []
  }
}

/** @param {unknown} value @returns {value is Draft} */
const isDraft = (value) =>
  Array.isArray(value) &&
  /^(?:[0-9]{6})?$/.test(value[0]) &&
  Array.isArray(value[1]) &&
  value[1].every(
    (pair) =>
      Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === "string"),
  )

/** @param {Draft[]} drafts */
function keep(drafts) {
  try {
    if (!drafts.length) {
      localStorage.removeItem(KEY)
      return
    }
    const kept = drafts.slice(0, MOST_DRAFTS)
    while (kept.length > 1 && JSON.stringify(kept).length > MOST_TEXT) kept.pop()
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
}

/** The numbers under which drafts are kept, the newest first; one without a number is empty. */
export const draftNumbers = () => keptDrafts().map(([number]) => number)

/** @param {string} number */
export const draftOf = (number) => keptDrafts().find(([each]) => each === number)?.[1]

/**
 * Keeps a draft in the place of the one that stood under `before`.
 * @param {string} number
 * @param {Pairs} pairs
 * @param {string} before
 */
export function storeDraft(number, pairs, before) {
  const others = keptDrafts().filter(([each]) => each !== number && each !== before)
  keep([[number, pairs], ...others])
}

/** @param {string} number */
export const forgetDraft = (number) => keep(keptDrafts().filter(([each]) => each !== number))

export const forgetDrafts = () => keep([])
