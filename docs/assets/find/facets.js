// What the list can be filtered by: the values an entry has, and how each is named.

import { sign } from "./dom.js"

const LISTINGS = { current: "Current", removed: "Removed", "no-longer-listed": "No longer listed" }
const CERTIFICATES = {
  soon: "Due within 12 months",
  passed: "Day has passed",
  later: "Due later",
  none: "No day stated",
}
const OUTAGES = { expected: "Expected", "not-expected": "Not expected", unknown: "Not stated" }
const RECORDS = { none: "No record yet", there: "Has a record" }

const IDENTIFIER = /^[0-9A-F]{4}$/
const own = (words, value) => (Object.hasOwn(words, value) ? words[value] : undefined)
const inOrder = (values) => (value) => values.indexOf(value)
const named = (words) => ({
  label: (value) => own(words, value) ?? value,
  place: inOrder(Object.keys(words)),
})
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1)

/**
 * Every facet: its key in the address, its heading, the values of an entry, and the label of one,
 * which may be a value that no entry has, since the address says it. Options stand by `place`, then
 * by label; `shown` is how one looks where it is not just its label. `folded` ones begin closed.
 */
export const FACETS = [
  {
    key: "answer",
    title: "Answer",
    of: (entry) => [entry.answer],
    label: (value, register) => own(register.index.answers, value)?.[1] ?? value,
    place: inOrder(["latest", "newer-exists", "unclear", "withdrawn", "removed", "no-longer-listed"]),
    shown: (value, register) => sign(...register.index.answers[value]),
  },
  {
    key: "record",
    title: "Firmware record",
    of: (entry) => [entry.recorded ? "there" : "none"],
    ...named(RECORDS),
    shown: (value) => (value === "none" ? sign("norec", RECORDS.none) : RECORDS[value]),
  },
  {
    key: "manufacturer",
    title: "Manufacturer",
    of: (entry) => (entry.makers.length ? entry.makers : [entry.model.slice(0, 4)]),
    label: (value, register) =>
      register.makerOf(value)?.[0] ?? (IDENTIFIER.test(value) ? `No contact yet: ${value}` : value),
    place: (value) => Number(IDENTIFIER.test(value)),
  },
  {
    key: "type",
    title: "Device type",
    of: (entry) => [entry.type],
    label: (value, register) => capital(own(register.index.types, value) ?? value),
  },
  { key: "listing", title: "On the CPL", of: (entry) => [entry.listing], ...named(LISTINGS) },
  {
    key: "certificate",
    title: "CPA certificate",
    of: (entry) => [entry.certificate[2]],
    ...named(CERTIFICATES),
    folded: true,
    note: (register) => `As on ${register.index.cpl.issued_on}, when this CPL was issued`,
  },
  {
    key: "outage",
    title: "Outage alert on activation",
    of: (entry) => [entry.outage],
    ...named(OUTAGES),
    folded: true,
  },
  {
    key: "generation",
    title: "Generation",
    of: (entry) => [entry.generation],
    label: (value) => value.replace(/\+$/, " or later"),
    folded: true,
  },
  {
    key: "version",
    title: "SMETS or CHTS version",
    of: (entry) => [entry.version || "unknown"],
    label: (value) => (value === "unknown" ? "Not known" : value.replace(" V", " ")),
    folded: true,
  },
  {
    key: "gbcs",
    title: "GBCS version",
    of: (entry) => [entry.gbcs || "unknown"],
    label: (value) => (value === "unknown" ? "Not known" : value),
    folded: true,
  },
]

/**
 * The entries that every filter lets through, and how many each option would leave beside the
 * other filters.
 */
export function narrow(entries, filters) {
  const counts = new Map(FACETS.map(({ key }) => [key, new Map()]))
  const shown = []
  for (const entry of entries) {
    const failed = FACETS.filter(({ key, of }) =>
      filters.has(key) && !of(entry).some((value) => filters.get(key).has(value)))
    if (failed.length > 1) continue
    if (!failed.length) shown.push(entry)
    for (const { key, of } of failed.length ? failed : FACETS)
      for (const value of of(entry)) {
        const count = counts.get(key)
        count.set(value, (count.get(value) ?? 0) + 1)
      }
  }
  return { shown, counts }
}

/** Every value that entries have of a facet, in the order to show them. */
export function optionsOf(facet, register) {
  const values = [...new Set(register.entries.flatMap(facet.of))]
  const place = facet.place ?? (() => 0)
  const label = (value) => facet.label(value, register)
  const byLabel = (a, b) => label(a).localeCompare(label(b), "en-GB", { numeric: true })
  return values.sort((a, b) => place(a) - place(b) || byLabel(a, b))
}
