// What every page has: buttons that copy, the look-up box by keyboard, and the tabs in view.

// Buttons that copy what they carry; without this file they are not shown.
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element && event.target.closest("button[data-copy]")
  if (!(button instanceof HTMLElement) || !navigator.clipboard) return
  await navigator.clipboard.writeText(button.dataset.copy ?? "")
  const word = button.querySelector("span")?.firstChild
  if (!(word instanceof Text)) return
  word.data = "Copied"
  button.classList.add("done")
  setTimeout(() => {
    word.data = "Copy"
    button.classList.remove("done")
  }, 2000)
})
if (navigator.clipboard) document.documentElement.classList.add("copies")

// `/` goes to the look-up box, Esc empties it, then leaves it.
const box = document.querySelector("form.look input, form.mini input")
if (box instanceof HTMLInputElement) {
  document.addEventListener("keydown", (event) => {
    const field = "input, textarea, select, [contenteditable]"
    const typing = event.target instanceof Element && event.target.closest(field)
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    box.focus()
    box.select()
  })
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.preventDefault()
    if (box.value) box.value = ""
    else box.blur()
  })
}

// The tab of this page comes into view where the tabs are wider than the screen.
const tab = document.querySelector(".tabs [aria-current]")
const tabs = tab?.closest("ul")
if (tab instanceof HTMLElement && tabs) tabs.scrollLeft = tab.offsetLeft - tab.offsetWidth

// What only some pages have.
if (document.querySelector("form.between")) import("./portfolio/compare.js")
