// The tables that Python emits and the scripts read, each beside the module that makes it. For
// the type check alone: no page loads this file.

/** Name and email of the panel that keeps the repository. */
interface PanelContact {
  name: string
  email: string
}

/** The shape of an answer's badge, and its words. */
type Badge = [shape: string, words: string]

/** How the parts of a query are read: `fir.site.browser_data.find_index.reading_rules`. */
interface ReadingRules {
  longest: number
  most_parts: number
  /** How many bytes written apart are read as one identifier. */
  runs: number[]
  /** The digits of a device that each part of it covers. */
  spans: Record<string, [start: number, end: number]>
  decimal: Record<string, number>
  /** The fewest and the most digits of an image hash. */
  hash: [number, number]
  /** Device types that a name in the inventory stands for; none for what the CPL never lists. */
  inventory_types: Record<string, string[]>
  means: Record<string, string>
}

/** Distinct values, and which of them each row has; without codes each row has its own. */
interface Column {
  values: unknown[]
  codes?: number[]
}

/** `find/index.json`: `fir.site.browser_data.find_index`. */
interface FindIndex {
  cpl: { version: string; issued_on: string }
  panel: PanelContact
  reading: ReadingRules
  answers: Record<string, Badge>
  /** Words for a device that is not listed, and what to say of it. */
  unknown: Record<string, [words: string, sentence: string]>
  types: Record<string, string>
  makers: Record<string, [name: string, alsoKnownAs: string[], identifiers: string[]]>
  /** Runs of CPL numbers: the first and how many. */
  numbers: [first: string, count: number][]
  columns: Record<keyof EntryColumns, Required<Column>>
}

interface EntryColumns {
  type: string
  /** Device Model, 12 hex digits. */
  model: string
  firmware: string
  generation: string
  version: string
  gbcs: string
  label: string
  creator: string
  product: string
  /** Short names of manufacturers. */
  makers: string[]
  answer: string
  listing: string
  /** Whether the entry's own status differs from the answer. */
  apart: 0 | 1
  recorded: 0 | 1
  outage: string
  certificate: [words: string, day: string, state: string]
  listed: string
}

/** An entry of the list as `Register` gives it. */
interface Entry extends EntryColumns {
  /** CPL number. */
  number: string
  /** Device Model and firmware version, 20 hex digits. */
  digits: string
}

/** `find/hashes/*.json`: entries by image hash. */
type HashShard = Record<string, Record<string, string[]>>

/** From one firmware to another, by their places in a list: `fir.site.browser_data.portfolio`. */
type UpgradePath = [
  to: number,
  direct: "stated-yes" | "via" | "stated-no" | "not-stated",
  words: string,
  steps: number[],
  since: [place: number, repeats: string][],
  outage: "expected" | "not-expected" | "unknown",
  outageNotes: string[],
  image: "whole" | "fragment" | "partial" | "not-stated",
]

/** What every table says of a firmware. */
interface FirmwareVersion {
  version: string
  /** CPL numbers, first the entry that speaks for the firmware. */
  numbers: string[]
  smets_chts: string
  gbcs: string
  notes: string | null
}

/** A firmware of `portfolio/answers.json`: `fir.site.browser_data.portfolio`. */
interface Firmware extends FirmwareVersion {
  place: number
  model: string
  type: string
  status: string
  label: string
  product: string
  certificate: [day: string, kind: string]
  due: string
  answer: string
  listing: string
  newer: string
  withdrawn: boolean
  recorded: boolean
  said: string
  basis: string
  /** Places of contacts. */
  whom: number[]
  others: number[]
  way: UpgradePath | null
}

/** A contact: `fir.site.browser_data.portfolio`. */
type PortfolioContact = [
  slug: string,
  name: string,
  email: string,
  telephone: string,
  telephoneInWords: string,
  address: string,
]

/** `portfolio/answers.json`. */
interface PortfolioAnswers {
  cpl_version: string
  panel: PanelContact
  reading: ReadingRules
  answers: Record<string, Badge>
  unknown: Record<string, [words: string, sentence: string]>
  types: Record<string, string>
  contacts: PortfolioContact[]
  /** Places of contacts by manufacturer identifier. */
  users: Record<string, number[]>
  columns: Record<string, Column>
  sample: string
}

/** A firmware of `models/<id>/between.json`: `fir.site.pages.device_model`. */
interface ComparedFirmware extends FirmwareVersion {
  to: Record<number, [relation: "newer" | "older" | "unclear", way: UpgradePath | null]>
}

/** A field of a schema: `fir.site.browser_data.submit`. */
interface SchemaField {
  type: "string" | "array" | "object"
  wanted: string
  example?: string | string[] | null
  enum?: string[]
  maxLength?: number
  pattern?: string
  format?: string
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minProperties?: number
  required?: string[]
  anyOf?: { required: string[] }[]
  /** Places of fields. */
  properties?: Record<string, number>
  items?: number
}

interface CharacterTable {
  /** The most accents on one letter. */
  marks: number
  ignorable: string
  names: Record<string, string>
}

interface LinkTable {
  ambiguous: string
  internal: string[]
}

interface RulesTable {
  fields: SchemaField[]
  roots: Record<string, number>
  called: Record<string, string>
  most_bytes: number
  characters: CharacterTable
  links: LinkTable
}

/** How the code administrator's form is known, and where each of its values goes. */
interface NewEntryLayout {
  headers: [group: string, attribute: string, details: string]
  within: number
  house: string
  fields: [group: string, attribute: string, name: string][]
}

interface CompanyRules {
  legal_forms: string[]
  reserved: string
  taken: string[]
}

interface SubmitPolicy {
  types: Record<string, string>
  pending: string
  repository_url: string
  panel: PanelContact
  site: string
}

/** `submit/data.json`: `fir.site.browser_data.submit`. */
interface SubmitData {
  rules: RulesTable
  form: NewEntryLayout
  countries: Record<string, string>
  company: CompanyRules
  policy: SubmitPolicy
  /** The CPL numbers of each release that has several entries. */
  releases: string[][]
}

interface Contact {
  email: string
  telephone: string
  address: {
    lines: string[]
    locality?: string | null
    postal_code?: string | null
    country: string
  }
  confirmed_on?: string | null
}

/** A manufacturer of `api/v1/manufacturers.json`. */
interface Manufacturer {
  slug: string
  name: string
  also_known_as: string[]
  manufacturer_identifiers: string[]
  contact: Contact
  contact_by_device_type: Record<string, Contact>
  website: string | null
}

/** Pagefind's index of the release notes, which the site build writes. */
interface Pagefind {
  search(text: string): Promise<{ results: PagefindResult[] }>
}

interface PagefindResult {
  data(): Promise<{ content: string; locations: number[]; meta: { entries: string } }>
}
