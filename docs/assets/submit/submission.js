// What the form says as a submission, the files that come of it, and how they leave the browser;
// no page is touched here. The YAML is to the byte what `fir.strict_yaml.writer` writes.

import { codeOf, formatNumber, oneLine, plural } from "../shared/text.js"
import { slugOf } from "./manufacturers.js"
import { hexadecimal, normalise, tidyNotes, website } from "./notation.js"

/** @import { Keys, Mistake, Rules } from "./rules.js" */
/** @import { FormState } from "./form_state.js" */

/** @typedef {string | YamlValue[] | {[name: string]: YamlValue}} YamlValue */

/**
 * @typedef {object} Device
 * @property {string} type
 * @property {string} manufacturer_identifier
 * @property {string} model_identifier
 * @property {string} hardware_version
 * @property {string} hardware_revision
 * @property {string} firmware_version
 */

/** @typedef {{cpl_number?: string, device: Device} & Record<string, YamlValue>} SubmittedEntry */

/**
 * @typedef {{
 *   manufacturer: string,
 *   entries: SubmittedEntry[],
 *   release_notes: string,
 * } & {[name: string]: YamlValue}} Submission
 */

const DEVICE = "entries.0.device"
export const FIRMWARE = `${DEVICE}.firmware_version`
/** @type {(keyof Device)[]} */
const MODEL_PARTS = [
  "manufacturer_identifier",
  "model_identifier",
  "hardware_version",
  "hardware_revision",
]
const VERSIONS = ["smets_chts_version", "gbcs_version"]
const OF_ALL = ["released_on", "release_notes_url", "outage_alert_on_activation", "outage_note"]
const OF_THE_ADDRESS = ["contact.address.locality", "contact.address.postal_code"]
const NOT_MERELY_COPIED = /^(?:release_notes|contact\.address\.lines)$/

/** The way to a field, by its name in the form. @param {string} name @returns {Keys} */
export const keysOf = (name) =>
  name.split(".").map((key) => (/^[0-9]+$/.test(key) ? Number(key) : key))

/** A field's value in the register's notation. @param {FormInput} input @param {string} name */
export function valueOf({ rules, values }, name) {
  const text = values.get(name) ?? ""
  if (name === "website") return website(text.trim())
  if (NOT_MERELY_COPIED.test(name)) return text
  return normalise(rules.field("submission", keysOf(name)), oneLine(text))
}

/** @typedef {Pick<FormState, "rules" | "values">} FormInput */

/**
 * The manufacturer identifier of the device, typed or as the list has it.
 * @param {FormInput & Pick<FormState, "entry">} state
 */
export const identifierOf = (state) =>
  state.entry?.model.slice(0, 4) ?? valueOf(state, `${DEVICE}.manufacturer_identifier`)

/**
 * Type and the twelve digits of the Device Model, of the entry or as typed.
 * @param {FormState} state
 * @returns {{type: string, model: string, digits: string, number?: string}}
 */
export function deviceOf(state) {
  if (state.entry) return state.entry
  const model = MODEL_PARTS.map((part) => valueOf(state, `${DEVICE}.${part}`)).join("")
  return { type: state.values.get(`${DEVICE}.type`) ?? "", digits: model, model }
}

/**
 * The firmware version as it was typed, without colons and blanks.
 * @param {Pick<FormState, "values">} state
 */
export const typedFirmware = ({ values }) =>
  hexadecimal(oneLine(values.get(FIRMWARE) ?? "")).toUpperCase()

/** The submission, its fields in any order. @param {FormState} state @returns {Submission} */
export function submissionOf(state) {
  const { data, manufacturer, values } = state
  const name = valueOf(state, "new_manufacturer.name")
  /** @type {Submission} */
  const value = {
    manufacturer: manufacturer || slugOf(name, identifierOf(state), data.company),
    entries: [
      ownEntry(state),
      ...state.alsoFor.map((entry) => listedEntry(entry, entry.firmware)),
    ],
    release_notes: tidyNotes(values.get("release_notes") ?? ""),
    ...filledIn(state, [...OF_ALL, "submitter"]),
  }
  if (!manufacturer)
    value.new_manufacturer = {
      name,
      manufacturer_identifiers: [identifierOf(state)],
      contact: contactOf(state),
      ...filledIn(state, ["website"]),
    }
  else if (state.givesContact)
    Object.assign(value, { contact: contactOf(state) }, filledIn(state, ["website"]))
  return value
}

/** The fields that are filled in. @param {FormInput} state @param {string[]} names */
function filledIn(state, names) {
  const found = names.map((name) => [name, valueOf(state, name)])
  return /** @type {Record<string, string>} */ (
    Object.fromEntries(found.filter(([, text]) => text))
  )
}

/** @param {FormState} state @returns {SubmittedEntry} */
function ownEntry(state) {
  const { entry, installsOver } = state
  const firmware = typedFirmware(state)
  const value = entry ? listedEntry(entry, firmware) : { device: describedDevice(state, firmware) }
  const names = entry ? ["product_name"] : [...VERSIONS, "product_name"]
  for (const name of names) {
    const text = valueOf(state, `entries.0.${name}`)
    if (text) Object.assign(value, { [name]: text })
  }
  return /** @type {SubmittedEntry} */ (
    installsOver ? { ...value, upgrade_from: installsOver } : value
  )
}

/**
 * An entry of the list, with a firmware version of the sender's own or the list's.
 * @param {Entry} entry
 * @param {string} firmware
 * @returns {SubmittedEntry}
 */
function listedEntry({ number, type, model }, firmware) {
  const parts = [model.slice(0, 4), model.slice(4, 8), model.slice(8, 10), model.slice(10)]
  return { cpl_number: number, device: deviceFrom(type, parts, firmware) }
}

/** @param {FormState} state @param {string} firmware */
const describedDevice = (state, firmware) =>
  deviceFrom(
    state.values.get(`${DEVICE}.type`) ?? "",
    MODEL_PARTS.map((part) => valueOf(state, `${DEVICE}.${part}`)),
    firmware,
  )

/** @param {string} type @param {string[]} parts @param {string} firmware */
const deviceFrom = (type, parts, firmware) =>
  /** @type {Device} */ ({
    type,
    ...Object.fromEntries(MODEL_PARTS.map((name, place) => [name, parts[place]])),
    firmware_version: firmware,
  })

/** @param {FormState} state */
function contactOf(state) {
  const lines = (state.values.get("contact.address.lines") ?? "").split("\n").map(oneLine)
  const stated = Object.entries(filledIn(state, OF_THE_ADDRESS))
  return {
    email: valueOf(state, "contact.email"),
    telephone: valueOf(state, "contact.telephone"),
    address: {
      lines: lines.filter(Boolean),
      ...Object.fromEntries(stated.map(([name, text]) => [name.split(".").slice(-1)[0], text])),
      country: state.values.get("contact.address.country") ?? "",
    },
    confirmed_on: state.today,
  }
}

/** @typedef {{kind: "record" | "pending", folder: string, name: string, value: YamlValue}} RecordFile */

const SCHEMAS = { record: "firmware-record", pending: "pending-record" }
// Beyond about 8,000 GitHub answers with an error; some mail programs and proxies stop sooner.
const LONGEST_ADDRESS = 6_000

/**
 * The file of one entry, as `fir add` writes it.
 * @param {Submission} submission
 * @param {SubmittedEntry} entry
 * @returns {RecordFile}
 */
function fileOf(submission, { cpl_number: number, ...entry }) {
  const { manufacturer, entries, new_manufacturer, contact, website: site, submitter, ...shared } =
    submission
  const value = { ...shared, ...entry, manufacturer }
  /** @param {string} area */
  const folder = (area) => `records/${area}/${manufacturer}`
  if (number)
    return {
      kind: "record",
      folder: folder("firmware"),
      name: `${number}.yaml`,
      value: { ...value, cpl_number: number },
    }
  const { device } = entry
  const hardware = device.hardware_version + device.hardware_revision
  const model = `${device.manufacturer_identifier}-${device.model_identifier}-${hardware}`
  const name = `${model}-${device.firmware_version}.yaml`
  return { kind: "pending", folder: folder("pending"), name, value }
}

/** @param {Rules} rules @param {RecordFile} file */
const fileText = (rules, { kind, value }) =>
  toYaml(inSchemaOrder(rules, kind, value), `../../../schema/${SCHEMAS[kind]}.schema.json`)

/**
 * The mistake of notes that make a file larger than any may be, in the words of `fir check`.
 * @param {Rules} rules
 * @param {Submission} submission
 * @returns {Mistake[]}
 */
export function tooLarge(rules, submission) {
  const text = fileText(rules, fileOf(submission, submission.entries[0]))
  const most = rules.table.most_bytes
  if (new TextEncoder().encode(text).length <= most) return []
  const message = `the file is larger than ${formatNumber(most)} bytes`
  return [{ keys: ["release_notes"], message, fix: "shorten the file" }]
}

/** @param {Rules} rules @param {Submission} submission */
export const submissionText = (rules, submission) =>
  toYaml(inSchemaOrder(rules, "submission", submission))

/**
 * `example-meters-000042.yaml`, or by its device while the list has no number for it.
 * @param {Submission} submission
 */
export function fileName({ manufacturer, entries: [{ cpl_number: number, device }] }) {
  const of = number ?? `${device.model_identifier}-${device.firmware_version}`
  return `${manufacturer}-${of}.yaml`
}

/** What a submission is for: `CPL 000042 and 14 further entries`. @param {Submission} submission */
function subjectOf({ entries: [{ cpl_number: number }, ...others] }) {
  const first = number ? `CPL ${number}` : "a device that is not on the CPL yet"
  return others.length
    ? `${first} and ${plural(others.length, "further entry", "further entries")}`
    : first
}

/**
 * The address of an email to the Panel, to which the file must still be attached.
 * @param {Submission} submission
 * @param {string} company
 * @param {SubmitPolicy} policy
 * @param {string} cpl its version
 */
export function emailAddress(submission, company, { panel, site }, cpl) {
  const lines = [
    `Please attach ${fileName(submission)} from your downloads, and take out this line.`,
    `Firmware record of ${subjectOf(submission)}, from ${company}.`,
    `Made with CPL ${cpl} at ${site}submit/`,
  ]
  const subject = encodeURIComponent(`Firmware record of ${subjectOf(submission)}`)
  return `mailto:${panel.email}?subject=${subject}&body=${encodeURIComponent(lines.join("\r\n"))}`
}

/**
 * GitHub's page for a new file, filled in: its address, or why there is none; nothing where one
 * file does not suffice (several entries, or news of the manufacturer), or without a repository.
 * @param {Rules} rules
 * @param {Submission} submission
 * @param {SubmitPolicy} policy
 * @returns {{href?: string, why?: string}}
 */
export function onGitHub(rules, submission, { repository_url: repository }) {
  const { entries, new_manufacturer, contact, website: site } = submission
  const isOneFile = entries.length === 1 && !new_manufacturer && !contact && !site
  if (!repository || !isOneFile) return {}
  const file = fileOf(submission, entries[0])
  const text = fileText(rules, file)
  const query = `filename=${encodeURIComponent(file.name)}&value=${encodeURIComponent(text)}`
  const href = `${repository}/new/main/${file.folder}?${query}`
  if (href.length < LONGEST_ADDRESS) return { href }
  return { why: "The notes are too long for GitHub’s form. Download the file instead." }
}

const INDENT = "  "
const HIDDEN = new RegExp(
  "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f" +
    "\\ud800-\\udfff\\ufeff\\ufff9-\\uffff]",
  "u",
)
const EVERY_HIDDEN = new RegExp(HIDDEN, "gu")
const PLAIN_KEY = /^[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*$/
// Words that a reader of YAML 1.1 takes for a boolean or null, even as a key.
const NOT_TEXT = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

/**
 * The canonical document, ending in a line feed; `schema` is what editors are told first.
 * @param {YamlValue} value
 */
export function toYaml(value, schema = "") {
  const head = schema ? [`# yaml-language-server: $schema=${schema}`] : []
  return `${[...head, ...mapping(value, "")].join("\n")}\n`
}

/**
 * The value with its fields in the order of the schema.
 * @param {Rules} rules
 * @param {string} kind
 * @param {YamlValue} value
 * @param {Keys} keys
 * @returns {YamlValue}
 */
function inSchemaOrder(rules, kind, value, keys = []) {
  if (Array.isArray(value))
    return value.map((each, place) => inSchemaOrder(rules, kind, each, [...keys, place]))
  if (typeof value === "string") return value
  const names = Object.keys(rules.field(kind, keys).properties ?? {})
  return Object.fromEntries(
    names
      .filter((name) => name in value)
      .map((name) => [name, inSchemaOrder(rules, kind, value[name], [...keys, name])]),
  )
}

/** @param {YamlValue} value @param {string} indent @returns {Generator<string>} */
function* mapping(value, indent) {
  for (const [name, item] of Object.entries(value)) {
    const key = `${indent}${keyText(name)}:`
    if (typeof item === "string") yield `${key} ${scalar(item, indent + INDENT)}`
    else if (isFlow(item)) yield `${key} ${flow(item)}`
    else {
      yield key
      yield* Array.isArray(item) ? items(item, indent) : mapping(item, indent + INDENT)
    }
  }
}

/**
 * A block list of mappings; the first key of each stands beside its dash.
 * @param {YamlValue[]} list
 * @param {string} indent
 */
function* items(list, indent) {
  for (const item of list) {
    const [first, ...rest] = mapping(item, indent + INDENT + INDENT)
    yield `${indent}${INDENT}- ${first.trimStart()}`
    yield* rest
  }
}

/** @param {YamlValue} item */
const isFlow = (item) =>
  !Object.keys(item).length ||
  (Array.isArray(item) && item.every((each) => typeof each === "string"))

/** @param {YamlValue} item a list of texts, or something empty */
const flow = (item) =>
  Array.isArray(item) ? `[${item.map((each) => doubleQuoted(String(each))).join(", ")}]` : "{}"

/** @param {string} name */
const keyText = (name) =>
  PLAIN_KEY.test(name) && !NOT_TEXT.includes(name.toLowerCase()) ? name : doubleQuoted(name)

/**
 * A literal block for several lines, wherever that reads back as the same text.
 * @param {string} text
 * @param {string} indent
 */
function scalar(text, indent) {
  const body = text.replace(/\n+$/, "")
  if (!text.includes("\n") || !body || HIDDEN.test(text)) return doubleQuoted(text)
  const width = " \t\n".includes(text[0]) ? String(INDENT.length) : ""
  const ends = text.length - body.length
  const chomp = ["-", ""][ends] ?? "+"
  const lines = text.replace(/\n$/, "").split("\n")
  return [`|${width}${chomp}`, ...lines.map((line) => (line ? indent + line : ""))].join("\n")
}

/** On one line; what cannot be seen is written as an escape. @param {string} text */
function doubleQuoted(text) {
  return JSON.stringify(text).replace(
    EVERY_HIDDEN,
    (letter) => `\\u${codeOf(letter).toString(16).padStart(4, "0")}`,
  )
}
