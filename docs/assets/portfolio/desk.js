// Where a file comes in: dropped, chosen or pasted, or the sample; and where the answers go out.

import { accept } from "../drop.js"
import { h, icon, save } from "../find/dom.js"

const SEPARATORS = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks" }
const ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/plain,text/tab-separated-values"

export class Desk {
  #title = h("b", {}, "Drop a file here")
  #about = h(
    "p",
    { class: "q" },
    "CSV, TSV or Excel (.xlsx), with manufacturer, model and firmware of each device as the inventory gives them; a column count if a row stands for several.",
  )
  #chosen = h("input", {
    type: "file",
    id: "file",
    class: "vh",
    accept: ACCEPTED,
    change: () => this.#choose(),
  })
  #download

  /** `take(content, name)` is given a file or a text; `csv()` asks for the answers. */
  constructor(sample, take, csv) {
    this.take = take
    this.#download = h(
      "button",
      { class: "btn main", type: "button", hidden: true, click: csv },
      icon("down"),
      "Download answers",
    )
    const pasted = h("textarea", {
      id: "pasted",
      rows: "5",
      spellcheck: "false",
      placeholder: "7F01 00050203 01070300",
    })
    const paste = (event) => {
      event.preventDefault()
      if (pasted.value.trim()) take(pasted.value, "Pasted rows")
    }
    const drop = h(
      "div",
      { class: "drop" },
      h("div", {}, this.#title, this.#about),
      h(
        "div",
        { class: "does" },
        this.#chosen,
        h("label", { class: "btn", for: "file" }, "Choose a file"),
        h(
          "button",
          { class: "btn", type: "button", click: () => take(sample, "Sample") },
          "Try a sample",
        ),
        this.#download,
      ),
    )
    this.element = h(
      "section",
      { class: "desk", "aria-label": "Your file" },
      drop,
      h(
        "details",
        { class: "paste" },
        h("summary", {}, "Paste rows instead"),
        h(
          "form",
          { submit: paste },
          h("label", { for: "pasted" }, "Rows, with or without a heading"),
          pasted,
          h("button", { class: "btn" }, "Answer these rows"),
        ),
      ),
    )
    accept(drop, () => true, (data) => this.#dropped(data))
  }

  /** What was read; `about` is how, where it could be. */
  show(name, about) {
    this.#title.textContent = name
    const told =
      about &&
      [
        about.sheet && `sheet ${about.sheet}`,
        about.encoding,
        SEPARATORS[about.separator] && `parted by ${SEPARATORS[about.separator]}`,
      ]
        .filter(Boolean)
        .join(", ")
    this.#about.textContent = told ? `Read as ${told}. It has not left this browser.` : ""
  }

  ready(on) {
    this.#download.hidden = !on
  }

  save(file, name) {
    save(file, `${name.replace(/\.[a-z]{2,5}$/i, "")}-answers.csv`)
  }

  #choose() {
    const [file] = this.#chosen.files
    if (file) this.take(file, file.name)
    this.#chosen.value = ""
  }

  #dropped(data) {
    const [file] = data.files
    const text = data.getData("text/plain")
    if (file) this.take(file, file.name)
    else if (text.trim()) this.take(text, "Pasted rows")
  }
}
