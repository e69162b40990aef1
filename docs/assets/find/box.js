// The look-up box by keyboard, on every page: `/` goes to it, Esc empties it, then leaves it.

const input = document.querySelector("form.look input, form.mini input")

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key !== "/" || typing || !input || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  input.focus()
  input.select()
})

input?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  event.preventDefault()
  if (input.value) input.value = ""
  else input.blur()
})
