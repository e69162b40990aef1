// The answers that the site was built with: looked up here by device, never worked out.

export const DIGITS = { manufacturer_identifier: 4, model: 8, firmware_version: 8 }

/**
 * One firmware of a line, with its answer; the fields are those of `fir.site.browser_data.portfolio`.
 * @typedef {object} Firmware
 * @property {string} model
 * @property {string} version
 * @property {string[]} numbers
 * @property {string} answer
 */

export class Book {
  #firmware = new Map()
  #models = new Set()
  #makers = new Set()

  constructor(answers) {
    this.told = answers
    this.reading = answers.reading
    /** @type {Firmware[]} */
    this.rows = rowsOf(answers.columns)
    this.rows.forEach(({ model, version, type }, place) => {
      const key = model + version
      if (!this.#firmware.has(key)) this.#firmware.set(key, [])
      this.#firmware.get(key).push(place)
      this.#models.add(model + type)
      this.#makers.add(model.slice(0, 4))
    })
    /** What cells were read as, by what they may mean. */
    this.cells = Object.fromEntries(Object.keys(DIGITS).map((means) => [means, new Map()]))
    this.types = [...new Set(this.rows.map((row) => row.type))]
  }

  /** The places of what the CPL lists for 20 digits, within types where these are given. */
  find(digits, types) {
    const found = this.#firmware.get(digits) ?? []
    return types ? found.filter((place) => types.includes(this.rows[place].type)) : found
  }

  /** How far a device is known that is not listed: the same words as `fir.answer` has. */
  nearest(digits, types) {
    const model = digits.slice(0, 12)
    if ((types ?? this.types).some((type) => this.#models.has(model + type)))
      return "unknown-firmware"
    return this.#makers.has(digits.slice(0, 4)) ? "unknown-model" : "unknown-manufacturer"
  }

  /** Sign and word of an answer, of whatever is not listed, and of a device that two answers fit. */
  wordOf(answer) {
    if (answer === "several") return ["off", "More than one fits"]
    return this.told.answers[answer] ?? ["off", this.told.unknown[answer][0]]
  }

  /** Whom to ask about a firmware, or about a manufacturer identifier. */
  contactsOf(firmware, manufacturer) {
    const users = this.told.users
    const places = firmware?.whom ?? (Object.hasOwn(users, manufacturer) ? users[manufacturer] : [])
    return places.map((place) => this.told.contacts[place])
  }
}

function rowsOf(columns) {
  const rows = []
  for (const [name, { values, codes }] of Object.entries(columns)) {
    const count = (codes ?? values).length
    for (let place = 0; place < count; place++)
      (rows[place] ??= { place })[name] = values[codes ? codes[place] : place]
  }
  return rows
}
