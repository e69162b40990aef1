// The canonical YAML text of a submission or a record: to the byte what `fir.strict_yaml.writer` writes.

const STEP = "  "
const HIDDEN = new RegExp(
  "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f" +
    "\\ud800-\\udfff\\ufeff\\ufff9-\\uffff]",
  "u",
)
const EVERY_HIDDEN = new RegExp(HIDDEN, "gu")
const PLAIN_KEY = /^[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*$/
// Words that a reader of YAML 1.1 takes for a boolean or null, even as a key.
const NOT_TEXT = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

/** The document, ending in a line feed; `schema` is what editors are told in the first line. */
export function toYaml(value, schema = "") {
  const head = schema ? [`# yaml-language-server: $schema=${schema}`] : []
  return `${[...head, ...mapping(value, "")].join("\n")}\n`
}

/** The value with its fields in the order of the schema. */
export function ordered(rules, kind, value, keys = []) {
  if (Array.isArray(value))
    return value.map((each, place) => ordered(rules, kind, each, [...keys, place]))
  if (typeof value === "string") return value
  const names = Object.keys(rules.field(kind, keys).properties).filter((name) => name in value)
  return Object.fromEntries(
    names.map((name) => [name, ordered(rules, kind, value[name], [...keys, name])]),
  )
}

function* mapping(value, indent) {
  for (const [name, item] of Object.entries(value)) {
    const key = `${indent}${keyOf(name)}:`
    if (typeof item === "string") yield `${key} ${text(item, indent + STEP)}`
    else if (isFlow(item)) yield `${key} ${flow(item)}`
    else {
      yield key
      yield* Array.isArray(item) ? items(item, indent) : mapping(item, indent + STEP)
    }
  }
}

/** A block list of mappings; the first key of each stands beside its dash. */
function* items(list, indent) {
  for (const item of list) {
    const [first, ...rest] = mapping(item, indent + STEP + STEP)
    yield `${indent}${STEP}- ${first.trimStart()}`
    yield* rest
  }
}

const isFlow = (item) =>
  !Object.keys(item).length ||
  (Array.isArray(item) && item.every((each) => typeof each === "string"))

const flow = (item) => (Array.isArray(item) ? `[${item.map(quoted).join(", ")}]` : "{}")

const keyOf = (name) =>
  PLAIN_KEY.test(name) && !NOT_TEXT.includes(name.toLowerCase()) ? name : quoted(name)

/** A literal block for several lines, wherever that reads back as the same text. */
function text(said, indent) {
  const body = said.replace(/\n+$/, "")
  if (!said.includes("\n") || !body || HIDDEN.test(said)) return quoted(said)
  const width = " \t\n".includes(said[0]) ? String(STEP.length) : ""
  const ends = said.length - body.length
  const chomp = ["-", ""][ends] ?? "+"
  const lines = said.replace(/\n$/, "").split("\n")
  return [`|${width}${chomp}`, ...lines.map((line) => (line ? indent + line : ""))].join("\n")
}

/** Double-quoted on one line; what cannot be seen is written as an escape. */
function quoted(said) {
  return JSON.stringify(said).replace(
    EVERY_HIDDEN,
    (letter) => `\\u${letter.codePointAt(0).toString(16).padStart(4, "0")}`,
  )
}
