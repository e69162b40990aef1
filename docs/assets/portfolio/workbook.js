// A sheet of an Excel workbook as rows of text: a number is the text that stands in the file.

import { UNCALCULATED } from "./cell.js"
import { enough, recognised } from "./columns.js"
import { FileRefused } from "./refused.js"
import { attributes, plain, scan } from "./xml.js"
import { Zip } from "./zip.js"

const MOST_TEXT = 300_000_000
const MOST_COLUMNS = 1_000
const MOST_CELLS = 20_000_000
const TOLD_EVERY = 10_000
const NOTHING = []

/**
 * The sheet of that name; without one, the first whose columns tell themselves, else the first.
 * @returns {Promise<{table: string[][], sheet: string, sheets: string[]}>}
 */
export async function readWorkbook(bytes, wanted, limits) {
  const sheets = await openWorkbook(bytes)
  let first
  for (const { name, read } of sheets) {
    if (wanted !== undefined && name !== wanted) continue
    const table = await read(limits)
    const found = { table, sheet: name, sheets: sheets.map((each) => each.name) }
    if (wanted !== undefined || enough(recognised(table))) return found
    first ??= found
  }
  return first
}

/**
 * Every sheet of cells, to be read when it is wanted; throws FileRefused, as reading does.
 * @returns {Promise<{name: string, read: function({mostRows: number, progress: function}): Promise<string[][]>}[]>}
 */
export async function openWorkbook(bytes) {
  const zip = new Zip(bytes, MOST_TEXT)
  if (!zip.has("xl/workbook.xml"))
    throw new FileRefused("This archive is no Excel workbook (.xlsx).")
  const sheets = await sheetsOf(zip)
  if (!sheets.length) throw new FileRefused("The workbook has no sheet of cells.")
  const shared = zip.has("xl/sharedStrings.xml")
    ? sharedStrings(await zip.text("xl/sharedStrings.xml"))
    : []
  return sheets.map(({ name, path }) => ({
    name,
    read: async ({ mostRows, progress }) => cells(await zip.text(path), shared, mostRows, progress),
  }))
}

async function sheetsOf(zip) {
  const paths = new Map()
  scan(await zip.text("xl/_rels/workbook.xml.rels"), (name, told, closing) => {
    if (name !== "Relationship" || closing) return
    const { Id, Target } = attributes(told)
    if (Target) paths.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`)
  })
  const sheets = []
  scan(await zip.text("xl/workbook.xml"), (name, told, closing) => {
    if (name !== "sheet" || closing) return
    const sheet = attributes(told)
    const path = paths.get(sheet.id)
    if (path?.includes("worksheets/") && zip.has(path))
      sheets.push({ name: sheet.name ?? path, path })
  })
  return sheets
}

/** Texts that cells name by place; what is written above them to be read aloud is left out. */
function sharedStrings(xml) {
  const strings = []
  let text = ""
  let aloud = false
  scan(xml, (name, _, closing, empty, before) => {
    if (name === "rPh") aloud = !closing && !empty
    else if (name === "t" && closing && !aloud) text += plain(before)
    else if (name === "si" && (closing || empty)) {
      strings.push(text)
      text = ""
    }
  })
  return strings
}

/** Rows at their places: one that the file leaves out is there without cells. */
function cells(xml, shared, mostRows, progress) {
  const table = []
  let row,
    cell,
    count = 0
  scan(xml, (name, told, closing, empty, before) => {
    if (name === "row" && !closing) {
      const place = Number(/\br\s*=\s*["']([0-9]+)/.exec(told)?.[1] ?? table.length + 1)
      if (!(place <= mostRows))
        throw new FileRefused(
          `The sheet has more than ${mostRows.toLocaleString("en-GB")} rows. Part it.`,
        )
      while (table.length < place) table.push(NOTHING)
      row = table[place - 1] = []
      if (place % TOLD_EVERY === 0) progress("Reading the workbook", 0.5)
    } else if (name === "c" && row) {
      if (!closing) cell = started(told, row)
      if (!cell) throw new FileRefused("The workbook is damaged: a cell ends that has no beginning.")
      if (closing || empty) {
        row[cell.column] = textOf(cell, shared)
        cell = undefined
        if (++count > MOST_CELLS)
          throw new FileRefused(
            "The sheet has too many cells. Leave out columns that are not needed.",
          )
      }
    } else if (cell && name === "v" && closing) cell.value = plain(before)
    else if (cell && name === "t" && closing) cell.text += plain(before)
    else if (cell && name === "f") cell.formula = true
  })
  return table
}

function started(told, row) {
  const letters = /\br\s*=\s*["']([A-Z]+)/.exec(told)?.[1]
  const column = letters ? placeOf(letters) : row.length
  if (column >= MOST_COLUMNS)
    throw new FileRefused(
      `The sheet has more than ${MOST_COLUMNS.toLocaleString("en-GB")} columns. Leave out those that are not needed.`,
    )
  while (row.length < column) row.push("")
  return {
    column,
    kind: /\bt\s*=\s*["'](\w+)/.exec(told)?.[1] ?? "n",
    value: null,
    text: "",
    formula: false,
  }
}

/** `A` is 0, `AB` is 27. */
function placeOf(letters) {
  let place = 0
  for (const letter of letters) place = place * 26 + letter.charCodeAt(0) - 64
  return place - 1
}

function textOf({ kind, value, text, formula }, shared) {
  if (kind === "inlineStr") return text
  if (value === null) return formula ? UNCALCULATED : ""
  if (kind === "s") return shared[Number(value)] ?? ""
  if (kind === "b") return value === "1" ? "TRUE" : "FALSE"
  return value
}
