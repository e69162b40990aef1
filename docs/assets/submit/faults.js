// Mistakes at their fields: the first of each, told once the reader has left it or wants to go on.

import { h } from "../find/dom.js"
import { visible } from "./characters.js"
import { tooLarge } from "./files.js"
import { judged } from "./judge.js"
import { mistake, msg, say } from "./said.js"
import { nameOf } from "./tasks.js"

const NUMBER = "entries.0.cpl_number"
const FIRMWARE = "entries.0.device.firmware_version"
// What is wrong with these is told as they are typed.
const TOLD_AT_ONCE = [NUMBER, FIRMWARE]
const GIVEN_BY_THE_LIST = /^entries\.0\.(?:cpl_number|device\.(?!firmware_version))/

function wordsOf(fault, control, { characters }) {
  if (!control.value.trim())
    return msg("err", control.tagName === "SELECT" ? "Choose one." : "This must be filled in.")
  const clean = visible(control.value, characters)
  return mistake(fault, ...(clean === control.value ? [] : [cleaner(control, characters)]))
}

/** What cannot be seen cannot be found either: it comes with text from a word processor. */
function cleaner(control, characters) {
  const click = () => {
    control.value = visible(control.value, characters)
    control.dispatchEvent(new Event("input", { bubbles: true }))
    control.focus()
  }
  return h("button", { type: "button", class: "linked", click }, "Take out all that cannot be seen")
}

export class Faults {
  /** Fields that the reader has left. */
  left = new Set()
  /** Whether the reader has wanted to go on, so that what is empty is told too. */
  all = false

  constructor(form) {
    this.form = form
  }

  forget() {
    this.left.clear()
    this.all = false
  }

  fieldOf(name) {
    return this.form.querySelector(`[data-of="${CSS.escape(name)}"]`)
  }

  labelOf(name) {
    const label = this.fieldOf(name)?.querySelector("label, legend")
    return label?.textContent.toLowerCase() ?? name
  }

  /** The first mistake of each field, by its name, but for those in what the list gives. */
  find({ unlisted, rules }, submission) {
    const found = new Map()
    const told = [...judged(rules, "submission", submission), ...tooLarge(rules, submission)]
    for (const each of told) {
      const name = nameOf(each)
      if (!unlisted && GIVEN_BY_THE_LIST.test(name)) continue
      if (this.fieldOf(name) && !found.has(name)) found.set(name, each)
    }
    return found
  }

  mark(faults, { table }) {
    for (const field of this.form.querySelectorAll("[data-of]")) {
      const name = field.dataset.of
      if (TOLD_AT_ONCE.includes(name)) continue
      const control = field.querySelector("input, select, textarea")
      const fault = faults.get(name)
      const told = fault && (this.all || (this.left.has(name) && control.value.trim()))
      control.setAttribute("aria-invalid", String(Boolean(told)))
      const said = field.querySelector(".said")
      if (said) say(said, ...(told ? [wordsOf(fault, control, table)] : []))
    }
  }
}
