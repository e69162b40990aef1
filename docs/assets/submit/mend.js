// A text of the wrong form as it was probably meant: the usual slips, in the order of `fir.schemas.explain`.

import { oneLine } from "./words.js"

const FEW = 8
const DAY = /^([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})$/

/** What the text becomes without blanks, colons, brackets, capitals or lost zeros. */
export function* better(longest, value) {
  const line = oneLine(value)
  yield line
  const digits = line.replace(/^0[xX]|[: ]/g, "").toUpperCase()
  if (/^[0-9A-F]+$/.test(digits)) {
    yield digits
    if (/^[0-9]+$/.test(digits)) yield digits.padStart(Math.min(longest ?? line.length, FEW), "0")
  }
  const telephone = line.replace(/\(0\)|[ ()./-]/g, "").replace(/^00/, "+")
  if (/^\+[0-9]+$/.test(telephone)) yield telephone
  const day = DAY.exec(line)
  if (day) yield `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`
  if (line.length <= (longest ?? line.length)) {
    yield line.toUpperCase()
    yield line
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
  }
  const inside = /<([^<>]+)>/.exec(line)
  if (inside) yield inside[1]
}
