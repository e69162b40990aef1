// Why a value does not have its shape, in the words of `fir check`: the rules are the table that
// `fir.site.browser_data.submit` makes of the schemas, and the sentences those of `fir.schemas.explain`.

import {
  characterCount,
  formatNumber,
  inBackticks,
  inDoubleQuotes,
  isLong,
  joinWithOr,
  oneLine,
} from "../shared/text.js"

/** @typedef {(string | number)[]} Keys the way to a value */

/**
 * @typedef {object} Mistake
 * @property {Keys} keys
 * @property {string} [missing] the field that is not there
 * @property {string} message
 * @property {string} fix
 */

/** @type {Record<string, string>} */
const IS = { object: "fields with values", array: "a list", string: "text" }
const FEW = 8

export class Rules {
  /** @param {RulesTable} table */
  constructor(table) {
    this.table = table
  }

  /**
   * The field of a kind of file that these keys lead to, where there is one.
   * @param {string} kind
   * @param {Keys} keys
   */
  find(kind, keys) {
    /** @type {SchemaField | undefined} */
    let found = this.table.fields[this.table.roots[kind]]
    for (const key of keys) {
      /** @type {number | undefined} */
      const place = typeof key === "number" ? found?.items : found?.properties?.[key]
      found = place === undefined ? undefined : this.table.fields[place]
    }
    return found
  }

  /** @param {string} kind @param {Keys} keys */
  field(kind, keys) {
    const found = this.find(kind, keys)
    if (!found) throw new Error(`${keys.join(".")} is not a field of a ${kind}`)
    return found
  }

  /**
   * Every mistake in a value of this kind whose fields all have known names.
   * @param {string} kind
   * @param {unknown} value
   */
  mistakes(kind, value) {
    return [...this.#judge(kind, this.field(kind, []), value, [])]
  }

  /**
   * @param {string} kind
   * @param {SchemaField} field
   * @param {unknown} value
   * @param {Keys} keys
   * @returns {Generator<Mistake>}
   */
  *#judge(kind, field, value, keys) {
    const broken = brokenRules(field, value)
    if (isMapping(value) && field.type === "object") {
      for (const name of field.required ?? [])
        if (!Object.hasOwn(value, name)) yield this.#missing(kind, name, keys)
      for (const [name, inner] of Object.entries(value)) {
        const place = field.properties?.[name]
        if (place !== undefined)
          yield* this.#judge(kind, this.table.fields[place], inner, [...keys, name])
      }
    }
    if (broken.size) yield this.#wrong(kind, field, value, keys, broken)
    if (Array.isArray(value) && field.type === "array" && field.items !== undefined)
      for (const [place, inner] of value.slice(0, field.maxItems).entries())
        yield* this.#judge(kind, this.table.fields[field.items], inner, [...keys, place])
  }

  /** @param {string} kind @param {string} name @param {Keys} inside @returns {Mistake} */
  #missing(kind, name, inside) {
    const keys = [...inside, name]
    const example = exampleOf(this.field(kind, keys), keys)
    return {
      keys: inside,
      missing: name,
      message: `${inBackticks(name)} is missing in ${this.#mapping(kind, inside)}`,
      fix: example ? `add it, like ${example}` : `add ${this.#outline(kind, keys)}`,
    }
  }

  /**
   * @param {string} kind
   * @param {SchemaField} field
   * @param {unknown} value
   * @param {Keys} keys
   * @param {Set<string>} broken
   * @returns {Mistake}
   */
  #wrong(kind, field, value, keys, broken) {
    const named = dotted(keys)
    if (broken.has("uniqueItems") && Array.isArray(value)) {
      const place = value.findIndex((each, at) => value.indexOf(each) < at)
      const twice = `${named} names ${inBackticks(value[place])} twice`
      return { keys: [...keys, place], message: twice, fix: "remove one of the two" }
    }
    const item = named ? `a value of ${named}` : this.#mapping(kind, [])
    const subject = typeof keys.at(-1) === "number" ? item : named || "the file"
    let wanted = field.wanted
    if (broken.has("type"))
      wanted = !keys.length && field.type === "object" ? this.#mapping(kind, []) : IS[field.type]
    const message = `${subject} ${describe(value, broken)}, it should be ${wanted}`
    return { keys, message, fix: this.#fix(kind, field, value, keys, broken) }
  }

  /**
   * @param {string} kind
   * @param {SchemaField} field
   * @param {unknown} value
   * @param {Keys} keys
   * @param {Set<string>} broken
   */
  #fix(kind, field, value, keys, broken) {
    if (typeof value === "string" && field.type === "string") {
      const meant = meantBy(field, value)
      if (meant !== undefined) return `write ${inDoubleQuotes(meant)}`
      const most = field.maxLength ?? 0
      if (most > 60 && characterCount(value) > most)
        return `shorten it to ${formatNumber(most)} characters`
      if (field.enum && field.enum.length < FEW)
        return `write ${joinWithOr(field.enum.map(inDoubleQuotes))}`
    }
    if (typeof value === "string" && field.type === "array" && field.items !== undefined) {
      const item = this.table.fields[field.items]
      if (item.type === "string" && fits(item, value)) return `write [${inDoubleQuotes(value)}]`
    }
    if (broken.has("maxItems")) return `keep ${formatNumber(field.maxItems ?? 0)} of them`
    if (broken.has("minProperties")) return "remove it, or write at least one field below it"
    const example = exampleOf(field, keys)
    return example ? `write it like ${example}` : `write ${this.#outline(kind, keys)}`
  }

  /**
   * The mapping that holds a field: `device`, or the whole file.
   * @param {string} kind
   * @param {Keys} keys
   */
  #mapping(kind, keys) {
    return dotted(keys) || this.table.called[kind]
  }

  /**
   * The fields that a mapping, or each mapping of a list, must have.
   * @param {string} kind
   * @param {Keys} keys
   * @returns {string}
   */
  #outline(kind, keys) {
    const field = this.field(kind, keys)
    const named = typeof keys.at(-1) === "string" ? `\`${keys.at(-1)}:\` and below it ` : ""
    if (field.type === "array")
      return keys.length ? `${named}a list, each with ${this.#outline(kind, [...keys, 0])}` : "`[]`"
    const names = (field.required ?? Object.keys(field.properties ?? {})).map(inBackticks)
    return `${named}the fields ${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
  }
}

/** `device.type` in back-ticks; which item of a list it is, the place says. @param {Keys} keys */
function dotted(keys) {
  const names = keys.filter((key) => typeof key === "string")
  return names.length ? inBackticks(names.join(".")) : ""
}

/** @param {unknown} value @param {Set<string>} broken */
function describe(value, broken) {
  const isEmpty = typeof value === "object" && !Object.keys(value ?? {}).length
  if (value === "" || isEmpty) return "is empty"
  if (Array.isArray(value) && (broken.has("maxItems") || broken.has("minItems")))
    return `has ${formatNumber(value.length)} values`
  if (typeof value !== "string") return `is ${IS[typeOf(value)] ?? "not text"}`
  if (isLong(value) && broken.has("maxLength"))
    return `is ${formatNumber(characterCount(value))} characters long`
  return `is ${inBackticks(value)}`
}

/**
 * `cpl_number: "000042"`: a field as one would write it.
 * @param {SchemaField} field
 * @param {Keys} keys
 */
function exampleOf({ example }, keys) {
  const named = typeof keys.at(-1) === "string" ? `${keys.at(-1)}: ` : ""
  if (example === null || example === undefined) return ""
  const written = Array.isArray(example)
    ? `[${example.map(inDoubleQuotes).join(", ")}]`
    : inDoubleQuotes(example)
  return `\`${named}${written}\``
}

/** Whether a text has the form of its field. @param {SchemaField} field @param {unknown} value */
export const fits = (field, value) => !brokenRules(field, value).size

/**
 * The rules of a field that a value breaks, by the names that the schemas have for them, but for
 * those on the fields and items inside it.
 * @param {SchemaField} field
 * @param {unknown} value
 */
function brokenRules(field, value) {
  /** @type {Set<string>} */
  const broken = new Set()
  /** @param {string} rule @param {unknown} isBroken */
  const note = (rule, isBroken) => isBroken && broken.add(rule)
  note("type", typeOf(value) !== field.type)
  note("enum", field.enum && !field.enum.some((each) => each === value))
  if (typeof value === "string") {
    note("maxLength", characterCount(value) > (field.maxLength ?? Infinity))
    note("pattern", field.pattern && !compiled(field.pattern).test(value))
    note("format", field.format === "date" && !isDay(value))
  } else if (Array.isArray(value)) {
    note("minItems", value.length < (field.minItems ?? 0))
    note("maxItems", value.length > (field.maxItems ?? Infinity))
    const texts = value.filter((each) => typeof each === "string")
    note("uniqueItems", field.uniqueItems && new Set(texts).size < texts.length)
  } else if (isMapping(value)) {
    note("minProperties", Object.keys(value).length < (field.minProperties ?? 0))
    /** @param {{required: string[]}} choice */
    const has = ({ required }) => required.every((name) => Object.hasOwn(value, name))
    note("anyOf", field.anyOf && !field.anyOf.some(has))
  }
  return broken
}

/** `object`, `array`, `string`, or what no file of ours holds. @param {unknown} value */
const typeOf = (value) =>
  Array.isArray(value) ? "array" : value === null ? "null" : typeof value

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isMapping = (value) => typeOf(value) === "object"

/** @type {Map<string, RegExp>} */
const patterns = new Map()

/** @param {string} pattern */
function compiled(pattern) {
  const found = patterns.get(pattern) ?? new RegExp(pattern, "u")
  patterns.set(pattern, found)
  return found
}

/** @param {string} text */
function isDay(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const [year, month, day] = text.split("-").map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return year > 99 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/**
 * The same text as it was probably meant, where one of the usual slips tells.
 * @param {SchemaField} field
 * @param {string} value
 */
function meantBy(field, value) {
  if (field.enum) {
    const lowered = new Map(field.enum.map((choice) => [choice.toLowerCase(), choice]))
    const guess = closestMatch(value, lowered.keys())
    if (guess) return lowered.get(guess)
  }
  for (const each of corrections(value, field.maxLength)) if (fits(field, each)) return each
  return undefined
}

const DAY = /^([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})$/

/**
 * What a text becomes without blanks, colons, brackets, capitals or lost zeros: the usual slips,
 * in the order of `fir.schemas.explain`.
 * @param {string} value
 * @param {number | undefined} longest
 */
function* corrections(value, longest) {
  const line = oneLine(value)
  const most = longest ?? line.length
  yield line
  const digits = line.replace(/^0[xX]|[: ]/g, "").toUpperCase()
  if (/^[0-9A-F]+$/.test(digits)) {
    yield digits
    if (/^[0-9]+$/.test(digits)) yield digits.padStart(Math.min(most, FEW), "0")
  }
  const telephone = line.replace(/\(0\)|[ ()./-]/g, "").replace(/^00/, "+")
  if (/^\+[0-9]+$/.test(telephone)) yield telephone
  const day = DAY.exec(line)
  if (day) yield `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}`
  if (line.length <= most) {
    yield line.toUpperCase()
    yield line
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
  }
  const inside = /<([^<>]+)>/.exec(line)
  if (inside) yield inside[1]
}

const CUTOFF = 0.7
const LONGEST_WORD = 60

/**
 * The known word that was probably meant: as `difflib.get_close_matches` of Python finds it.
 * @param {string} word
 * @param {Iterable<string>} known
 */
function closestMatch(word, known) {
  const wanted = [...word].slice(0, LONGEST_WORD).join("").trim().toLowerCase()
  let best = { word: "", score: 0 }
  for (const each of known) {
    const score = similarity(each, wanted)
    if (score < CUTOFF) continue
    if (score > best.score || (score === best.score && each > best.word))
      best = { word: each, score }
  }
  return best.word
}

/** How much two texts have in common, from 0 to 1. @param {string} one @param {string} other */
const similarity = (one, other) =>
  one.length + other.length ? (2 * common(one, other)) / (one.length + other.length) : 1

/**
 * The letters of the longest run in both, and of the runs on either side of it.
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function common(one, other) {
  if (!one || !other) return 0
  const { at, there, size } = longestRun(one, other)
  if (!size) return 0
  return (
    size +
    common(one.slice(0, at), other.slice(0, there)) +
    common(one.slice(at + size), other.slice(there + size))
  )
}

/** The first of the longest runs. @param {string} one @param {string} other */
function longestRun(one, other) {
  let found = { at: 0, there: 0, size: 0 }
  /** @type {number[]} */
  let before = []
  for (let at = 0; at < one.length; at++) {
    /** @type {number[]} */
    const here = []
    for (let there = 0; there < other.length; there++) {
      if (one[at] !== other[there]) continue
      const size = (here[there] = (before[there - 1] ?? 0) + 1)
      if (size > found.size) found = { at: at - size + 1, there: there - size + 1, size }
    }
    before = here
  }
  return found
}
