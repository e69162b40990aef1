// What is still to do, and how the submission leaves.

import { h, icon, many, save } from "../find/dom.js"
import { say } from "./said.js"
import { letter, nameOf, onGitHub, textOf } from "./send.js"

const SIGNS = { ok: "latest", err: "error", open: "todo" }

/**
 * @typedef {object} Task
 * @property {"ok" | "open" | "err"} state
 * @property {string} words
 * @property {string} to the id of the field
 */

export class Side {
  #tasks = h("ul", { class: "todo" })
  #button = h(
    "button",
    { type: "button", class: "btn main", click: () => this.#download() },
    icon("down"),
    "Download the submission",
  )
  #said = h("p", { class: "hint", role: "status" })
  #ways = h("div", { class: "ways" })
  #for = h("p", { class: "q" })
  #count = h("h2", {})
  #file = h("pre", { tabindex: "0" }, h("code", {}))
  #seen = h("details", {}, h("summary", {}, icon("chev"), "See the file"), this.#file)
  #kept = h("div", { class: "kept" })

  /** `missing()` is called when the reader wants what is not ready. */
  constructor(element, context, missing) {
    this.context = context
    this.missing = missing
    element.replaceChildren(
      h(
        "div",
        { class: "card" },
        h("h2", {}, "Before you send"),
        this.#tasks,
        this.#button,
        this.#said,
        this.#ways,
      ),
      h("div", { class: "card sunk" }, this.#count, this.#for, this.#seen),
      this.#kept,
    )
  }

  /** @param {Task[]} tasks @param {object} submission what it would be now */
  show(tasks, submission, company, inCodeFor) {
    this.submission = submission
    this.ready = tasks.every((each) => each.state === "ok")
    say(
      this.#tasks,
      ...tasks.map(({ state, words, to }) =>
        h(
          "li",
          { class: state },
          icon(SIGNS[state]),
          to && state !== "ok" ? h("a", { href: `#${to}` }, words) : h("span", {}, words),
        ),
      ),
    )
    this.#button.classList.toggle("waits", !this.ready)
    const left = tasks.filter((each) => each.state !== "ok").length
    const then = "It is saved to your downloads; nothing is sent. Attach it to the email."
    this.#said.textContent = this.ready ? then : `${many(left, "thing", "things")} to finish.`
    this.#show(submission, inCodeFor)
    this.#waysOut(company)
  }

  #show(submission, numbers) {
    this.#for.parentElement.hidden = !numbers && !this.ready
    const count = many(submission.entries.length, "record", "records")
    this.#count.textContent = `${count} will be written`
    this.#for.textContent = numbers
    this.#seen.hidden = !this.ready
    if (this.ready) this.#file.firstChild.textContent = textOf(this.context.rules, submission)
  }

  #waysOut(company) {
    const { rules, data, cpl } = this.context
    if (!this.ready) return say(this.#ways)
    const mail = letter(this.submission, company, data.policy, cpl)
    const github = onGitHub(rules, this.submission, data.policy)
    say(
      this.#ways,
      h("a", { class: "btn", href: mail }, "Write the email"),
      ...(github?.href
        ? [h("a", { class: "btn", href: github.href, rel: "noopener" }, "Or propose it on GitHub")]
        : []),
      ...(github?.why ? [h("p", { class: "hint" }, github.why)] : []),
    )
  }

  #download() {
    if (!this.ready) return this.missing()
    const text = textOf(this.context.rules, this.submission)
    save(new Blob([text], { type: "application/yaml" }), nameOf(this.submission))
    const name = nameOf(this.submission)
    this.#said.textContent = `${name} is in your downloads. Now attach it to the email.`
  }

  /** Other drafts that this browser keeps, and how to be rid of them. */
  keeps(numbers, { again, forget }) {
    const links = numbers.map((number) =>
      h("a", { href: `?cpl=${number}` }, number || "without a number"),
    )
    this.#kept.replaceChildren(
      h("p", { class: "hint" }, "Your work is kept in this browser, also when you close it."),
      ...(links.length
        ? [
            h(
              "p",
              { class: "hint" },
              "Also kept: ",
              ...links.flatMap((link, place) => (place ? [", ", link] : [link])),
              ".",
            ),
          ]
        : []),
      h(
        "div",
        { class: "does" },
        h("button", { type: "button", class: "btn", click: again }, "Start again"),
        links.length > 0 &&
          h("button", { type: "button", class: "btn", click: forget }, "Forget all"),
      ),
    )
  }
}
