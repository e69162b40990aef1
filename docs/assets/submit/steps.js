// The steps of the form up to the contact, each shown anew whenever something is typed, and what
// the list itself offers to tick: other entries of the release, other firmware of the device.

import { ChangeTracker, child, h, icon, part, setContent } from "../shared/dom.js"
import { formatModel, likeness, withColons } from "../shared/identifiers.js"
import { formatDay, plural } from "../shared/text.js"
import {
  MOST_PICKS,
  digitCells,
  entriesOfDevice,
  entriesOfRecodedDevice,
  firmwareMessages,
  numberMessages,
  pickList,
  possibleEntries,
} from "./entry.js"
import { message, withCode } from "./messages.js"
import { deviceOf, typedFirmware } from "./submission.js"

/** @import { Child } from "../shared/dom.js" */
/** @import { Register } from "../shared/register.js" */
/** @import { Comparison } from "./entry.js" */
/** @import { FormState } from "./form_state.js" */

/** @typedef {(number: string) => void} Pick takes an entry */

export class EntryStep {
  #picks = new ChangeTracker()

  /** @param {Element} step @param {Pick} pick */
  constructor(step, pick) {
    this.messages = part(step, "#f-number-said")
    this.picks = part(step, ".picks")
    this.device = part(step, ".device")
    this.number = child(step, "[name=number]", HTMLInputElement)
    this.pick = pick
  }

  /** @param {FormState} state */
  show(state) {
    const { register, data, number, entry, unlisted } = state
    this.device.hidden = !unlisted
    this.number.disabled = unlisted
    const found = unlisted
      ? entriesLikeTyped(state)
      : entry
        ? []
        : possibleEntries(register, number)
    setContent(
      this.messages,
      unlisted
        ? unlistedMessages(data, found[0], typedFirmware(state))
        : numberMessages(register, data, number, entry, found.length),
    )
    const some = found.slice(0, MOST_PICKS)
    if (this.#picks.changed(some.map((each) => each.number).join()))
      this.picks.replaceChildren(...pickList(some, this.pick))
  }
}

/**
 * Entries that the device is, or may be, although it is said to have none.
 * @param {FormState} state
 */
function entriesLikeTyped(state) {
  const { type, digits } = deviceOf(state)
  const device = { type, digits: digits + typedFirmware(state) }
  const same = entriesOfDevice(state.register, device)
  return same.length ? same : entriesOfRecodedDevice(state.register, device)
}

/** @param {SubmitData} data @param {Entry | undefined} listed @param {string} version */
function unlistedMessages({ policy }, listed, version) {
  if (listed) {
    const { firmware } = listed
    const like = `The list has this device with \`${firmware}\`, ${likeness(version, firmware)}.`
    return firmware === version
      ? message("warn", "The list has exactly this device. Pick its number:")
      : message("warn", withCode(like), " If that is meant, pick it:")
  }
  if (policy.pending === "refused")
    return message("err", "The Panel takes no record before the list has given its number.")
  return message("ok", "It waits, and takes its number when the list gives it one.")
}

export class FirmwareStep {
  #typed = ""
  /** @type {Entry | undefined} */
  #entry

  /** @param {Element} step @param {Pick} pick */
  constructor(step, pick) {
    this.pick = pick
    this.input = child(step, "input", HTMLInputElement)
    this.cells = part(step, ".cells")
    this.messages = part(step, ".said")
    for (const kind of ["focus", "blur", "keyup", "pointerup"])
      this.input.addEventListener(kind, () => this.#draw())
  }

  /** @param {FormState} state @param {Comparison} comparison */
  show(state, comparison) {
    const { entry, register } = state
    this.#typed = typedFirmware(state)
    this.#entry = entry
    this.#draw()
    const isWrong = comparison.state === "wrong"
    const others = isWrong && entry ? this.#entriesWithVersion(register, entry) : []
    setContent(this.messages, firmwareMessages(this.#typed, entry, comparison), others)
    this.input.setAttribute("aria-invalid", String(isWrong || comparison.state === "odd"))
  }

  /**
   * Entries of the same Device Model that do have the version.
   * @param {Register} register
   * @param {Entry} entry
   */
  #entriesWithVersion(register, { type, model }) {
    return entriesOfDevice(register, { type, digits: model + this.#typed }).map(({ number }) =>
      h(
        "button",
        { type: "button", class: "linked", click: () => this.pick(number) },
        `CPL ${number} has this version: take that entry`,
      ),
    )
  }

  #draw() {
    const cursor = document.activeElement === this.input ? this.input.selectionStart : -1
    this.cells.replaceChildren(...digitCells(this.#typed, this.#entry, cursor))
  }
}

const INSTALLS_OVER = "Firmware of this Device Model over which it may go in one step."

/** The boxes for other entries of the release, and for what it may be installed over. */
export class ListSteps {
  #release = new ChangeTracker()
  #sources = new ChangeTracker()

  /** @param {HTMLElement} release @param {Element} upgrades */
  constructor(release, upgrades) {
    this.release = release
    this.upgrades = upgrades
  }

  /** @param {FormState} state */
  show(state) {
    const { register, data, entry } = state
    const others = entry ? entriesOfRelease(register, data.releases, entry) : []
    if (this.#release.changed(others.map((each) => each.number).join())) {
      this.release.hidden = others.every((each) => each.recorded)
      setContent(part(this.release, ".list"), releaseChoices(others))
    }
    const every = this.release.querySelector(".all input")
    if (every instanceof HTMLInputElement)
      every.checked = boxesOf(this.release).every((each) => each.checked)
    const device = deviceOf(state)
    const sources = upgradeSources(register, device)
    const key = `${device.type} ${sources.map((each) => each.number).join()}`
    if (this.#sources.changed(key)) this.upgrades.replaceChildren(upgradeChoices(sources))
  }
}

/** @param {ParentNode} root @returns {HTMLInputElement[]} */
const boxesOf = (root) => [...root.querySelectorAll("input")].filter((each) => each.name === "also")

/**
 * The other entries of an entry's release.
 * @param {Register} register
 * @param {string[][]} releases
 * @param {Entry} entry
 */
function entriesOfRelease(register, releases, entry) {
  const release = releases.find((numbers) => numbers.includes(entry.number)) ?? []
  return release
    .filter((number) => number !== entry.number)
    .flatMap((number) => register.entryOf(number) ?? [])
}

/**
 * Other firmware of a Device Model: what is listed before an entry first, the nearest first.
 * @param {Register} register
 * @param {{type: string, digits: string, number?: string}} device
 */
function upgradeSources(register, { type, digits, number }) {
  const model = digits.slice(0, 12)
  const others = register.entries.filter(
    (entry) => entry.type === type && entry.model === model && entry.digits !== digits,
  )
  /** @param {Entry} entry */
  const isLater = (entry) => number !== undefined && entry.number > number
  return [...others.filter((each) => !isLater(each)).reverse(), ...others.filter(isLater)]
}

/** @param {string} name @param {Entry} entry @param {Child} words @param {Child} aside */
const entryBox = (name, { number }, words, aside) =>
  h(
    "label",
    { class: "chk" },
    h("input", { type: "checkbox", name, value: number }),
    h("span", {}, h("span", { class: "pn" }, number), " ", words),
    aside && h("span", { class: "n" }, aside),
  )

/**
 * Boxes for the entries of a release; those with a record are named, and cannot be ticked.
 * @param {Entry[]} entries
 */
function releaseChoices(entries) {
  const free = entries.filter((entry) => !entry.recorded)
  const recorded = entries.length - free.length
  return [
    h(
      "p",
      { class: "hint" },
      "These share the image, or the version where the CPL has no hash. One text can serve all.",
      recorded > 0 &&
        ` ${plural(recorded, "further entry has", "further entries have")} a record already.`,
    ),
    free.length > 2 && allBox(free.length),
    free.map((entry) => {
      const model = h("span", { class: "pn" }, formatModel(entry.model))
      return entryBox("also", entry, [model, ` ${entry.type}`], "no record yet")
    }),
  ]
}

/** @param {number} count */
function allBox(count) {
  const box = h("input", { type: "checkbox" })
  box.addEventListener("click", () => {
    for (const each of boxesOf(box.closest(".list") ?? box)) each.checked = box.checked
  })
  const words = h("span", {}, h("b", {}, `All ${count} of them`))
  return h("label", { class: "chk all" }, box, words)
}

/** @param {string} value @param {string} words @param {boolean} checked */
const upgradeRadio = (value, words, checked = false) =>
  h(
    "label",
    { class: "chk" },
    h("input", { type: "radio", name: "upgrade", value, checked }),
    h("span", {}, words),
  )

/**
 * What the firmware may be installed directly over: not stated, nothing, or some of these.
 * @param {Entry[]} entries
 */
function upgradeChoices(entries) {
  const boxes = entries.map((entry) => {
    const listed = entry.listed && `listed ${formatDay(entry.listed)}`
    return entryBox("over", entry, withColons(entry.firmware), listed)
  })
  return h(
    "fieldset",
    {},
    h("legend", { class: "vh" }, "It may be installed directly over"),
    h("p", { class: "hint" }, INSTALLS_OVER),
    upgradeRadio("", "Not stated", true),
    upgradeRadio("none", "None of the earlier firmware"),
    entries.length > 0 && upgradeRadio("these", "These, for this entry:"),
    h("div", { class: "over-these" }, boxes),
  )
}

/** The number of a step, or a tick once it is done. @param {Element} step @param {boolean} done */
export function markDone(step, done) {
  step.classList.toggle("ok", done)
  const sign = part(step, ".no")
  if (done === Boolean(sign.firstChild)) return
  sign.replaceChildren(...(done ? [icon("latest")] : []))
  const heading = part(step, "h2")
  heading.querySelector(".vh")?.remove()
  if (done) heading.append(h("span", { class: "vh" }, ", done"))
}
