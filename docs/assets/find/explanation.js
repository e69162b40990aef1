// How a query was read, in words, and what is said where nothing was found as typed.

import { entryLink, h, hexBytes, icon } from "../shared/dom.js"
import { manufacturerAddress } from "../shared/register.js"
import { joinWithOr, wordsOf } from "../shared/text.js"

/** @import { Child } from "../shared/dom.js" */
/** @import { Reading } from "../shared/identifiers.js" */
/** @import { Register } from "../shared/register.js" */
/** @import { LookupResult, Part, UnknownDevice } from "./lookup.js" */

const MOST_LISTED = 12
const ALONE = "Check the digits against the inventory, or look for the manufacturer alone."
const TOGETHER = "Leave out a part that is not known, or look for one part alone."

/** Each part with what it was taken for. @param {LookupResult} result @param {Register} register */
export function explainParts(result, register) {
  return result.parts.map((part, place) => {
    const read = result.hits.map((hit) => meaningOf(hit.readings[place], hit.entry, register))
    const meanings = [...new Set(read.length ? read : possibleMeanings(part, result, register))]
    const known = result.known[place] || result.hits.length > 0
    const unknown = meanings[0] === "words" ? "in no name" : `${joinWithOr(meanings)}, not known`
    const words = known ? joinWithOr(meanings) : unknown
    return h("span", { class: known ? "tok" : "tok wrong" }, part.text, " ", h("small", {}, words))
  })
}

/**
 * What a part that fits nothing could be: a part of the device that is unknown, or anything.
 * @param {Part} part
 * @param {LookupResult} result
 * @param {Register} register
 */
function possibleMeanings(part, result, register) {
  const known = result.unknown?.read.get(part)
  const first = part.readings.filter((each) => !each.fallback)
  const readings = known ? [known] : first.length ? first : part.readings.slice(0, 1)
  return readings.map((each) => register.reading.means[each.means])
}

/**
 * Words are said to be what they were found in.
 * @param {Reading} reading
 * @param {Entry} entry
 * @param {Register} register
 */
function meaningOf({ means, value }, entry, register) {
  if (means !== "words") return register.reading.means[means]
  /** @param {string} name */
  const has = (name) => name && ` ${wordsOf(name)}`.includes(` ${value}`)
  const companies = register
    .manufacturersOf(entry)
    .flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs])
  if (companies.some(has)) return "company name"
  if (has(entry.product)) return "product name"
  if (has(entry.type)) return "device type"
  if (has(entry.label)) return "name on the CPL"
  return has(entry.creator) ? "image creator" : "words"
}

/**
 * The parts that were found only in another coding, or as a former value.
 * @param {LookupResult} result
 * @param {Register} register
 */
function otherReadings(result, register) {
  const sentences = new Set()
  for (const hit of result.hits)
    hit.readings.forEach((each, place) => {
      if (!each.fallback || each.means === "words") return
      const coded = each.coding ? ` ${each.value}, if what was typed is ${each.coding}` : ""
      sentences.add(
        `${result.parts[place].text} as ${register.reading.means[each.means]}${coded}`,
      )
    })
  return [...sentences]
}

/**
 * What to say above the rows, or nothing where all was found as typed.
 * @param {LookupResult} result
 * @param {Register} register
 */
export function noticeOf(result, register) {
  if (result.hits.length && result.asTyped) return ""
  if (result.hits.length)
    return notice(
      "note",
      "Not on the CPL as typed. Found by another reading.",
      list(otherReadings(result, register)),
    )
  if (result.unknown) return unknownNotice(result.unknown, register)
  const parts = result.parts.map((part, place) => {
    const meanings = [...new Set(possibleMeanings(part, result, register))]
    return [identifier(part.text), ` as ${joinWithOr(meanings)}`, isKnown(result.known[place])]
  })
  return notice(
    "off",
    "No entry fits every part of what you look for.",
    list(parts),
    h("p", {}, parts.length > 1 ? TOGETHER : ALONE),
    panelContact(register),
  )
}

/** The query as it came was none. @param {Error} error */
export const refusalNotice = (error) => notice("off", error.message)

/** @param {string} shape @param {string} title @param {Child[]} more */
const notice = (shape, title, ...more) =>
  h(
    "div",
    { class: `remark is-${shape}` },
    icon(shape),
    h("div", {}, h("p", { class: "what" }, title), more),
  )

/** @param {Child[]} items */
const list = (items) => h("ul", {}, items.map((item) => h("li", {}, item)))
/** @param {string} text */
const identifier = (text) => h("span", { class: "path" }, text)
/** @param {boolean} known */
const isKnown = (known) => (known ? ": known" : ": not known")

/** @param {UnknownDevice} unknown @param {Register} register */
function unknownNotice({ device, type, listing }, register) {
  const title = register.index.unknown[listing].join(". ")
  if (!device) return notice("off", title, panelContact(register))
  const [manufacturer, model, firmware] = device
  const as = type ? ` as ${type}` : ""
  const listed = register.entries.filter((entry) => entry.model === manufacturer + model)
  const ofManufacturer = listing === "unknown-model" ? ` of this manufacturer${as}` : ""
  const isModelKnown = listing === "unknown-firmware"
  return notice(
    "off",
    title,
    list([
      ["Manufacturer ", identifier(manufacturer), isKnown(listing !== "unknown-manufacturer")],
      ["Model and hardware ", identifier(model), isKnown(isModelKnown), ofManufacturer],
      ["Firmware ", hexBytes(firmware), isKnown(false), ` of this Device Model${as}`],
    ]),
    listed.length > 0 && h("p", {}, "Listed for this Device Model:"),
    h(
      "p",
      { class: "at" },
      listed.slice(0, MOST_LISTED).map(entryLink),
      listed.length > MOST_LISTED && "and more",
    ),
    contactsOf(manufacturer, register),
  )
}

/** Who uses the identifier, else the Panel. @param {string} code @param {Register} register */
function contactsOf(code, register) {
  const users = register
    .usersOf(code)
    .map((slug) =>
      h("a", { href: manufacturerAddress(slug) }, register.manufacturers.get(slug)?.name),
    )
  if (!users.length) return panelContact(register)
  return h(
    "p",
    {},
    "Ask ",
    users.map((user, place) => (place ? [" or ", user] : user)),
    ". A meter may run a firmware that its inventory does not show yet.",
  )
}

/** @param {Register} register */
function panelContact(register) {
  const { name, email } = register.index.panel
  const link = h("a", { href: `mailto:${email}` }, email)
  return h("p", {}, "Something missing? Write to the ", name, ": ", link, ".")
}
