// Manufacturers that are known here: whose an identifier is, and what contact stands in their file.

import { companyKey } from "./company.js"

/** What the choice of a company that is not here yet is called: no short name can be. */
export const NEW = "(new)"

/** The manufacturers with an identifier, by short name. */
export const owners = (register, identifier) =>
  Object.entries(register.index.makers)
    .filter(([, [, , identifiers]]) => identifiers.includes(identifier))
    .map(([slug]) => slug)

/**
 * Which manufacturer is meant: the one chosen, else the only one; empty where it is new, and null
 * where several have the identifier and none is chosen.
 */
export function makerOf(possible, chosen) {
  if (possible.length < 2) return possible[0] ?? ""
  if (chosen === NEW) return ""
  return possible.includes(chosen) ? chosen : null
}

export const contactOf = (maker, type) => maker.contact_by_device_type[type] ?? maker.contact

/** Whether a company is called so, now or earlier. */
export function isCalled(maker, name, { company }) {
  const key = companyKey(name, company)
  return [maker.name, ...maker.also_known_as].some((each) => companyKey(each, company) === key)
}

/** The fields of a contact by the names of the form. */
export function fieldsOf(maker, contact) {
  const { email, telephone, address } = contact
  return new Map([
    ["contact.email", email],
    ["contact.telephone", telephone],
    ["contact.address.lines", address.lines.join("\n")],
    ["contact.address.locality", address.locality ?? ""],
    ["contact.address.postal_code", address.postal_code ?? ""],
    ["contact.address.country", address.country],
    ["website", maker.website ?? ""],
  ])
}
