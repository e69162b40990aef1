// Whose contact is published with the record: that of the manufacturer's file, or one given here.

import { h } from "../find/dom.js"
import { deviceOf } from "./asked.js"
import { Drawn } from "./drawn.js"
import { fill } from "./filled.js"
import { NEW, contactOf, fieldsOf, isCalled } from "./makers.js"
import { day } from "./place.js"

/** The choices where several companies have the identifier. */
const makerChoices = (possible, register) => [
  h("option", { value: "" }, "Choose"),
  ...possible.map((slug) => h("option", { value: slug }, register.makerOf(slug)[0])),
  h("option", { value: NEW }, "A company that is not here yet"),
]

/** Email, telephone and address, as they are published. */
function published({ email, telephone, address }) {
  const place = [...address.lines, address.locality, address.postal_code, address.country]
  return [
    h(
      "dl",
      { class: "dl" },
      ...[
        ["Email", email],
        ["Telephone", telephone],
        ["Address", place.filter(Boolean).join(", ")],
      ].map(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]),
    ),
  ]
}

/** Where the contact comes from. */
function whose(maker, contact, identifier) {
  if (maker) {
    const when = contact.confirmed_on
      ? `, confirmed ${day(contact.confirmed_on)}`
      : ", with no day of confirmation"
    return `Taken from the file of ${maker.name}${when}.`
  }
  if (identifier)
    return (
      `No company here has the identifier ${identifier} yet. Give yours: ` +
      "all of it is published, so no person’s name or mailbox."
    )
  return "It fills itself in once the entry is known."
}

/** What is worth knowing of a contact that is given here. */
function remarkOf({ tellsContact, makers, values, data, maker: slug }, maker) {
  if (maker) return tellsContact ? "A reviewer compares it with what is published now." : ""
  const name = values.get("new_manufacturer.name") ?? ""
  const same = name.trim() && [...makers.values()].find((each) => isCalled(each, name, data))
  if (slug !== "" || !same) return ""
  const identifiers = same.manufacturer_identifiers.join(", ")
  return (
    `A company of that name is here under ${identifiers}. If it is yours, write to the Panel: ` +
    "it adds the identifier."
  )
}

const SEVERAL = "Several companies use this identifier."

export class ContactStep {
  #choices = new Drawn()
  #maker = new Drawn()

  constructor(step) {
    this.step = step
    const of = (selector) => step.querySelector(selector)
    this.whose = of(".whose")
    this.makers = of(".maker-choice")
    this.remark = of(".remark-on")
    this.published = of(".published")
    this.changed = of(".changed")
    this.fields = of(".to-publish")
    this.company = of('[data-of="new_manufacturer.name"]')
  }

  show(asked) {
    const { possible, register, makers, maker: slug, identifier } = asked
    if (this.#choices.changed(possible.join())) {
      this.makers.hidden = possible.length < 2
      const choices = possible.length > 1 ? makerChoices(possible, register) : []
      this.makers.querySelector("select").replaceChildren(...choices)
    }
    const maker = makers.get(slug)
    const contact = maker && contactOf(maker, deviceOf(asked).type)
    const known = typeof slug === "string"
    this.remark.textContent = remarkOf(asked, maker)
    this.whose.textContent =
      slug === null ? SEVERAL : whose(maker, contact, known ? identifier : "")
    this.changed.hidden = !maker
    this.company.hidden = Boolean(maker)
    this.fields.hidden = maker ? !asked.tellsContact : !known
    this.published.hidden = !maker || asked.tellsContact
    if (this.#maker.changed(`${slug} ${contact?.email}`))
      this.published.replaceChildren(...(maker ? published(contact) : []))
  }

  /** What is published stands in the fields, to be changed. */
  fillIn({ makers, maker: slug, entry, values }, form) {
    const maker = makers.get(slug)
    if (!maker) return
    const type = entry?.type ?? values.get("entries.0.device.type")
    const known = fieldsOf(maker, contactOf(maker, type))
    fill(
      form,
      [...known].filter(([name]) => !values.get(name)),
    )
  }
}
