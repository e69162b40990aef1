// What is still to do before a submission can go: one line for each part, and for each other fault.

const CONTACT = /^(?:contact\.|new_manufacturer\.|website$)/
const FIRMWARE = "entries.0.device.firmware_version"
const NOTES = "release_notes"
const LEFT = {
  none: "Type the firmware version",
  odd: "Firmware version: not eight digits",
  off: "Firmware version: a digit differs",
  wrong: "Firmware version: not the CPL’s",
}

/** The name of the field that the keys of a mistake lead to. */
export function nameOf({ keys, missing }) {
  let way = missing === undefined ? keys : [...keys, missing]
  if (way[0] === "new_manufacturer" && way[1] !== "name") way = way.slice(1)
  if (way[0] === "manufacturer_identifiers")
    way = ["entries", 0, "device", "manufacturer_identifier"]
  if (way[0] === "manufacturer") way = ["new_manufacturer", "name"]
  if (way.at(-2) === "lines") way = way.slice(0, -1)
  return way.join(".")
}

/**
 * @param faults the first mistake of each field, by its name
 * @param labelOf what a field is called
 * @returns {import("./side.js").Task[]}
 */
export function tasksOf({ maker, place, firmware, typed, notes, faults, isEmpty, labelOf }) {
  const of = (test) => [...faults.keys()].filter(test)
  const device = of((name) => name.startsWith("entries.0.device.") && name !== FIRMWARE)
  const rest = of((name) => ![NOTES, FIRMWARE, ...device].includes(name) && !isOfContact(name))
  return [
    entryTask(place, device, isEmpty, labelOf),
    firmwareTask(firmware, typed),
    notesTask(notes, faults.has(NOTES)),
    TO_COME.get(maker) ?? contactTask(of(isOfContact), isEmpty, labelOf),
    ...rest.map((name) => ({ state: "err", words: labelOf(name), to: idOf(name) })),
  ]
}

const isOfContact = (name) => CONTACT.test(name)
// While it cannot be told whose contact it is: several companies may be meant, or nothing is known.
const TO_COME = new Map([
  [null, { state: "open", words: "Contact: which company?", to: "f-maker", step: "contact" }],
  [undefined, { state: "open", words: "Contact", to: "step-contact-is", step: "contact" }],
])

export const idOf = (name) => `f-${name.replaceAll(".", "-")}`

function entryTask({ state, words, unlisted }, device, isEmpty, labelOf) {
  if (!unlisted || state === "err" || !device.length)
    return { state, words, to: "f-number", step: "entry" }
  const [first] = device
  const blank = device.every(isEmpty)
  return {
    state: blank ? "open" : "err",
    words: `Device: ${labelOf(first)}`,
    to: idOf(first),
    step: "entry",
  }
}

function firmwareTask({ state }, typed) {
  const to = idOf(FIRMWARE)
  if (state === "done") return { state: "ok", words: "Firmware version", to, step: "firmware" }
  const left = 8 - typed.length
  const words = LEFT[state] ?? `Firmware version: ${left} ${left === 1 ? "digit" : "digits"} to go`
  return {
    state: state === "none" || state === "short" ? "open" : "err",
    words,
    to,
    step: "firmware",
  }
}

function notesTask({ isBlank }, faulty) {
  const task = { to: idOf(NOTES), step: "notes" }
  if (isBlank) return { ...task, state: "open", words: "Say what changed" }
  return faulty
    ? { ...task, state: "err", words: "Release notes" }
    : { ...task, state: "ok", words: "Release notes" }
}

function contactTask(names, isEmpty, labelOf) {
  if (!names.length)
    return { state: "ok", words: "Contact", to: "step-contact-is", step: "contact" }
  const wrong = names.find((name) => !isEmpty(name))
  const first = wrong ?? names[0]
  const words = `Contact: ${labelOf(first)}`
  return { state: wrong ? "err" : "open", words, to: idOf(first), step: "contact" }
}
