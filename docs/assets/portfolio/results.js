// What came out: the figures, below them the devices with one answer as rows to open, and the rows
// of the file that were not read or were repaired.

import { h, icon, part } from "../shared/dom.js"
import { capitalised, formatNumber, plural } from "../shared/text.js"
import { CAVEAT } from "./answers.js"
import { fillGroup, groupRow } from "./group.js"
import {
  categoryInAddress,
  categoryLinks,
  categoryOf,
  rankOf,
  rowsInWords,
  shareBar,
  totalsOf,
  typeTable,
} from "./summary.js"

/** @import { Answers } from "./answers.js" */
/** @import { Group } from "./check.js" */
/** @import { Emails } from "./emails.js" */
/** @import { Totals } from "./summary.js" */
/** @import { ListedRow, RowListName, Summary } from "./worker.js" */

const GROUPS_AT_ONCE = 50
const HEADS = ["Answer", "Devices", "Device", "Firmware now", "Go to", ""]

export class Results {
  element = h("div", { hidden: true })
  /** @type {Summary | undefined} */
  #summary
  /** @type {Group[]} */
  #groups = []
  /** @type {Totals} */
  #totals = []
  #manufacturer = ""
  #count = GROUPS_AT_ONCE

  /** @param {Answers} answers @param {Emails} emails */
  constructor(answers, emails) {
    this.answers = answers
    this.emails = emails
    addEventListener("beforeprint", () => {
      for (const each of this.element.querySelectorAll("details.lot"))
        if (each instanceof HTMLElement) fillGroup(each)
    })
  }

  hide() {
    this.element.hidden = true
  }

  /** @param {Summary} summary */
  take(summary) {
    this.#summary = summary
    this.#manufacturer = ""
    this.#count = GROUPS_AT_ONCE
    this.#groups = summary.groups.sort(
      (a, b) =>
        rankOf(a.answer) - rankOf(b.answer) ||
        b.devices - a.devices ||
        (a.digits < b.digits ? -1 : 1),
    )
    this.#totals = totalsOf(this.#groups)
    this.element.hidden = false
    this.show()
    part(this.element, "h2").focus()
  }

  /** As the address and the choice of a manufacturer have it. */
  show() {
    if (!this.#summary) return
    const category = categoryInAddress()
    const kept = this.#groups.filter(
      ({ answer, digits }) =>
        (!category || categoryOf(answer) === category) && digits.startsWith(this.#manufacturer),
    )
    const heads = HEADS.map((head) => h("span", {}, head))
    const content = h(
      "div",
      {},
      this.#head(this.#summary, category),
      h("p", { class: "lag" }, icon("warning"), h("span", {}, CAVEAT)),
      typeTable(this.#summary, this.answers),
      this.#manufacturerChoice(kept),
      h("div", { class: "gt", "aria-hidden": "true" }, heads),
      kept
        .slice(0, this.#count)
        .map((group) => groupRow(group, this.answers, this.emails)),
      this.#moreButton(kept),
    )
    this.element.replaceChildren(...content.childNodes)
  }

  /** @param {Summary} summary @param {string} category */
  #head(summary, category) {
    const { devices } = summary.counts
    const title = h("h2", { tabindex: "-1" }, `${plural(devices, "device", "devices")} answered`)
    return h(
      "section",
      { class: "sec full" },
      h("header", {}, title, rowsInWords(summary)),
      shareBar(this.#totals, devices, this.answers),
      categoryLinks(this.#totals, devices, category, this.answers, (event, to) =>
        this.#go(event, to),
      ),
    )
  }

  /** The filter is all that the address ever says. @param {Event} event @param {string} category */
  #go(event, category) {
    event.preventDefault()
    history.pushState(null, "", category ? `?answer=${category}` : location.pathname)
    this.#count = GROUPS_AT_ONCE
    this.show()
    const current = this.element.querySelector(".tally [aria-current]")
    if (current instanceof HTMLElement) current.focus()
  }

  /**
   * A manufacturer is the reader's own affair: the choice of one stays out of the address.
   * @param {Group[]} kept
   */
  #manufacturerChoice(kept) {
    const options = this.#manufacturers().map(([code, name]) =>
      h("option", { value: code, selected: code === this.#manufacturer }, `${code}: ${name}`),
    )
    const every = h("option", { value: "" }, "Every manufacturer")
    const select = h("select", { id: "maker" }, every, options)
    select.addEventListener("change", () => {
      this.#manufacturer = select.value
      this.#count = GROUPS_AT_ONCE
      this.show()
      part(this.element, "#maker").focus()
    })
    const label = h("label", { for: "maker" }, h("span", { class: "vh" }, "Manufacturer"))
    const count = h("span", { role: "status" }, plural(kept.length, "line", "lines"))
    return h(
      "div",
      { class: "count" },
      h("h3", {}, count, ": one for each device, firmware and answer"),
      h("span", { class: "end" }, label, select),
    )
  }

  /** The manufacturer identifiers that occur, each with the name of a company that uses it. */
  #manufacturers() {
    /** @type {Map<string, string>} */
    const names = new Map()
    for (const { digits, places } of this.#groups) {
      const code = digits.slice(0, 4)
      const [contact] = this.answers.contactsOf(this.answers.rows[places[0]], code)
      if (code && !names.has(code)) names.set(code, contact?.[1] ?? "no contact yet")
    }
    return [...names].sort()
  }

  /** @param {Group[]} kept */
  #moreButton(kept) {
    const left = kept.length - this.#count
    if (left <= 0) return ""
    const click = () => {
      const from = this.#count
      this.#count += GROUPS_AT_ONCE
      this.show()
      const summary = this.element.querySelectorAll("details.lot > summary")[from]
      if (summary instanceof HTMLElement) summary.focus()
    }
    const words = `Show ${Math.min(left, GROUPS_AT_ONCE)} more of ${formatNumber(left)}`
    return h("p", { class: "more-rows" }, h("button", { class: "btn", type: "button", click }, words))
  }
}

const ROWS_AT_ONCE = 25
/** @type {Record<RowListName, {titles: [one: string, more: string], lead: string, head: string}>} */
const LISTS = {
  unread: {
    titles: ["row was not read", "rows were not read"],
    lead: "They are in no count of an answer. The downloaded file has them with their reason.",
    head: "Why",
  },
  repaired: {
    titles: ["row was repaired", "rows were repaired"],
    lead: "Each was read in the only way that gives a device on the CPL, or was only written in another form.",
    head: "What was done",
  },
}

/** Rows that were not read, or that were repaired: every one, with its number and what was done. */
export class RowList {
  #title = h("h2")
  #body = h("tbody")
  #more = h("button", { class: "btn", type: "button", click: () => this.#askForMore() })
  #count = 0

  /**
   * @param {RowListName} of
   * @param {(from: number, count: number) => void} ask is answered by `add`
   */
  constructor(of, ask) {
    this.of = of
    this.ask = ask
    const { lead, head } = LISTS[of]
    const heads = ["Row", "Manufacturer, model, firmware as written", head]
    const row = h("tr", {}, heads.map((each) => h("th", { scope: "col" }, each)))
    this.element = h(
      "section",
      { class: "sec full", id: of, hidden: true },
      h("header", {}, this.#title, h("p", {}, lead)),
      h("table", { class: "resp listing" }, h("thead", {}, row), this.#body),
      h("p", { class: "more-rows" }, this.#more),
    )
  }

  hide() {
    this.element.hidden = true
  }

  /** @param {number} count */
  take(count) {
    this.#count = count
    this.element.hidden = !count
    this.#title.textContent = plural(count, ...LISTS[this.of].titles)
    this.#body.replaceChildren()
    if (count) this.#askForMore()
  }

  #askForMore() {
    this.ask(this.#body.childElementCount, ROWS_AT_ONCE)
  }

  /** @param {number} from @param {ListedRow[]} rows */
  add(from, rows) {
    if (from !== this.#body.childElementCount) return
    this.#body.append(...rows.map(listedRow))
    const left = this.#count - this.#body.childElementCount
    this.#more.hidden = left <= 0
    this.#more.textContent = `Show ${Math.min(left, ROWS_AT_ONCE)} more of ${formatNumber(left)}`
  }
}

/** @param {ListedRow} listed */
const listedRow = ({ row, cells, fault, repair }) =>
  h(
    "tr",
    {},
    h("th", { scope: "row" }, formatNumber(row)),
    h(
      "td",
      { "data-l": "As written" },
      cells.map((cell) => [h("span", { class: "pn" }, cell || "nothing"), " "]),
    ),
    h("td", { "data-l": "" }, `${capitalised(fault || repair)}.`),
  )
