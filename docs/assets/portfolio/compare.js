// Two firmware of a Device Model side by side, chosen on its page; the address holds the choice.

import { byBytes, h, sign } from "../find/dom.js"
import { changes, directly, facts, stops, terms } from "./way.js"

const VERDICTS = {
  "stated-yes": ["latest", "May be installed directly"],
  via: ["newer", "Not directly: there is a stated way"],
  "stated-no": ["removed", "Not directly, and no way is stated"],
  "not-stated": ["norec", "Not stated: ask before you install"],
}
const form = document.querySelector("form.between")
const { from, to } = form.elements
const shown = document.querySelector(".compared")
let told

form.addEventListener("change", async () => {
  const choice = new URLSearchParams({ from: from.value, to: to.value })
  history.replaceState(null, "", `?${choice}#compare`)
  await show()
})

/** The choice of the address; else the last two that are listed. */
async function start() {
  const asked = new URLSearchParams(location.search)
  const last = to.options.length - 1
  from.selectedIndex = last - 1
  to.selectedIndex = last
  const chosen = asked.has("from") || asked.has("to")
  if (chosen) await load().catch(() => {})
  for (const box of [from, to]) {
    if (chosen) choose(box, asked.get(box.name))
    box.disabled = false
  }
  if (chosen) await show()
}

/** Any CPL number of a firmware names it; the lists have the one that speaks for it. */
function choose(box, number) {
  const row = told?.rows.find((each) => each.numbers.includes(number))
  if (row) box.value = row.numbers[0]
}

async function load() {
  if (told) return
  const answer = await fetch(new URL(form.dataset.between, location.href))
  if (answer.ok) told = await answer.json()
}

async function show() {
  await load().catch(() => {})
  shown.replaceChildren(
    ...(told
      ? compared()
      : [h("p", {}, "The comparison could not be fetched. Load the page again.")]),
  )
}

function compared() {
  const [here, there] = [from, to].map((box) =>
    told.rows.findIndex((row) => row.numbers[0] === box.value),
  )
  const [row, target] = [told.rows[here], told.rows[there]]
  if (here === there) return [h("p", {}, "Choose two that differ.")]
  if (!row.to[there])
    return [
      sign("off", "Not compared"),
      h("p", {}, "They are for different kinds of device, or one is SMETS1 and the other is not."),
    ]
  const [relation, way] = row.to[there]
  if (relation === "older")
    return [
      sign("off", "That would be a step back"),
      h("p", {}, byBytes(target.version), " is older than ", byBytes(row.version), "."),
    ]
  const doubt = relation === "unclear" && [
    sign("unclear", "Order not known"),
    h(
      "p",
      {},
      "Nobody states which of the two is newer. Notes between them are joined only as far as their order is known.",
    ),
  ]
  return [
    doubt,
    sign(...VERDICTS[way[1]]),
    h("p", {}, h("b", {}, "Install directly? "), directly(way)),
    stops(row, way, told.rows, { here: "from", there: "to" }),
    h("h3", {}, "What changes"),
    changes(way, told.rows),
    terms(facts(row, way, told.rows)),
  ]
    .flat()
    .filter(Boolean)
}

start()
