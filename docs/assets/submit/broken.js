// Which rules of a field a value breaks, by the names that the schemas have for them.

import { length } from "./words.js"

/** Whether a text has the form of its field. */
export const fits = (field, value) => !brokenBy(field, value).size

/** The rules of a field that a value breaks, but for those on the fields and items inside it. */
export function brokenBy(field, value) {
  const broken = new Set()
  const is = typeOf(value)
  const break_ = (rule, on) => on && broken.add(rule)
  break_("type", is !== field.type)
  break_("enum", field.enum && !field.enum.includes(value))
  if (is === "string") {
    break_("maxLength", length(value) > (field.maxLength ?? Infinity))
    break_("pattern", field.pattern && !pattern(field.pattern).test(value))
    break_("format", field.format === "date" && !isDay(value))
  } else if (is === "array") {
    break_("minItems", value.length < (field.minItems ?? 0))
    break_("maxItems", value.length > (field.maxItems ?? Infinity))
    const texts = value.filter((each) => typeof each === "string")
    break_("uniqueItems", field.uniqueItems && new Set(texts).size < texts.length)
  } else if (is === "object") {
    break_("minProperties", Object.keys(value).length < (field.minProperties ?? 0))
    const has = ({ required }) => required.every((name) => Object.hasOwn(value, name))
    break_("anyOf", field.anyOf && !field.anyOf.some(has))
  }
  return broken
}

/** `object`, `array`, `string`, or what no file of ours holds. */
export const typeOf = (value) =>
  Array.isArray(value) ? "array" : value === null ? "null" : typeof value

const patterns = new Map()
function pattern(text) {
  if (!patterns.has(text)) patterns.set(text, new RegExp(text, "u"))
  return patterns.get(text)
}

function isDay(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const [year, month, day] = text.split("-").map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return year > 99 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
