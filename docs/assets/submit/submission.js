// What the form says as a submission; no page is touched here.

import { slugOf } from "./company.js"
import { hexadecimal, renoted, tidy, website } from "./notation.js"
import { oneLine } from "./words.js"

const DEVICE = "entries.0.device"
const PARTS = [
  "manufacturer_identifier",
  "model_identifier",
  "hardware_version",
  "hardware_revision",
]
const VERSIONS = ["smets_chts_version", "gbcs_version"]
const OF_ALL = ["released_on", "release_notes_url", "outage_alert_on_activation", "outage_note"]
const NOT_MERELY_COPIED = /^(?:release_notes|contact\.address\.lines)$/

/**
 * @typedef {object} Asked what a submission is made from
 * @property {import("./rules.js").Rules} rules
 * @property {object} data the page's data
 * @property {Map<string, string>} values what stands in the form, by name
 * @property {import("../find/register.js").Entry?} entry the entry of the list, where there is one
 * @property {import("../find/register.js").Entry[]} also other entries of its release
 * @property {string | null} [maker] short name, or empty for a company that is new; null while it
 *   is to be chosen, and none while the device does not tell
 * @property {boolean} tellsContact whether the contact in the form is to be sent
 * @property {string[] | null} over what it may be installed directly over, where that is stated
 * @property {string} today
 */

/** A field's value in the register's notation. */
export function valueOf({ rules, values }, name) {
  const text = values.get(name) ?? ""
  const keys = name.split(".").map((key) => (/^[0-9]+$/.test(key) ? Number(key) : key))
  if (name === "website") return website(text.trim())
  if (NOT_MERELY_COPIED.test(name)) return text
  return renoted(rules.field("submission", keys), oneLine(text))
}

/** The manufacturer identifier of the device, typed or as the list has it. */
export const identifierOf = (asked) =>
  asked.entry?.model.slice(0, 4) ?? valueOf(asked, `${DEVICE}.manufacturer_identifier`)

/** The submission, its fields in any order. @param {Asked} asked */
export function submissionOf(asked) {
  const { data, maker, values } = asked
  const value = {
    manufacturer:
      maker || slugOf(valueOf(asked, "new_manufacturer.name"), identifierOf(asked), data.company),
    entries: [ownEntry(asked), ...asked.also.map((entry) => listed(entry, entry.firmware))],
    release_notes: tidy(values.get("release_notes") ?? ""),
    ...stated(asked, [...OF_ALL, "submitter"]),
  }
  if (!maker)
    value.new_manufacturer = {
      name: valueOf(asked, "new_manufacturer.name"),
      manufacturer_identifiers: [identifierOf(asked)],
      contact: contactOf(asked),
      ...stated(asked, ["website"]),
    }
  else if (asked.tellsContact)
    Object.assign(value, { contact: contactOf(asked) }, stated(asked, ["website"]))
  return value
}

/** The fields that are filled in. */
function stated(asked, names) {
  const found = names.map((name) => [name, valueOf(asked, name)])
  return Object.fromEntries(found.filter(([, text]) => text))
}

function ownEntry(asked) {
  const { entry, over } = asked
  const firmware = typed(asked)
  const value = entry ? listed(entry, firmware) : { device: described(asked, firmware) }
  const names = entry ? ["product_name"] : [...VERSIONS, "product_name"]
  for (const name of names) {
    const text = valueOf(asked, `entries.0.${name}`)
    if (text) value[name] = text
  }
  return over ? { ...value, upgrade_from: over } : value
}

/** An entry of the list, with a firmware version of the sender's own or the list's. */
function listed({ number, type, model }, firmware) {
  const parts = [model.slice(0, 4), model.slice(4, 8), model.slice(8, 10), model.slice(10)]
  return { cpl_number: number, device: device(type, parts, firmware) }
}

const described = (asked, firmware) =>
  device(
    asked.values.get(`${DEVICE}.type`) ?? "",
    PARTS.map((name) => valueOf(asked, `${DEVICE}.${name}`)),
    firmware,
  )

const device = (type, parts, firmware) => ({
  type,
  ...Object.fromEntries(PARTS.map((name, place) => [name, parts[place]])),
  firmware_version: firmware,
})

/** The firmware version as it was typed, without colons and blanks. */
export const typed = ({ values }) =>
  hexadecimal(oneLine(values.get(`${DEVICE}.firmware_version`) ?? "")).toUpperCase()

function contactOf(asked) {
  const lines = (asked.values.get("contact.address.lines") ?? "").split("\n").map(oneLine)
  return {
    email: valueOf(asked, "contact.email"),
    telephone: valueOf(asked, "contact.telephone"),
    address: {
      lines: lines.filter(Boolean),
      ...shortened(stated(asked, ["contact.address.locality", "contact.address.postal_code"])),
      country: asked.values.get("contact.address.country") ?? "",
    },
    confirmed_on: asked.today,
  }
}

const shortened = (fields) =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name.split(".").at(-1), text]))
