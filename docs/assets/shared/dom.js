// Elements made in script, files taken in and given out. What is not ours goes in as text only.

import { entryAddress } from "./register.js"

/** @typedef {Node | string | number | boolean | null | undefined | Children} Child */
/** @typedef {Child[]} Children */
/** @typedef {string | number | boolean | null | undefined} Attribute */

/**
 * An element with attributes (a function is a listener, false or null leaves it out) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, Attribute | ((event: Event) => unknown)>} attributes
 * @param {Children} children of any depth; what is empty is left out
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (value !== false && value != null)
      element.setAttribute(name, value === true ? "" : String(value))
  }
  append(element, children)
  return element
}

/** @param {Element} element @param {Children} children */
function append(element, children) {
  for (const each of children) {
    if (Array.isArray(each)) append(element, each)
    else if (each) element.append(each instanceof Node ? each : String(each))
  }
}

/**
 * The element that the page is known to have; an error where it has none.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function child(root, selector, type) {
  const found = root.querySelector(selector)
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`)
  return found
}

/** @param {ParentNode} root @param {string} selector */
export const part = (root, selector) => child(root, selector, HTMLElement)

const SVG = "http://www.w3.org/2000/svg"

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number>} attributes
 */
export function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}

/** A drawing from the sheet of signs that every page carries. @param {string} name */
export function icon(name) {
  const drawing = svg("svg", { class: "i", "aria-hidden": "true" })
  drawing.append(svg("use", { href: `#s-${name}` }))
  return drawing
}

/** The badge of an answer or a remark. @param {string} shape @param {Child} words */
export const badge = (shape, words) => h("span", { class: `st is-${shape}` }, icon(shape), words)

/** Hex with a margin after each byte; copied, it has no blanks. @param {string} digits */
export const hexBytes = (digits) =>
  h("span", { class: "pn by" }, digits.match(/..?/g)?.map((byte) => h("i", {}, byte)))

/** The firmware version, which leads to the entry, and the CPL number. @param {Entry} entry */
export const entryLink = ({ number, firmware }) =>
  h(
    "span",
    {},
    h("a", { href: entryAddress(number) }, hexBytes(firmware)),
    h("span", { class: "cpl" }, "CPL ", h("b", {}, number)),
  )

/**
 * Puts elements into another, unless the same stand there already: a reader hears each once, and
 * one that is being pressed stays.
 * @param {Element} element
 * @param {Children} content
 */
export function setContent(element, ...content) {
  const made = h("div", {}, ...content)
  if (made.innerHTML !== element.innerHTML) element.replaceChildren(...made.childNodes)
}

/** Tells when something must be drawn anew, so that till then ticks and presses stay. */
export class ChangeTracker {
  /** @type {string | undefined} */
  #key

  /** Whether this is another key than the last. @param {string} key */
  changed(key) {
    const differs = key !== this.#key
    this.#key = key
    return differs
  }
}

/** Hands a file to the reader. @param {Blob} file @param {string} name */
export function download(file, name) {
  const link = h("a", { href: URL.createObjectURL(file), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/**
 * Lets files be dropped. `take` is given what is dropped, if it is `wanted`, wherever it falls: a
 * file that misses the place must not make the browser leave the page.
 * @param {Element} place
 * @param {(data: DataTransfer) => boolean} wanted
 * @param {(data: DataTransfer) => void} take
 */
export function acceptDrop(place, wanted, take) {
  /** @param {DragEvent} event @param {boolean} over */
  const highlight = (event, over) => {
    if (!event.dataTransfer || !wanted(event.dataTransfer)) return
    event.preventDefault()
    place.classList.toggle("dragged", over)
  }
  addEventListener("dragover", (event) => highlight(event, true))
  addEventListener("dragleave", (event) => highlight(event, false))
  addEventListener("drop", (event) => {
    highlight(event, false)
    if (event.dataTransfer) take(event.dataTransfer)
  })
}
