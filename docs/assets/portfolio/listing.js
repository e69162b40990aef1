// Rows that were not read, or that were repaired: every one, with its number and what was done.

import { h, many } from "../find/dom.js"

const ROWS = 25
const TITLES = {
  unread: ["row was not read", "rows were not read"],
  repaired: ["row was repaired", "rows were repaired"],
}
const LEADS = {
  unread: "They are in no count of an answer. The downloaded file has them with their reason.",
  repaired:
    "Each was read in the only way that gives a device on the CPL, or was only written in another form.",
}

export class Listing {
  #body = h("tbody")
  #more = h("button", { class: "btn", type: "button", click: () => this.#ask() })

  /** `ask(from, count)` is answered by `add`. */
  constructor(of, ask) {
    this.of = of
    this.ask = ask
    this.title = h("h2")
    const heads = [
      "Row",
      "Manufacturer, model, firmware as written",
      of === "unread" ? "Why" : "What was done",
    ]
    this.element = h(
      "section",
      { class: "sec full", id: of, hidden: true },
      h("header", {}, this.title, h("p", {}, LEADS[of])),
      h(
        "table",
        { class: "resp listing" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((head) => h("th", { scope: "col" }, head)),
          ),
        ),
        this.#body,
      ),
      h("p", { class: "more-rows" }, this.#more),
    )
  }

  hide() {
    this.element.hidden = true
  }

  take(count) {
    this.count = count
    this.element.hidden = !count
    this.title.textContent = many(count, ...TITLES[this.of])
    this.#body.replaceChildren()
    if (count) this.#ask()
  }

  #ask() {
    this.ask(this.#body.childElementCount, ROWS)
  }

  add(from, rows) {
    if (from !== this.#body.childElementCount) return
    this.#body.append(...rows.map((row) => this.#row(row)))
    const left = this.count - this.#body.childElementCount
    this.#more.hidden = left <= 0
    this.#more.textContent = `Show ${Math.min(left, ROWS)} more of ${left.toLocaleString("en-GB")}`
  }

  #row({ row, cells, fault, repair }) {
    const what = fault || repair
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, row.toLocaleString("en-GB")),
      h(
        "td",
        { "data-l": "As written" },
        cells.map((cell) => [h("span", { class: "pn" }, cell || "nothing"), " "]),
      ),
      h("td", { "data-l": "" }, `${what[0].toUpperCase()}${what.slice(1)}.`),
    )
  }
}
