// The answers that the site was built with: looked up here by device, never worked out; and the
// reader's rows with their answers as a file for spreadsheets.

import { formatModel, withColons } from "../shared/identifiers.js"
import { csvField, csvFile, csvLine } from "../shared/text.js"

/** @import { Check, RowResult } from "./check.js" */
/** @import { CellReadings, Outcome } from "./device.js" */

export class Answers {
  /** Places of firmware by model and version. @type {Map<string, number[]>} */
  #firmware = new Map()
  /** @type {Set<string>} */
  #models = new Set()
  /** @type {Set<string>} */
  #manufacturers = new Set()

  /** @param {PortfolioAnswers} data */
  constructor(data) {
    this.data = data
    this.reading = data.reading
    this.rows = rowsOf(data.columns)
    this.rows.forEach(({ model, version, type }, place) => {
      const key = model + version
      const places = this.#firmware.get(key)
      if (places) places.push(place)
      else this.#firmware.set(key, [place])
      this.#models.add(model + type)
      this.#manufacturers.add(model.slice(0, 4))
    })
    /** What cells were read as, by the part of a device they may be. */
    this.cells = {
      manufacturer_identifier: /** @type {Map<string, CellReadings>} */ (new Map()),
      model: /** @type {Map<string, CellReadings>} */ (new Map()),
      firmware_version: /** @type {Map<string, CellReadings>} */ (new Map()),
    }
    this.types = [...new Set(this.rows.map((row) => row.type))]
  }

  /**
   * The places of what the CPL lists for 20 digits, within types where these are given.
   * @param {string} digits
   * @param {string[] | null} types
   */
  find(digits, types) {
    const found = this.#firmware.get(digits) ?? []
    return types ? found.filter((place) => types.includes(this.rows[place].type)) : found
  }

  /**
   * How far a device is known that is not listed: the same words as `fir.answer` has.
   * @param {string} digits
   * @param {string[] | null} types
   */
  nearest(digits, types) {
    const model = digits.slice(0, 12)
    if ((types ?? this.types).some((type) => this.#models.has(model + type)))
      return "unknown-firmware"
    return this.#manufacturers.has(digits.slice(0, 4)) ? "unknown-model" : "unknown-manufacturer"
  }

  /**
   * The badge of an answer, of what is not listed, and of a device that two answers fit.
   * @param {string} answer
   * @returns {Badge}
   */
  badgeOf(answer) {
    if (answer === "several") return ["off", "More than one fits"]
    return this.data.answers[answer] ?? ["off", this.data.unknown[answer][0]]
  }

  /**
   * Whom to ask about a firmware, or about a manufacturer identifier.
   * @param {Firmware | null | undefined} firmware
   * @param {string} identifier
   */
  contactsOf(firmware, identifier) {
    const { users, contacts } = this.data
    const places = firmware?.whom ?? (Object.hasOwn(users, identifier) ? users[identifier] : [])
    return places.map((place) => contacts[place])
  }
}

/** @param {Record<string, Column>} columns */
function rowsOf(columns) {
  /** @type {Record<string, unknown>[]} */
  const rows = []
  for (const [name, { values, codes }] of Object.entries(columns)) {
    const count = (codes ?? values).length
    for (let place = 0; place < count; place++)
      (rows[place] ??= { place })[name] = values[codes ? codes[place] : place]
  }
  return /** @type {Firmware[]} */ (/** @type {unknown} */ (rows))
}

const ROWS_A_PIECE = 5_000
export const CAVEAT =
  "The inventory may lag the meter: read the version from the device before you update it."

// What each column says of one firmware, which is nothing where the CPL does not list it.
/** @type {Record<string, (row: Firmware, answers: Answers) => string>} */
const FIRMWARE_COLUMNS = {
  fir_listing: (row) => row.listing.replaceAll("-", " "),
  fir_newer: (row) => row.newer,
  fir_withdrawn: (row) => (row.withdrawn ? "yes" : "no"),
  fir_record: (row) => (row.recorded ? "yes" : "none yet"),
  fir_cpl_entry: (row) => `CPL ${row.numbers[0]}`,
  fir_cpl_status: (row) => row.status,
  fir_label: (row) => row.label,
  fir_certificate_date: (row) => row.certificate[0],
  fir_certificate_kind: (row) => row.certificate[1],
  fir_go_to: (row, answers) => (row.way ? targetOf(answers.rows[row.way[0]]) : ""),
  fir_install_directly: (row) => (row.way ? row.way[2] : ""),
}
const OTHER_COLUMNS = [
  "fir_answer",
  "fir_device_model",
  "fir_firmware_version",
  "fir_contact",
  "fir_repair",
  "fir_not_read",
  "fir_caveat",
  "fir_cpl_version",
]

/** Written so that no spreadsheet can take it for a number. @param {Firmware} row */
const targetOf = (row) => `CPL ${row.numbers[0]}, firmware ${withColons(row.version)}`

/** The file: every column of the input as it stands, then ours. @param {Check} check */
export function answersCsv({ table, columns, first, results, answers }) {
  let width = 0
  for (const row of table) width = Math.max(width, row.length)
  const heading = columns.heading < 0 ? [] : table[columns.heading]
  const names = Array.from({ length: width }, (_, place) => heading[place] || `column_${place + 1}`)
  const pieces = [csvLine([...names, ...Object.keys(FIRMWARE_COLUMNS), ...OTHER_COLUMNS])]
  /** Most rows say what another has said. @type {Map<string, string>} */
  const known = new Map()
  let piece = ""
  for (let place = first; place < table.length; place++) {
    const result = results[place]
    if (!result) continue // a blank row
    for (let column = 0; column < width; column++) piece += `${csvField(table[place][column] ?? "")},`
    piece += answerOf(result, answers, known)
    if (place % ROWS_A_PIECE === 0) {
      pieces.push(piece)
      piece = ""
    }
  }
  return csvFile([...pieces, piece])
}

/** @param {RowResult} result @param {Answers} answers @param {Map<string, string>} known */
function answerOf({ outcome, fault, repair }, answers, known) {
  const key = `${outcome.digits} ${outcome.places} ${outcome.answer} ${repair} ${fault}`
  let text = known.get(key)
  if (text === undefined) {
    text = csvLine(valuesOf(outcome, fault, repair, answers))
    known.set(key, text)
  }
  return text
}

/** @param {Outcome} outcome @param {string} fault @param {string} repair @param {Answers} answers */
function valuesOf({ answer, digits, places }, fault, repair, answers) {
  const rows = fault ? [] : places.map((place) => answers.rows[place])
  /** @param {(row: Firmware, answers: Answers) => string} of */
  const each = (of) => anyOf(rows.map((row) => of(row, answers)))
  const words = rows.length
    ? rows.map((row) => answers.badgeOf(row.answer)[1])
    : [answer && answers.badgeOf(answer)[1]]
  const listing = rows.length || fault ? "" : answer.replaceAll("-", " ")
  const contacts = (rows.length ? rows : [null]).flatMap((row) =>
    answers.contactsOf(row, digits.slice(0, 4)),
  )
  const model = digits && !fault ? formatModel(digits.slice(0, 12)) : ""
  return [
    ...Object.entries(FIRMWARE_COLUMNS).map(
      ([name, of]) => (name === "fir_listing" && listing) || each(of),
    ),
    fault ? "not read" : anyOf(words),
    model,
    model && withColons(digits.slice(12)),
    fault ? "" : anyOf(contacts.map(([, name, email, , phone]) => `${name}, ${email}, ${phone}`)),
    repair,
    fault,
    fault ? "" : CAVEAT,
    `CPL ${answers.data.cpl_version}`,
  ]
}

/** @param {string[]} values */
const anyOf = (values) => [...new Set(values)].join(" or ")
