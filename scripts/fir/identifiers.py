"""One number written in two ways: hexadecimal, decimal, BCD, reversed, mistyped; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_HEX_DIGITS = frozenset("0123456789ABCDEF")


def bare(text: str) -> str:
    """The digits of a value as the CPL prints it, with or without colons, in capitals."""
    return text.replace(":", "").upper()


def likeness(written: str, wanted: str) -> str:
    """How a wrong value comes to stand for the wanted one, or the empty string where it does not.

    The words describe the wanted value as seen from the written one.

    >>> likeness("00040A01", "00041001")
    'the same number in BCD'
    >>> likeness("17236736", "01:07:03:00")
    'the same number in hexadecimal'
    """
    written, wanted = bare(written), bare(wanted)
    if len(written) != len(wanted) or written == wanted:
        return ""
    if not _HEX_DIGITS.issuperset(written):
        return ""
    for words, reading in _READINGS:
        if reading(written) == wanted:
            return words
    return "two digits are swapped" if _swapped(written, wanted) else ""


def slips(number: str) -> Iterator[str]:
    """What a hand can make of a number: one digit moved (or two swapped), then one mistyped."""
    seen = {number}
    for digit in range(len(number)):
        rest = number[:digit] + number[digit + 1 :]
        for place in range(len(number)):
            moved = rest[:place] + number[digit] + rest[place:]
            if moved not in seen:
                seen.add(moved)
                yield moved
    for digit in range(len(number)):
        for other in "0123456789":
            typed = number[:digit] + other + number[digit + 1 :]
            if typed not in seen:
                seen.add(typed)
                yield typed


def _bytes(digits: str) -> list[str]:
    return [digits[start : start + 2] for start in range(0, len(digits), 2)]


def _bytes_in_bcd(digits: str) -> str:
    """`0A` becomes `10`: each byte's value as two decimal digits; nonsense from 100 up."""
    return "".join(f"{int(byte, 16):02d}" for byte in _bytes(digits))


def _bytes_in_hex(digits: str) -> str:
    """`10` becomes `0A`: each byte's two digits read as decimal."""
    return "".join(f"{int(byte):02X}" for byte in _bytes(digits)) if digits.isdecimal() else ""


def _in_decimal(digits: str) -> str:
    return f"{int(digits, 16):0{len(digits)}d}"


def _in_hex(digits: str) -> str:
    return f"{int(digits):0{len(digits)}X}" if digits.isdecimal() else ""


def _reversed(digits: str) -> str:
    """The header of an image file holds its numbers with the lowest byte first."""
    return "".join(reversed(_bytes(digits)))


_READINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("the same number in BCD", _bytes_in_bcd),
    ("the same number in hexadecimal", _bytes_in_hex),
    ("the same number in decimal", _in_decimal),
    ("the same number in hexadecimal", _in_hex),
    ("the same bytes in reverse order", _reversed),
)


def _swapped(written: str, wanted: str) -> bool:
    different = [pair for pair in zip(written, wanted, strict=True) if pair[0] != pair[1]]
    return len(different) == 2 and different[0] == different[1][::-1]
