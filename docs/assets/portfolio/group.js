// Devices with one answer: a row, and below it, when it is opened, all there is to know and to do.

import { byBytes, h, icon, sign } from "../find/dom.js"
import { SITE } from "../find/register.js"
import { changes, directly, facts, stops, terms } from "./way.js"

const fills = new WeakMap()

/** The row; `letters` knows where the drafted email of a manufacturer is. */
export function groupRow(group, book, letters) {
  const row = book.rows[group.places[0]]
  const summary = h(
    "summary",
    {},
    sign(...book.wordOf(group.answer)),
    h(
      "span",
      { class: "n" },
      group.devices.toLocaleString("en-GB"),
      h("span", { class: "vh" }, " devices"),
    ),
    h("span", {}, device(group), h("small", {}, named(group, row, book))),
    h(
      "span",
      { class: "fwc" },
      group.digits ? byBytes(group.digits.slice(12)) : "",
      h("small", {}, group.places.length === 1 ? `CPL ${row.numbers.join(", ")}` : ""),
    ),
    h("span", {}, goTo(group, row, book)),
    icon("chev"),
  )
  const details = h(
    "details",
    { class: "lot", toggle: () => details.open && fill(details) },
    summary,
  )
  fills.set(details, () => inside(group, book, letters))
  return details
}

/** Puts in what a closed group does without. */
export function fill(details) {
  const made = fills.get(details)
  if (!made) return
  fills.delete(details)
  details.append(h("div", { class: "in" }, made()))
}

const device = ({ digits }) =>
  digits
    ? h(
        "span",
        { class: "pn" },
        [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8, 12)].join("-"),
      )
    : "Type 2 Device"

function named({ answer, kind, digits }, row, book) {
  const apart = kind ? `, as ${kind} in the inventory` : ""
  if (row) return `${row.product ? `${row.product}, ` : ""}${book.told.types[row.type]}${apart}`
  if (answer === "never-listed") return "such as an in-home display"
  const [contact] = book.contactsOf(null, digits.slice(0, 4))
  return `${contact ? contact[1] : `no manufacturer with ${digits.slice(0, 4)}`}${apart}`
}

function goTo({ answer, places }, row, book) {
  if (places.length > 1) return ["Several answers", h("small", {}, "add the device type")]
  if (!row)
    return answer === "never-listed"
      ? "Nothing to look up"
      : ["Not known", h("small", {}, "compare it with the meter")]
  if (row.way) {
    const [to, direct, , steps] = row.way
    const how = {
      "stated-yes": "directly",
      via: `in ${steps.length} steps`,
      "stated-no": "not from this one",
      "not-stated": "how is not stated",
    }
    return [byBytes(book.rows[to].version), h("small", {}, how[direct])]
  }
  if (row.answer === "latest") return "Nothing to do"
  return ["Not known", h("small", {}, "ask the manufacturer")]
}

function inside(group, book, letters) {
  const rows = group.places.map((place) => book.rows[place])
  const told = rows.length
    ? rows.flatMap((row) => ofFirmware(row, group, book, rows.length > 1))
    : [h("p", {}, book.told.unknown[group.answer][1])]
  return [h("div", { class: "told" }, told), whom(rows, group, book, letters)]
}

/** The answer in full, the way, and what changes on it. */
function ofFirmware(row, { devices }, book, several) {
  const kind = `As ${book.told.types[row.type]}, ${row.gbcs}`
  return [
    several && h("h3", {}, sign(...book.wordOf(row.answer)), kind),
    h("p", {}, row.said),
    row.basis && h("p", { class: "q" }, row.basis),
    ...(row.answer === "unclear" ? unordered(row, book) : []),
    ...(row.way ? wayOf(row, devices, book) : []),
    entryOf(row, book),
  ]
}

const unordered = ({ others }, book) => [
  h("h3", {}, "Neither before nor after it, for all that is known"),
  h(
    "p",
    {},
    others.map((place) => [entry(book.rows[place]), " "]),
  ),
]

const wayOf = (row, devices, { rows }) => [
  h("h3", {}, "The way there"),
  stops(row, row.way, rows, {
    here: `${devices.toLocaleString("en-GB")} now`,
    there: "the latest",
  }),
  h("p", {}, h("b", {}, "Install directly? "), directly(row.way)),
  h("h3", {}, "What changes"),
  changes(row.way, rows),
]

function entryOf(row, book) {
  return terms([
    ["Entry", row.numbers.map((each) => [link(each), " "])],
    ["Status on the CPL", row.status],
    ["Listed as", row.label],
    ["Certificate", row.due],
    ...(row.way ? facts(row, row.way, book.rows) : []),
    ["Firmware record", row.recorded ? "" : "none yet"],
  ])
}

const link = (number) => h("a", { class: "pn", href: new URL(`cpl/${number}/`, SITE).href }, number)
const entry = (row) =>
  h("a", { href: new URL(`cpl/${row.numbers[0]}/`, SITE).href }, byBytes(row.version))

function whom(rows, group, book, letters) {
  const of = rows.length ? rows : [null]
  const contacts = [...new Set(of.flatMap((row) => book.contactsOf(row, group.digits.slice(0, 4))))]
  const { name, email } = book.told.panel
  const panel = h(
    "p",
    {},
    `Nobody has given a contact for this. Write to the ${name}: `,
    h("a", { href: `mailto:${email}` }, email),
    ".",
  )
  const told = contacts.map((contact) => {
    const [slug, company, mail, dial, phone, address] = contact
    const letter =
      letters.of(slug) &&
      h(
        "a",
        { class: "btn", href: `#letter-${slug}`, click: () => letters.open(slug) },
        "Drafted email",
      )
    return [
      h(
        "p",
        {},
        h("a", { href: new URL(`manufacturers/${slug}/`, SITE).href }, h("bdi", {}, company)),
        h("br"),
        h("a", { class: "tel", href: `tel:${dial}` }, phone),
        h("br"),
        h("a", { href: `mailto:${mail}` }, mail),
        h("br"),
        h("bdi", {}, address),
      ),
      letter,
    ]
  })
  return h("div", { class: "whom" }, h("h3", {}, "Whom to call"), contacts.length ? told : panel)
}
