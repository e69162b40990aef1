// Countries by their English names, which the browser knows; a file holds the code.

/** Names the choices of a control, which are codes so far, and puts them in the order of names. */
export function named(select) {
  const names = new Intl.DisplayNames("en-GB", { type: "region" })
  const [first, ...countries] = select.options
  for (const each of countries) {
    each.value = each.text
    each.textContent = names.of(each.text)
  }
  countries.sort((one, other) => one.text.localeCompare(other.text, "en-GB"))
  select.replaceChildren(first, ...countries)
}

/**
 * The code of a country that is written as people do, or the empty string.
 * @param also what people call a country that has another name
 */
export function codeOf(text, select, also) {
  const said = text.toLowerCase().replace(/\.$/, "")
  const choice = [...select.options].find(
    ({ value, text: name }) => value && [value, name].some((each) => each.toLowerCase() === said),
  )
  if (choice) return choice.value
  return Object.hasOwn(also, said) ? also[said] : ""
}
