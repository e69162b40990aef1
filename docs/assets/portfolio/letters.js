// One email for each manufacturer, drafted: what to ask it about which devices. Only the reader sends it.

import { h, icon } from "../find/dom.js"

// Longer addresses are cut by some mail programs.
const LONGEST_ADDRESS = 1_800

export class Letters {
  element = h("section", { class: "sec full", id: "letters", hidden: true })
  #letters = new Map()

  constructor(book) {
    this.book = book
  }

  hide() {
    this.element.hidden = true
  }

  of(slug) {
    return this.#letters.get(slug)
  }

  open(slug) {
    document.getElementById(`letter-${slug}`).open = true
  }

  take(groups) {
    this.#letters.clear()
    for (const group of groups)
      for (const [contact, asked] of this.#asked(group)) this.#add(contact, asked)
    this.element.hidden = !this.#letters.size
    this.element.replaceChildren(
      h(
        "header",
        {},
        h("h2", {}, "Drafted emails"),
        h(
          "p",
          {},
          "One for each manufacturer there is something to ask. Change them as you like; nothing is sent from here.",
        ),
      ),
      ...[...this.#letters].map(([slug, letter]) => this.#shown(slug, letter)),
    )
  }

  /** Whom to ask what about a group; nothing where there is nothing to do. */
  #asked(group) {
    const rows = group.places.length ? group.places.map((place) => this.book.rows[place]) : [null]
    return rows.flatMap((row) => {
      const answer = row ? row.answer : group.answer
      if (answer === "latest" || answer === "never-listed") return []
      const contacts = this.book.contactsOf(row, group.digits.slice(0, 4))
      return contacts.map((contact) => [
        contact,
        `${about(group, row)}\n  ${question(answer, row, this.book)}`,
      ])
    })
  }

  #add([slug, name, email], asked) {
    const letter = this.#letters.get(slug) ?? { name, emails: new Set(), asked: new Set() }
    letter.emails.add(email)
    letter.asked.add(asked)
    this.#letters.set(slug, letter)
  }

  #shown(slug, { name, emails, asked }) {
    const to = [...emails].join(", ")
    const subject = "Firmware of devices in our portfolio"
    const body = [
      `Dear ${name},`,
      "We operate the devices below and would like to keep their firmware as you intend.",
      ...asked,
      `The versions are those of our inventory, which may lag the meters; the answers are from the Firmware Information Repository, CPL ${this.book.told.cpl_version}.`,
      "Kind regards",
    ].join("\n\n")
    const address = `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
    const copy = h(
      "button",
      { class: "copy", type: "button", "data-copy": body },
      icon("copy"),
      h("span", {}, "Copy", h("span", { class: "vh" }, ` the email to ${name}`)),
    )
    const send =
      address.length <= LONGEST_ADDRESS
        ? h("a", { class: "btn", href: address }, "Open in your mail program")
        : h("span", { class: "q" }, "Too long for a link to your mail program: copy it.")
    return h(
      "details",
      { class: "letter", id: `letter-${slug}` },
      h(
        "summary",
        {},
        h("bdi", {}, name),
        h("small", {}, ` ${asked.size} ${asked.size === 1 ? "question" : "questions"}`),
      ),
      h("p", {}, "To ", h("span", { class: "path" }, to)),
      h(
        "div",
        { class: "notes", tabindex: "0", role: "group", "aria-label": `Email to ${name}` },
        body,
      ),
      h("p", { class: "does" }, copy, send),
    )
  }
}

const firmware = (row) => `${row.version} (CPL ${row.numbers[0]})`

function about({ digits, devices }, row) {
  const model = `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8, 12)}`
  const listed = row ? `, CPL ${row.numbers.join(", ")}` : ""
  return `- Device Model ${model}, firmware ${digits.slice(12)}${listed}: ${devices.toLocaleString("en-GB")} ${devices === 1 ? "device" : "devices"}.`
}

function question(answer, row, book) {
  if (!row)
    return "The Central Products List does not list this. Do you know it, and what should follow it?"
  const to = row.way && firmware(book.rows[row.way[0]])
  const [, direct] = row.way ?? []
  if (direct === "stated-yes")
    return `You state that ${to} installs directly over it. Please send us the image, and anything we should know first.`
  if (direct === "via")
    return `You state the way to ${to}: ${row.way[3].map((place) => firmware(book.rows[place])).join(", then ")}. Please send us the images, and anything we should know first.`
  if (to) return `May ${to} be installed directly over it? If not, what comes first?`
  if (answer === "unclear")
    return `Is it the latest for this device? Which is newer, it or ${row.others.map((place) => firmware(book.rows[place])).join(", ")}?`
  return (
    {
      withdrawn: "You have withdrawn it. What should replace it?",
      "newer-exists":
        "Newer firmware is listed, but not which is the latest. Which should follow it?",
    }[answer] ?? "It is no longer Current on the Central Products List. What should replace it?"
  )
}
