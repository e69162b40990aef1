// What happens to a reader's file, away from the page so that the page stays quick. No module that
// works here fetches anything: the page hands over the answers, and the file stays in this browser.

import { answersCsv } from "./answers_csv.js"
import { Book } from "./book.js"
import { Check } from "./check.js"
import { enough, recognised } from "./columns.js"
import { decoded } from "./decoded.js"
import { records, separatorOf } from "./delimited.js"
import { FileRefused } from "./refused.js"
import { shown } from "./device.js"
import { readWorkbook } from "./workbook.js"

const MOST_BYTES = 150_000_000
const MOST_ROWS = 1_000_000
const TOLD_EVERY = 10_000
const SAMPLED = 4
let book, table, check, file
let turn = 0

const tell = (kind, told = {}) => postMessage({ kind, turn, ...told })
const progress = (step, share) => tell("progress", { step, share })

const ORDERS = {
  answers: ({ answers }) => {
    book = new Book(answers)
    tell("ready")
  },
  file: async ({ content }) => {
    file = content
    await open()
  },
  sheet: ({ sheet }) => open(sheet),
  columns: ({ columns }) => answer(columns),
  rows: ({ of, from, count }) => tell("rows", { of, from, rows: listed(of, from, count) }),
  csv: () => tell("csv", { file: answersCsv(check) }),
}

/** One order after another; each says its turn, and what answers it says the same. */
let before = Promise.resolve()
onmessage = ({ data }) => {
  before = before.then(() => carriedOut(data))
}

async function carriedOut(order) {
  turn = order.turn
  try {
    await ORDERS[order.kind](order)
  } catch (error) {
    if (error instanceof FileRefused) tell("refused", { message: error.message })
    else if (error instanceof DOMException)
      tell("refused", { message: "It cannot be read from where it is. Choose it again." })
    else reportError(error)
  }
}

/** Reads the file; answers it where its columns tell themselves, else asks for them. */
async function open(sheet) {
  progress("Reading the file", 0)
  const text = typeof file === "string"
  if (!text && file.size > MOST_BYTES)
    throw new FileRefused(
      `The file is larger than ${MOST_BYTES / 1e6} MB. Leave out columns that are not needed, or part it.`,
    )
  const bytes = text ? null : new Uint8Array(await file.arrayBuffer())
  if (bytes && isOldWorkbook(bytes))
    throw new FileRefused(
      "This is a workbook of an old kind, or one locked with a password. Save it as .xlsx, without a password.",
    )
  const read =
    bytes && isArchive(bytes)
      ? await readWorkbook(bytes, sheet, { mostRows: MOST_ROWS, progress })
      : delimited(text ? { text: file, encoding: "" } : decoded(bytes))
  table = read.table
  if (!table.some((row) => row.some((cell) => cell.trim())))
    throw new FileRefused("The file has no rows.")
  const columns = recognised(table)
  const { table: _, ...about } = read
  const sample = table.slice(0, Math.max(columns.heading, 0) + SAMPLED)
  tell("opened", { columns, sample, about, enough: enough(columns) })
  if (enough(columns)) answer(columns)
}

const isArchive = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b
const isOldWorkbook = (bytes) => bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11

function delimited({ text, encoding }) {
  const separator = separatorOf(text)
  const rows = []
  let read = 0
  for (const row of records(text, separator)) {
    rows.push(row)
    if (rows.length > MOST_ROWS)
      throw new FileRefused(
        `The file has more than ${MOST_ROWS.toLocaleString("en-GB")} rows. Part it.`,
      )
    for (const cell of row) read += cell.length + 1
    if (rows.length % TOLD_EVERY === 0)
      progress("Reading the file", Math.min(read / text.length, 1))
  }
  return { table: rows, encoding, separator }
}

function answer(columns) {
  check = new Check(table, columns, book)
  check.run((share) => progress("Looking up", share))
  tell("answered", {
    groups: [...check.groups.values()],
    counts: {
      rows: check.rows,
      above: check.first,
      answered: check.answered,
      devices: check.devices,
      unread: check.unread.length,
      repaired: check.repaired.length,
      blank: check.blank,
    },
    byType: [...check.byType],
    unknownTypes: [...check.unknownTypes].slice(0, SAMPLED),
    counted: "count" in columns.of,
  })
}

/** Some rows that were not read, or that were repaired: number, device as written, what was done. */
function listed(of, from, count) {
  return check[of].slice(from, from + count).map((place) => {
    const { found, fault, repair } = check.results[place]
    const cells = check.device(check.table[place]).map((cell) => cell.slice(0, 80))
    return { row: place + 1, cells, fault, repair, device: found.digits && shown(found.digits) }
  })
}
