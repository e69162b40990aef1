// The code administrator's "CPL - New Entry" form, read where it is dropped or chosen. A cell is
// found by the names of its data group and attribute; those of the contact that is meant for the
// code administrator alone are none of them, so that its cells are never looked at.

import { acceptDrop, child, part, setContent } from "../shared/dom.js"
import { oneLine } from "../shared/text.js"
import { UNCALCULATED, isArchive, openWorkbook } from "../shared/workbook.js"
import { FileRefused } from "../shared/zip.js"
import { entriesOfDevice } from "./entry.js"
import {
  NEW,
  contactFields,
  contactOf,
  countryCode,
  isCalled,
  nameCountries,
} from "./manufacturers.js"
import { message } from "./messages.js"
import { hexadecimal, normalise, website } from "./notation.js"
import { keysOf } from "./submission.js"

/** @import { TypedDevice } from "./entry.js" */
/** @import { Context, Pairs } from "./form_state.js" */

/** @typedef {Map<string, string>} Values texts by the names of our fields */

const MOST_BYTES = 50_000_000
const LIMITS = { mostRows: 20_000, progress() {} }
const NUMBER = "entries.0.cpl_number"
const DEVICE = "entries.0.device."
const DIGITS = [
  "manufacturer_identifier",
  "model_identifier",
  "hardware_version",
  "hardware_revision",
  "firmware_version",
]
const NOTES = "release_notes"
const COUNTRY = "contact.address.country"
const LINES = ["contact.address.lines.0", "contact.address.lines.1"]

/**
 * What the filled-in form says; throws FileRefused.
 * @param {Blob} file
 * @param {NewEntryLayout} layout
 * @returns {Promise<Values>}
 */
async function readForm(file, layout) {
  if (file.size > MOST_BYTES)
    throw new FileRefused(`The file is larger than ${MOST_BYTES / 1e6} MB. It cannot be the form.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (!isArchive(bytes))
    throw new FileRefused(
      "This is no Excel workbook, or an old or locked one. Save it as .xlsx, without a password.",
    )
  for (const { read } of await openWorkbook(bytes)) {
    const cells = findCells(await read(LIMITS), layout)
    if (cells) return valuesOf(cells, layout)
  }
  throw new FileRefused("The workbook has no sheet that is the form for a new entry.")
}

/**
 * The cell of each field, where a sheet is the form.
 * @param {string[][]} table
 * @param {NewEntryLayout} layout
 * @returns {Values | null}
 */
function findCells(table, { headers, within, fields }) {
  const top = table
    .slice(0, within)
    .findIndex((row) => headers.every((each) => placeOf(row, each) >= 0))
  if (top < 0) return null
  const [group, attribute, details] = headers.map((each) => placeOf(table[top], each))
  const known = new Map(fields.map(([one, other, name]) => [`${one}\n${other}`, name]))
  const found = new Map()
  let named = "" // the name of a group may stand at its first row alone
  for (const row of table.slice(top + 1)) {
    named = foldLabel(row[group]) || named
    const name = known.get(`${named}\n${foldLabel(row[attribute])}`)
    if (name && !found.has(name)) found.set(name, row[details] ?? "")
  }
  return found.size > fields.length / 2 ? found : null
}

/** @param {string | undefined} cell */
const foldLabel = (cell) =>
  oneLine(cell ?? "")
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .replace(/:$/, "")

/** @param {string[]} row @param {string} header */
const placeOf = (row, header) => row.findIndex((cell) => foldLabel(cell) === header)

/** @param {Values} cells @param {NewEntryLayout} layout @returns {Values} */
function valuesOf(cells, { house }) {
  const found = new Map()
  for (const [name, cell] of cells) {
    const text = name === NOTES ? cell.trim() : oneLine(cell)
    if (!text || text === UNCALCULATED) continue
    if (name === NUMBER && !/^[0-9]+$/.test(text)) continue // "This value is allocated by SECAS"
    found.set(name, text)
  }
  if (![...found.keys()].some((name) => name.startsWith(DEVICE)))
    throw new FileRefused("The form is not filled in: no part of the device is given.")
  const lines = LINES.flatMap((name) => found.get(name) ?? [])
  for (const name of LINES) found.delete(name)
  const isNumbered = lines.length === 2 && new RegExp(`^(?:${house})$`).test(lines[0])
  if (lines.length) found.set("contact.address.lines", lines.join(isNumbered ? " " : "\n"))
  return found
}

/** Where the filled-in form comes in: dropped anywhere on the page, or chosen. */
export class NewEntryFormInput {
  /**
   * @param {HTMLFormElement} form
   * @param {Context} context
   * @param {(pairs: Pairs) => void} take is given names and values for the form
   */
  constructor(form, context, take) {
    this.context = context
    this.take = take
    this.messages = part(form, "#f-file-said")
    this.countries = child(form, `[name="${COUNTRY}"]`, HTMLSelectElement)
    nameCountries(this.countries)
    const chosen = child(form, "#f-file", HTMLInputElement)
    chosen.addEventListener("change", () => {
      const file = chosen.files?.[0]
      if (file) this.#read(file)
      chosen.value = ""
    })
    acceptDrop(
      part(form, ".drop"),
      (data) => data.types.includes("Files"),
      ({ files: [file] }) => file && this.#read(file),
    )
  }

  /** @param {File} file */
  async #read(file) {
    try {
      const values = this.#normalise(await readForm(file, this.context.data.form))
      const found = this.#identify(values)
      this.take([...values])
      const read = `${file.name} is read, and has not left this browser. ${found}`
      setContent(this.messages, message("ok", read))
    } catch (error) {
      if (!(error instanceof FileRefused) && !(error instanceof DOMException)) throw error
      const why =
        error instanceof FileRefused ? error.message : "It cannot be read. Choose it again."
      setContent(this.messages, message("err", `${file.name} was not read. ${why}`))
    }
  }

  /** The values in the register's notation. @param {Values} values */
  #normalise(values) {
    const { rules, data } = this.context
    for (const [name, text] of values) {
      const field = rules.find("submission", keysOf(name))
      if (name === COUNTRY) values.set(name, countryCode(text, this.countries, data.countries))
      else if (name === "website") values.set(name, website(text))
      else if (name.startsWith(DEVICE) && !name.endsWith(".type"))
        values.set(name, hexadecimal(text))
      else if (name !== "manufacturer" && field?.type === "string")
        values.set(name, normalise(field, text))
    }
    return values
  }

  /** Finds the entry and the company; says what was found. @param {Values} values */
  #identify(values) {
    const { register } = this.context
    const device = {
      type: values.get(`${DEVICE}type`),
      digits: DIGITS.map((name) => values.get(DEVICE + name) ?? "").join(""),
    }
    const number = values.get(NUMBER)
    values.delete(NUMBER)
    const listed = number && register.entryOf(number)
    const same = number ? (listed ? [listed] : []) : entriesOfDevice(register, device)
    const remark = this.#identifyCompany(values, device)
    if (same.length !== 1) {
      if (number) values.set("number", number)
      else values.set("unlisted", "on")
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

  /**
   * The contact of the form, where it is not the one that is published; says what is odd of it.
   * @param {Values} values
   * @param {TypedDevice} device
   */
  #identifyCompany(values, { type, digits }) {
    const { register, manufacturers, data } = this.context
    const company = values.get("manufacturer") ?? ""
    values.delete("manufacturer")
    const known = register
      .usersOf(digits.slice(0, 4))
      .flatMap((slug) => manufacturers.get(slug) ?? [])
    const only = known.length === 1 ? known[0] : null
    const manufacturer = known.find((each) => isCalled(each, company, data)) ?? only
    if (!manufacturer) {
      values.set("new_manufacturer.name", company)
      if (known.length) values.set("maker", NEW)
      return ""
    }
    values.set("maker", manufacturer.slug)
    const published = contactFields(manufacturer, contactOf(manufacturer, type))
    const differs = [...published].some(([name, value]) => (values.get(name) ?? value) !== value)
    if (differs) values.set("changed", "on")
    else for (const name of published.keys()) values.delete(name)
    const isSame = !company || isCalled(manufacturer, company, data)
    return isSame ? "" : ` It names ${company}; the identifier is that of ${manufacturer.name}.`
  }
}
