// Elements made in script. Whatever is not ours goes in as text, never as HTML.

/** An element with attributes (a function is a listener, false or null leaves it out) and children. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value)
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value)
  }
  element.append(...children.flat(2).filter(Boolean))
  return element
}

const SVG = "http://www.w3.org/2000/svg"

/** A drawing from the sheet of signs that every page carries. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("class", "i")
  svg.setAttribute("aria-hidden", "true")
  const use = document.createElementNS(SVG, "use")
  use.setAttribute("href", `#s-${name}`)
  svg.append(use)
  return svg
}

/** The small sign of an answer or a mark. */
export const sign = (shape, word) => h("span", { class: `st is-${shape}` }, icon(shape), word)

/** Hex with a margin after each byte; copied, it has no blanks. */
export const byBytes = (digits) =>
  h("span", { class: "pn by" }, digits.match(/..?/g)?.map((byte) => h("i", {}, byte)))

/** `1 entry`, `12 entries`. */
export const many = (count, one, more) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : more}`

/** Hands a file to the reader. */
export function save(file, name) {
  const link = h("a", { href: URL.createObjectURL(file), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
