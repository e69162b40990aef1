// What is said where nothing was found as typed: which parts are known, and what to do.

import { byBytes, h, icon } from "./dom.js"
import { either, might, otherReadings } from "./reading.js"
import { SITE } from "./register.js"
import { link } from "./rows.js"

const LISTED = 12
const ALONE = "Check the digits against the inventory, or look for the manufacturer alone."
const TOGETHER = "Leave out a part that is not known, or look for one part alone."

/** What to say above the rows, or nothing where all was found as typed. */
export function remark(found, register) {
  if (found.hits.length && found.asTyped) return ""
  if (found.hits.length)
    return box("note", "Not on the CPL as typed. Found by another reading.",
      list(otherReadings(found, register)))
  if (found.unknown) return unknown(found.unknown, register)
  const parts = found.parts.map((part, place) => partSaid(part, found, place, register))
  return box("off", "No entry fits every part of what you look for.",
    list(parts), h("p", {}, parts.length > 1 ? TOGETHER : ALONE), panel(register))
}

/** The query as it came was none. */
export const refused = (error) => box("off", error.message)

const box = (shape, title, ...more) => h(
  "div", { class: `remark is-${shape}` },
  icon(shape), h("div", {}, h("p", { class: "what" }, title), more),
)

const list = (items) => h("ul", {}, items.map((item) => h("li", {}, item)))
const name = (value) => h("span", { class: "path" }, value)
const known = (is) => (is ? ": known" : ": not known")

function partSaid(part, found, place, register) {
  const means = either([...new Set(might(part, found, register))])
  return [name(part.text), ` as ${means}`, known(found.known[place])]
}

function unknown({ device, type, listing }, register) {
  const title = register.index.unknown[listing].join(". ")
  if (!device.length) return box("off", title, panel(register))
  const [manufacturer, model, firmware] = device
  const as = type ? ` as ${type}` : ""
  const listed = register.entries.filter((entry) => entry.model === manufacturer + model)
  const ofMaker = listing === "unknown-model" ? ` of this manufacturer${as}` : ""
  return box(
    "off", title,
    list([
      ["Manufacturer ", name(manufacturer), known(listing !== "unknown-manufacturer")],
      ["Model and hardware ", name(model), known(listing === "unknown-firmware"), ofMaker],
      ["Firmware ", byBytes(firmware), known(false), ` of this Device Model${as}`],
    ]),
    listed.length && h("p", {}, "Listed for this Device Model:"),
    h("p", { class: "at" }, listed.slice(0, LISTED).map(link), listed.length > LISTED && "and more"),
    whom(manufacturer, register),
  )
}

/** Whom to ask: who uses the identifier, else the Panel. */
function whom(manufacturer, register) {
  const users = Object.entries(register.index.makers)
    .filter(([, [, , identifiers]]) => identifiers.includes(manufacturer))
    .map(([slug, [called]]) => h("a", { href: new URL(`manufacturers/${slug}/`, SITE).href }, called))
  if (!users.length) return panel(register)
  return h("p", {}, "Ask ", users.flatMap((user, place) => (place ? [" or ", user] : [user])),
    ". A meter may run a firmware that its inventory does not show yet.")
}

function panel(register) {
  const { name: called, email } = register.index.panel
  const letter = h("a", { href: `mailto:${email}` }, email)
  return h("p", {}, "Something missing? Write to the ", called, ": ", letter, ".")
}
