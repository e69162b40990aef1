// Rows out of delimited text: commas, semicolons, tabs or bars, with quoted fields.

const SEPARATORS = [",", ";", "\t", "|"]
const BLANKS = " "
const SAMPLE = 65_536
const SAMPLED_ROWS = 30
// A quote that somebody forgot must not swallow the rows after it.
const LONGEST_FIELD = 20_000

/** The separator that parts the first rows into most fields; blanks where no other does. */
export function separatorOf(text) {
  const sample = text.slice(0, SAMPLE)
  const fields = (separator) => {
    const counts = []
    for (const row of records(sample, separator)) {
      if (row.length > 1 || row[0].trim()) counts.push(row.length)
      if (counts.length === SAMPLED_ROWS) break
    }
    return counts.sort((a, b) => a - b)[counts.length >> 1] ?? 1
  }
  const best = SEPARATORS.map((each) => [fields(each), each]).sort((a, b) => b[0] - a[0])[0]
  return best[0] > 1 ? best[1] : fields(BLANKS) > 1 ? BLANKS : ","
}

/**
 * Every row as its fields. A row with a quoted line break counts once, as in a spreadsheet.
 * @returns {Generator<string[]>}
 */
export function* records(text, separator) {
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
        ? { fields: plain(line(lines, at, stop), separator), after: stop + 1 }
        : withQuotes(lines, at, stop, separator, width)
    width = Math.max(width, row.fields.length)
    yield row.fields
    at = row.after
  }
}

const line = (text, at, stop) =>
  text.slice(at, text[stop - 1] === "\r" && stop > at ? stop - 1 : stop)

const plain = (text, separator) =>
  separator === BLANKS ? text.trim().split(/[ \u00a0]+/) : text.split(separator)

/** A row with quotes; where they reach over lines and the row does not fit the others, they do not. */
function withQuotes(text, at, stop, separator, width) {
  const row = quotedRow(text, at, separator, true)
  const over = row.after > stop + 1
  return over && width && row.fields.length !== width ? quotedRow(text, at, separator, false) : row
}

function quotedRow(text, start, separator, overLines) {
  const fields = []
  for (let at = start; ;) {
    const field =
      (text[at] === '"' && quotedField(text, at, separator, overLines)) || bare(text, at, separator)
    fields.push(field.value)
    if (text[field.stop] !== separator) {
      const after = text[field.stop] === "\r" ? field.stop + 2 : field.stop + 1
      return { fields, after }
    }
    at = field.stop + 1
  }
}

/** What stands up to the next separator or the end of the line. */
function bare(text, at, separator) {
  let stop = at
  while (stop < text.length && text[stop] !== separator && text[stop] !== "\n") stop++
  if (text[stop] !== separator && text[stop - 1] === "\r" && stop > at) stop--
  return { value: text.slice(at, stop), stop }
}

/** A field in quotes, or nothing where they do not close it. */
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
