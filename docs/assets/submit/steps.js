// The steps of the form, each shown anew whenever something is typed.

import { h, icon } from "../find/dom.js"
import { deviceOf } from "./asked.js"
import { kin, releaseChoices, sources, upgradeChoices } from "./choices.js"
import { likeness } from "./coding.js"
import { Drawn } from "./drawn.js"
import { aboutFirmware, cells } from "./firmware.js"
import { MOST_PICKS, aboutNumber, ofDevice, ofDeviceAlike, pickList, picks } from "./place.js"
import { inCode, msg, say } from "./said.js"
import { typed } from "./submission.js"

export class EntryStep {
  #picked = new Drawn()

  constructor(step, pick) {
    this.said = step.querySelector("#f-number-said")
    this.picks = step.querySelector(".picks")
    this.device = step.querySelector(".device")
    this.number = step.querySelector("[name=number]")
    this.pick = pick
  }

  show(asked) {
    const { register, data, number, entry, unlisted } = asked
    this.device.hidden = !unlisted
    this.number.disabled = unlisted
    const found = unlisted ? this.#listed(asked) : entry ? [] : picks(register, number)
    say(
      this.said,
      ...(unlisted
        ? aboutUnlisted(data, found, typed(asked))
        : aboutNumber(register, data, number, entry, found.length)),
    )
    const some = found.slice(0, MOST_PICKS)
    if (this.#picked.changed(some.map((each) => each.number).join()))
      this.picks.replaceChildren(...pickList(some, this.pick))
  }

  /** Entries that the device is, or may be, although it is said to have none. */
  #listed(asked) {
    const { type, digits } = deviceOf(asked)
    const device = { type, digits: digits + typed(asked) }
    const same = ofDevice(asked.register, device)
    return same.length ? same : ofDeviceAlike(asked.register, device)
  }
}

function aboutUnlisted({ policy }, [listed], version) {
  if (listed) {
    const { firmware } = listed
    const like = `The list has this device with \`${firmware}\`, ${likeness(version, firmware)}.`
    return firmware === version
      ? [msg("warn", "The list has exactly this device. Pick its number:")]
      : [msg("warn", inCode(like), " If that is meant, pick it:")]
  }
  if (policy.pending === "refused")
    return [msg("err", "The Panel takes no record before the list has given its number.")]
  return [msg("ok", "It waits, and takes its number when the list gives it one.")]
}

export class FirmwareStep {
  constructor(step, pick) {
    this.pick = pick
    this.input = step.querySelector("input")
    this.cells = step.querySelector(".cells")
    this.said = step.querySelector(".said")
    for (const event of ["focus", "blur", "keyup", "pointerup"])
      this.input.addEventListener(event, () => this.#draw())
  }

  show(asked, found) {
    this.now = [typed(asked), asked.entry, found]
    this.#draw()
    const others = found.state === "wrong" ? this.#others(asked) : []
    say(this.said, ...aboutFirmware(...this.now), ...others)
    const wrong = ["odd", "wrong"].includes(found.state)
    this.input.setAttribute("aria-invalid", String(wrong))
  }

  /** Entries of the same Device Model that do have the version. */
  #others({ register, entry, values }) {
    const version = typed({ values })
    return ofDevice(register, { type: entry.type, digits: entry.model + version }).map((each) =>
      h(
        "button",
        { type: "button", class: "linked", click: () => this.pick(each.number) },
        `CPL ${each.number} has this version: take that entry`,
      ),
    )
  }

  #draw() {
    const at = document.activeElement === this.input ? this.input.selectionStart : -1
    const [typed, entry] = this.now
    this.cells.replaceChildren(...cells(typed, entry, at))
  }
}

export class ListSteps {
  #release = new Drawn()
  #line = new Drawn()

  constructor(release, upgrades) {
    this.release = release
    this.upgrades = upgrades
  }

  show(asked) {
    const { register, data, entry } = asked
    const kinship = entry ? kin(register, data.releases, entry) : []
    if (this.#release.changed(kinship.map((each) => each.number).join())) {
      this.release.hidden = kinship.every((each) => each.recorded)
      this.release
        .querySelector(".list")
        .replaceChildren(...releaseChoices(kinship).filter(Boolean))
    }
    const every = this.release.querySelector(".all input")
    const boxes = [...this.release.querySelectorAll("[name=also]")]
    if (every) every.checked = boxes.every((each) => each.checked)
    const device = deviceOf(asked)
    const others = sources(register, device)
    if (!this.#line.changed(`${device.type} ${others.map((each) => each.number).join()}`)) return
    this.upgrades.replaceChildren(...upgradeChoices(others, OVER))
  }
}

const OVER = "Firmware of this Device Model over which it may go in one step."

/** The number of a step, or a tick once it is done. */
export function marked(step, done) {
  step.classList.toggle("ok", done)
  const sign = step.querySelector(".no")
  if (done === Boolean(sign.firstChild)) return
  sign.replaceChildren(...(done ? [icon("latest")] : []))
  const heading = step.querySelector("h2")
  heading.querySelector(".vh")?.remove()
  if (done) heading.append(h("span", { class: "vh" }, ", done"))
}
