// The page that makes a submission: it fetches the list, its own data and the contacts.
// What is typed goes nowhere: it is kept in this browser, and leaves it as a file or an email.

import { child, h, part } from "../shared/dom.js"
import { Register, fetchJson } from "../shared/register.js"
import { SubmissionForm } from "./form.js"
import { draftNumbers, draftOf } from "./form_state.js"
import { Rules } from "./rules.js"

const root = part(document, "#submit")
const LONGEST_NUMBER = 60

async function start() {
  const { index, form: version } = root.dataset
  const [register, data, listed] = await Promise.all([
    Register.open(index),
    /** @type {Promise<SubmitData>} */ (fetchJson(`submit/data.json?${version}`)),
    /** @type {Promise<{manufacturers: Manufacturer[]}>} */ (
      fetchJson(`api/v1/manufacturers.json?${index}`)
    ),
  ])
  const form = new SubmissionForm(child(root, "form", HTMLFormElement), {
    register,
    data,
    manufacturers: new Map(listed.manufacturers.map((each) => [each.slug, each])),
    rules: new Rules(data.rules),
    cpl: register.index.cpl.version,
  })
  begin(form)
  form.form.hidden = false
}

/**
 * The draft that the address names, else the last one; an address may hold anything.
 * @param {SubmissionForm} form
 */
function begin(form) {
  const given = new URLSearchParams(location.search).get("cpl")
  const number = given ?? draftNumbers()[0] ?? ""
  const draft = draftOf(number)
  if (draft) form.restore(draft)
  else form.begin(number.slice(0, LONGEST_NUMBER))
}

start().catch((error) => {
  const sorry = "The list could not be fetched. Load the page again, or use one of these ways:"
  const others = part(root, ".scriptless")
  others.classList.remove("scriptless")
  others.firstChild?.replaceWith(h("p", { role: "alert" }, sorry))
  reportError(error)
})
