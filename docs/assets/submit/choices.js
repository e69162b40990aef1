// What the list itself offers to tick: other entries of the release, other firmware of the device.

import { h, many } from "../find/dom.js"
import { day, modelOf } from "./place.js"

/** The other entries of an entry's release. */
export function kin(register, releases, entry) {
  const release = releases.find((numbers) => numbers.includes(entry.number)) ?? []
  return release
    .filter((number) => number !== entry.number)
    .map((number) => register.entryOf(number))
    .filter(Boolean)
}

/** Other firmware of a Device Model: what is listed before an entry first, the nearest first. */
export function sources(register, { type, digits, number }) {
  const others = register.entries.filter(
    (entry) =>
      entry.type === type && entry.model === digits.slice(0, 12) && entry.digits !== digits,
  )
  const later = ({ number: at }) => number !== undefined && at > number
  return [...others.filter((each) => !later(each)).reverse(), ...others.filter(later)]
}

const box = (name, entry, words, aside) =>
  h(
    "label",
    { class: "chk" },
    h("input", { type: "checkbox", name, value: entry.number }),
    h("span", {}, h("span", { class: "pn" }, entry.number), " ", words),
    aside && h("span", { class: "n" }, aside),
  )

/** Boxes for the entries of a release; those with a record are named, and cannot be ticked. */
export function releaseChoices(entries) {
  const free = entries.filter((entry) => !entry.recorded)
  const every = h("input", {
    type: "checkbox",
    click: ({ target }) => {
      const boxes = target.closest(".list").querySelectorAll("[name=also]")
      for (const each of boxes) each.checked = target.checked
    },
  })
  const told = free.map((entry) =>
    box(
      "also",
      entry,
      [h("span", { class: "pn" }, modelOf(entry.model)), ` ${entry.type}`],
      "no record yet",
    ),
  )
  const recorded = entries.length - free.length
  return [
    h(
      "p",
      { class: "hint" },
      "These share the image, or the version where the CPL has no hash. One text can serve all.",
      recorded > 0 &&
        ` ${many(recorded, "further entry has", "further entries have")} a record already.`,
    ),
    free.length > 2 &&
      h(
        "label",
        { class: "chk all" },
        every,
        h("span", {}, h("b", {}, `All ${free.length} of them`)),
      ),
    ...told,
  ]
}

const radio = (value, words, checked) =>
  h(
    "label",
    { class: "chk" },
    h("input", { type: "radio", name: "upgrade", value, checked }),
    h("span", {}, words),
  )

/** What the firmware may be installed directly over: not stated, nothing, or some of these. */
export function upgradeChoices(entries, hint) {
  const told = entries.map((entry) =>
    box(
      "over",
      entry,
      entry.firmware.match(/../g).join(":"),
      entry.listed && `listed ${day(entry.listed)}`,
    ),
  )
  return [
    h(
      "fieldset",
      {},
      h("legend", { class: "vh" }, "It may be installed directly over"),
      h("p", { class: "hint" }, hint),
      radio("", "Not stated", true),
      radio("none", "None of the earlier firmware"),
      entries.length > 0 && radio("these", "These, for this entry:"),
      h("div", { class: "over-these" }, told),
    ),
  ]
}
