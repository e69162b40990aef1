// What is said below a field: messages with their cure, what stands in back-ticks set as code.

import { h, icon } from "../find/dom.js"

const SIGNS = { ok: "latest", warn: "warning", err: "error", open: "todo" }

/** A sentence with its code. */
export const inCode = (text) =>
  text.split("`").map((part, place) => (place % 2 ? h("code", {}, part) : part))

/** One message; `kind` is ok, warn, err or open. */
export const msg = (kind, ...words) =>
  h("p", { class: `msg ${kind}` }, icon(SIGNS[kind]), h("span", {}, ...words))

/**
 * A mistake as `fir check` tells it of the file that comes of it.
 * @param {import("./rules.js").Misfit} misfit
 * @param more what can be done about it here
 */
export const mistake = ({ message, fix }, ...more) =>
  msg(
    "err",
    inCode(message.replace(/^`(?:entries|new_manufacturer)\./, "`")),
    h("small", {}, inCode(fix[0].toUpperCase() + fix.slice(1))),
    ...more,
  )

/**
 * Puts elements into another, unless the same stand there already: a reader hears each once, and
 * one that is being pressed stays.
 */
export function say(element, ...messages) {
  const made = h("div", {}, ...messages)
  if (made.innerHTML !== element.innerHTML) element.replaceChildren(...made.childNodes)
}
