// Which manufacturer is meant: by an identifier or by a company's name as `fir.submissions.match_manufacturer`
// reads it; what contact stands in its file; and countries by their names.

import { foldCase } from "../shared/text.js"

/** What the choice of a company that is not here yet is called: no short name can be. */
export const NEW = "(new)"
const WORD = /[\p{L}\p{N}]+/gu
const LONGEST_SLUG = 50

/**
 * Which manufacturer is meant: the one chosen, else the only one; empty where it is new, and null
 * where several have the identifier and none is chosen.
 * @param {string[]} possible
 * @param {string | undefined} chosen
 */
export function chooseManufacturer(possible, chosen) {
  if (possible.length < 2) return possible[0] ?? ""
  if (chosen === NEW) return ""
  return chosen !== undefined && possible.includes(chosen) ? chosen : null
}

/** @param {Manufacturer} manufacturer @param {string | undefined} type of device */
export const contactOf = (manufacturer, type) =>
  (type && manufacturer.contact_by_device_type[type]) || manufacturer.contact

/**
 * Whether a company is called so, now or earlier.
 * @param {Manufacturer} manufacturer
 * @param {string} name
 * @param {SubmitData} data
 */
export function isCalled(manufacturer, name, { company }) {
  const key = companyKey(name, company)
  const names = [manufacturer.name, ...manufacturer.also_known_as]
  return names.some((each) => companyKey(each, company) === key)
}

/**
 * The fields of a contact by the names of the form.
 * @param {Manufacturer} manufacturer
 * @param {Contact} contact
 */
export function contactFields(manufacturer, { email, telephone, address }) {
  return new Map([
    ["contact.email", email],
    ["contact.telephone", telephone],
    ["contact.address.lines", address.lines.join("\n")],
    ["contact.address.locality", address.locality ?? ""],
    ["contact.address.postal_code", address.postal_code ?? ""],
    ["contact.address.country", address.country],
    ["website", manufacturer.website ?? ""],
  ])
}

/**
 * What two spellings of one company have in common.
 * @param {string} name
 * @param {CompanyRules} rules
 */
function companyKey(name, { legal_forms: forms }) {
  const plain = foldCase(name.normalize("NFKC")).replace(/[&+]/g, " and ").replaceAll(".", "")
  const words = plain.match(WORD) ?? []
  while (words.length > 1 && forms.includes(words[words.length - 1])) words.pop()
  return words.join(" ")
}

/**
 * A short name for a company that has none yet, unlike every other.
 * @param {string} name
 * @param {string} identifier
 * @param {CompanyRules} rules
 */
export function slugOf(name, identifier, rules) {
  const latin = companyKey(name, rules)
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "")
  let slug = (latin.match(/[a-z0-9]+/g) ?? [])
    .join("-")
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, "")
  if (!slug || new RegExp(`^(?:${rules.reserved})$`).test(slug))
    slug = [slug, `manufacturer-${identifier.toLowerCase()}`].filter(Boolean).join("-")
  let unique = slug
  for (let number = 2; rules.taken.includes(unique); number++) unique = `${slug}-${number}`
  return unique
}

/**
 * Names the choices of a control, which are codes so far, by the English names that the browser
 * knows, and puts them in the order of names.
 * @param {HTMLSelectElement} select
 */
export function nameCountries(select) {
  const names = new Intl.DisplayNames("en-GB", { type: "region" })
  const [first, ...countries] = select.options
  for (const each of countries) {
    each.value = each.text
    each.textContent = names.of(each.text) ?? each.text
  }
  countries.sort((one, other) => one.text.localeCompare(other.text, "en-GB"))
  select.replaceChildren(first, ...countries)
}

/**
 * The code of a country that is written as people do, or the empty string.
 * @param {string} text
 * @param {HTMLSelectElement} select
 * @param {Record<string, string>} otherNames
 */
export function countryCode(text, select, otherNames) {
  const wanted = text.toLowerCase().replace(/\.$/, "")
  const choice = [...select.options].find(
    ({ value, text: name }) =>
      value && [value, name].some((each) => each.toLowerCase() === wanted),
  )
  if (choice) return choice.value
  return Object.hasOwn(otherNames, wanted) ? otherNames[wanted] : ""
}
