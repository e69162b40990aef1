// Devices with one answer: a row, and below it, when it is opened, all there is to know and to do.

import { byBytes, h, icon, sign } from "../find/dom.js"
import { SITE } from "../find/register.js"

const OUTAGE = {
  expected: "expected: warn the network operator",
  "not-expected": "not expected",
  unknown: "not stated",
}
const IMAGE = { whole: "a whole image", fragment: "one fragment of an image", partial: "an image of one part only", "not-stated": "not stated" }
const fills = new WeakMap()

/** The row; `letters` knows where the drafted email of a manufacturer is. */
export function groupRow(group, book, letters) {
  const row = book.rows[group.places[0]]
  const summary = h(
    "summary", {},
    sign(...book.wordOf(group.answer)),
    h("span", { class: "n" }, group.devices.toLocaleString("en-GB"), h("span", { class: "vh" }, " devices")),
    h("span", {}, device(group), h("small", {}, named(group, row, book))),
    h("span", { class: "fwc" }, group.digits ? byBytes(group.digits.slice(12)) : "", h("small", {}, group.places.length === 1 ? `CPL ${row.numbers.join(", ")}` : "")),
    h("span", {}, goTo(group, row, book)),
    icon("chev"),
  )
  const details = h("details", { class: "lot", toggle: () => details.open && fill(details) }, summary)
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
  digits ? h("span", { class: "pn" }, [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8, 12)].join("-")) : "Type 2 Device"

function named({ answer, kind, digits }, row, book) {
  const apart = kind ? `, as ${kind} in the inventory` : ""
  if (row) return `${row.product ? `${row.product}, ` : ""}${book.told.types[row.type]}${apart}`
  if (answer === "never-listed") return "such as an in-home display"
  const [contact] = book.contactsOf(null, digits.slice(0, 4))
  return `${contact ? contact[1] : `no manufacturer with ${digits.slice(0, 4)}`}${apart}`
}

function goTo({ answer, places }, row, book) {
  if (places.length > 1) return ["Several answers", h("small", {}, "add the device type")]
  if (!row) return answer === "never-listed" ? "Nothing to look up" : ["Not known", h("small", {}, "compare it with the meter")]
  if (row.way) {
    const [to, direct, , steps] = row.way
    const how = { "stated-yes": "directly", via: `in ${steps.length} steps`, "stated-no": "not from this one", "not-stated": "how is not stated" }
    return [byBytes(book.rows[to].version), h("small", {}, how[direct])]
  }
  if (row.answer === "latest") return "Nothing to do"
  return ["Not known", h("small", {}, "ask the manufacturer")]
}

function inside(group, book, letters) {
  const rows = group.places.map((place) => book.rows[place])
  const told = rows.length ? rows.flatMap((row) => ofFirmware(row, group, book, rows.length > 1)) : [h("p", {}, book.told.unknown[group.answer][1])]
  return [h("div", { class: "told" }, told), whom(rows, group, book, letters)]
}

/** The answer in full, the way, and what changes on it. */
function ofFirmware(row, group, book, several) {
  const head = several && h("h3", {}, sign(...book.wordOf(row.answer)), `As ${book.told.types[row.type]}, ${row.gbcs}`)
  const others = row.others.length && row.answer === "unclear"
    ? [h("h3", {}, "Neither before nor after it, for all that is known"), h("p", {}, row.others.map((place) => [entry(book.rows[place]), " "]))]
    : []
  return [
    head, h("p", {}, row.said), row.basis && h("p", { class: "q" }, row.basis), ...others,
    ...(row.way ? way(row, group, book) : []), facts(row, book),
  ].flat()
}

function way(row, { devices }, book) {
  const [to, direct, words, steps, since] = row.way
  const stated = steps.length > 0
  const places = stated ? steps : [to]
  const stop = (name, at, below) => h("li", {}, icon(name), h("b", {}, byBytes(at.version)), h("span", {}, below))
  const ahead = places.map((place, step) => stop(place === to ? "end" : "ring", book.rows[place], place === to ? "the latest" : step ? "then" : "first"))
  return [
    h("h3", {}, "The way there"),
    h("ol", { class: `stops${stated ? "" : " unstated"}${places.length > 2 ? " many" : ""}` },
      stop("here", row, `${devices.toLocaleString("en-GB")} now`), ahead),
    h("p", {}, h("b", {}, "Install directly? "), direct === "stated-yes" ? "Yes, as the manufacturer states." : `${words[0].toUpperCase()}${words.slice(1)}.`),
    h("h3", {}, "What changes"),
    h("ol", { class: "since" }, since.map(([place, repeats]) => change(book.rows[place], repeats))),
  ]
}

function change(row, repeats) {
  const head = h("h4", {}, byBytes(row.version), h("span", { class: "cpl" }, "CPL ", h("b", {}, row.numbers[0])))
  if (repeats) return h("li", {}, icon("ring"), head, h("p", { class: "q" }, `The same notes as ${repeats}.`))
  if (row.notes === null) return h("li", {}, icon("ring"), head, h("p", { class: "q" }, "Nobody has supplied its notes yet."))
  return h("li", {}, icon("ring"), head, h("div", { class: "notes" }, row.notes.trim()))
}

function facts(row, book) {
  const target = row.way && book.rows[row.way[0]]
  const moved = target && ["smets_chts", "gbcs"].filter((name) => target[name] !== row[name]).map((name) => `${row[name] || "not known"} to ${target[name] || "not known"}`)
  const told = [
    ["Entry", row.numbers.map((each) => [link(each), " "])],
    ["Status on the CPL", row.status],
    ["Listed as", row.label],
    ["Certificate", row.due],
    ["Versions change", moved && (moved.join("; ") || "no")],
    ["Power outage alert", row.way && [OUTAGE[row.way[5]], row.way[6].map((note) => h("small", {}, note))]],
    ["Image to install", row.way && IMAGE[row.way[7]]],
    ["Firmware record", row.recorded ? "" : "none yet"],
  ]
  return h("dl", { class: "dl" }, told.filter(([, value]) => value && value.length !== 0).flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]))
}

const link = (number) => h("a", { class: "pn", href: new URL(`cpl/${number}/`, SITE).href }, number)
const entry = (row) => h("a", { href: new URL(`cpl/${row.numbers[0]}/`, SITE).href }, byBytes(row.version))

function whom(rows, group, book, letters) {
  const of = rows.length ? rows : [null]
  const contacts = [...new Set(of.flatMap((row) => book.contactsOf(row, group.digits.slice(0, 4))))]
  const { name, email } = book.told.panel
  const panel = h("p", {}, `Nobody has given a contact for this. Write to the ${name}: `, h("a", { href: `mailto:${email}` }, email), ".")
  const told = contacts.map((contact) => {
    const [slug, company, mail, dial, phone, address] = contact
    const letter = letters.of(slug) && h("a", { class: "btn", href: `#letter-${slug}`, click: () => letters.open(slug) }, "Drafted email")
    return [
      h("p", {}, h("a", { href: new URL(`manufacturers/${slug}/`, SITE).href }, h("bdi", {}, company)), h("br"),
        h("a", { class: "tel", href: `tel:${dial}` }, phone), h("br"), h("a", { href: `mailto:${mail}` }, mail), h("br"), h("bdi", {}, address)),
      letter,
    ]
  })
  return h("div", { class: "whom" }, h("h3", {}, "Whom to call"), contacts.length ? told : panel)
}
