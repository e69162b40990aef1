// How a submission leaves the browser: as a file, with an email to attach it to, or as GitHub's
// page for a new file, filled in.

import { many } from "../find/dom.js"
import * as files from "./files.js"
import { ordered, toYaml } from "./yaml.js"

// Beyond about 8,000 GitHub answers with an error; some mail programs and proxies stop sooner.
const LONGEST_ADDRESS = 6_000

export const textOf = (rules, submission) => toYaml(ordered(rules, "submission", submission))

/** `example-meters-000042.yaml`, or by its device while the list has no number for it. */
export function nameOf({ manufacturer, entries: [{ cpl_number: number, device }] }) {
  const of = number ?? `${device.model_identifier}-${device.firmware_version}`
  return `${manufacturer}-${of}.yaml`
}

/** What a submission is for: `CPL 000042 and 14 further entries`. */
export function whatFor({ entries: [{ cpl_number: number }, ...others] }) {
  const first = number ? `CPL ${number}` : "a device that is not on the CPL yet"
  return others.length
    ? `${first} and ${many(others.length, "further entry", "further entries")}`
    : first
}

/** An email to the Panel, to which the file must still be attached. */
export function letter(submission, company, { panel, site }, cpl) {
  const lines = [
    `Please attach ${nameOf(submission)} from your downloads, and take out this line.`,
    `Firmware record of ${whatFor(submission)}, from ${company}.`,
    `Made with CPL ${cpl} at ${site}submit/`,
  ]
  const subject = encodeURIComponent(`Firmware record of ${whatFor(submission)}`)
  return `mailto:${panel.email}?subject=${subject}&body=${encodeURIComponent(lines.join("\r\n"))}`
}

/**
 * GitHub's page for a new file, filled in: its address, or why there is none; null where one file
 * does not suffice, or there is no repository.
 * @returns {{href: string} | {why: string} | null}
 */
export function onGitHub(rules, submission, { repository_url: repository }) {
  if (!repository || !files.isOne(submission)) return null
  const file = files.fileOf(submission, submission.entries[0])
  const text = files.textOf(rules, file)
  const asked = `filename=${encodeURIComponent(file.name)}&value=${encodeURIComponent(text)}`
  const href = `${repository}/new/main/${file.folder}?${asked}`
  if (href.length < LONGEST_ADDRESS) return { href }
  return { why: "The notes are too long for GitHub’s form. Download the file instead." }
}
