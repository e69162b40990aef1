// What came out: the figures, and below them the devices with one answer as rows to open.

import { h, icon, many } from "../find/dom.js"
import { CAVEAT } from "./answers_csv.js"
import { asked, BUCKETS, bucketOf } from "./buckets.js"
import { bar, sum, tally, totalsOf, types } from "./counted.js"
import { fill, groupRow } from "./group.js"

const SHOWN = 50
const HEADS = ["Answer", "Devices", "Device", "Firmware now", "Go to", ""]

export class Result {
  element = h("div", { hidden: true })
  #maker = ""
  #count = SHOWN

  constructor(book, letters) {
    this.book = book
    this.letters = letters
    addEventListener("beforeprint", () => {
      for (const each of this.element.querySelectorAll("details.lot")) fill(each)
    })
  }

  hide() {
    this.element.hidden = true
  }

  take(told) {
    this.told = told
    this.#maker = ""
    this.#count = SHOWN
    const order = ({ answer }) => BUCKETS.indexOf(bucketOf(answer))
    const byDevice = (a, b) => (a.digits < b.digits ? -1 : 1)
    this.groups = told.groups.sort(
      (a, b) => order(a) - order(b) || b.devices - a.devices || byDevice(a, b),
    )
    this.totals = totalsOf(this.groups)
    this.element.hidden = false
    this.show()
    this.element.querySelector("h2").focus()
  }

  /** As the address and the choice of a manufacturer have it. */
  show() {
    if (!this.told) return
    const bucket = asked()
    const kept = this.groups.filter(
      ({ answer, digits }) =>
        (!bucket || bucketOf(answer) === bucket) && digits.startsWith(this.#maker),
    )
    const rows = kept.slice(0, this.#count)
    const parts = [
      this.#head(bucket),
      h("p", { class: "lag" }, icon("warning"), h("span", {}, CAVEAT)),
      types(this.told, this.book),
      this.#choose(kept),
      h(
        "div",
        { class: "gt", "aria-hidden": "true" },
        HEADS.map((head) => h("span", {}, head)),
      ),
      ...rows.map((group) => groupRow(group, this.book, this.letters)),
      this.#more(kept),
    ]
    this.element.replaceChildren(...parts.filter(Boolean))
  }

  #head(bucket) {
    const { devices } = this.told.counts
    const title = `${many(devices, "device", "devices")} answered`
    return h(
      "section",
      { class: "sec full" },
      h("header", {}, h("h2", { tabindex: "-1" }, title), sum(this.told)),
      bar(this.totals, devices, this.book),
      tally(this.totals, devices, bucket, this.book, (event, to) => this.#go(event, to)),
    )
  }

  /** The filter is all that the address ever says. */
  #go(event, bucket) {
    event.preventDefault()
    history.pushState(null, "", bucket ? `?answer=${bucket}` : location.pathname)
    this.#count = SHOWN
    this.show()
    this.element.querySelector(".tally [aria-current]")?.focus()
  }

  /** A manufacturer is the reader's own affair: the choice of one stays out of the address. */
  #choose(kept) {
    const chosen = (event) => {
      this.#maker = event.target.value
      this.#count = SHOWN
      this.show()
      this.element.querySelector("#maker").focus()
    }
    const options = this.#makers().map(([code, name]) =>
      h("option", { value: code, selected: code === this.#maker }, `${code}: ${name}`),
    )
    const every = h("option", { value: "" }, "Every manufacturer")
    return h(
      "div",
      { class: "count" },
      h(
        "h3",
        {},
        h("span", { role: "status" }, many(kept.length, "line", "lines")),
        ": one for each device, firmware and answer",
      ),
      h(
        "span",
        { class: "end" },
        h("label", { for: "maker" }, h("span", { class: "vh" }, "Manufacturer")),
        h("select", { id: "maker", change: chosen }, every, options),
      ),
    )
  }

  /** The manufacturer identifiers that occur, each with the name of a company that uses it. */
  #makers() {
    const makers = new Map()
    for (const { digits, places } of this.groups) {
      const code = digits.slice(0, 4)
      const [contact] = this.book.contactsOf(this.book.rows[places[0]], code)
      if (code && !makers.has(code)) makers.set(code, contact?.[1] ?? "no contact yet")
    }
    return [...makers].sort()
  }

  #more(kept) {
    const left = kept.length - this.#count
    if (left <= 0) return ""
    const click = () => {
      const from = this.#count
      this.#count += SHOWN
      this.show()
      this.element.querySelectorAll("details.lot > summary")[from].focus()
    }
    const words = `Show ${Math.min(left, SHOWN)} more of ${left.toLocaleString("en-GB")}`
    return h("p", { class: "more-rows" }, h("button", { class: "btn", type: "button", click }, words))
  }
}
