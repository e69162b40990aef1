// A place on which files can be dropped, and all of the page around it.

/**
 * `take` is given what is dropped, if it is `wanted`. Wherever it falls: a file that misses the
 * place must not make the browser leave the page.
 */
export function accept(place, wanted, take) {
  const over = (on) => (event) => {
    if (!wanted(event.dataTransfer)) return
    event.preventDefault()
    place.classList.toggle("dragged", on)
  }
  addEventListener("dragover", over(true))
  addEventListener("dragleave", over(false))
  addEventListener("drop", (event) => {
    over(false)(event)
    take(event.dataTransfer)
  })
}
