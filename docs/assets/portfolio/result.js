// What came out: how many of each answer, and the devices with one answer as rows to open.

import { h, icon, many, sign } from "../find/dom.js"
import { CAVEAT } from "./answers_csv.js"
import { asked, BUCKETS, bucketOf, wordOf } from "./buckets.js"
import { fill, groupRow } from "./group.js"

const SHOWN = 50
const SVG = "http://www.w3.org/2000/svg"
const WIDTH = 1000
const TYPE_REMARKS = {
  CHF: "Communications Hub; the same hub may stand under GPF too",
  GPF: "Communications Hub; the same hub may stand under CHF too",
  SAPC: "Single Element Electricity Metering Equipment",
  "": "no type, or one that is not known",
}
const number = (count) => count.toLocaleString("en-GB")

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
    const order = (group) => BUCKETS.indexOf(bucketOf(group.answer))
    this.groups = told.groups.sort((a, b) => order(a) - order(b) || b.devices - a.devices || (a.digits < b.digits ? -1 : 1))
    this.element.hidden = false
    this.show()
    this.element.querySelector("h2").focus()
  }

  /** As the address and the choice of a manufacturer have it. */
  show() {
    if (!this.told) return
    const bucket = asked()
    const kept = this.groups.filter((group) =>
      (!bucket || bucketOf(group.answer) === bucket) && (!this.#maker || group.digits.startsWith(this.#maker)))
    const rows = kept.slice(0, this.#count).map((group) => groupRow(group, this.book, this.letters))
    this.element.replaceChildren(...[this.#head(), this.#lag(), this.#types(), this.#choose(kept), this.#heads(), ...rows, this.#more(kept)].filter(Boolean))
  }

  #head() {
    const { counts, counted } = this.told
    const sum = [
      `${many(counts.rows, "row", "rows")} = ${number(counts.answered)} answered + ${number(counts.unread)} not read`,
      counts.blank && ` + ${number(counts.blank)} blank`,
      counted && `. The answered rows stand for ${many(counts.devices, "device", "devices")}`,
      counts.above > 1 && `. ${many(counts.above - 1, "line stands", "lines stand")} above the names of the columns`,
      ".",
    ].filter(Boolean).join("")
    const links = [counts.unread && ["unread", "not read"], counts.repaired && ["repaired", "repaired"]].filter(Boolean)
      .map(([id, word]) => h("a", { href: `#${id}` }, `${number(counts[id])} ${word}`))
    return h("section", { class: "sec full" },
      h("header", {}, h("h2", { tabindex: "-1" }, `${many(counts.devices, "device", "devices")} answered`),
        h("p", { class: "sum" }, sum, links.length > 0 && " See: ", links.flatMap((link, place) => (place ? [", ", link] : [link])))),
      this.#bar(), this.#tally())
  }

  #totals() {
    const totals = new Map()
    for (const { answer, devices } of this.groups) {
      const bucket = bucketOf(answer)
      totals.set(bucket, (totals.get(bucket) ?? 0) + devices)
    }
    return BUCKETS.toReversed().filter((bucket) => totals.has(bucket)).map((bucket) => [bucket, totals.get(bucket)])
  }

  #bar() {
    const svg = document.createElementNS(SVG, "svg")
    const totals = this.#totals()
    const told = totals.map(([bucket, devices]) => `${number(devices)} ${wordOf(bucket, this.book)[1]}`).join(", ")
    const given = { class: "stackbar", viewBox: `0 0 ${WIDTH} 28`, preserveAspectRatio: "none", role: "img", "aria-label": told || "nothing" }
    for (const [name, value] of Object.entries(given)) svg.setAttribute(name, value)
    let at = 0
    for (const [bucket, devices] of totals) {
      const width = (WIDTH * devices) / (this.told.counts.devices || 1)
      const part = document.createElementNS(SVG, "rect")
      const box = { x: at.toFixed(1), width: Math.max(width - 2, 0.5).toFixed(1), height: 28, class: `is-${wordOf(bucket, this.book)[0]}` }
      for (const [name, value] of Object.entries(box)) part.setAttribute(name, value)
      svg.append(part)
      at += width
    }
    return svg
  }

  #tally() {
    const here = asked()
    const cell = (bucket, devices, word) => h(
      "li", {},
      h("a", { href: bucket ? `?answer=${bucket}` : location.pathname, "aria-current": here === bucket && "true", click: (event) => this.#go(event, bucket) },
        h("b", {}, number(devices)), word))
    return h("ul", { class: "tally" }, cell("", this.told.counts.devices, "All"),
      this.#totals().map(([bucket, devices]) => cell(bucket, devices, sign(...wordOf(bucket, this.book)))))
  }

  /** The filter is all that the address ever says. */
  #go(event, bucket) {
    event.preventDefault()
    history.pushState(null, "", bucket ? `?answer=${bucket}` : location.pathname)
    this.#count = SHOWN
    this.show()
    this.element.querySelector(".tally [aria-current]").focus()
  }

  #lag() {
    return h("p", { class: "lag" }, icon("warning"), h("span", {}, CAVEAT))
  }

  #types() {
    const { byType, unknownTypes } = this.told
    const named = byType.filter(([name]) => name)
    if (!named.length) return ""
    const types = this.book.reading.inventory_types
    const as = (name) => TYPE_REMARKS[name] ?? (Object.hasOwn(types, name) ? types[name].join(" or ") || "never listed: a Type 2 Device" : "as written")
    const rows = byType.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { devices }]) =>
      h("tr", {}, h("th", { scope: "row" }, name || "none"), h("td", { class: "n", "data-l": "Devices" }, number(devices)), h("td", { "data-l": "Looked up as" }, as(name))))
    const unknown = unknownTypes.map(([name, count]) => `${name} (${many(count, "row", "rows")})`).join(", ")
    return h("details", { class: "types" },
      h("summary", {}, "Counted by type: ", named.map(([name, { devices }]) => `${name} ${number(devices)}`).join(", ")),
      h("table", { class: "resp" }, h("thead", {}, h("tr", {}, h("th", {}, "Type"), h("th", { class: "n" }, "Devices"), h("th", {}, "Looked up as"))), h("tbody", {}, rows)),
      unknown && h("p", {}, `Types that are not known, and so were not used: ${unknown}.`))
  }

  #choose(kept) {
    const makers = new Map()
    for (const { digits, places } of this.groups) {
      const code = digits.slice(0, 4)
      const contacts = this.book.contactsOf(this.book.rows[places[0]], code)
      if (code && !makers.has(code)) makers.set(code, contacts[0]?.[1] ?? "no contact yet")
    }
    const options = [...makers].sort().map(([code, name]) => h("option", { value: code, selected: code === this.#maker }, `${code}: ${name}`))
    const chosen = (event) => {
      this.#maker = event.target.value
      this.#count = SHOWN
      this.show()
      this.element.querySelector("#maker").focus()
    }
    return h("div", { class: "count" },
      h("h3", {}, h("span", { role: "status" }, many(kept.length, "line", "lines")), ": one for each device, firmware and answer"),
      h("span", { class: "end" }, h("label", { for: "maker" }, h("span", { class: "vh" }, "Manufacturer")),
        h("select", { id: "maker", change: chosen }, h("option", { value: "" }, "Every manufacturer"), options)))
  }

  #heads() {
    return h("div", { class: "gt", "aria-hidden": "true" },
      h("span", {}, "Answer"), h("span", { class: "n" }, "Devices"), h("span", {}, "Device"), h("span", {}, "Firmware now"), h("span", {}, "Go to"), h("span"))
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
    return h("p", { class: "left" }, h("button", { class: "btn", type: "button", click }, `Show ${Math.min(left, SHOWN)} more of ${number(left)}`))
  }
}
