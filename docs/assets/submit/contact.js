// Whose contact is published with the record: that of the manufacturer's file, or one given here.

import { ChangeTracker, child, h, part } from "../shared/dom.js"
import { formatDay } from "../shared/text.js"
import { fill } from "./form_state.js"
import { NEW, contactFields, contactOf, isCalled } from "./manufacturers.js"
import { deviceOf } from "./submission.js"

/** @import { Register } from "../shared/register.js" */
/** @import { FormState } from "./form_state.js" */

const SEVERAL = "Several companies use this identifier."

export class ContactStep {
  #choices = new ChangeTracker()
  #published = new ChangeTracker()

  /** @param {Element} step */
  constructor(step) {
    this.source = part(step, ".whose")
    this.choice = part(step, ".maker-choice")
    this.remark = part(step, ".remark-on")
    this.published = part(step, ".published")
    this.changed = part(step, ".changed")
    this.fields = part(step, ".to-publish")
    this.company = part(step, '[data-of="new_manufacturer.name"]')
  }

  /** @param {FormState} state */
  show(state) {
    const { possible, register, manufacturer: slug, identifier } = state
    if (this.#choices.changed(possible.join())) {
      this.choice.hidden = possible.length < 2
      const choices = possible.length > 1 ? choicesOf(possible, register) : []
      child(this.choice, "select", HTMLSelectElement).replaceChildren(...choices)
    }
    const manufacturer = manufacturerOf(state)
    const contact = manufacturer && contactOf(manufacturer, deviceOf(state).type)
    const isKnown = typeof slug === "string"
    this.remark.textContent = remarkOn(state, manufacturer)
    this.source.textContent =
      slug === null ? SEVERAL : sourceOf(manufacturer, contact, isKnown ? identifier : "")
    this.changed.hidden = !manufacturer
    this.company.hidden = Boolean(manufacturer)
    this.fields.hidden = manufacturer ? !state.givesContact : !isKnown
    this.published.hidden = !manufacturer || state.givesContact
    if (this.#published.changed(`${slug} ${contact?.email}`))
      this.published.replaceChildren(...(contact ? [contactList(contact)] : []))
  }

  /**
   * What is published stands in the fields, to be changed.
   * @param {FormState} state
   * @param {HTMLFormElement} form
   */
  fillIn(state, form) {
    const manufacturer = manufacturerOf(state)
    if (!manufacturer) return
    const type = state.entry?.type ?? state.values.get("entries.0.device.type")
    const known = contactFields(manufacturer, contactOf(manufacturer, type))
    fill(
      form,
      [...known].flatMap(([name, value]) => (state.values.get(name) ? [] : [[name, value]])),
    )
  }
}

/** @param {FormState} state */
const manufacturerOf = ({ manufacturer, manufacturers }) =>
  manufacturer ? manufacturers.get(manufacturer) : undefined

/**
 * The choices where several companies have the identifier.
 * @param {string[]} possible
 * @param {Register} register
 */
const choicesOf = (possible, register) => [
  h("option", { value: "" }, "Choose"),
  ...possible.map((slug) =>
    h("option", { value: slug }, register.manufacturers.get(slug)?.name ?? slug),
  ),
  h("option", { value: NEW }, "A company that is not here yet"),
]

/** Email, telephone and address, as they are published. @param {Contact} contact */
function contactList({ email, telephone, address }) {
  const place = [...address.lines, address.locality, address.postal_code, address.country]
  const terms = [
    ["Email", email],
    ["Telephone", telephone],
    ["Address", place.filter(Boolean).join(", ")],
  ]
  return h(
    "dl",
    { class: "dl" },
    terms.map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]),
  )
}

/**
 * Where the contact comes from.
 * @param {Manufacturer | undefined} manufacturer
 * @param {Contact | undefined} contact
 * @param {string} identifier
 */
function sourceOf(manufacturer, contact, identifier) {
  if (manufacturer) {
    const when = contact?.confirmed_on
      ? `, confirmed ${formatDay(contact.confirmed_on)}`
      : ", with no day of confirmation"
    return `Taken from the file of ${manufacturer.name}${when}.`
  }
  if (identifier)
    return (
      `No company here has the identifier ${identifier} yet. Give yours: ` +
      "all of it is published, so no person’s name or mailbox."
    )
  return "It fills itself in once the entry is known."
}

/**
 * What is worth knowing of a contact that is given here.
 * @param {FormState} state
 * @param {Manufacturer | undefined} manufacturer
 */
function remarkOn({ givesContact, manufacturers, values, data, manufacturer: slug }, manufacturer) {
  if (manufacturer)
    return givesContact ? "A reviewer compares it with what is published now." : ""
  const name = values.get("new_manufacturer.name") ?? ""
  const same = name.trim() && [...manufacturers.values()].find((each) => isCalled(each, name, data))
  if (slug !== "" || !same) return ""
  const identifiers = same.manufacturer_identifiers.join(", ")
  return (
    `A company of that name is here under ${identifiers}. If it is yours, write to the Panel: ` +
    "it adds the identifier."
  )
}
