// The path from one firmware to another: its stops, whether it is direct, and what changes on it.
// A path is as `fir.site.browser_data.portfolio` has it, its firmware by their places in `rows`.

import { h, hexBytes, icon } from "../shared/dom.js"
import { capitalised } from "../shared/text.js"

/** @import { Child } from "../shared/dom.js" */

/** @typedef {[label: string, value: Child][]} Terms */

const OUTAGE = {
  expected: "expected: warn the network operator",
  "not-expected": "not expected",
  unknown: "not stated",
}
const IMAGE = {
  whole: "a whole image",
  fragment: "one fragment of an image",
  partial: "an image of one part only",
  "not-stated": "not stated",
}

/**
 * From `row` to where its path leads, drawn; one that nobody states is dotted.
 * @param {FirmwareVersion} row
 * @param {UpgradePath} path
 * @param {FirmwareVersion[]} rows
 * @param {{here: string, there: string}} words below the two ends
 */
export function stops(row, [to, , , steps], rows, { here, there }) {
  const stated = steps.length > 0
  const places = stated ? steps : [to]
  const ahead = places.map((place, step) => {
    const between = step ? "then" : "first"
    return place === to ? stop("end", rows[place], there) : stop("ring", rows[place], between)
  })
  const kind = `stops${stated ? "" : " unstated"}${places.length > 2 ? " many" : ""}`
  return h("ol", { class: kind }, stop("here", row, here), ahead)
}

/** @param {string} shape @param {FirmwareVersion} row @param {string} below */
const stop = (shape, { version }, below) =>
  h("li", {}, icon(shape), h("b", {}, hexBytes(version)), h("span", {}, below))

/** Whether it may be installed directly, in a sentence. @param {UpgradePath} path */
export const installsDirectly = ([, direct, words]) =>
  direct === "stated-yes" ? "Yes, as the manufacturer states." : `${capitalised(words)}.`

/**
 * The joined notes: each text once, and each gap said.
 * @param {UpgradePath} path
 * @param {FirmwareVersion[]} rows
 */
export const changes = ([, , , , since], rows) =>
  h("ol", { class: "since" }, since.map(([place, repeats]) => change(rows[place], repeats)))

/** @param {FirmwareVersion} row @param {string} repeats */
function change({ version, numbers, notes }, repeats) {
  const number = h("span", { class: "cpl" }, "CPL ", h("b", {}, numbers[0]))
  const text = repeats
    ? h("p", { class: "q" }, `The same notes as ${repeats}.`)
    : notes === null
      ? h("p", { class: "q" }, "Nobody has supplied its notes yet.")
      : h("div", { class: "notes" }, notes.trim())
  return h("li", {}, icon("ring"), h("h4", {}, hexBytes(version), number), text)
}

/**
 * Labels and values of what else there is to know before installing.
 * @param {FirmwareVersion} row
 * @param {UpgradePath} path
 * @param {FirmwareVersion[]} rows
 * @returns {Terms}
 */
export function facts(row, [to, , , , , outage, outageNotes, image], rows) {
  const target = rows[to]
  /** @param {"smets_chts" | "gbcs"} key */
  const moved = (key) =>
    target[key] === row[key] ? "" : `${row[key] || "not known"} to ${target[key] || "not known"}`
  const versions = [moved("smets_chts"), moved("gbcs")].filter(Boolean)
  return [
    ["Versions change", versions.join("; ") || "no"],
    ["Power outage alert", [OUTAGE[outage], outageNotes.map((note) => h("small", {}, note))]],
    ["Image to install", IMAGE[image]],
  ]
}

/** Labels and values; one without a value is left out. @param {Terms} terms */
export const termList = (terms) =>
  h(
    "dl",
    { class: "dl" },
    terms
      .filter(([, value]) => value)
      .map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]),
  )
