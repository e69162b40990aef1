// The form at work: whatever is typed is read, judged and kept, and the page says how it stands.

import { child, part } from "../shared/dom.js"
import { ContactStep } from "./contact.js"
import { compareFirmware, isWholeNumber } from "./entry.js"
import {
  draftNumbers,
  fill,
  forgetDraft,
  forgetDrafts,
  formState,
  isControl,
  joinBytes,
  storeDraft,
} from "./form_state.js"
import { isBlank } from "./judge.js"
import { FieldMistakes } from "./messages.js"
import { NewEntryFormInput } from "./new_entry_form.js"
import { Sidebar, tasksOf } from "./sidebar.js"
import { EntryStep, FirmwareStep, ListSteps, markDone } from "./steps.js"
import { FIRMWARE, submissionOf, typedFirmware, valueOf } from "./submission.js"

/** @import { Context, Control, FormState, Pairs } from "./form_state.js" */
/** @import { EntryStatus, Task } from "./sidebar.js" */

export class SubmissionForm {
  /** The number under which the draft is kept. */
  #draft = ""
  /** @type {FormState} */
  #state
  /** @type {Task[]} */
  #tasks = []

  /** @param {HTMLFormElement} form @param {Context} context */
  constructor(form, context) {
    this.form = form
    this.context = context
    this.#state = formState(form, context)
    this.mistakes = new FieldMistakes(form)
    /** @param {string} name */
    const step = (name) => part(form, `#step-${name}`)
    this.entry = new EntryStep(step("entry"), (number) => this.pick(number))
    this.firmware = new FirmwareStep(step("firmware"), (number) => this.pick(number))
    this.lists = new ListSteps(step("release"), part(form, ".upgrades"))
    this.contact = new ContactStep(step("contact"))
    this.sidebar = new Sidebar(part(form, ".side"), context, () => this.#goOn())
    new NewEntryFormInput(form, context, (pairs) => this.takeNewEntry(pairs))
    form.addEventListener("input", ({ target }) => isControl(target) && this.#typed(target))
    form.addEventListener("change", ({ target }) => isControl(target) && this.#left(target))
    form.addEventListener("submit", (event) => event.preventDefault())
  }

  /** An empty form for a number, which may be anything at all. @param {string} number */
  begin(number) {
    this.form.reset()
    fill(this.form, [["number", number]])
    this.#draft = number
    this.#show()
    this.#showDrafts()
  }

  /** First what decides which lists there are, then what is ticked in them. @param {Pairs} draft */
  restore(draft) {
    this.form.reset()
    fill(this.form, draft)
    this.#show()
    fill(this.form, draft)
    this.#show()
    this.#draft = this.#state.entry?.number ?? ""
    this.#showDrafts()
  }

  /** @param {string} number */
  pick(number) {
    child(this.form, "[name=unlisted]", HTMLInputElement).checked = false
    fill(this.form, [["number", number]])
    this.#keep()
    part(this.form, `[name="${FIRMWARE}"]`).focus()
  }

  /**
   * What a dropped form says, in the place of what stands here; notes only where it has some.
   * @param {Pairs} pairs
   */
  takeNewEntry(pairs) {
    const { entry, unlisted, values } = this.#state
    const given = new Map(pairs)
    const isOfThis = entry ? entry.number === given.get("number") : !unlisted
    if (isOfThis && !given.has("release_notes"))
      given.set("release_notes", values.get("release_notes") ?? "")
    this.restore([...given])
    this.mistakes.showAll = true
    this.#keep()
  }

  /** @param {Control} control */
  #typed(control) {
    if (control instanceof HTMLInputElement) {
      if (control.name === FIRMWARE) joinBytes(control)
      if (control.name === "over") fill(this.form, [["upgrade", "these"]])
      if (control.name === "changed" && control.checked) this.contact.fillIn(this.#state, this.form)
    }
    this.#keep()
  }

  /**
   * Leaving a field, its value is put as the register writes it, and judged.
   * @param {Control} control
   */
  #left({ name, type }) {
    if (!this.mistakes.fieldOf(name)) return
    this.mistakes.left.add(name)
    if (type !== "radio") fill(this.form, [[name, valueOf(this.#state, name)]])
    this.#show()
  }

  /** Shows how it stands, and keeps what there is. */
  #keep() {
    this.#show()
    const number = this.#state.entry?.number ?? ""
    if (number || isWork(this.#state.pairs)) storeDraft(number, this.#state.pairs, this.#draft)
    else forgetDraft(this.#draft)
    this.#draft = number
    this.#showDrafts()
  }

  #show() {
    const state = (this.#state = formState(this.form, this.context))
    const typed = typedFirmware(state)
    const firmware = compareFirmware(typed, state.entry, state.rules, state.cpl)
    this.entry.show(state)
    this.firmware.show(state, firmware)
    this.lists.show(state)
    this.contact.show(state)
    const submission = submissionOf(state)
    const mistakes = this.mistakes.find(state, submission)
    this.mistakes.mark(mistakes, state)
    this.#tasks = tasksOf({
      manufacturer: state.manufacturer,
      entry: entryStatus(state),
      firmware,
      typed,
      isBlank: isBlank(submission.release_notes),
      mistakes,
      isEmpty: (name) => !(state.values.get(name) ?? "").trim(),
      labelOf: (name) => this.mistakes.labelOf(name),
    })
    for (const { step, state: done } of this.#tasks)
      if (step) markDone(part(this.form, `#step-${step}`), done === "ok")
    this.sidebar.show(this.#tasks, submission, companyOf(state))
    setAddress(state)
  }

  /** To the first thing that is still to do. */
  #goOn() {
    this.mistakes.showAll = true
    this.#show()
    const next = this.#tasks.find((each) => each.state !== "ok")
    const control = next && document.getElementById(next.to)
    const folded = control?.closest("details")
    if (folded) folded.open = true
    control?.focus()
  }

  #showDrafts() {
    const others = draftNumbers().filter((number) => number !== this.#draft)
    this.sidebar.showDrafts(others, {
      again: () => {
        forgetDraft(this.#draft)
        this.mistakes.forget()
        this.begin(this.#draft)
      },
      forget: () => {
        forgetDrafts()
        this.#showDrafts()
      },
    })
  }
}

/** Whether more than a search for an entry stands in the form. @param {Pairs} pairs */
const isWork = (pairs) => pairs.some(([name, value]) => name !== "number" && value.trim())

/** @param {FormState} state */
const companyOf = ({ manufacturer, manufacturers, values }) =>
  (manufacturer && manufacturers.get(manufacturer)?.name) ||
  (values.get("new_manufacturer.name") ?? "")

/** @param {FormState} state @returns {EntryStatus} */
function entryStatus({ entry, unlisted, number, cpl, data }) {
  const isRefused = unlisted
    ? data.policy.pending === "refused"
    : entry && data.policy.types[entry.type] === "not_accepted"
  if (isRefused) return { state: "err", words: "Not taken by the Panel", unlisted }
  if (unlisted) return { state: "ok", words: "Device not on the CPL yet", unlisted }
  if (entry) return { state: "ok", words: `Entry found on CPL ${cpl}` }
  return isWholeNumber(number)
    ? { state: "err", words: `Not an entry of CPL ${cpl}` }
    : { state: "open", words: "Which entry?" }
}

/** The number is in the address, so that it can be kept and passed on. @param {FormState} state */
function setAddress({ entry }) {
  const search = entry ? `?cpl=${entry.number}` : ""
  if (location.search !== search) history.replaceState(null, "", search || location.pathname)
}
