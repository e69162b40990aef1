// Messages below the fields of the form, each with its cure; and the mistakes in a submission at
// their fields: the first of each, shown once the reader has left it or wants to go on.

import { h, icon, setContent } from "../shared/dom.js"
import { capitalised } from "../shared/text.js"
import { isControl } from "./form_state.js"
import { judge, withoutHidden } from "./judge.js"
import { FIRMWARE, tooLarge } from "./submission.js"

/** @import { Child, Children } from "../shared/dom.js" */
/** @import { Control, FormState } from "./form_state.js" */
/** @import { Mistake } from "./rules.js" */
/** @import { Submission } from "./submission.js" */

const SIGNS = { ok: "latest", warn: "warning", err: "error", open: "todo" }

/** What stands in back-ticks is set as code. @param {string} text */
export const withCode = (text) =>
  text.split("`").map((part, place) => (place % 2 ? h("code", {}, part) : part))

/** @param {keyof typeof SIGNS} kind @param {Children} words */
export const message = (kind, ...words) =>
  h("p", { class: `msg ${kind}` }, icon(SIGNS[kind]), h("span", {}, ...words))

/**
 * A mistake as `fir check` tells it of the file that comes of it.
 * @param {Pick<Mistake, "message" | "fix">} mistake
 * @param {Child[]} more what can be done about it here
 */
export const mistakeMessage = ({ message: words, fix }, ...more) =>
  message(
    "err",
    withCode(words.replace(/^`(?:entries|new_manufacturer)\./, "`")),
    h("small", {}, withCode(capitalised(fix))),
    ...more,
  )

const NUMBER = "entries.0.cpl_number"
// What is wrong with these is shown as they are typed.
const SHOWN_AT_ONCE = [NUMBER, FIRMWARE]
const GIVEN_BY_THE_LIST = /^entries\.0\.(?:cpl_number|device\.(?!firmware_version))/

/** @typedef {Map<string, Mistake>} Mistakes the first of each field, by its name */

export class FieldMistakes {
  /** Names of fields that the reader has left. @type {Set<string>} */
  left = new Set()
  /** Whether the reader has wanted to go on, so that what is empty is shown too. */
  showAll = false

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form
  }

  forget() {
    this.left.clear()
    this.showAll = false
  }

  /** @param {string} name */
  fieldOf(name) {
    return this.form.querySelector(`[data-of="${CSS.escape(name)}"]`)
  }

  /** What a field is called. @param {string} name */
  labelOf(name) {
    const label = this.fieldOf(name)?.querySelector("label, legend")
    return label?.textContent?.toLowerCase() ?? name
  }

  /**
   * All mistakes but those in what the list gives.
   * @param {FormState} state
   * @param {Submission} submission
   * @returns {Mistakes}
   */
  find({ unlisted, rules }, submission) {
    /** @type {Mistakes} */
    const found = new Map()
    const every = [...judge(rules, "submission", submission), ...tooLarge(rules, submission)]
    for (const mistake of every) {
      const name = fieldName(mistake)
      if (!unlisted && GIVEN_BY_THE_LIST.test(name)) continue
      if (this.fieldOf(name) && !found.has(name)) found.set(name, mistake)
    }
    return found
  }

  /** @param {Mistakes} mistakes @param {FormState} state */
  mark(mistakes, { rules }) {
    for (const field of this.form.querySelectorAll("[data-of]")) {
      const name = field.getAttribute("data-of") ?? ""
      const control = field.querySelector("input, select, textarea")
      if (SHOWN_AT_ONCE.includes(name) || !isControl(control)) continue
      const mistake = mistakes.get(name)
      const isDue = this.showAll || (this.left.has(name) && control.value.trim())
      const shown = isDue ? mistake : undefined
      control.setAttribute("aria-invalid", String(Boolean(shown)))
      const place = field.querySelector(".said")
      if (place)
        setContent(place, shown && fieldMessage(shown, control, rules.table.characters))
    }
  }
}

/** The name of the field that the keys of a mistake lead to. @param {Mistake} mistake */
function fieldName({ keys, missing }) {
  let way = missing === undefined ? keys : [...keys, missing]
  if (way[0] === "new_manufacturer" && way[1] !== "name") way = way.slice(1)
  if (way[0] === "manufacturer_identifiers")
    way = ["entries", 0, "device", "manufacturer_identifier"]
  if (way[0] === "manufacturer") way = ["new_manufacturer", "name"]
  if (way.at(-2) === "lines") way = way.slice(0, -1)
  return way.join(".")
}

/** @param {Mistake} mistake @param {Control} control @param {CharacterTable} characters */
function fieldMessage(mistake, control, characters) {
  if (!control.value.trim())
    return message("err", control.tagName === "SELECT" ? "Choose one." : "This must be filled in.")
  const clean = withoutHidden(control.value, characters)
  return mistakeMessage(mistake, clean !== control.value && cleanButton(control, characters))
}

/**
 * What cannot be seen cannot be found either: it comes with text from a word processor.
 * @param {Control} control
 * @param {CharacterTable} characters
 */
function cleanButton(control, characters) {
  const click = () => {
    control.value = withoutHidden(control.value, characters)
    control.dispatchEvent(new Event("input", { bubbles: true }))
    control.focus()
  }
  return h("button", { type: "button", class: "linked", click }, "Take out all that cannot be seen")
}
