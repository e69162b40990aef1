// What is drawn anew only when what it is drawn from has changed, so that ticks and presses stay.

export class Drawn {
  #key

  /** Whether this is another key than the last. */
  changed(key) {
    const other = key !== this.#key
    this.#key = key
    return other
  }
}
