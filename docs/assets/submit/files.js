// What a submission becomes: the file of a record, as `fir add` writes it.

import { ordered, toYaml } from "./yaml.js"

const SCHEMAS = { record: "firmware-record", pending: "pending-record" }

/** The file of one entry. @returns {{kind: string, folder: string, name: string, value: object}} */
export function fileOf(submission, { cpl_number: number, ...of }) {
  const { manufacturer, entries, new_manufacturer, contact, website, submitter, ...said } =
    submission
  const value = { ...said, ...of, manufacturer }
  const folder = (area) => `records/${area}/${manufacturer}`
  if (number)
    return {
      kind: "record",
      folder: folder("firmware"),
      name: `${number}.yaml`,
      value: { ...value, cpl_number: number },
    }
  const { device } = of
  const hardware = device.hardware_version + device.hardware_revision
  const model = `${device.manufacturer_identifier}-${device.model_identifier}-${hardware}`
  const name = `${model}-${device.firmware_version}.yaml`
  return { kind: "pending", folder: folder("pending"), name, value }
}

/** Whether one file suffices: one entry, and nothing new of its manufacturer. */
export const isOne = ({ entries, new_manufacturer, contact, website }) =>
  entries.length === 1 && !new_manufacturer && !contact && !website

export const textOf = (rules, { kind, value }) =>
  toYaml(ordered(rules, kind, value), `../../../schema/${SCHEMAS[kind]}.schema.json`)

/** The mistake of notes that make a file larger than any may be, in the words of `fir check`. */
export function tooLarge(rules, submission) {
  const text = textOf(rules, fileOf(submission, submission.entries[0]))
  const most = rules.table.most_bytes
  if (new TextEncoder().encode(text).length <= most) return []
  const message = `the file is larger than ${most.toLocaleString("en-GB")} bytes`
  return [{ keys: ["release_notes"], message, fix: "shorten the file" }]
}
