// A file as a table: its bytes as text, the text as rows of fields, and which column is what.

import { FileRefused } from "../shared/zip.js"

const TEXT_SAMPLE = 4096
/** @type {[mark: number[], encoding: string][]} */
const BYTE_ORDER_MARKS = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
]
/** @type {Record<string, string>} */
const ENCODINGS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16, high byte first",
  "windows-1252": "Windows-1252",
}

/**
 * The text, without its mark, and the name of its encoding, which a mark at the beginning tells or
 * what fits; throws FileRefused.
 * @param {Uint8Array} bytes
 */
export function decodeText(bytes) {
  const marked = BYTE_ORDER_MARKS.find(([mark]) =>
    mark.every((byte, place) => bytes[place] === byte),
  )
  const encoding = marked?.[1] ?? utf16Of(bytes) ?? (isUtf8(bytes) ? "utf-8" : "windows-1252")
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.slice(0, TEXT_SAMPLE).includes("\0"))
    throw new FileRefused(
      "This is no table of text. Export it as CSV or as an Excel workbook (.xlsx).",
    )
  return { text, encoding: ENCODINGS[encoding] }
}

/**
 * UTF-16 without a mark: every other byte of plain letters and digits is zero.
 * @param {Uint8Array} bytes
 */
function utf16Of(bytes) {
  const zeros = [0, 0]
  const count = Math.min(bytes.length, TEXT_SAMPLE)
  for (let place = 0; place < count; place++) if (!bytes[place]) zeros[place % 2]++
  const many = count * 0.3
  if (zeros[1] > many && !zeros[0]) return "utf-16le"
  return zeros[0] > many && !zeros[1] ? "utf-16be" : null
}

/** @param {Uint8Array} bytes */
function isUtf8(bytes) {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const SEPARATORS = [",", ";", "\t", "|"]
const BLANKS = " "
const ROWS_SAMPLE = 65_536
const SAMPLED_ROWS = 30
// A quote that somebody forgot must not swallow the rows after it.
const LONGEST_FIELD = 20_000

/**
 * The separator that parts the first rows into most fields; blanks where no other does.
 * @param {string} text
 */
export function separatorOf(text) {
  const sample = text.slice(0, ROWS_SAMPLE)
  /** @param {string} separator */
  const fieldsBy = (separator) => {
    const counts = []
    for (const row of parseRows(sample, separator)) {
      if (row.length > 1 || row[0].trim()) counts.push(row.length)
      if (counts.length === SAMPLED_ROWS) break
    }
    return counts.sort((a, b) => a - b)[counts.length >> 1] ?? 1
  }
  const [most] = SEPARATORS.map((separator) => ({ separator, fields: fieldsBy(separator) })).sort(
    (a, b) => b.fields - a.fields,
  )
  return most.fields > 1 ? most.separator : fieldsBy(BLANKS) > 1 ? BLANKS : ","
}

/**
 * Every row as its fields. A row with a quoted line break counts once, as in a spreadsheet.
 * @param {string} text
 * @param {string} separator
 * @returns {Generator<string[]>}
 */
export function* parseRows(text, separator) {
  const lines = text.includes("\n") ? text : text.replaceAll("\r", "\n")
  const end = lines.length
  let quote = lines.indexOf('"')
  let width = 0
  for (let at = 0; at < end;) {
    let stop = lines.indexOf("\n", at)
    if (stop < 0) stop = end
    if (quote >= 0 && quote < at) quote = lines.indexOf('"', at)
    const row =
      quote < 0 || quote > stop || separator === BLANKS
        ? { fields: splitPlain(lineOf(lines, at, stop), separator), after: stop + 1 }
        : parseQuoted(lines, at, stop, separator, width)
    width = Math.max(width, row.fields.length)
    yield row.fields
    at = row.after
  }
}

/** @param {string} text @param {number} at @param {number} stop */
const lineOf = (text, at, stop) =>
  text.slice(at, text[stop - 1] === "\r" && stop > at ? stop - 1 : stop)

/** @param {string} text @param {string} separator */
const splitPlain = (text, separator) =>
  separator === BLANKS ? text.trim().split(/[ \u00a0]+/) : text.split(separator)

/**
 * A row with quotes; where they reach over lines and the row does not fit the others, they do not.
 * @param {string} text
 * @param {number} at
 * @param {number} stop the end of the line
 * @param {string} separator
 * @param {number} width how many fields other rows have
 */
function parseQuoted(text, at, stop, separator, width) {
  const row = rowAt(text, at, separator, true)
  const over = row.after > stop + 1
  return over && width && row.fields.length !== width ? rowAt(text, at, separator, false) : row
}

/** @param {string} text @param {number} start @param {string} separator @param {boolean} overLines */
function rowAt(text, start, separator, overLines) {
  const fields = []
  for (let at = start; ;) {
    const field =
      (text[at] === '"' && quotedField(text, at, separator, overLines)) ||
      bareField(text, at, separator)
    fields.push(field.value)
    if (text[field.stop] !== separator) {
      const after = text[field.stop] === "\r" ? field.stop + 2 : field.stop + 1
      return { fields, after }
    }
    at = field.stop + 1
  }
}

/**
 * What stands up to the next separator or the end of the line.
 * @param {string} text
 * @param {number} at
 * @param {string} separator
 */
function bareField(text, at, separator) {
  let stop = at
  while (stop < text.length && text[stop] !== separator && text[stop] !== "\n") stop++
  if (text[stop] !== separator && text[stop - 1] === "\r" && stop > at) stop--
  return { value: text.slice(at, stop), stop }
}

/**
 * A field in quotes, or nothing where they do not close it.
 * @param {string} text
 * @param {number} at
 * @param {string} separator
 * @param {boolean} overLines
 */
function quotedField(text, at, separator, overLines) {
  let value = ""
  for (let from = at + 1; ;) {
    const quote = text.indexOf('"', from)
    if (quote < 0 || quote - at > LONGEST_FIELD) return null
    value += text.slice(from, quote)
    if (!overLines && value.includes("\n")) return null
    if (text[quote + 1] === '"') {
      value += '"'
      from = quote + 2
      continue
    }
    let stop = quote + 1
    while (text[stop] === " ") stop++
    const closed =
      stop >= text.length ||
      [separator, "\n"].includes(text[stop]) ||
      (text[stop] === "\r" && (text[stop + 1] === "\n" || stop + 1 === text.length))
    return closed ? { value, stop } : null
  }
}

/** @typedef {keyof typeof COLUMN_NAMES} Role what a column can be */

// The names of each, written without blanks, dots and capitals.
const COLUMN_NAMES = {
  manufacturer: [
    "devicemanufacturer",
    "devicemodelmanufactureridentifier",
    "manufactureridentifier",
    "devicemanufactureridentifier",
    "manufacturerid",
    "manufacturercode",
    "manufacturer",
    "make",
    "mfr",
  ],
  model: [
    "devicemodel",
    "devicemodelmodelidentifierconcatenatedwithhardwareversion",
    "modelidentifierconcatenatedwithhardwareversion",
    "modelandhardware",
    "modelhardware",
    "model",
  ],
  model_identifier: ["devicemodelmodelidentifier", "modelidentifier", "modelid"],
  hardware_version: [
    "devicemodelhardwareversionversion",
    "hardwareversionversion",
    "hardwareversion",
    "hwversion",
  ],
  hardware_revision: [
    "devicemodelhardwareversionrevision",
    "hardwareversionrevision",
    "hardwarerevision",
    "hwrevision",
    "revision",
  ],
  firmware: [
    "devicefirmwareversion",
    "devicemodelfirmwareversion",
    "firmwareversion",
    "devicefirmware",
    "firmware",
    "fwversion",
    "fw",
  ],
  type: ["devicetype", "devicetypename", "inventorytype", "metertype", "type"],
  count: [
    "count",
    "meters",
    "devices",
    "numberofmeters",
    "numberofdevices",
    "quantity",
    "qty",
    "number",
    "total",
  ],
}
const ROLES = /** @type {Role[]} */ (Object.keys(COLUMN_NAMES))
/** @type {Role[]} */
const NEEDED = ["manufacturer", "firmware"]
// What the model may be told by instead.
/** @type {Role[]} */
const MODEL_PARTS = ["model_identifier", "hardware_version", "hardware_revision"]
const HEADING_WITHIN = 20

/** @typedef {Partial<Record<Role, number>>} Places of columns by what they are */
/**
 * @typedef {object} Columns
 * @property {number} heading the place of the row of names, or -1 where there is none
 * @property {Places} of
 */

/** What the first rows tell. @param {string[][]} rows @returns {Columns} */
export function recogniseColumns(rows) {
  /** @type {Columns} */
  let best = { heading: -1, of: {} }
  rows.slice(0, HEADING_WITHIN).forEach((row, heading) => {
    const of = columnsByName(row)
    if (Object.keys(of).length > Object.keys(best.of).length) best = { heading, of }
  })
  return best.heading < 0 ? { heading: -1, of: columnsByShape(rows) } : best
}

/** What must still be chosen before a device can be told by these columns. @param {Places} of */
export function missingColumns(of) {
  const missing = NEEDED.filter((role) => !(role in of))
  const hasModel = "model" in of || MODEL_PARTS.every((role) => role in of)
  return hasModel ? missing : [...missing, /** @type {Role} */ ("model")]
}

/** The columns that the names of a row give, the best name of each. @param {string[]} row */
function columnsByName(row) {
  const names = row.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ""))
  /** @type {Places} */
  const of = {}
  for (const role of ROLES) {
    const name = COLUMN_NAMES[role].find((each) => names.includes(each))
    if (name) of[role] = names.indexOf(name)
  }
  return of
}

/**
 * Without names: the columns of 4, 8 and 8 hexadecimal digits, in the order of the inventory.
 * @param {string[][]} rows
 */
function columnsByShape(rows) {
  const width = Math.max(0, ...rows.map((row) => row.length))
  /** @param {number} place */
  const usualDigits = (place) => {
    const lengths = rows.map(
      (row) => /^[0-9A-F]+$/i.exec((row[place] ?? "").replace(/[:\s]/g, ""))?.[0].length,
    )
    return lengths.sort()[lengths.length >> 1]
  }
  /** @type {Places} */
  const of = {}
  for (let place = 0; place < width; place++) {
    const count = usualDigits(place)
    if (count === 4 && !("manufacturer" in of)) of.manufacturer = place
    else if (count === 8 && !("model" in of)) of.model = place
    else if (count === 8 && !("firmware" in of)) of.firmware = place
  }
  return of
}
