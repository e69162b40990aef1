// The page that answers a portfolio. It fetches all answers once, at the start; what happens after
// that happens between this page and its worker, and nothing of the reader's file goes anywhere.

import { h } from "../find/dom.js"
import { SITE } from "../find/register.js"
import { Book } from "./book.js"
import { Desk } from "./desk.js"
import { Letters } from "./letters.js"
import { Listing } from "./listing.js"
import { Mapping } from "./mapping.js"
import { Result } from "./result.js"

const root = document.querySelector("#portfolio")
const said = h("p", { class: "parsed", role: "status" })
const bar = h("progress", { "aria-label": "Progress", hidden: true })
const alarm = h("div", { role: "alert" })
const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" })
let desk, mapping, result, letters, listings, started, name
let turn = 0

/** The reader can begin when everything that is ever fetched is there. */
async function start() {
  said.textContent = "Fetching the answers …"
  root.replaceChildren(said)
  try {
    const answer = await fetch(new URL(`portfolio/answers.json?${root.dataset.answers}`, SITE))
    if (!answer.ok) throw new Error(String(answer.status))
    furnish(await answer.json())
  } catch {
    const sorry =
      "The answers could not be fetched. Load the page again, or take the table from the Data page."
    root.replaceChildren(h("p", { role: "alert" }, sorry))
  }
}

function furnish(answers) {
  const book = new Book(answers)
  const send = (kind, told) => worker.postMessage({ kind, turn, ...told })
  desk = new Desk(answers.sample, take, () => send("csv"))
  mapping = new Mapping(
    (columns) => work("columns", { columns }),
    (sheet) => work("sheet", { sheet }),
  )
  letters = new Letters(book)
  listings = ["unread", "repaired"].map(
    (of) => new Listing(of, (from, count) => send("rows", { of, from, count })),
  )
  result = new Result(book, letters)
  addEventListener("popstate", () => result.show())
  worker.onmessage = ({ data }) => data.turn === turn && HEARD[data.kind](data)
  worker.onerror = () => HEARD.refused({ message: "Something in it was not foreseen." })
  send("answers", { answers })
}

/** A file or pasted text; what is still said of an earlier one is not listened to. */
function take(content, called) {
  name = called
  mapping.hide()
  work("file", { content })
}

function work(kind, told) {
  turn++
  started = performance.now()
  alarm.replaceChildren()
  for (const each of [result, letters, ...listings]) each.hide()
  desk.ready(false)
  worker.postMessage({ kind, turn, ...told })
}

const HEARD = {
  ready() {
    said.textContent = ""
    root.replaceChildren(
      desk.element,
      bar,
      said,
      alarm,
      mapping.element,
      result.element,
      ...listings.map((each) => each.element),
      letters.element,
    )
  },
  progress({ step, share }) {
    bar.hidden = false
    bar.value = share
    if (said.textContent !== `${step} …`) said.textContent = `${step} …`
  },
  opened({ columns, sample, about, enough }) {
    desk.show(name, about)
    mapping.show(columns, sample, about, enough)
    if (enough) return
    done("Which column is what? Choose below, then answer.")
    mapping.focus()
  },
  answered(told) {
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    done("")
    desk.ready(true)
    result.take(told, name)
    letters.take(told.groups)
    for (const each of listings) each.take(told.counts[each.of])
    said.textContent = `${told.counts.rows.toLocaleString("en-GB")} rows read in ${seconds} s.`
  },
  rows({ of, from, rows }) {
    listings.find((each) => each.of === of).add(from, rows)
  },
  csv({ file }) {
    desk.save(file, name)
  },
  refused({ message }) {
    done("")
    mapping.hide()
    desk.show(name)
    alarm.replaceChildren(h("p", { class: "refused" }, h("b", {}, `${name} was not read. `), message))
  },
}

function done(words) {
  bar.hidden = true
  said.textContent = words
}

start()
