// The page that makes a submission: it fetches the list, its own data and the contacts.
// What is typed goes nowhere: it is kept in this browser, and leaves it as a file or an email.

import { h } from "../find/dom.js"
import { Register, SITE } from "../find/register.js"
import * as drafts from "./drafts.js"
import { Desk } from "./desk.js"
import { Rules } from "./rules.js"

const root = document.querySelector("#submit")
const LONGEST = 60

async function json(path) {
  const answer = await fetch(new URL(path, SITE))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

async function start() {
  const { index, form } = root.dataset
  const [register, data, { manufacturers }] = await Promise.all([
    Register.open(index),
    json(`submit/data.json?${form}`),
    json(`api/v1/manufacturers.json?${index}`),
  ])
  const makers = new Map(manufacturers.map((each) => [each.slug, each]))
  const desk = new Desk(root.querySelector("form"), {
    register,
    data,
    makers,
    rules: new Rules(data.rules),
    cpl: register.index.cpl.version,
  })
  begin(desk)
  desk.form.hidden = false
}

/** The draft that the address names, else the last one; an address may hold anything. */
function begin(desk) {
  const given = new URLSearchParams(location.search).get("cpl")
  const number = given ?? drafts.numbers()[0] ?? ""
  const draft = drafts.draftOf(number)
  if (draft) desk.restore(draft)
  else desk.begin(number.slice(0, LONGEST))
}

start().catch((error) => {
  const sorry = "The list could not be fetched. Load the page again, or use one of these ways:"
  const others = root.querySelector(".scriptless")
  others.classList.remove("scriptless")
  others.firstChild.replaceWith(h("p", { role: "alert" }, sorry))
  reportError(error)
})
