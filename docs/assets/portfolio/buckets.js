// Answers as they are counted and filtered by: what is not on the CPL, for any reason, is one.

/** From what asks most for doing something to what asks for nothing. */
export const BUCKETS = [
  "withdrawn",
  "removed",
  "no-longer-listed",
  "newer-exists",
  "unclear",
  "several",
  "off",
  "never-listed",
  "latest",
]

export const bucketOf = (answer) => (answer.startsWith("unknown-") ? "off" : answer)

/** Sign and word of a bucket. */
export const wordOf = (bucket, book) => book.wordOf(bucket === "off" ? "unknown-firmware" : bucket)

/** The bucket that the address asks for, or none. */
export function asked() {
  const bucket = new URLSearchParams(location.search).get("answer")
  return BUCKETS.includes(bucket) ? bucket : ""
}
