// The form at work: whatever is typed is read, judged and kept, and the page says how it stands.

import { askedOf } from "./asked.js"
import { ContactStep } from "./contact.js"
import * as drafts from "./drafts.js"
import { Faults } from "./faults.js"
import { fill, joined } from "./filled.js"
import { compared } from "./firmware.js"
import { Intake } from "./intake.js"
import { isBlank } from "./judge.js"
import { Side } from "./side.js"
import { isWhole } from "./place.js"
import { EntryStep, FirmwareStep, ListSteps, marked } from "./steps.js"
import { submissionOf, typed, valueOf } from "./submission.js"
import { tasksOf } from "./tasks.js"

const FIRMWARE = "entries.0.device.firmware_version"

export class Desk {
  #kept = ""

  constructor(form, context) {
    this.form = form
    this.context = context
    this.faults = new Faults(form)
    const step = (name) => form.querySelector(`#step-${name}`)
    this.entry = new EntryStep(step("entry"), (number) => this.pick(number))
    this.firmware = new FirmwareStep(step("firmware"), (number) => this.pick(number))
    this.lists = new ListSteps(step("release"), form.querySelector(".upgrades"))
    this.contact = new ContactStep(step("contact"))
    this.side = new Side(form.querySelector(".side"), context, () => this.#goOn())
    this.intake = new Intake(form, context, (pairs) => this.take(pairs))
    form.addEventListener("input", (event) => this.#typed(event.target))
    form.addEventListener("change", (event) => this.#left(event.target))
    form.addEventListener("submit", (event) => event.preventDefault())
  }

  /** An empty form for a number, which may be anything at all. */
  begin(number) {
    this.form.reset()
    fill(this.form, [["number", number]])
    this.#kept = number
    this.#show()
    this.#others()
  }

  /** A draft: first what decides which lists there are, then what is ticked in them. */
  restore(draft) {
    this.form.reset()
    fill(this.form, draft)
    this.#show()
    fill(this.form, draft)
    this.#show()
    this.#kept = this.asked.entry?.number ?? ""
    this.#others()
  }

  pick(number) {
    this.form.elements.unlisted.checked = false
    fill(this.form, [["number", number]])
    this.#keep()
    this.form.elements[FIRMWARE].focus()
  }

  /** What a dropped form says, in the place of what stands here; notes only where it has some. */
  take(pairs) {
    const { entry, unlisted, values } = this.asked
    const said = new Map(pairs)
    const isOfThis = entry ? entry.number === said.get("number") : !unlisted
    if (isOfThis && !said.has("release_notes")) said.set("release_notes", values.get("release_notes"))
    this.restore([...said])
    this.faults.all = true
    this.#keep()
  }

  #typed(control) {
    if (control.name === FIRMWARE) joined(control)
    if (control.name === "over") fill(this.form, [["upgrade", "these"]])
    if (control.name === "changed" && control.checked) this.contact.fillIn(this.asked, this.form)
    this.#keep()
  }

  /** Leaving a field, its value is put as the register writes it, and judged. */
  #left({ name, type }) {
    if (!this.faults.fieldOf(name)) return
    this.faults.left.add(name)
    if (type !== "radio") fill(this.form, [[name, valueOf(this.asked, name)]])
    this.#show()
  }

  /** Shows how it stands, and keeps what there is. */
  #keep() {
    this.#show()
    const number = this.asked.entry?.number ?? ""
    if (number || isWork(this.asked.pairs)) drafts.store(number, this.asked.pairs, this.#kept)
    else drafts.forget(this.#kept)
    this.#kept = number
    this.#others()
  }

  #show() {
    const asked = (this.asked = askedOf(this.form, this.context))
    const found = compared(typed(asked), asked.entry, asked.rules, asked.cpl)
    this.entry.show(asked)
    this.firmware.show(asked, found)
    this.lists.show(asked)
    this.contact.show(asked)
    const submission = submissionOf(asked)
    const faults = this.faults.find(asked, submission)
    this.faults.mark(faults, asked.rules)
    this.tasks = tasksOf({
      maker: asked.maker,
      place: placeOf(asked),
      firmware: found,
      typed: typed(asked),
      notes: { isBlank: isBlank(submission.release_notes) },
      faults,
      isEmpty: (name) => !(asked.values.get(name) ?? "").trim(),
      labelOf: (name) => this.faults.labelOf(name),
    })
    for (const task of this.tasks)
      if (task.step) marked(this.form.querySelector(`#step-${task.step}`), task.state === "ok")
    this.#sideOf(asked, submission)
    address(asked)
  }

  #sideOf({ maker, makers, values }, submission) {
    const company = makers.get(maker)?.name ?? values.get("new_manufacturer.name") ?? ""
    const numbers = submission.entries
      .map((each) => each.cpl_number)
      .filter(Boolean)
      .join(", ")
    this.side.show(this.tasks, submission, company, numbers)
  }

  /** To the first thing that is still to do. */
  #goOn() {
    this.faults.all = true
    this.#show()
    const left = this.tasks.find((each) => each.state !== "ok")
    const control = document.getElementById(left.to)
    const folded = control?.closest("details")
    if (folded) folded.open = true
    control?.focus()
  }

  #others() {
    const others = drafts.numbers().filter((number) => number !== this.#kept)
    this.side.keeps(others, {
      again: () => {
        drafts.forget(this.#kept)
        this.faults.forget()
        this.begin(this.#kept)
      },
      forget: () => {
        drafts.forgetAll()
        this.#others()
      },
    })
  }
}

/** Whether more than a search for an entry stands in the form. */
const isWork = (pairs) => pairs.some(([name, value]) => name !== "number" && value.trim())

function placeOf({ entry, unlisted, number, cpl, data }) {
  const refused = unlisted
    ? data.policy.pending === "refused"
    : entry && data.policy.types[entry.type] === "not_accepted"
  if (refused) return { state: "err", words: "Not taken by the Panel", unlisted }
  if (unlisted) return { state: "ok", words: "Device not on the CPL yet", unlisted }
  if (entry) return { state: "ok", words: `Entry found on CPL ${cpl}` }
  return isWhole(number)
    ? { state: "err", words: `Not an entry of CPL ${cpl}` }
    : { state: "open", words: "Which entry?" }
}

/** The number is in the address, so that it can be kept and passed on. */
function address({ entry }) {
  const search = entry ? `?cpl=${entry.number}` : ""
  if (location.search !== search) history.replaceState(null, "", search || location.pathname)
}
