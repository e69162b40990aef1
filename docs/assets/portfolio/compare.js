// Two firmware of a Device Model side by side, chosen on its page; the address holds the choice.

import { badge, child, h, hexBytes, part } from "../shared/dom.js"
import { changes, facts, installsDirectly, stops, termList } from "./upgrade_path.js"

/** @import { Children } from "../shared/dom.js" */

/** @type {Record<UpgradePath[1], Badge>} */
const VERDICTS = {
  "stated-yes": ["latest", "May be installed directly"],
  via: ["newer", "Not directly: there is a stated way"],
  "stated-no": ["removed", "Not directly, and no way is stated"],
  "not-stated": ["norec", "Not stated: ask before you install"],
}
const form = child(document, "form.between", HTMLFormElement)
const from = child(form, "[name=from]", HTMLSelectElement)
const to = child(form, "[name=to]", HTMLSelectElement)
const comparison = part(document, ".compared")
/** @type {ComparedFirmware[] | undefined} */
let rows

form.addEventListener("change", async () => {
  const choice = new URLSearchParams({ from: from.value, to: to.value })
  history.replaceState(null, "", `?${choice}#compare`)
  await show()
})

/** The choice of the address; else the last two that are listed. */
async function start() {
  const given = new URLSearchParams(location.search)
  const last = to.options.length - 1
  from.selectedIndex = last - 1
  to.selectedIndex = last
  const chosen = given.has("from") || given.has("to")
  if (chosen) await load()
  for (const box of [from, to]) {
    if (chosen) choose(box, given.get(box.name))
    box.disabled = false
  }
  if (chosen) await show()
}

/**
 * Any CPL number of a firmware names it; the lists have the one that speaks for it.
 * @param {HTMLSelectElement} box
 * @param {string | null} number
 */
function choose(box, number) {
  const row = number !== null && rows?.find((each) => each.numbers.includes(number))
  if (row) box.value = row.numbers[0]
}

/** Fetches the firmware once; without them they are asked for again the next time. */
async function load() {
  if (rows) return
  try {
    const response = await fetch(new URL(form.dataset.between ?? "", location.href))
    if (response.ok) rows = (await response.json()).rows
  } catch {
    // `show` says that they could not be fetched.
  }
}

async function show() {
  await load()
  const failed = "The comparison could not be fetched. Load the page again."
  const shown = h("div", {}, rows ? compare(rows) : h("p", {}, failed))
  comparison.replaceChildren(...shown.childNodes)
}

/** @param {ComparedFirmware[]} firmware @returns {Children} */
function compare(firmware) {
  const [here, there] = [from, to].map((box) =>
    firmware.findIndex(({ numbers }) => numbers[0] === box.value),
  )
  const [row, target] = [firmware[here], firmware[there]]
  if (here === there) return [h("p", {}, "Choose two that differ.")]
  const [relation, path] = row.to[there] ?? []
  if (!relation)
    return [
      badge("off", "Not compared"),
      h("p", {}, "They are for different kinds of device, or one is SMETS1 and the other is not."),
    ]
  if (relation === "older" || !path)
    return [
      badge("off", "That would be a step back"),
      h("p", {}, hexBytes(target.version), " is older than ", hexBytes(row.version), "."),
    ]
  const doubt =
    "Nobody states which of the two is newer. Notes between them are joined only as far as their order is known."
  return [
    relation === "unclear" && [badge("unclear", "Order not known"), h("p", {}, doubt)],
    badge(...VERDICTS[path[1]]),
    h("p", {}, h("b", {}, "Install directly? "), installsDirectly(path)),
    stops(row, path, firmware, { here: "from", there: "to" }),
    h("h3", {}, "What changes"),
    changes(path, firmware),
    termList(facts(row, path, firmware)),
  ]
}

start()
