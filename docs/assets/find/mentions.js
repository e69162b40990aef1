// The release notes that mention the words: an excerpt each, with the entries that have the text.

import { h, many } from "./dom.js"
import { narrow } from "./facets.js"
import * as notes from "./notes.js"
import { either } from "./reading.js"
import { device, link } from "./rows.js"

const AT_ONCE = 10
const PLATES = 6
// A word as it was indexed, between the brackets and points that stand at it.
const WORD = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su

export class Mentions {
  element = h("section", { "aria-label": "Release notes" })

  constructor(register, without) {
    this.register = register
    this.without = without
  }

  clear() {
    this.element.replaceChildren()
  }

  /** Looks for the words, says in `told` how many texts have them, and gives that number. */
  async show(words, filters, told) {
    told.setAttribute("role", "status")
    const place = h("div") // a search that the reader has left behind fills nothing that is seen
    this.element.replaceChildren(place)
    if (!words.length) return 0
    if (this.without) {
      told.append(this.without)
      return 0
    }
    try {
      const { results, missing } = await notes.search(words)
      told.append("also searched in the release notes: ", this.#count(results.length, words, missing, place))
      if (results.length) await this.#fill(place, results, filters)
      return results.length
    } catch {
      told.append("the release notes could not be searched")
      return 0
    }
  }

  #count(count, words, missing, place) {
    if (missing.length && words.length > 1) return `none mentions ${either(missing)}`
    if (!count) return "no mention"
    const click = () => place.querySelector("h2").focus()
    return h("button", { class: "linked", type: "button", click }, many(count, "mention", "mentions"))
  }

  async #fill(place, results, filters) {
    const said = many(results.length, "mention", "mentions")
    const list = h("ol", { class: "mentions" })
    const note = filters.size ? h("p", { class: "q" }, "Of entries that the filters let through.") : ""
    const more = h("button", { class: "btn", type: "button" })
    place.append(h("h2", { class: "hd", tabindex: "-1" }, `${said} in the release notes`), note, list)
    const left = [...results]
    const next = async () => {
      const before = list.children.length
      while (left.length && list.children.length === before) {
        const found = await Promise.all(left.splice(0, AT_ONCE).map(notes.mention))
        list.append(...found.flatMap((each) => this.#item(each, filters)))
      }
      more.textContent = `Show more, of ${many(left.length, "mention", "mentions")}`
      if (left.length) place.append(more)
      else more.remove()
      if (!left.length && !list.children.length) place.append(h("p", {}, "None."))
    }
    more.addEventListener("click", next)
    await next()
  }

  #item({ numbers, excerpt }, filters) {
    const known = numbers.map((number) => this.register.entryOf(number)).filter(Boolean)
    const { shown } = narrow(known, filters)
    if (!shown.length) return []
    const words = excerpt.flatMap(({ text, hit }) => [hit ? hits(text) : text, " "]).flat()
    const [first, rest] = [shown.slice(0, PLATES), shown.slice(PLATES)]
    return [h(
      "li", {},
      h("p", { class: "from" }, this.#title(shown[0])),
      h("p", { dir: "auto" }, words),
      h("p", { class: "at has" }, first.map(link)),
      rest.length && h(
        "details", {},
        h("summary", {}, `and ${rest.length} more`), h("p", { class: "at has" }, rest.map(link)),
      ),
    )]
  }

  #title(entry) {
    const makers = entry.makers.map((slug) => this.register.makerOf(slug)[0])
    return [...makers, device(entry, this.register)].join(" · ")
  }
}

function hits(text) {
  const [, before, word, after] = WORD.exec(text)
  return [before, h("mark", {}, word), after]
}
