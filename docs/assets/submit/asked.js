// What the form asks for, read with what the list knows of it: all that a submission is made from.

import { makerOf, owners } from "./makers.js"
import { pairsOf } from "./filled.js"
import { entryOf } from "./place.js"
import { identifierOf, valueOf } from "./submission.js"

const DEVICE = "entries.0.device"
const MODEL = [
  "manufacturer_identifier",
  "model_identifier",
  "hardware_version",
  "hardware_revision",
]

/**
 * @param context `register`, `data`, `makers`, `rules` and `cpl`
 * @returns {import("./submission.js").Asked}
 */
export function askedOf(form, context) {
  const pairs = pairsOf(form)
  const values = new Map(pairs)
  const all = (name) => pairs.filter(([each]) => each === name).map(([, value]) => value)
  const unlisted = values.has("unlisted")
  const number = values.get("number") ?? ""
  const entry = unlisted ? undefined : entryOf(context.register, number)
  const asked = { ...context, values, pairs, number, unlisted, entry, today: today() }
  asked.identifier = entry || unlisted ? identifierOf(asked) : ""
  asked.possible = entry?.makers ?? owners(context.register, asked.identifier)
  asked.maker = asked.identifier ? makerOf(asked.possible, values.get("maker")) : undefined
  asked.tellsContact = values.has("changed")
  asked.also = entry
    ? all("also")
        .map((each) => context.register.entryOf(each))
        .filter(Boolean)
    : []
  asked.over = overOf(values.get("upgrade"), all("over"))
  return asked
}

const overOf = (stated, numbers) =>
  stated === "none" ? [] : stated === "these" && numbers.length ? numbers : null

/** The day in Great Britain or wherever the browser is. */
function today() {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  return parts.map((part) => String(part).padStart(2, "0")).join("-")
}

/** Type and the twelve digits of the Device Model, of the entry or as typed. */
export function deviceOf(asked) {
  if (asked.entry) return asked.entry
  const digits = MODEL.map((name) => valueOf(asked, `${DEVICE}.${name}`)).join("")
  return { type: asked.values.get(`${DEVICE}.type`) ?? "", digits, model: digits }
}
