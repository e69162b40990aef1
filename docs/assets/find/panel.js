// The filters beside the list: built once, then kept true to the state and the counts.

import { h } from "./dom.js"
import { FACETS, optionsOf } from "./facets.js"

const WIDE = matchMedia("(min-width: 60em)")

export class Panel {
  #options = []
  #summary = h("summary", {})

  /** `changed(key, value, on)` hears of every box that is ticked or cleared. */
  constructor(register, changed) {
    this.element = h(
      "details", { class: "filters" },
      this.#summary,
      h("form", { "aria-label": "Filters", submit: (event) => event.preventDefault() },
        FACETS.map((facet) => this.#group(facet, register, changed))),
    )
    const fold = () => (this.element.open = WIDE.matches)
    WIDE.addEventListener("change", fold)
    fold()
  }

  #group(facet, register, changed) {
    const values = optionsOf(facet, register)
    const options = values.map((value) => this.#option(facet, value, register, changed))
    const note = facet.note ? h("p", { class: "q" }, facet.note(register)) : ""
    if (!facet.folded) return h("fieldset", {}, h("legend", {}, facet.title), options, note)
    return h("details", {}, h("summary", {}, facet.title),
      h("fieldset", {}, h("legend", { class: "vh" }, facet.title), options, note))
  }

  #option(facet, value, register, changed) {
    const box = h("input", {
      type: "checkbox", name: facet.key, value,
      change: () => changed(facet.key, value, box.checked),
    })
    const count = h("span", { class: "n" })
    const shown = facet.shown?.(value, register) ?? facet.label(value, register)
    const label = h("label", { class: "chk" }, box, h("span", {}, shown), count)
    this.#options.push({ key: facet.key, value, box, count, label })
    return label
  }

  /** Ticks, counts, and the line that says how many are in use where the filters are folded. */
  show({ filters }, counts) {
    for (const { key, value, box, count, label } of this.#options) {
      const number = counts.get(key).get(value) ?? 0
      box.checked = filters.get(key)?.has(value) ?? false
      count.textContent = number.toLocaleString("en-GB")
      label.classList.toggle("zero", !number && !box.checked)
      if (box.checked) box.closest("details:not(.filters)")?.setAttribute("open", "")
    }
    const used = [...filters.values()].reduce((sum, values) => sum + values.size, 0)
    this.#summary.textContent = used ? `Filters: ${used} in use` : "Filters"
  }
}
