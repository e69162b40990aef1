// The code administrator's "CPL - New Entry" form, read where it is dropped. A cell is found by the
// names of its data group and attribute; those of the contact that is meant for the code
// administrator alone are none of them, so that its cells are never looked at.

import { UNCALCULATED } from "../portfolio/cell.js"
import { FileRefused } from "../portfolio/refused.js"
import { openWorkbook } from "../portfolio/workbook.js"
import { oneLine } from "./words.js"

const MOST_BYTES = 50_000_000
const LIMITS = { mostRows: 20_000, progress() {} }
const NUMBER = "entries.0.cpl_number"
const DEVICE = "entries.0.device."
const NOTES = "release_notes"
const LINES = ["contact.address.lines.0", "contact.address.lines.1"]

/**
 * What the filled-in form says, by the names of our fields; throws FileRefused.
 * @param {Blob} file
 * @param layout `form` of the page's data
 * @returns {Promise<Map<string, string>>}
 */
export async function readForm(file, layout) {
  if (file.size > MOST_BYTES)
    throw new FileRefused(`The file is larger than ${MOST_BYTES / 1e6} MB. It cannot be the form.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw new FileRefused(
      "This is no Excel workbook, or an old or locked one. Save it as .xlsx, without a password.",
    )
  for (const { read } of await openWorkbook(bytes)) {
    const cells = cellsOf(await read(LIMITS), layout)
    if (cells) return said(cells, layout)
  }
  throw new FileRefused("The workbook has no sheet that is the form for a new entry.")
}

/** The cell of each field, where a sheet is the form. */
function cellsOf(table, { headers, within, fields }) {
  const top = table.slice(0, within).findIndex((row) => headers.every((each) => has(row, each)))
  if (top < 0) return null
  const [group, attribute, details] = headers.map((each) => placeOf(table[top], each))
  const known = new Map(fields.map(([one, other, name]) => [`${one}\n${other}`, name]))
  const found = new Map()
  let named = "" // the name of a group may stand at its first row alone
  for (const row of table.slice(top + 1)) {
    named = plain(row[group]) || named
    const name = known.get(`${named}\n${plain(row[attribute])}`)
    if (name && !found.has(name)) found.set(name, row[details] ?? "")
  }
  return found.size > fields.length / 2 ? found : null
}

const plain = (cell) =>
  oneLine(cell ?? "")
    .toLowerCase()
    .replaceAll("\u2019", "'")
    .replace(/:$/, "")
const placeOf = (row, header) => row.findIndex((cell) => plain(cell) === header)
const has = (row, header) => placeOf(row, header) >= 0

function said(cells, { house }) {
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
  const numbered = lines.length === 2 && new RegExp(`^(?:${house})$`).test(lines[0])
  if (lines.length) found.set("contact.address.lines", lines.join(numbered ? " " : "\n"))
  return found
}
