// Buttons that copy what they carry; without this file they are not shown.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]")
  if (!button || !navigator.clipboard) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const word = button.querySelector("span").firstChild
  word.data = "Copied"
  button.classList.add("done")
  setTimeout(() => {
    word.data = "Copy"
    button.classList.remove("done")
  }, 2000)
})
if (navigator.clipboard) document.documentElement.classList.add("copies")

// The tab of this page comes into view where the tabs are wider than the screen.
const tab = document.querySelector(".tabs [aria-current]")
if (tab) tab.closest("ul").scrollLeft = tab.offsetLeft - tab.offsetWidth

// What only some pages have.
if (document.querySelector("form.between")) import("./portfolio/compare.js")
