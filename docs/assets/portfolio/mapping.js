// Which column is what: as it was recognised, and correctable by hand.

import { h } from "../find/dom.js"

const ASKED = {
  manufacturer: "Manufacturer, 4 digits",
  model: "Model with hardware, 8 digits",
  firmware: "Firmware version, 8 digits",
  type: "Device type, if there is one",
  count: "How many devices, if there is one",
}
const IN_PARTS = {
  model_identifier: "Model alone, 4 digits",
  hardware_version: "Hardware version, 2 digits",
  hardware_revision: "Hardware revision, 2 digits",
}

export class Mapping {
  #summary = h("summary", {}, "Columns")
  #form = h("form", { submit: (event) => this.#send(event) })

  /** `answer(columns)` and `turn(sheet)` are called when the reader has chosen. */
  constructor(answer, turn) {
    this.answer = answer
    this.turn = turn
    this.element = h("details", { class: "mapping", hidden: true }, this.#summary, this.#form)
  }

  hide() {
    this.element.hidden = true
  }

  focus() {
    this.#form.querySelector("select").focus()
  }

  show(columns, sample, about, enough) {
    this.sample = sample
    this.element.hidden = false
    this.element.open = !enough
    const heading = this.#select(
      "heading",
      "Names of the columns",
      [
        ["-1", "no row has them"],
        ...sample.map((row, place) => [
          String(place),
          `row ${place + 1}: ${row.join(", ").slice(0, 40)}`,
        ]),
      ],
      columns.heading,
    )
    const roles = (asked) =>
      Object.entries(asked).map(([role, label]) =>
        this.#select(role, label, this.#names(columns), columns.of[role] ?? -1),
      )
    const sheets =
      about.sheets?.length > 1 &&
      this.#select(
        "sheet",
        "Sheet",
        about.sheets.map((each) => [each, each]),
        about.sheet,
      )
    this.#form.replaceChildren(
      ...[
        sheets,
        heading,
        ...roles(ASKED),
        h(
          "details",
          { open: !("model" in columns.of) && "model_identifier" in columns.of },
          h("summary", {}, "The model is in three columns"),
          ...roles(IN_PARTS),
        ),
        h("button", { class: "btn main" }, "Answer with these columns"),
      ].filter(Boolean),
    )
    this.sheet = about.sheet
    const told = Object.values(columns.of).map((place) =>
      columns.heading < 0 ? `column ${place + 1}` : sample[columns.heading][place],
    )
    this.#summary.textContent = enough ? `Columns found: ${told.join(", ")}. Change` : "Columns"
  }

  /** Every column, by its name and what stands first in it. */
  #names({ heading }) {
    const width = Math.max(...this.sample.map((row) => row.length))
    const first = this.sample[heading + 1] ?? []
    const names = Array.from({ length: width }, (_, place) => {
      const name = this.sample[heading]?.[place] || `Column ${place + 1}`
      return [
        String(place),
        `${name.slice(0, 60)}${first[place] ? `, such as ${first[place].slice(0, 30)}` : ""}`,
      ]
    })
    return [["-1", "none"], ...names]
  }

  #select(name, label, options, chosen) {
    const id = `column-${name}`
    return h(
      "div",
      { class: "pick" },
      h("label", { for: id }, label),
      h(
        "select",
        { id, name },
        options.map(([value, told]) =>
          h("option", { value, selected: value === String(chosen) }, told),
        ),
      ),
    )
  }

  #send(event) {
    event.preventDefault()
    const given = new FormData(this.#form)
    if (given.has("sheet") && given.get("sheet") !== this.sheet)
      return this.turn(given.get("sheet"))
    const of = {}
    for (const role of Object.keys({ ...ASKED, ...IN_PARTS }))
      if (Number(given.get(role)) >= 0) of[role] = Number(given.get(role))
    const missing = ["manufacturer", "firmware"].filter((role) => !(role in of))
    if (!("model" in of) && !Object.keys(IN_PARTS).every((role) => role in of))
      missing.push("model")
    this.#form.querySelector(".refused")?.remove()
    if (!missing.length) return this.answer({ heading: Number(given.get("heading")), of })
    this.#form.append(
      h(
        "p",
        { class: "refused", role: "alert" },
        `Choose a column for: ${missing.map((role) => (ASKED[role] ?? role).split(",")[0]).join("; ")}.`,
      ),
    )
  }
}
