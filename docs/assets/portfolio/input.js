// Where a file comes in, dropped, chosen or pasted, and which of its columns is what: as it was
// recognised, and correctable by hand.

import { acceptDrop, h, icon, part } from "../shared/dom.js"
import { missingColumns } from "./table.js"

/** @import { Columns, Places, Role } from "./table.js" */
/** @import { About } from "./worker.js" */

/** @type {Record<string, string>} */
const SEPARATORS = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks" }
const ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/plain,text/tab-separated-values"
const PASTED = "Pasted rows"

export class FileInput {
  #title = h("b", {}, "Drop a file here")
  #about = h(
    "p",
    { class: "q" },
    "CSV, TSV or Excel (.xlsx), with manufacturer, model and firmware of each device as the inventory gives them; a column count if a row stands for several.",
  )
  #chosen
  #download

  /**
   * @param {string} sample
   * @param {(content: string | File, name: string) => void} take is given a file or a text
   * @param {() => void} askForCsv asks for the answers
   */
  constructor(sample, take, askForCsv) {
    this.take = take
    this.#chosen = h("input", { type: "file", id: "file", class: "vh", accept: ACCEPTED })
    this.#chosen.addEventListener("change", () => this.#takeChosen())
    this.#download = h(
      "button",
      { class: "btn main", type: "button", hidden: true, click: askForCsv },
      icon("down"),
      "Download answers",
    )
    const trySample = () => take(sample, "Sample")
    const drop = h(
      "div",
      { class: "drop" },
      h("div", {}, this.#title, this.#about),
      h(
        "div",
        { class: "does" },
        this.#chosen,
        h("label", { class: "btn", for: "file" }, "Choose a file"),
        h("button", { class: "btn", type: "button", click: trySample }, "Try a sample"),
        this.#download,
      ),
    )
    const section = { class: "desk", "aria-label": "Your file" }
    this.element = h("section", section, drop, this.#pasteForm())
    acceptDrop(drop, () => true, (data) => this.#takeDropped(data))
  }

  #pasteForm() {
    const rows = h("textarea", {
      id: "pasted",
      rows: "5",
      spellcheck: "false",
      placeholder: "7F01 00050203 01070300",
    })
    /** @param {Event} event */
    const submit = (event) => {
      event.preventDefault()
      if (rows.value.trim()) this.take(rows.value, PASTED)
    }
    return h(
      "details",
      { class: "paste" },
      h("summary", {}, "Paste rows instead"),
      h(
        "form",
        { submit },
        h("label", { for: "pasted" }, "Rows, with or without a heading"),
        rows,
        h("button", { class: "btn" }, "Answer these rows"),
      ),
    )
  }

  /**
   * What was read; `about` is how, where it could be.
   * @param {string} name
   * @param {About} [about]
   */
  show(name, about) {
    this.#title.textContent = name
    const separator = about?.separator && SEPARATORS[about.separator]
    const how = [
      about?.sheet && `sheet ${about.sheet}`,
      about?.encoding,
      separator && `parted by ${separator}`,
    ].filter(Boolean)
    this.#about.textContent = how.length
      ? `Read as ${how.join(", ")}. It has not left this browser.`
      : ""
  }

  /** Offers the answers, or no longer. @param {boolean} on */
  offerDownload(on) {
    this.#download.hidden = !on
  }

  #takeChosen() {
    const file = this.#chosen.files?.[0]
    if (file) this.take(file, file.name)
    this.#chosen.value = ""
  }

  /** @param {DataTransfer} data */
  #takeDropped(data) {
    const [file] = data.files
    const text = data.getData("text/plain")
    if (file) this.take(file, file.name)
    else if (text.trim()) this.take(text, PASTED)
  }
}

/** @type {Partial<Record<Role, string>>} */
const ROLE_LABELS = {
  manufacturer: "Manufacturer, 4 digits",
  model: "Model with hardware, 8 digits",
  firmware: "Firmware version, 8 digits",
  type: "Device type, if there is one",
  count: "How many devices, if there is one",
}
/** @type {Partial<Record<Role, string>>} */
const MODEL_PART_LABELS = {
  model_identifier: "Model alone, 4 digits",
  hardware_version: "Hardware version, 2 digits",
  hardware_revision: "Hardware revision, 2 digits",
}
/** @param {object} labels */
const rolesOf = (labels) => /** @type {Role[]} */ (Object.keys(labels))

export class ColumnChoice {
  #summary = h("summary", {}, "Columns")
  #form = h("form", { submit: (event) => this.#send(event) })
  /** @type {string | undefined} */
  #sheet
  /** @type {string[][]} */
  #sample = []

  /**
   * @param {(columns: Columns) => void} answer
   * @param {(sheet: string) => void} openSheet
   */
  constructor(answer, openSheet) {
    this.answer = answer
    this.openSheet = openSheet
    this.element = h("details", { class: "mapping", hidden: true }, this.#summary, this.#form)
  }

  hide() {
    this.element.hidden = true
  }

  focus() {
    part(this.#form, "select").focus()
  }

  /** @param {Columns} columns @param {string[][]} sample @param {About} about @param {boolean} complete */
  show(columns, sample, about, complete) {
    const { sheet, sheets = [] } = about
    this.#sample = sample
    this.#sheet = sheet
    this.element.hidden = false
    this.element.open = !complete
    /** @type {[value: string, label: string][]} */
    const headings = sample.map((row, place) => [
      String(place),
      `row ${place + 1}: ${row.join(", ").slice(0, 40)}`,
    ])
    const names = this.#columnNames(columns)
    /** @param {Partial<Record<Role, string>>} labels */
    const selects = (labels) =>
      rolesOf(labels).map((role) =>
        select(role, labels[role] ?? role, names, String(columns.of[role] ?? -1)),
      )
    const content = h(
      "div",
      {},
      sheets.length > 1 && select("sheet", "Sheet", sheets.map((each) => [each, each]), sheet ?? ""),
      select(
        "heading",
        "Names of the columns",
        [["-1", "no row has them"], ...headings],
        String(columns.heading),
      ),
      selects(ROLE_LABELS),
      h(
        "details",
        { open: !("model" in columns.of) && "model_identifier" in columns.of },
        h("summary", {}, "The model is in three columns"),
        selects(MODEL_PART_LABELS),
      ),
      h("button", { class: "btn main" }, "Answer with these columns"),
    )
    this.#form.replaceChildren(...content.childNodes)
    const found = Object.values(columns.of).map((place) =>
      columns.heading < 0 ? `column ${place + 1}` : sample[columns.heading][place],
    )
    this.#summary.textContent = complete ? `Columns found: ${found.join(", ")}. Change` : "Columns"
  }

  /**
   * Every column, by its name and what stands first in it.
   * @param {Columns} columns
   * @returns {[value: string, label: string][]}
   */
  #columnNames({ heading }) {
    const width = Math.max(...this.#sample.map((row) => row.length))
    const first = this.#sample[heading + 1] ?? []
    /** @type {[value: string, label: string][]} */
    const names = Array.from({ length: width }, (_, place) => {
      const name = this.#sample[heading]?.[place] || `Column ${place + 1}`
      const example = first[place] ? `, such as ${first[place].slice(0, 30)}` : ""
      return [String(place), `${name.slice(0, 60)}${example}`]
    })
    return [["-1", "none"], ...names]
  }

  /** @param {Event} event */
  #send(event) {
    event.preventDefault()
    const given = new FormData(this.#form)
    const sheet = given.get("sheet")
    if (typeof sheet === "string" && sheet !== this.#sheet) {
      this.openSheet(sheet)
      return
    }
    /** @type {Places} */
    const of = {}
    for (const role of rolesOf({ ...ROLE_LABELS, ...MODEL_PART_LABELS }))
      if (Number(given.get(role)) >= 0) of[role] = Number(given.get(role))
    const missing = missingColumns(of)
    this.#form.querySelector(".refused")?.remove()
    if (!missing.length) {
      this.answer({ heading: Number(given.get("heading")), of })
      return
    }
    const labels = missing.map((role) => (ROLE_LABELS[role] ?? role).split(",")[0])
    const words = `Choose a column for: ${labels.join("; ")}.`
    this.#form.append(h("p", { class: "refused", role: "alert" }, words))
  }
}

/**
 * @param {string} name
 * @param {string} label
 * @param {[value: string, label: string][]} options
 * @param {string} chosen
 */
function select(name, label, options, chosen) {
  const id = `column-${name}`
  const choices = options.map(([value, words]) =>
    h("option", { value, selected: value === chosen }, words),
  )
  return h(
    "div",
    { class: "pick" },
    h("label", { for: id }, label),
    h("select", { id, name }, choices),
  )
}
