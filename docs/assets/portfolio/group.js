// Devices with one answer: a row, and below it, when it is opened, all there is to know and to do.

import { badge, h, hexBytes, icon } from "../shared/dom.js"
import { formatModel } from "../shared/identifiers.js"
import { entryAddress, manufacturerAddress } from "../shared/register.js"
import { formatNumber } from "../shared/text.js"
import { changes, facts, installsDirectly, stops, termList } from "./upgrade_path.js"

/** @import { Child, Children } from "../shared/dom.js" */
/** @import { Answers } from "./answers.js" */
/** @import { Group } from "./check.js" */
/** @import { Emails } from "./emails.js" */

/** @type {WeakMap<HTMLElement, () => Children>} */
const contents = new WeakMap()

/**
 * The row; `emails` knows where the drafted email of a manufacturer is.
 * @param {Group} group
 * @param {Answers} answers
 * @param {Emails} emails
 */
export function groupRow(group, answers, emails) {
  /** @type {Firmware | undefined} */
  const row = answers.rows[group.places[0]]
  const summary = h(
    "summary",
    {},
    badge(...answers.badgeOf(group.answer)),
    h(
      "span",
      { class: "n" },
      formatNumber(group.devices),
      h("span", { class: "vh" }, " devices"),
    ),
    h("span", {}, device(group), h("small", {}, description(group, row, answers))),
    h(
      "span",
      { class: "fwc" },
      group.digits && hexBytes(group.digits.slice(12)),
      h("small", {}, group.places.length === 1 && `CPL ${row.numbers.join(", ")}`),
    ),
    h("span", {}, target(group, row, answers)),
    icon("chev"),
  )
  const details = h("details", { class: "lot" }, summary)
  details.addEventListener("toggle", () => details.open && fillGroup(details))
  contents.set(details, () => contentOf(group, answers, emails))
  return details
}

/** Puts in what a closed group does without. @param {HTMLElement} details */
export function fillGroup(details) {
  const make = contents.get(details)
  if (!make) return
  contents.delete(details)
  details.append(h("div", { class: "in" }, make()))
}

/** @param {Group} group */
const device = ({ digits }) =>
  digits ? h("span", { class: "pn" }, formatModel(digits.slice(0, 12))) : "Type 2 Device"

/** @param {Group} group @param {Firmware | undefined} row @param {Answers} answers */
function description({ answer, kind, digits }, row, answers) {
  const apart = kind ? `, as ${kind} in the inventory` : ""
  if (row) return `${row.product ? `${row.product}, ` : ""}${answers.data.types[row.type]}${apart}`
  if (answer === "never-listed") return "such as an in-home display"
  const identifier = digits.slice(0, 4)
  const [contact] = answers.contactsOf(null, identifier)
  return `${contact ? contact[1] : `no manufacturer with ${identifier}`}${apart}`
}

/**
 * Which firmware to go to.
 * @param {Group} group
 * @param {Firmware | undefined} row
 * @param {Answers} answers
 * @returns {Child}
 */
function target({ answer, places }, row, answers) {
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
    return [hexBytes(answers.rows[to].version), h("small", {}, how[direct])]
  }
  if (row.answer === "latest") return "Nothing to do"
  return ["Not known", h("small", {}, "ask the manufacturer")]
}

/** @param {Group} group @param {Answers} answers @param {Emails} emails @returns {Children} */
function contentOf(group, answers, emails) {
  const rows = group.places.map((place) => answers.rows[place])
  const sections = rows.length
    ? rows.map((row) => firmwareSections(row, group, answers, rows.length > 1))
    : h("p", {}, answers.data.unknown[group.answer][1])
  return [h("div", { class: "told" }, sections), contactCard(rows, group, answers, emails)]
}

/**
 * The answer in full, the upgrade path, and what changes on it.
 * @param {Firmware} row
 * @param {Group} group
 * @param {Answers} answers
 * @param {boolean} isOneOfSeveral
 * @returns {Children}
 */
function firmwareSections(row, { devices }, answers, isOneOfSeveral) {
  const kind = `As ${answers.data.types[row.type]}, ${row.gbcs}`
  return [
    isOneOfSeveral && h("h3", {}, badge(...answers.badgeOf(row.answer)), kind),
    h("p", {}, row.said),
    row.basis && h("p", { class: "q" }, row.basis),
    row.answer === "unclear" && unordered(row, answers),
    row.way && upgrade(row, row.way, devices, answers),
    entryTerms(row, answers),
  ]
}

/** @param {Firmware} row @param {Answers} answers */
const unordered = ({ others }, answers) => [
  h("h3", {}, "Neither before nor after it, for all that is known"),
  h("p", {}, others.map((place) => [firmwareLink(answers.rows[place]), " "])),
]

/** @param {Firmware} row @param {UpgradePath} path @param {number} devices @param {Answers} answers */
const upgrade = (row, path, devices, { rows }) => [
  h("h3", {}, "The way there"),
  stops(row, path, rows, { here: `${formatNumber(devices)} now`, there: "the latest" }),
  h("p", {}, h("b", {}, "Install directly? "), installsDirectly(path)),
  h("h3", {}, "What changes"),
  changes(path, rows),
]

/** @param {Firmware} row @param {Answers} answers */
function entryTerms(row, answers) {
  return termList([
    ["Entry", row.numbers.map((number) => [numberLink(number), " "])],
    ["Status on the CPL", row.status],
    ["Listed as", row.label],
    ["Certificate", row.due],
    ...(row.way ? facts(row, row.way, answers.rows) : []),
    ["Firmware record", row.recorded ? "" : "none yet"],
  ])
}

/** @param {string} number */
const numberLink = (number) => h("a", { class: "pn", href: entryAddress(number) }, number)
/** @param {Firmware} row */
const firmwareLink = ({ numbers, version }) =>
  h("a", { href: entryAddress(numbers[0]) }, hexBytes(version))

/** @param {Firmware[]} rows @param {Group} group @param {Answers} answers @param {Emails} emails */
function contactCard(rows, group, answers, emails) {
  const identifier = group.digits.slice(0, 4)
  const contacts = new Set(
    (rows.length ? rows : [null]).flatMap((row) => answers.contactsOf(row, identifier)),
  )
  const { name, email } = answers.data.panel
  const panel = h(
    "p",
    {},
    `Nobody has given a contact for this. Write to the ${name}: `,
    h("a", { href: `mailto:${email}` }, email),
    ".",
  )
  const cards = [...contacts].map((contact) => contactLines(contact, emails))
  return h("div", { class: "whom" }, h("h3", {}, "Whom to call"), cards.length ? cards : panel)
}

/** @param {PortfolioContact} contact @param {Emails} emails */
function contactLines([slug, company, email, telephone, telephoneInWords, address], emails) {
  return [
    h(
      "p",
      {},
      h("a", { href: manufacturerAddress(slug) }, h("bdi", {}, company)),
      h("br"),
      h("a", { class: "tel", href: `tel:${telephone}` }, telephoneInWords),
      h("br"),
      h("a", { href: `mailto:${email}` }, email),
      h("br"),
      h("bdi", {}, address),
    ),
    emails.has(slug) &&
      h(
        "a",
        { class: "btn", href: `#letter-${slug}`, click: () => emails.open(slug) },
        "Drafted email",
      ),
  ]
}
