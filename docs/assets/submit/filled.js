// A form of controls as names and values: read, restored, filled in.

/** @typedef {[string, string][]} Pairs */

/** What stands in a form. @returns {Pairs} */
export const pairsOf = (form) =>
  [...new FormData(form)].filter(([, value]) => typeof value === "string")

/** Puts values into the controls of these names; what has no control is left out. */
export function fill(form, pairs) {
  const wanted = new Map()
  for (const [name, value] of pairs) wanted.set(name, [...(wanted.get(name) ?? []), value])
  for (const control of form.querySelectorAll("[name]")) {
    const values = wanted.get(control.name)
    if (!values) continue
    if (control.type === "checkbox" || control.type === "radio")
      control.checked = values.includes(control.value)
    else control.value = values[0]
  }
}

/** Bytes parted as people write them are joined, the cursor staying where it was. */
export function joined(input) {
  const at = bare(input.value.slice(0, input.selectionStart)).length
  const value = bare(input.value)
  if (value === input.value) return
  input.value = value
  input.setSelectionRange(at, at)
}

const bare = (text) => text.replace(/[:\s]/g, "").toUpperCase()
