// Bytes as text: UTF-8, UTF-16 or Windows-1252, told by a mark at the beginning or by what fits.

import { FileRefused } from "./refused.js"

const SAMPLE = 4096
const MARKS = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
]
const NAMES = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16, high byte first",
  "windows-1252": "Windows-1252",
}

/**
 * The text, without its mark, and the name of its encoding; throws FileRefused.
 * @param {Uint8Array} bytes
 */
export function decoded(bytes) {
  const marked = MARKS.find(([mark]) => mark.every((byte, place) => bytes[place] === byte))
  const encoding = marked?.[1] ?? wide(bytes) ?? (isUtf8(bytes) ? "utf-8" : "windows-1252")
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.slice(0, SAMPLE).includes("\0"))
    throw new FileRefused(
      "This is no table of text. Export it as CSV or as an Excel workbook (.xlsx).",
    )
  return { text, encoding: NAMES[encoding] }
}

/** UTF-16 without a mark: every other byte of plain letters and digits is zero. */
function wide(bytes) {
  const zeros = [0, 0]
  const count = Math.min(bytes.length, SAMPLE)
  for (let place = 0; place < count; place++) if (!bytes[place]) zeros[place % 2]++
  const many = count * 0.3
  if (zeros[1] > many && !zeros[0]) return "utf-16le"
  return zeros[0] > many && !zeros[1] ? "utf-16be" : null
}

function isUtf8(bytes) {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
