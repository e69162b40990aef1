// Files out of a ZIP archive, by its table of contents; never more text than a bound allows.

const END = 0x06054b50
const ENTRY = 0x02014b50
const END_SIZE = 22
const LONGEST_COMMENT = 65_535
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 1
const DAMAGED =
  "The file is damaged: it is no whole ZIP archive, which an Excel workbook is inside."

/** Why a file is not read, in a sentence for its reader. */
export class FileRefused extends Error {}

/** @typedef {{flags: number, method: number, size: number, start: number}} ZipEntry */

export class Zip {
  /** @type {Map<string, ZipEntry>} */
  #entries = new Map()
  #bytes
  #view
  #textLeft

  /**
   * Throws FileRefused.
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {number} mostText how many bytes all texts together may have
   */
  constructor(bytes, mostText) {
    this.#bytes = bytes
    this.#textLeft = mostText
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    try {
      this.#readContents()
    } catch (error) {
      throw error instanceof RangeError ? new FileRefused(DAMAGED) : error
    }
  }

  /** @param {string} name */
  has(name) {
    return this.#entries.has(name)
  }

  /** The text of a file; throws FileRefused where it cannot be had. @param {string} name */
  async text(name) {
    const entry = this.#entries.get(name)
    if (!entry) throw new FileRefused(`The workbook has no ${name}.`)
    try {
      return await this.#inflate(entry)
    } catch (error) {
      throw error instanceof TypeError || error instanceof RangeError
        ? new FileRefused(DAMAGED)
        : error
    }
  }

  #readContents() {
    const view = this.#view
    let end = view.byteLength - END_SIZE
    const first = Math.max(0, end - LONGEST_COMMENT)
    while (end >= first && view.getUint32(end, true) !== END) end--
    if (end < first) throw new FileRefused(DAMAGED)
    const count = view.getUint16(end + 10, true)
    let at = view.getUint32(end + 16, true)
    for (let place = 0; place < count; place++) {
      if (view.getUint32(at, true) !== ENTRY) throw new FileRefused(DAMAGED)
      const [nameSize, extra, comment] = [28, 30, 32].map((offset) =>
        view.getUint16(at + offset, true),
      )
      const name = new TextDecoder().decode(this.#bytes.subarray(at + 46, at + 46 + nameSize))
      this.#entries.set(name, {
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        size: view.getUint32(at + 20, true),
        start: view.getUint32(at + 42, true),
      })
      at += 46 + nameSize + extra + comment
    }
  }

  /** @param {ZipEntry} entry */
  async #inflate({ flags, method, size, start }) {
    if (flags & ENCRYPTED)
      throw new FileRefused("The workbook is locked with a password. Save it without one.")
    if (method !== STORED && method !== DEFLATED) throw new FileRefused(DAMAGED)
    const from =
      start + 30 + this.#view.getUint16(start + 26, true) + this.#view.getUint16(start + 28, true)
    const packed = new Blob([this.#bytes.subarray(from, from + size)]).stream()
    const stream =
      method === STORED ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw"))
    const decoder = new TextDecoder()
    const pieces = []
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read()
      if (done) return pieces.join("") + decoder.decode()
      this.#textLeft -= value.byteLength
      if (this.#textLeft < 0) {
        await reader.cancel()
        throw new FileRefused(
          "The workbook holds more text than a list of meters has. Save the one sheet that is needed as CSV.",
        )
      }
      pieces.push(decoder.decode(value, { stream: true }))
    }
  }
}
