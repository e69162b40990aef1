// The way from one firmware to another: its stops, whether it is direct, and what changes on it.
// A way is as `fir.site.browser_data.portfolio` has it, its firmware by their places in `rows`.

import { byBytes, h, icon } from "../find/dom.js"

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

/** From `row` to where its way leads, drawn; a way that nobody states is dotted. */
export function stops(row, [to, , , steps], rows, { here, there }) {
  const stated = steps.length > 0
  const places = stated ? steps : [to]
  const below = (place, step) => (place === to ? there : step ? "then" : "first")
  const ahead = places.map((place, step) =>
    stop(place === to ? "end" : "ring", rows[place], below(place, step)),
  )
  const kind = `stops${stated ? "" : " unstated"}${places.length > 2 ? " many" : ""}`
  return h("ol", { class: kind }, stop("here", row, here), ahead)
}

const stop = (name, { version }, below) =>
  h("li", {}, icon(name), h("b", {}, byBytes(version)), h("span", {}, below))

/** Whether it may be installed directly, in a sentence. */
export const directly = ([, direct, words]) =>
  direct === "stated-yes"
    ? "Yes, as the manufacturer states."
    : `${words[0].toUpperCase()}${words.slice(1)}.`

/** The joined notes: each text once, and each gap said. */
export const changes = ([, , , , since], rows) =>
  h(
    "ol",
    { class: "since" },
    since.map(([place, repeats]) => change(rows[place], repeats)),
  )

function change({ version, numbers, notes }, repeats) {
  const head = h(
    "h4",
    {},
    byBytes(version),
    h("span", { class: "cpl" }, "CPL ", h("b", {}, numbers[0])),
  )
  const said = repeats
    ? h("p", { class: "q" }, `The same notes as ${repeats}.`)
    : notes === null
      ? h("p", { class: "q" }, "Nobody has supplied its notes yet.")
      : h("div", { class: "notes" }, notes.trim())
  return h("li", {}, icon("ring"), head, said)
}

/** Labels and values of what else there is to know before installing. */
export function facts(row, [to, , , , , outage, outageNotes, image], rows) {
  const target = rows[to]
  const moved = ["smets_chts", "gbcs"]
    .filter((name) => target[name] !== row[name])
    .map((name) => `${row[name] || "not known"} to ${target[name] || "not known"}`)
  return [
    ["Versions change", moved.join("; ") || "no"],
    ["Power outage alert", [OUTAGE[outage], outageNotes.map((note) => h("small", {}, note))]],
    ["Image to install", IMAGE[image]],
  ]
}

/** Labels and values; one without a value is left out. */
export const terms = (told) =>
  h(
    "dl",
    { class: "dl" },
    told
      .filter(([, value]) => value && value.length)
      .flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]),
  )
