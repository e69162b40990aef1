// A value of a CSV file for spreadsheets.

const FORMULA = "=+-@\t\r"
const NUMBER = /^-[0-9]+(?:\.[0-9]+)?$/

/** In quotes; what a spreadsheet would take for a formula begins with an apostrophe instead. */
export function quoted(value) {
  const told = value.includes('"') ? value.replaceAll('"', '""') : value
  const formula = value && FORMULA.includes(value[0]) && !NUMBER.test(value)
  return formula ? `"'${told}"` : `"${told}"`
}
