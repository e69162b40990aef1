// Which manufacturer a company's name means, and the short name of a new one: as
// `fir.submissions.company` has it.

const WORD = /[\p{L}\p{N}]+/gu
const LONGEST = 50

/** What two spellings of one company have in common. */
export function companyKey(name, { legal_forms: forms }) {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/[&+]/g, " and ")
    .replaceAll(".", "")
  const words = plain.match(WORD) ?? []
  while (words.length > 1 && forms.includes(words.at(-1))) words.pop()
  return words.join(" ")
}

/** A short name for a company that has none yet, unlike every other. */
export function slugOf(name, identifier, rules) {
  const latin = companyKey(name, rules)
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "")
  let slug = (latin.match(/[a-z0-9]+/g) ?? [])
    .join("-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "")
  if (!slug || new RegExp(`^(?:${rules.reserved})$`).test(slug))
    slug = [slug, `manufacturer-${identifier.toLowerCase()}`].filter(Boolean).join("-")
  let unique = slug
  for (let number = 2; rules.taken.includes(unique); number++) unique = `${slug}-${number}`
  return unique
}
