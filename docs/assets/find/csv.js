// The rows as a file for spreadsheets, which must neither drop a zero nor run a formula.

import { save } from "./dom.js"
import { quoted } from "./quoted.js"
import { deviceModel } from "./rows.js"
import { SITE } from "./register.js"

// Identifiers are written so that no spreadsheet can take them for numbers, and as the look-up
// reads them: `CPL 000042`, `7F01-0005-0203`, `01:07:03:00`.
const COLUMNS = {
  cpl_entry: (entry) => `CPL ${entry.number}`,
  answer: (entry, register) => register.index.answers[entry.answer][1],
  record: (entry) => (entry.recorded ? "yes" : "none yet"),
  on_the_cpl: (entry) => entry.listing.replaceAll("-", " "),
  manufacturer: (entry, register) => entry.makers.map((slug) => register.makerOf(slug)[0]).join(" or "),
  product: (entry) => entry.product ?? "",
  device_type: (entry) => entry.type,
  device_model: deviceModel,
  firmware_version: (entry) => entry.firmware.match(/../g).join(":"),
  smets_chts_version: (entry) => entry.version,
  gbcs_version: (entry) => (entry.gbcs ? `GBCS ${entry.gbcs}` : ""),
  first_listed_on: (entry) => entry.listed,
  cpa_certificate: (entry) => entry.certificate[0],
  outage_alert_on_activation: (entry) => entry.outage,
  cpl_version: (_, register) => `CPL ${register.index.cpl.version}`,
  page: (entry) => new URL(`cpl/${entry.number}/`, SITE).href,
}

/** The text of the file: every value quoted, CR LF between rows. */
export function csv(entries, register) {
  const rows = entries.map((entry) => Object.values(COLUMNS).map((of) => of(entry, register)))
  return [Object.keys(COLUMNS), ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("")
}

/** Hands the rows to the reader as a file. */
export function download(entries, register) {
  const file = new Blob(["\ufeff", csv(entries, register)], { type: "text/csv;charset=utf-8" })
  save(file, "fir-entries.csv")
}
