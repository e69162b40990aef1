// What happens to a reader's file, away from the page so that the page stays quick. No module that
// works here fetches anything: the page hands over the answers, and the file stays in this browser.

import { formatDevice } from "../shared/identifiers.js"
import { formatNumber } from "../shared/text.js"
import { isArchive, openWorkbook } from "../shared/workbook.js"
import { FileRefused } from "../shared/zip.js"
import { Answers, answersCsv } from "./answers.js"
import { Check } from "./check.js"
import { decodeText, missingColumns, parseRows, recogniseColumns, separatorOf } from "./table.js"

/** @import { Group, TypeCount } from "./check.js" */
/** @import { Columns } from "./table.js" */

const MOST_BYTES = 150_000_000
const MOST_ROWS = 1_000_000
const PROGRESS_EVERY = 10_000
const SAMPLED = 4

/** @typedef {"unread" | "repaired"} RowListName */

/**
 * @typedef {(
 *   | {kind: "answers", answers: PortfolioAnswers}
 *   | {kind: "file", content: string | File}
 *   | {kind: "sheet", sheet: string}
 *   | {kind: "columns", columns: Columns}
 *   | {kind: "rows", of: RowListName, from: number, count: number}
 *   | {kind: "csv"}
 * )} Order what the page asks for; each says its turn, and what answers it says the same
 */

/**
 * @typedef {object} About how a file was read
 * @property {string} [encoding]
 * @property {string} [separator]
 * @property {string} [sheet]
 * @property {string[]} [sheets]
 */

/**
 * @typedef {object} Counts
 * @property {number} rows
 * @property {number} above lines above the first row that is answered
 * @property {number} answered
 * @property {number} devices
 * @property {number} unread
 * @property {number} repaired
 * @property {number} blank
 */

/**
 * @typedef {object} Summary
 * @property {Group[]} groups
 * @property {Counts} counts
 * @property {[name: string, count: TypeCount][]} byType
 * @property {[name: string, rows: number][]} unknownTypes
 * @property {boolean} hasCount whether the file has a column of counts
 */

/**
 * @typedef {object} ListedRow a row that was not read, or that was repaired
 * @property {number} row its number
 * @property {string[]} cells the device as written
 * @property {string} fault
 * @property {string} repair
 * @property {string} device
 */

/**
 * @typedef {(
 *   | {kind: "ready"}
 *   | {kind: "progress", step: string, share: number}
 *   | {kind: "opened", columns: Columns, sample: string[][], about: About, complete: boolean}
 *   | {kind: "answered", summary: Summary}
 *   | {kind: "rows", of: RowListName, from: number, rows: ListedRow[]}
 *   | {kind: "csv", file: Blob}
 *   | {kind: "refused", message: string}
 * )} Reply
 */

/** @type {Answers} */
let answers
/** @type {string[][]} */
let table
/** @type {Check} */
let check
/** @type {string | File} */
let file
let turn = 0

/** @param {Reply} message */
const reply = (message) => postMessage({ turn, ...message })
/** @param {string} step @param {number} share */
const progress = (step, share) => reply({ kind: "progress", step, share })

/** One order after another. @type {Promise<void>} */
let before = Promise.resolve()
onmessage = ({ data }) => {
  before = before.then(() => carryOut(data))
}

/** @param {Order & {turn: number}} order */
async function carryOut(order) {
  turn = order.turn
  try {
    await answerOrder(order)
  } catch (error) {
    if (error instanceof FileRefused) reply({ kind: "refused", message: error.message })
    else if (error instanceof DOMException)
      reply({
        kind: "refused",
        message: "It cannot be read from where it is. Choose it again.",
      })
    else reportError(error)
  }
}

/** @param {Order} order */
async function answerOrder(order) {
  switch (order.kind) {
    case "answers":
      answers = new Answers(order.answers)
      return reply({ kind: "ready" })
    case "file":
      file = order.content
      return await open()
    case "sheet":
      return await open(order.sheet)
    case "columns":
      return answer(order.columns)
    case "rows":
      return reply({ ...order, rows: listRows(order.of, order.from, order.count) })
    default:
      return reply({ kind: "csv", file: answersCsv(check) })
  }
}

/**
 * Reads the file; answers it where its columns tell themselves, else asks for them.
 * @param {string} [sheet]
 */
async function open(sheet) {
  progress("Reading the file", 0)
  const { table: rows, ...about } = await readFile(sheet)
  table = rows
  if (!table.some((row) => row.some((cell) => cell.trim())))
    throw new FileRefused("The file has no rows.")
  const columns = recogniseColumns(table)
  const sample = table.slice(0, Math.max(columns.heading, 0) + SAMPLED)
  const complete = !missingColumns(columns.of).length
  reply({ kind: "opened", columns, sample, about, complete })
  if (complete) answer(columns)
}

/** @param {string} [sheet] @returns {Promise<{table: string[][]} & About>} */
async function readFile(sheet) {
  if (typeof file === "string") return readText(file, "")
  if (file.size > MOST_BYTES)
    throw new FileRefused(
      `The file is larger than ${MOST_BYTES / 1e6} MB. Leave out columns that are not needed, or part it.`,
    )
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isOldWorkbook(bytes))
    throw new FileRefused(
      "This is a workbook of an old kind, or one locked with a password. Save it as .xlsx, without a password.",
    )
  if (isArchive(bytes)) return readSheet(bytes, sheet)
  const { text, encoding } = decodeText(bytes)
  return readText(text, encoding)
}

/** @param {Uint8Array} bytes */
const isOldWorkbook = (bytes) => bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11

/**
 * The sheet of that name; without one, the first whose columns tell themselves, else the first.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string | undefined} wanted
 */
async function readSheet(bytes, wanted) {
  const sheets = await openWorkbook(bytes)
  const names = sheets.map((each) => each.name)
  let first
  for (const { name, read } of sheets) {
    if (wanted !== undefined && name !== wanted) continue
    const rows = await read({ mostRows: MOST_ROWS, progress })
    const found = { table: rows, sheet: name, sheets: names }
    if (wanted !== undefined || !missingColumns(recogniseColumns(rows).of).length) return found
    first ??= found
  }
  return first ?? { table: [] }
}

/** @param {string} text @param {string} encoding */
function readText(text, encoding) {
  const separator = separatorOf(text)
  const rows = []
  let read = 0
  for (const row of parseRows(text, separator)) {
    rows.push(row)
    if (rows.length > MOST_ROWS)
      throw new FileRefused(`The file has more than ${formatNumber(MOST_ROWS)} rows. Part it.`)
    for (const cell of row) read += cell.length + 1
    if (rows.length % PROGRESS_EVERY === 0)
      progress("Reading the file", Math.min(read / text.length, 1))
  }
  return { table: rows, encoding, separator }
}

/** @param {Columns} columns */
function answer(columns) {
  check = new Check(table, columns, answers)
  check.run((share) => progress("Looking up", share))
  const { first, answered, devices, listed, blank } = check
  const summary = {
    groups: [...check.groups.values()],
    counts: {
      rows: check.rows,
      above: first,
      answered,
      devices,
      unread: listed.unread.length,
      repaired: listed.repaired.length,
      blank,
    },
    byType: [...check.byType],
    unknownTypes: [...check.unknownTypes].slice(0, SAMPLED),
    hasCount: "count" in columns.of,
  }
  reply({ kind: "answered", summary })
}

/** @param {RowListName} of @param {number} from @param {number} count @returns {ListedRow[]} */
function listRows(of, from, count) {
  return check.listed[of].slice(from, from + count).flatMap((place) => {
    const result = check.results[place]
    if (!result) return []
    const { outcome, fault, repair } = result
    const cells = check.deviceCells(table[place]).map((cell) => cell.slice(0, 80))
    const device = outcome.digits && formatDevice(outcome.digits)
    return { row: place + 1, cells, fault, repair, device }
  })
}
