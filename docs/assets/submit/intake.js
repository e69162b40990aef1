// Where the filled-in form for a new entry comes in: dropped anywhere on the page, or chosen.

import { codeOf, named } from "./countries.js"
import { readForm } from "./entry_form.js"
import { NEW, contactOf, fieldsOf, isCalled, owners } from "./makers.js"
import { hexadecimal, renoted, website } from "./notation.js"
import { ofDevice } from "./place.js"
import { msg, say } from "./said.js"
import { accept } from "../drop.js"
import { FileRefused } from "../portfolio/refused.js"

const DEVICE = "entries.0.device."
const DIGITS = [
  "manufacturer_identifier",
  "model_identifier",
  "hardware_version",
  "hardware_revision",
  "firmware_version",
]
const COUNTRY = "contact.address.country"

export class Intake {
  /** `take` is given names and values for the form. */
  constructor(form, context, take) {
    this.context = context
    this.take = take
    this.said = form.querySelector("#f-file-said")
    this.countries = form.elements[COUNTRY]
    named(this.countries)
    const chosen = form.querySelector("#f-file")
    chosen.addEventListener("change", () => {
      if (chosen.files[0]) this.#read(chosen.files[0])
      chosen.value = ""
    })
    accept(
      form.querySelector(".drop"),
      (data) => data.types.includes("Files"),
      ({ files: [file] }) => file && this.#read(file),
    )
  }

  async #read(file) {
    try {
      const values = this.#noted(await readForm(file, this.context.data.form))
      const found = this.#placed(values)
      this.take([...values])
      say(this.said, msg("ok", `${file.name} is read, and has not left this browser. ${found}`))
    } catch (error) {
      if (!(error instanceof FileRefused) && !(error instanceof DOMException)) throw error
      const why =
        error instanceof FileRefused ? error.message : "It cannot be read. Choose it again."
      say(this.said, msg("err", `${file.name} was not read. ${why}`))
    }
  }

  /** The values in the register's notation. */
  #noted(values) {
    const { rules, data } = this.context
    for (const [name, text] of values) {
      const keys = name.split(".").map((key) => (/^[0-9]+$/.test(key) ? Number(key) : key))
      if (name === COUNTRY) values.set(name, codeOf(text, this.countries, data.countries))
      else if (name === "website") values.set(name, website(text))
      else if (name.startsWith(DEVICE) && !name.endsWith(".type"))
        values.set(name, hexadecimal(text))
      else if (name !== "manufacturer" && rules.field("submission", keys)?.type === "string")
        values.set(name, renoted(rules.field("submission", keys), text))
    }
    return values
  }

  /** Finds the entry and the company; says what was found. */
  #placed(values) {
    const { register } = this.context
    const device = {
      type: values.get(`${DEVICE}type`),
      digits: DIGITS.map((name) => values.get(DEVICE + name) ?? "").join(""),
    }
    const number = values.get("entries.0.cpl_number")
    values.delete("entries.0.cpl_number")
    const same = number ? [register.entryOf(number)].filter(Boolean) : ofDevice(register, device)
    const remark = this.#company(values, device)
    if (same.length !== 1) {
      if (!number) values.set("unlisted", "on")
      else values.set("number", number)
      return same.length ? `Several entries are this device.${remark}` : remark
    }
    const [entry] = same
    values.set("number", entry.number)
    if (entry.type !== device.type || entry.model !== device.digits.slice(0, 12))
      throw new FileRefused(
        `Its device is not that of CPL ${entry.number}. Correct one of the two.`,
      )
    return `Its device is CPL ${entry.number}.${remark}`
  }

  /** The contact of the form, where it is not the one that is published; says what is odd of it. */
  #company(values, { type, digits }) {
    const { register, makers, data } = this.context
    const called = values.get("manufacturer") ?? ""
    values.delete("manufacturer")
    const known = owners(register, digits.slice(0, 4))
      .map((slug) => makers.get(slug))
      .filter(Boolean)
    const maker =
      known.find((each) => isCalled(each, called, data)) ?? (known.length === 1 ? known[0] : null)
    if (!maker) {
      values.set("new_manufacturer.name", called)
      if (known.length) values.set("maker", NEW)
      return ""
    }
    values.set("maker", maker.slug)
    const published = fieldsOf(maker, contactOf(maker, type))
    const differs = [...published].some(([name, value]) => (values.get(name) ?? value) !== value)
    if (differs) values.set("changed", "on")
    else for (const name of published.keys()) values.delete(name)
    const same = !called || isCalled(maker, called, data)
    return same ? "" : ` It names ${called}; the identifier is that of ${maker.name}.`
  }
}
