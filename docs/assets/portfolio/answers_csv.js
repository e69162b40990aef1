// The reader's rows with their answers, as a file for spreadsheets: no zero lost, no formula run.

import { quoted } from "../find/quoted.js"

const ROWS_A_PIECE = 5_000
export const CAVEAT =
  "The inventory may lag the meter: read the version from the device before you update it."

// What each column says of one firmware, which is nothing where the CPL does not list it.
const OF_FIRMWARE = {
  fir_listing: (row) => row.listing.replaceAll("-", " "),
  fir_newer: (row) => row.newer,
  fir_withdrawn: (row) => (row.withdrawn ? "yes" : "no"),
  fir_record: (row) => (row.recorded ? "yes" : "none yet"),
  fir_cpl_entry: (row) => `CPL ${row.numbers[0]}`,
  fir_cpl_status: (row) => row.status,
  fir_label: (row) => row.label,
  fir_certificate_date: (row) => row.certificate[0],
  fir_certificate_kind: (row) => row.certificate[1],
  fir_go_to: (row, book) => (row.way ? goTo(book.rows[row.way[0]]) : ""),
  fir_install_directly: (row) => (row.way ? row.way[2] : ""),
}
const OTHERS = [
  "fir_answer",
  "fir_device_model",
  "fir_firmware_version",
  "fir_contact",
  "fir_repair",
  "fir_not_read",
  "fir_caveat",
  "fir_cpl_version",
]

/** Written so that no spreadsheet can take it for a number. */
const goTo = (row) => `CPL ${row.numbers[0]}, firmware ${byBytes(row.version)}`
const byBytes = (digits) => (digits.match(/../g) ?? []).join(":")

/** The file: every column of the input as it stands, then ours. */
export function answersCsv(check) {
  const { table, columns, first, results } = check
  let width = 0
  for (const row of table) width = Math.max(width, row.length)
  const heading = columns.heading < 0 ? [] : table[columns.heading]
  const names = Array.from({ length: width }, (_, place) => heading[place] || `column_${place + 1}`)
  const pieces = ["\ufeff", line([...names, ...Object.keys(OF_FIRMWARE), ...OTHERS])]
  const told = new Map()
  let piece = ""
  for (let place = first; place < table.length; place++) {
    const result = results[place]
    if (!result) continue // a blank row
    for (let column = 0; column < width; column++) piece += `${quoted(table[place][column] ?? "")},`
    piece += ours(result, check, told)
    if (place % ROWS_A_PIECE === 0) {
      pieces.push(piece)
      piece = ""
    }
  }
  return new Blob([...pieces, piece], { type: "text/csv;charset=utf-8" })
}

const line = (values) => `${values.map(quoted).join(",")}\r\n`

/** Most rows say what another has said: `told` keeps the text. */
function ours(result, { book }, told) {
  const { found, fault, repair } = result
  const key = `${found.digits} ${found.places} ${found.answer} ${repair} ${fault}`
  let text = told.get(key)
  if (text === undefined) {
    text = line(values(found, fault, repair, book))
    told.set(key, text)
  }
  return text
}

function values({ answer, digits, places }, fault, repair, book) {
  const rows = fault ? [] : places.map((place) => book.rows[place])
  const each = (of) => [...new Set(rows.map((row) => of(row, book)))].join(" or ")
  const words = rows.length
    ? rows.map((row) => book.wordOf(row.answer)[1])
    : [answer && book.wordOf(answer)[1]]
  const listings = rows.length ? [] : [fault ? "" : answer.replaceAll("-", " ")]
  const contacts = (rows.length ? rows : [null]).flatMap((row) =>
    book.contactsOf(row, digits.slice(0, 4)),
  )
  const model =
    digits && !fault ? `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8, 12)}` : ""
  return [
    ...Object.entries(OF_FIRMWARE).map(
      ([name, of]) => (name === "fir_listing" && listings[0]) || each(of),
    ),
    fault ? "not read" : [...new Set(words)].join(" or "),
    model,
    model && byBytes(digits.slice(12)),
    fault
      ? ""
      : [
          ...new Set(contacts.map(([, name, email, , phone]) => `${name}, ${email}, ${phone}`)),
        ].join(" or "),
    repair,
    fault,
    fault ? "" : CAVEAT,
    `CPL ${book.told.cpl_version}`,
  ]
}
