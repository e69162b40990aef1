// What is still to do before a submission can go, a line for each part and each other mistake; and
// the sidebar that shows it and lets the submission leave.

import { download, h, icon, setContent } from "../shared/dom.js"
import { plural } from "../shared/text.js"
import {
  FIRMWARE,
  emailAddress,
  fileName,
  onGitHub,
  submissionText,
} from "./submission.js"

/** @import { Child } from "../shared/dom.js" */
/** @import { Comparison } from "./entry.js" */
/** @import { Context } from "./form_state.js" */
/** @import { Mistakes } from "./messages.js" */
/** @import { Submission } from "./submission.js" */

/**
 * @typedef {object} Task
 * @property {"ok" | "open" | "err"} state
 * @property {string} words
 * @property {string} to the id of the field
 * @property {"entry" | "firmware" | "notes" | "contact"} [step]
 */

/** @typedef {Pick<Task, "state" | "words"> & {unlisted?: boolean}} EntryStatus */

const NOTES = "release_notes"
const CONTACT = /^(?:contact\.|new_manufacturer\.|website$)/
/** @type {Partial<Record<Comparison["state"], string>>} */
const FIRMWARE_WORDS = {
  none: "Type the firmware version",
  odd: "Firmware version: not eight digits",
  off: "Firmware version: a digit differs",
  wrong: "Firmware version: not the CPL’s",
}

/** @typedef {(name: string) => boolean} IsEmpty */
/** @typedef {(name: string) => string} LabelOf */

/**
 * @param {object} known
 * @param {string | null | undefined} known.manufacturer null while several may be meant, undefined
 *   while the device does not tell
 * @param {EntryStatus} known.entry
 * @param {Comparison} known.firmware
 * @param {string} known.typed the firmware version
 * @param {boolean} known.isBlank whether the notes say nothing
 * @param {Mistakes} known.mistakes
 * @param {IsEmpty} known.isEmpty
 * @param {LabelOf} known.labelOf
 * @returns {Task[]}
 */
export function tasksOf({ manufacturer, entry, firmware, typed, isBlank, mistakes, ...fields }) {
  const names = [...mistakes.keys()]
  const device = names.filter((name) => name.startsWith("entries.0.device.") && name !== FIRMWARE)
  const contact = names.filter((name) => CONTACT.test(name))
  const rest = names.filter((name) => ![NOTES, FIRMWARE, ...device, ...contact].includes(name))
  return [
    entryTask(entry, device, fields.isEmpty, fields.labelOf),
    firmwareTask(firmware, typed),
    notesTask(isBlank, mistakes.has(NOTES)),
    contactTask(manufacturer, contact, fields.isEmpty, fields.labelOf),
    ...rest.map((name) => fieldTask(name, fields.labelOf)),
  ]
}

/** @param {string} name */
const idOf = (name) => `f-${name.replaceAll(".", "-")}`

/** @param {string} name @param {LabelOf} labelOf @returns {Task} */
const fieldTask = (name, labelOf) => ({ state: "err", words: labelOf(name), to: idOf(name) })

/**
 * @param {EntryStatus} status
 * @param {string[]} device names of its fields with a mistake
 * @param {IsEmpty} isEmpty
 * @param {LabelOf} labelOf
 * @returns {Task}
 */
function entryTask({ state, words, unlisted }, device, isEmpty, labelOf) {
  if (!unlisted || state === "err" || !device.length)
    return { state, words, to: "f-number", step: "entry" }
  const [first] = device
  return {
    state: device.every(isEmpty) ? "open" : "err",
    words: `Device: ${labelOf(first)}`,
    to: idOf(first),
    step: "entry",
  }
}

/** @param {Comparison} comparison @param {string} typed @returns {Task} */
function firmwareTask({ state }, typed) {
  const to = idOf(FIRMWARE)
  if (state === "done") return { state: "ok", words: "Firmware version", to, step: "firmware" }
  const left = 8 - typed.length
  const toGo = `Firmware version: ${left} ${left === 1 ? "digit" : "digits"} to go`
  return {
    state: state === "none" || state === "short" ? "open" : "err",
    words: FIRMWARE_WORDS[state] ?? toGo,
    to,
    step: "firmware",
  }
}

/** @param {boolean} isBlank @param {boolean} isWrong @returns {Task} */
function notesTask(isBlank, isWrong) {
  const to = idOf(NOTES)
  if (isBlank) return { state: "open", words: "Say what changed", to, step: "notes" }
  return { state: isWrong ? "err" : "ok", words: "Release notes", to, step: "notes" }
}

/**
 * @param {string | null | undefined} manufacturer
 * @param {string[]} names of its fields with a mistake
 * @param {IsEmpty} isEmpty
 * @param {LabelOf} labelOf
 * @returns {Task}
 */
function contactTask(manufacturer, names, isEmpty, labelOf) {
  /** @type {"contact"} */
  const step = "contact"
  if (manufacturer === null)
    return { state: "open", words: "Contact: which company?", to: "f-maker", step }
  const section = { words: "Contact", to: "step-contact-is", step }
  if (manufacturer === undefined) return { state: "open", ...section }
  if (!names.length) return { state: "ok", ...section }
  const wrong = names.find((name) => !isEmpty(name))
  const first = wrong ?? names[0]
  const state = wrong ? "err" : "open"
  return { state, words: `Contact: ${labelOf(first)}`, to: idOf(first), step }
}

const SIGNS = { ok: "latest", err: "error", open: "todo" }

export class Sidebar {
  #tasks = h("ul", { class: "todo" })
  #button = h(
    "button",
    { type: "button", class: "btn main", click: () => this.#downloadOrGoOn() },
    icon("down"),
    "Download the submission",
  )
  #status = h("p", { class: "hint", role: "status" })
  #ways = h("div", { class: "ways" })
  #count = h("h2", {})
  #numbers = h("p", { class: "q" })
  #code = h("code", {})
  #file = h(
    "details",
    {},
    h("summary", {}, icon("chev"), "See the file"),
    h("pre", { tabindex: "0" }, this.#code),
  )
  #result = h("div", { class: "card sunk" }, this.#count, this.#numbers, this.#file)
  #drafts = h("div", { class: "kept" })
  /** @type {Submission | undefined} what it would be now, once it is ready */
  #ready

  /**
   * @param {Element} element
   * @param {Context} context
   * @param {() => void} goOn is called when the reader wants what is not ready
   */
  constructor(element, context, goOn) {
    this.context = context
    this.goOn = goOn
    const title = h("h2", {}, "Before you send")
    element.replaceChildren(
      h("div", { class: "card" }, title, this.#tasks, this.#button, this.#status, this.#ways),
      this.#result,
      this.#drafts,
    )
  }

  /**
   * @param {Task[]} tasks
   * @param {Submission} submission what it would be now
   * @param {string} company
   */
  show(tasks, submission, company) {
    const left = tasks.filter((each) => each.state !== "ok").length
    this.#ready = left ? undefined : submission
    setContent(this.#tasks, tasks.map(taskItem))
    this.#button.classList.toggle("waits", left > 0)
    const then = "It is saved to your downloads; nothing is sent. Attach it to the email."
    this.#status.textContent = left ? `${plural(left, "thing", "things")} to finish.` : then
    this.#showResult(submission)
    setContent(this.#ways, this.#ready && this.#waysToSend(this.#ready, company))
  }

  /** @param {Submission} submission */
  #showResult(submission) {
    const { entries } = submission
    const numbers = entries.flatMap((each) => each.cpl_number ?? []).join(", ")
    this.#result.hidden = !numbers && !this.#ready
    this.#count.textContent = `${plural(entries.length, "record", "records")} will be written`
    this.#numbers.textContent = numbers
    this.#file.hidden = !this.#ready
    if (this.#ready) this.#code.textContent = submissionText(this.context.rules, submission)
  }

  /** @param {Submission} submission @param {string} company @returns {Child[]} */
  #waysToSend(submission, company) {
    const { rules, data, cpl } = this.context
    const email = emailAddress(submission, company, data.policy, cpl)
    const { href, why } = onGitHub(rules, submission, data.policy)
    return [
      h("a", { class: "btn", href: email }, "Write the email"),
      href && h("a", { class: "btn", href, rel: "noopener" }, "Or propose it on GitHub"),
      why && h("p", { class: "hint" }, why),
    ]
  }

  #downloadOrGoOn() {
    const submission = this.#ready
    if (!submission) {
      this.goOn()
      return
    }
    const name = fileName(submission)
    const text = submissionText(this.context.rules, submission)
    download(new Blob([text], { type: "application/yaml" }), name)
    this.#status.textContent = `${name} is in your downloads. Now attach it to the email.`
  }

  /**
   * Other drafts that this browser keeps, and how to be rid of them.
   * @param {string[]} numbers
   * @param {{again: () => void, forget: () => void}} actions
   */
  showDrafts(numbers, { again, forget }) {
    const links = numbers.map((number, place) => [
      place ? ", " : "",
      h("a", { href: `?cpl=${number}` }, number || "without a number"),
    ])
    /** @param {string} words @param {() => void} click */
    const button = (words, click) => h("button", { type: "button", class: "btn", click }, words)
    const shown = h(
      "div",
      {},
      h("p", { class: "hint" }, "Your work is kept in this browser, also when you close it."),
      links.length > 0 && h("p", { class: "hint" }, "Also kept: ", links, "."),
      h(
        "div",
        { class: "does" },
        button("Start again", again),
        links.length > 0 && button("Forget all", forget),
      ),
    )
    this.#drafts.replaceChildren(...shown.childNodes)
  }
}

/** @param {Task} task */
const taskItem = ({ state, words, to }) =>
  h(
    "li",
    { class: state },
    icon(SIGNS[state]),
    state === "ok" ? h("span", {}, words) : h("a", { href: `#${to}` }, words),
  )
