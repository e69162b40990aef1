// The table of entries, each row led by its answer, as `fir.site.components` writes them.

import { byBytes, h, sign } from "./dom.js"
import { marked } from "./marked.js"
import { SITE } from "./register.js"

const HEADS = ["Answer", "Firmware", "Manufacturer and device", "Device Model", "Certificate"]

export function table(entries, register, words) {
  return h(
    "table", { class: "resp rows found" },
    h("caption", { class: "vh" }, "Entries found"),
    h("thead", {}, h("tr", {}, HEADS.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, entries.map((entry) => row(entry, register, words))),
  )
}

function row(entry, register, words) {
  const [said, , state] = entry.certificate
  return h(
    "tr", {},
    h("td", {}, marks(entry, register)),
    h("td", { class: "id" }, link(entry)),
    h("td", {}, named(entry, register, words)),
    h("td", { "data-l": "Device" }, toModel(entry), h("small", {}, versions(entry))),
    h("td", { "data-l": "Certificate" }, said,
      state === "soon" && h("small", {}, "within 12 months of this CPL")),
  )
}

/** The answer, the entry's own status where that differs, and whether a record is missing. */
export function marks(entry, register) {
  const told = [sign(...register.index.answers[entry.answer])]
  if (entry.apart) told.push(sign("removed", `Entry ${entry.listing.replaceAll("-", " ")}`))
  if (!entry.recorded) told.push(sign("norec", "No record yet"))
  return told
}

/** The firmware version, which leads to the entry, and the CPL number. */
export const link = ({ number, firmware }) => h(
  "span", {}, h("a", { href: new URL(`cpl/${number}/`, SITE).href }, byBytes(firmware)),
  h("span", { class: "cpl" }, "CPL ", h("b", {}, number)),
)

/** Maker and device; where the words stand only in what the CPL calls it, that too. */
function named(entry, register, words) {
  const has = (piece) => piece.querySelector?.("mark")
  const kind = h("small", {}, marked(device(entry, register), words))
  const told = [...makers(entry, register, words), kind]
  if (told.some(has)) return told
  const names = [entry.label, entry.creator]
  return [...told, names.map((name) => h("small", {}, "CPL: ", marked(name, words))).find(has)]
}

function makers(entry, register, words) {
  const names = entry.makers.map((slug) => h("bdi", {}, marked(register.makerOf(slug)[0], words)))
  if (!names.length) return ["No contact yet"]
  return names.flatMap((name, place) => (place ? [" or ", name] : [name]))
}

/** What the device is called: its product name where a record says so, and its type. */
export function device(entry, register) {
  const kind = register.index.types[entry.type]
  return entry.product ? `${entry.product}, ${kind}` : kind[0].toUpperCase() + kind.slice(1)
}

/** The Device Model, which leads to its page. */
function toModel(entry) {
  const name = deviceModel(entry)
  return h("a", { class: "pn", href: new URL(`models/${name}/`, SITE).href }, name)
}

export const deviceModel = ({ model }) =>
  `${model.slice(0, 4)}-${model.slice(4, 8)}-${model.slice(8)}`

const versions = ({ version, gbcs }) =>
  [version.replace(" V", " "), gbcs && `GBCS ${gbcs}`].filter(Boolean).join(" · ")
