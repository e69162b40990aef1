// The page that answers a portfolio. It fetches all answers once, at the start; what happens after
// that happens between this page and its worker, and nothing of the reader's file goes anywhere.

import { download, h, part } from "../shared/dom.js"
import { fetchJson } from "../shared/register.js"
import { formatNumber } from "../shared/text.js"
import { Answers } from "./answers.js"
import { Emails } from "./emails.js"
import { ColumnChoice, FileInput } from "./input.js"
import { Results, RowList } from "./results.js"

/** @import { Order, Reply, RowListName } from "./worker.js" */

const root = part(document, "#portfolio")
const status = h("p", { class: "parsed", role: "status" })
const bar = h("progress", { "aria-label": "Progress", hidden: true })
const alarm = h("div", { role: "alert" })
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" })

/** The reader can begin when everything that is ever fetched is there. */
async function start() {
  status.textContent = "Fetching the answers …"
  root.replaceChildren(status)
  try {
    new Portfolio(await fetchJson(`portfolio/answers.json?${root.dataset.answers}`))
  } catch {
    const sorry =
      "The answers could not be fetched. Load the page again, or take the table from the Data page."
    root.replaceChildren(h("p", { role: "alert" }, sorry))
  }
}

class Portfolio {
  #turn = 0
  #started = 0
  #name = ""

  /** @param {PortfolioAnswers} data */
  constructor(data) {
    const answers = new Answers(data)
    this.input = new FileInput(
      data.sample,
      (content, name) => this.#take(content, name),
      () => this.#send({ kind: "csv" }),
    )
    this.columns = new ColumnChoice(
      (columns) => this.#work({ kind: "columns", columns }),
      (sheet) => this.#work({ kind: "sheet", sheet }),
    )
    this.emails = new Emails(answers)
    this.rowLists = [this.#rowList("unread"), this.#rowList("repaired")]
    this.results = new Results(answers, this.emails)
    addEventListener("popstate", () => this.results.show())
    worker.onmessage = ({ data: { turn, ...reply } }) => {
      if (turn === this.#turn) this.#hear(reply)
    }
    worker.onerror = () => this.#refuse("Something in it was not foreseen.")
    this.#send({ kind: "answers", answers: data })
  }

  /** @param {RowListName} of */
  #rowList(of) {
    return new RowList(of, (from, count) => this.#send({ kind: "rows", of, from, count }))
  }

  /** @param {Order} order */
  #send(order) {
    worker.postMessage({ turn: this.#turn, ...order })
  }

  /**
   * A file or pasted text; what is still said of an earlier one is not listened to.
   * @param {string | File} content
   * @param {string} name
   */
  #take(content, name) {
    this.#name = name
    this.columns.hide()
    this.#work({ kind: "file", content })
  }

  /** @param {Order} order */
  #work(order) {
    this.#turn++
    this.#started = performance.now()
    alarm.replaceChildren()
    for (const each of [this.results, this.emails, ...this.rowLists]) each.hide()
    this.input.offerDownload(false)
    this.#send(order)
  }

  /** @param {Reply} reply */
  #hear(reply) {
    switch (reply.kind) {
      case "ready":
        return this.#furnish()
      case "progress":
        return this.#showProgress(`${reply.step} …`, reply.share)
      case "opened":
        return this.#opened(reply)
      case "answered":
        return this.#answered(reply.summary)
      case "rows":
        return this.rowLists.find((each) => each.of === reply.of)?.add(reply.from, reply.rows)
      case "csv":
        return download(reply.file, `${this.#name.replace(/\.[a-z]{2,5}$/i, "")}-answers.csv`)
      default:
        return this.#refuse(reply.message)
    }
  }

  #furnish() {
    status.textContent = ""
    root.replaceChildren(
      this.input.element,
      bar,
      status,
      alarm,
      this.columns.element,
      this.results.element,
      ...this.rowLists.map((each) => each.element),
      this.emails.element,
    )
  }

  /** @param {string} words @param {number} share */
  #showProgress(words, share) {
    bar.hidden = false
    bar.value = share
    if (status.textContent !== words) status.textContent = words
  }

  /** @param {Extract<Reply, {kind: "opened"}>} reply */
  #opened({ columns, sample, about, complete }) {
    this.input.show(this.#name, about)
    this.columns.show(columns, sample, about, complete)
    if (complete) return
    this.#done("Which column is what? Choose below, then answer.")
    this.columns.focus()
  }

  /** @param {Extract<Reply, {kind: "answered"}>["summary"]} summary */
  #answered(summary) {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1)
    this.#done("")
    this.input.offerDownload(true)
    this.results.take(summary)
    this.emails.take(summary.groups)
    for (const each of this.rowLists) each.take(summary.counts[each.of])
    status.textContent = `${formatNumber(summary.counts.rows)} rows read in ${seconds} s.`
  }

  /** @param {string} message */
  #refuse(message) {
    this.#done("")
    this.columns.hide()
    this.input.show(this.#name)
    const title = h("b", {}, `${this.#name} was not read. `)
    alarm.replaceChildren(h("p", { class: "refused" }, title, message))
  }

  /** @param {string} words */
  #done(words) {
    bar.hidden = true
    status.textContent = words
  }
}

start()
