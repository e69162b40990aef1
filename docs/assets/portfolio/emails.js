// One email for each manufacturer, drafted: what to ask it about which devices. Only the reader
// sends it.

import { h, icon } from "../shared/dom.js"
import { formatModel } from "../shared/identifiers.js"
import { formatNumber } from "../shared/text.js"

/** @import { Answers } from "./answers.js" */
/** @import { Group } from "./check.js" */

/** @typedef {{name: string, addresses: Set<string>, questions: Set<string>}} Email */

// Longer addresses are cut by some mail programs.
const LONGEST_ADDRESS = 1_800
const SUBJECT = "Firmware of devices in our portfolio"

export class Emails {
  element = h("section", { class: "sec full", id: "letters", hidden: true })
  /** By the short name of the manufacturer. @type {Map<string, Email>} */
  #emails = new Map()

  /** @param {Answers} answers */
  constructor(answers) {
    this.answers = answers
  }

  hide() {
    this.element.hidden = true
  }

  /** @param {string} slug */
  has(slug) {
    return this.#emails.has(slug)
  }

  /** @param {string} slug */
  open(slug) {
    const details = document.getElementById(`letter-${slug}`)
    if (details instanceof HTMLDetailsElement) details.open = true
  }

  /** @param {Group[]} groups */
  take(groups) {
    this.#emails.clear()
    for (const group of groups) this.#addQuestions(group)
    this.element.hidden = !this.#emails.size
    const lead =
      "One for each manufacturer there is something to ask. Change them as you like; nothing is sent from here."
    this.element.replaceChildren(
      h("header", {}, h("h2", {}, "Drafted emails"), h("p", {}, lead)),
      ...[...this.#emails].map(([slug, email]) => this.#draft(slug, email)),
    )
  }

  /** Whom to ask what about a group; nothing where there is nothing to do. @param {Group} group */
  #addQuestions(group) {
    const rows = group.places.length ? group.places.map((place) => this.answers.rows[place]) : [null]
    for (const row of rows) {
      const answer = row ? row.answer : group.answer
      if (answer === "latest" || answer === "never-listed") continue
      const question = `${describe(group, row)}\n  ${questionAbout(answer, row, this.answers)}`
      for (const [slug, name, address] of this.answers.contactsOf(row, group.digits.slice(0, 4))) {
        const email = this.#emails.get(slug) ?? {
          name,
          addresses: new Set(),
          questions: new Set(),
        }
        email.addresses.add(address)
        email.questions.add(question)
        this.#emails.set(slug, email)
      }
    }
  }

  /** @param {string} slug @param {Email} email */
  #draft(slug, { name, addresses, questions }) {
    const to = [...addresses].join(", ")
    const body = [
      `Dear ${name},`,
      "We operate the devices below and would like to keep their firmware as you intend.",
      ...questions,
      `The versions are those of our inventory, which may lag the meters; the answers are from the Firmware Information Repository, CPL ${this.answers.data.cpl_version}.`,
      "Kind regards",
    ].join("\n\n")
    const href = `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(SUBJECT)}&body=${encodeURIComponent(body)}`
    const copy = h(
      "button",
      { class: "copy", type: "button", "data-copy": body },
      icon("copy"),
      h("span", {}, "Copy", h("span", { class: "vh" }, ` the email to ${name}`)),
    )
    const send =
      href.length <= LONGEST_ADDRESS
        ? h("a", { class: "btn", href }, "Open in your mail program")
        : h("span", { class: "q" }, "Too long for a link to your mail program: copy it.")
    const count = ` ${questions.size} ${questions.size === 1 ? "question" : "questions"}`
    const text = { class: "notes", tabindex: "0", role: "group", "aria-label": `Email to ${name}` }
    return h(
      "details",
      { class: "letter", id: `letter-${slug}` },
      h("summary", {}, h("bdi", {}, name), h("small", {}, count)),
      h("p", {}, "To ", h("span", { class: "path" }, to)),
      h("div", text, body),
      h("p", { class: "does" }, copy, send),
    )
  }
}

/** @param {Firmware} row */
const nameOf = (row) => `${row.version} (CPL ${row.numbers[0]})`

/** @param {Group} group @param {Firmware | null} row */
function describe({ digits, devices }, row) {
  const model = formatModel(digits.slice(0, 12))
  const listed = row ? `, CPL ${row.numbers.join(", ")}` : ""
  const count = `${formatNumber(devices)} ${devices === 1 ? "device" : "devices"}`
  return `- Device Model ${model}, firmware ${digits.slice(12)}${listed}: ${count}.`
}

/** @param {string} answer @param {Firmware | null} row @param {Answers} answers */
function questionAbout(answer, row, { rows }) {
  if (!row)
    return "The Central Products List does not list this. Do you know it, and what should follow it?"
  if (row.way) {
    const [place, direct, , steps] = row.way
    const to = nameOf(rows[place])
    if (direct === "stated-yes")
      return `You state that ${to} installs directly over it. Please send us the image, and anything we should know first.`
    if (direct === "via")
      return `You state the way to ${to}: ${steps.map((step) => nameOf(rows[step])).join(", then ")}. Please send us the images, and anything we should know first.`
    return `May ${to} be installed directly over it? If not, what comes first?`
  }
  if (answer === "unclear")
    return `Is it the latest for this device? Which is newer, it or ${row.others.map((place) => nameOf(rows[place])).join(", ")}?`
  if (answer === "withdrawn") return "You have withdrawn it. What should replace it?"
  if (answer === "newer-exists")
    return "Newer firmware is listed, but not which is the latest. Which should follow it?"
  return "It is no longer Current on the Central Products List. What should replace it?"
}
