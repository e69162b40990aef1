// One number written in two ways: the same readings as `fir.coding`, in the same order.

const bytes = (digits) => digits.match(/../g)
const isDecimal = (digits) => /^[0-9]+$/.test(digits)
const hex = (value, width) => value.toString(16).toUpperCase().padStart(width, "0")

const READINGS = [
  ["the same number in BCD", (digits) => bytes(digits).map(inDecimal).join("")],
  [
    "the same number in hexadecimal",
    (digits) =>
      isDecimal(digits)
        ? bytes(digits)
            .map((byte) => hex(Number(byte), 2))
            .join("")
        : "",
  ],
  [
    "the same number in decimal",
    (digits) => String(parseInt(digits, 16)).padStart(digits.length, "0"),
  ],
  [
    "the same number in hexadecimal",
    (digits) => (isDecimal(digits) ? hex(Number(digits), digits.length) : ""),
  ],
  ["the same bytes in reverse order", (digits) => bytes(digits).reverse().join("")],
]

const inDecimal = (byte) => String(parseInt(byte, 16)).padStart(2, "0")

/** How a wrong value comes to stand for the wanted one, or the empty string; both are bare hex. */
export function likeness(written, wanted) {
  if (written.length !== wanted.length || written === wanted || !/^[0-9A-F]+$/.test(written))
    return ""
  if (written.length % 2) return ""
  for (const [words, read] of READINGS) if (read(written) === wanted) return words
  return swapped(written, wanted) ? "two digits are swapped" : ""
}

function swapped(written, wanted) {
  const off = [...written].flatMap((digit, at) => (digit === wanted[at] ? [] : [at]))
  const [one, other] = off
  return off.length === 2 && written[one] === wanted[other] && written[other] === wanted[one]
}
