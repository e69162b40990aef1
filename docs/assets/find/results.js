// What stands beside the filters: how many, which filters are in use, the order, and the rows.

import { h, icon, many } from "./dom.js"
import { download } from "./csv.js"
import { FACETS } from "./facets.js"
import { sorted, SORTS } from "./order.js"
import { table } from "./rows.js"
import { ROWS, toggled } from "./state.js"

export class Results {
  #count = h("span", { role: "status" })
  #head = h("h2", { id: "count", tabindex: "-1" }, this.#count)
  #chips = h("span", { class: "chips" })
  #list = h("div")
  #sort
  #rows = []

  /** `go(state)` takes the reader to another state. */
  constructor(register, go) {
    this.register = register
    this.go = go
    this.#sort = h(
      "select", { change: () => go({ ...this.state, sort: this.#sort.value, show: ROWS }) },
      Object.entries(SORTS).map(([value, name]) => h("option", { value }, `Sort: ${name}`)),
    )
    this.csv = h(
      "button", { class: "chip", type: "button", click: () => download(this.#rows, register) },
      icon("down"), "CSV", h("span", { class: "vh" }, " of the rows shown"),
    )
    this.element = h(
      "div", {},
      h("div", { class: "count" }, this.#head, this.#chips,
        h("span", { class: "end" },
          h("label", {}, h("span", { class: "vh" }, "Sort by"), this.#sort), this.csv)),
      this.#list,
    )
  }

  show(state, entries, words) {
    this.state = state
    const ordered = sorted(entries, state.sort, this.register, words)
    this.#rows = ordered.slice(0, state.show)
    this.#count.textContent = many(entries.length, "entry", "entries")
    this.#sort.value = state.sort || (words.length ? "best" : "newest")
    this.#chips.replaceChildren(...this.#inUse(state))
    this.csv.disabled = !this.#rows.length
    this.#list.replaceChildren(...(this.#rows.length
      ? [table(this.#rows, this.register, words), this.#more(state, entries.length)]
      : [this.#none(state)]))
  }

  focus() {
    this.#head.focus()
  }

  #inUse(state) {
    const chips = FACETS.flatMap((facet) => [...(state.filters.get(facet.key) ?? [])].map((value) => h(
      "button", { class: "chip", type: "button", click: () => this.#without(facet.key, value) },
      facet.label(value, this.register), icon("x"), h("span", { class: "vh" }, ": remove this filter"),
    )))
    if (chips.length > 1) chips.push(this.#clear("Clear all"))
    return chips
  }

  /** The chip is gone afterwards: the count, which has changed, takes the focus. */
  #without(key, value) {
    this.go(toggled(this.state, key, value, false))
    this.focus()
  }

  #clear(name) {
    const click = () => {
      this.go({ ...this.state, filters: new Map(), show: ROWS })
      this.focus()
    }
    return h("button", { class: "linked", type: "button", click }, name)
  }

  #more(state, count) {
    const left = count - this.#rows.length
    const share = h("p", { class: "share" }, "The address of this page holds your search. Copy it to share.")
    if (left <= 0) return share
    const all = count.toLocaleString("en-GB")
    const button = (name, show) =>
      h("button", { class: "btn", type: "button", click: () => this.go({ ...state, show }) }, name)
    return h(
      "div", { class: "more-rows" },
      h("p", {}, `${many(this.#rows.length, "row", "rows")} of ${all} shown, and in the CSV file.`),
      button(`Show ${Math.min(left, ROWS)} more`, state.show + ROWS),
      left > ROWS && button(`Show all ${all}`, count),
      share,
    )
  }

  #none(state) {
    if (!state.filters.size) return ""
    return h(
      "p", { class: "none" },
      state.q
        ? "No entry fits both what you look for and the filters. "
        : "No entry fits these filters together. ",
      this.#clear("Clear the filters"),
    )
  }
}
