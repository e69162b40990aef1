// The release notes that mention the words, by Pagefind's index, which is loaded when a word is
// first asked for: an excerpt each, with the entries that have the text.

import { entryLink, h, part } from "../shared/dom.js"
import { SITE } from "../shared/register.js"
import { joinWithOr, plural } from "../shared/text.js"
import { applyFilters } from "./filters.js"
import { deviceName } from "./results.js"

/** @import { Register } from "../shared/register.js" */
/** @import { Filters } from "./filters.js" */

const AT_ONCE = 10
const MOST_LINKS = 6
const WORDS_AROUND = 24
// A word as it was indexed, between the brackets and points that stand at it.
const WORD = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su

/** @typedef {{text: string, hit: boolean}} ExcerptWord */
/** @typedef {{numbers: string[], excerpt: ExcerptWord[]}} Mention entries, and words of a text */

/** @type {Promise<Pagefind> | undefined} */
let pagefind

/**
 * Which texts have every one of the words, best first, and which words no text has.
 * @param {string[]} words
 * @returns {Promise<{results: PagefindResult[], missing: string[]}>}
 */
async function searchNotes(words) {
  pagefind ??= import(new URL("pagefind/pagefind.js", SITE).href)
  const index = await pagefind
  const alone = await Promise.all(words.map((word) => index.search(word)))
  const missing = words.filter((_, place) => !alone[place].results.length)
  if (missing.length) return { results: [], missing }
  const { results } = words.length === 1 ? alone[0] : await index.search(words.join(" "))
  return { results, missing }
}

/** @param {PagefindResult} result @returns {Promise<Mention>} */
async function mentionOf(result) {
  const { content, locations, meta } = await result.data()
  const excerpt = excerptOf(content.split(/\s+/), new Set(locations))
  return { numbers: meta.entries.split(" "), excerpt }
}

/**
 * The words around the first hit, with an ellipsis where the text goes on.
 * @param {string[]} words
 * @param {Set<number>} hits
 */
function excerptOf(words, hits) {
  const first = Math.min(...hits, words.length)
  const start = Math.max(0, Math.min(first - WORDS_AROUND / 3, words.length - WORDS_AROUND))
  const excerpt = words
    .slice(start, start + WORDS_AROUND)
    .map((text, place) => ({ text, hit: hits.has(start + place) }))
  if (start > 0) excerpt.unshift({ text: "…", hit: false })
  if (start + WORDS_AROUND < words.length) excerpt.push({ text: "…", hit: false })
  return excerpt
}

export class ReleaseNotes {
  element = h("section", { "aria-label": "Release notes" })

  /**
   * @param {Register} register
   * @param {string | undefined} why there is no index to search, where there is none
   */
  constructor(register, why) {
    this.register = register
    this.whyNone = why
  }

  clear() {
    this.element.replaceChildren()
  }

  /**
   * Looks for the words, says in `status` how many texts have them, and gives that number.
   * @param {string[]} words
   * @param {Filters} filters
   * @param {Element} status
   */
  async show(words, filters, status) {
    status.setAttribute("role", "status")
    const place = h("div") // a search that the reader has left behind fills nothing that is seen
    this.element.replaceChildren(place)
    if (!words.length) return 0
    if (this.whyNone) {
      status.append(this.whyNone)
      return 0
    }
    try {
      const { results, missing } = await searchNotes(words)
      const count = this.#count(results.length, words, missing, place)
      status.append("also searched in the release notes: ", count)
      if (results.length) await this.#fill(place, results, filters)
      return results.length
    } catch {
      status.append("the release notes could not be searched")
      return 0
    }
  }

  /**
   * @param {number} count
   * @param {string[]} words
   * @param {string[]} missing
   * @param {Element} place
   */
  #count(count, words, missing, place) {
    if (missing.length && words.length > 1) return `none mentions ${joinWithOr(missing)}`
    if (!count) return "no mention"
    const click = () => part(place, "h2").focus()
    const mentions = plural(count, "mention", "mentions")
    return h("button", { class: "linked", type: "button", click }, mentions)
  }

  /** @param {Element} place @param {PagefindResult[]} results @param {Filters} filters */
  async #fill(place, results, filters) {
    const title = `${plural(results.length, "mention", "mentions")} in the release notes`
    const list = h("ol", { class: "mentions" })
    const note = filters.size ? h("p", { class: "q" }, "Of entries that the filters let through.") : ""
    const more = h("button", { class: "btn", type: "button" })
    place.append(h("h2", { class: "hd", tabindex: "-1" }, title), note, list)
    const left = [...results]
    const next = async () => {
      const before = list.children.length
      while (left.length && list.children.length === before) {
        const mentions = await Promise.all(left.splice(0, AT_ONCE).map(mentionOf))
        list.append(...mentions.flatMap((each) => this.#item(each, filters)))
      }
      more.textContent = `Show more, of ${plural(left.length, "mention", "mentions")}`
      if (left.length) place.append(more)
      else more.remove()
      if (!left.length && !list.children.length) place.append(h("p", {}, "None."))
    }
    more.addEventListener("click", next)
    await next()
  }

  /** @param {Mention} mention @param {Filters} filters */
  #item({ numbers, excerpt }, filters) {
    const known = numbers.flatMap((number) => this.register.entryOf(number) ?? [])
    const { shown } = applyFilters(known, filters)
    if (!shown.length) return []
    const words = excerpt.map(({ text, hit }) => [hit ? markWord(text) : text, " "])
    const rest = shown.slice(MOST_LINKS)
    return [
      h(
        "li",
        {},
        h("p", { class: "from" }, this.#title(shown[0])),
        h("p", { dir: "auto" }, words),
        h("p", { class: "at has" }, shown.slice(0, MOST_LINKS).map(entryLink)),
        rest.length > 0 &&
          h(
            "details",
            {},
            h("summary", {}, `and ${rest.length} more`),
            h("p", { class: "at has" }, rest.map(entryLink)),
          ),
      ),
    ]
  }

  /** @param {Entry} entry */
  #title(entry) {
    const companies = this.register.manufacturerNames(entry)
    return [...companies, deviceName(entry, this.register)].join(" · ")
  }
}

/** @param {string} text */
function markWord(text) {
  const [, before, word, after] = WORD.exec(text) ?? ["", "", text, ""]
  return [before, h("mark", {}, word), after]
}
