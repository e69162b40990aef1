// Why a value does not have its shape, in the words of `fir check`: the rules are the table that
// `fir.site.browser_data.submit` makes of the schemas, and the sentences those of `fir.schemas.explain`.

import { brokenBy, fits, typeOf } from "./broken.js"
import { better } from "./mend.js"
import { nearest } from "./nearest.js"
import { either, grouped, isLong, length, quoted, tick } from "./words.js"

const IS = { object: "fields with values", array: "a list", string: "text" }
const FEW = 8

/** @typedef {{keys: (string|number)[], message: string, fix: string}} Misfit */

export class Rules {
  constructor(table) {
    this.table = table
  }

  /** The field of a kind of file that these keys lead to. */
  field(kind, keys) {
    let found = this.table.fields[this.table.roots[kind]]
    for (const key of keys) {
      const place = typeof key === "number" ? found?.items : found?.properties?.[key]
      found = this.table.fields[place]
    }
    return found
  }

  /**
   * Every mistake in a value of this kind whose fields all have known names.
   * @returns {Misfit[]}
   */
  misfits(kind, value) {
    return [...this.#judged(kind, this.field(kind, []), value, [])]
  }

  *#judged(kind, field, value, keys) {
    const broken = brokenBy(field, value)
    if (typeOf(value) === "object" && field.type === "object") {
      for (const name of field.required ?? [])
        if (!Object.hasOwn(value, name)) yield this.#missing(kind, [...keys, name], keys)
      for (const [name, inner] of Object.entries(value)) {
        const place = field.properties?.[name]
        if (place !== undefined)
          yield* this.#judged(kind, this.table.fields[place], inner, [...keys, name])
      }
    }
    if (broken.size) yield this.#wrong(kind, field, value, keys, broken)
    if (typeOf(value) === "array" && field.type === "array")
      for (const [place, inner] of value.slice(0, field.maxItems).entries())
        yield* this.#judged(kind, this.table.fields[field.items], inner, [...keys, place])
  }

  #missing(kind, keys, inside) {
    const example = exampleOf(this.field(kind, keys), keys)
    return {
      keys: inside,
      missing: keys.at(-1),
      message: `${tick(keys.at(-1))} is missing in ${this.#of(kind, inside)}`,
      fix: example ? `add it, like ${example}` : `add ${this.#outline(kind, keys)}`,
    }
  }

  #wrong(kind, field, value, keys, broken) {
    const named = dotted(keys)
    if (broken.has("uniqueItems")) {
      const place = value.findIndex((each, at) => value.indexOf(each) < at)
      const message = `${named} names ${tick(value[place])} twice`
      return { keys: [...keys, place], message, fix: "remove one of the two" }
    }
    const subject =
      typeof keys.at(-1) === "number"
        ? named
          ? `a value of ${named}`
          : this.#of(kind, [])
        : named || "the file"
    let should = field.wanted
    if (broken.has("type"))
      should = !keys.length && field.type === "object" ? this.#of(kind, []) : IS[field.type]
    const message = `${subject} ${says(value, broken)}, it should be ${should}`
    return { keys, message, fix: this.#fix(kind, field, value, keys, broken) }
  }

  #fix(kind, field, value, keys, broken) {
    if (typeof value === "string" && field.type === "string") {
      const mended = this.#mended(field, value)
      if (mended !== undefined) return `write ${quoted(mended)}`
      if ((field.maxLength ?? 0) > 60 && length(value) > field.maxLength)
        return `shorten it to ${grouped(field.maxLength)} characters`
      if (field.enum && field.enum.length < FEW) return `write ${either(field.enum.map(quoted))}`
    }
    if (typeof value === "string" && field.type === "array") {
      const item = this.table.fields[field.items]
      if (item.type === "string" && fits(item, value)) return `write [${quoted(value)}]`
    }
    if (broken.has("maxItems")) return `keep ${grouped(field.maxItems)} of them`
    if (broken.has("minProperties")) return "remove it, or write at least one field below it"
    const example = exampleOf(field, keys)
    return example ? `write it like ${example}` : `write ${this.#outline(kind, keys)}`
  }

  /** The same text as it was probably meant, where one of the usual slips tells. */
  #mended(field, value) {
    if (field.enum) {
      const lowered = new Map(field.enum.map((choice) => [choice.toLowerCase(), choice]))
      const guess = nearest(value, lowered.keys())
      if (guess) return lowered.get(guess)
    }
    for (const each of better(field.maxLength, value)) if (fits(field, each)) return each
    return undefined
  }

  /** The mapping that holds a field: `device`, or the whole file. */
  #of(kind, keys) {
    return dotted(keys) || this.table.called[kind]
  }

  /** The fields that a mapping, or each mapping of a list, must have. */
  #outline(kind, keys) {
    const field = this.field(kind, keys)
    const named = typeof keys.at(-1) === "string" ? `\`${keys.at(-1)}:\` and below it ` : ""
    if (field.type === "array")
      return keys.length ? `${named}a list, each with ${this.#outline(kind, [...keys, 0])}` : "`[]`"
    const names = (field.required ?? Object.keys(field.properties ?? {})).map(tick)
    return `${named}the fields ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
  }
}

/** `device.type` in back-ticks; which item of a list it is, the place says. */
function dotted(keys) {
  const names = keys.filter((key) => typeof key === "string")
  return names.length ? tick(names.join(".")) : ""
}

function says(value, broken) {
  if (value === "" || (typeof value === "object" && !Object.keys(value ?? {}).length))
    return "is empty"
  if (Array.isArray(value) && (broken.has("maxItems") || broken.has("minItems")))
    return `has ${grouped(value.length)} values`
  if (typeof value !== "string") return `is ${IS[typeOf(value)] ?? "not text"}`
  if (isLong(value) && broken.has("maxLength"))
    return `is ${grouped(length(value))} characters long`
  return `is ${tick(value)}`
}

/** `cpl_number: "000042"`: a field as one would write it. */
function exampleOf({ example }, keys) {
  const named = typeof keys.at(-1) === "string" ? `${keys.at(-1)}: ` : ""
  if (example === null || example === undefined) return ""
  const told = Array.isArray(example) ? `[${example.map(quoted).join(", ")}]` : quoted(example)
  return `\`${named}${told}\``
}
