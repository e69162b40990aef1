"""What a cell of the list may say, as rules: a cell in, its value out, or why it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from fir.diagnostics import Refused, either, nearest, refusal, tick
from fir.spreadsheet.sheet import Cell, Number, text

_SPOILT = re.compile(
    r"nan|#(?:n/a|ref!|value!|name\?|div/0!|null!|num!|spill!|calc!)|=.*|[-+0-9.]+e\+[0-9]+",
    re.IGNORECASE,
)
_DAY = re.compile(r"([0-9]{2})[-/]([0-9]{2})[-/](20[0-9]{2})")


def damage(message: str, fix: str = "") -> Refused:
    """What to raise where a cell does not say what its column asks for.

    Which cell it is, its reader knows; without a fix, the published list has it.
    """
    return refusal("", message, fix)


Value = str | int
"""What a cell says. An int is a number that may have lost zeros: the other sheet must confirm."""
Rule = Callable[[Cell], Value]


def words(cell: Cell) -> str:
    """The text of a cell that must hold text."""
    written = text(cell)
    if isinstance(cell, Number):
        raise damage(f"{tick(written)} is a number where text belongs")
    if not isinstance(cell, str):
        raise damage(f"{tick(written)} is a date where text belongs")
    if written.startswith("="):
        fix = "open the file in a spreadsheet program, let it calculate, and save it again"
        raise damage(f"{tick(written)} is a formula without its result", fix)
    if _SPOILT.fullmatch(written):
        raise damage(f"{tick(written)} is what a program left of the value")
    if not written.isprintable():
        hidden = next(character for character in written if not character.isprintable())
        raise damage(f"{tick(written)} holds the hidden character U+{ord(hidden):04X}", "delete it")
    return written


def whole(cell: Number) -> int:
    """The number, where it is a whole one that a spreadsheet keeps exactly."""
    try:
        number = Decimal(cell)
        if 0 <= number < 10**15 and number == number.to_integral_value():
            return int(number)
    except InvalidOperation:
        pass
    raise damage(f"{tick(cell)} is a number where text belongs")


def hexadecimal(width: int, alphabet: str = "0123456789ABCDEF") -> Rule:
    """So many digits, with or without colons between bytes."""
    kind = "hexadecimal digits" if "F" in alphabet else "digits"

    def rule(cell: Cell) -> Value:
        if isinstance(cell, Number):
            number = whole(cell)
            return f"{number}" if len(f"{number}") == width else number
        written = words(cell)
        digits = written.upper()
        if ":" in digits and all(len(byte) == 2 for byte in digits.split(":")):
            digits = digits.replace(":", "")
        if set(digits) <= set(alphabet):
            if len(digits) == width:
                return digits
            if len(digits) < width:
                lost = "leading zeros may be lost" if digits.isdecimal() else "some are missing"
                raise damage(f"{tick(written)} has {len(digits)} of {width} {kind}: {lost}")
        raise damage(f"{tick(written)} is not {width} {kind}")

    return rule


def one_of(*known: str) -> Rule:
    by_lower = {value.lower(): value for value in known}

    def rule(cell: Cell) -> Value:
        written = words(cell)
        if written.lower() in by_lower:
            return by_lower[written.lower()]
        meant = nearest(written, by_lower)
        fix = f"write {tick(by_lower[meant]) if meant else either(map(tick, known))}"
        raise damage(f"{tick(written)} is not a value of this column", fix)

    return rule


def shaped(pattern: str, example: str) -> Rule:
    compiled = re.compile(pattern)

    def rule(cell: Cell) -> Value:
        written = words(cell)
        if not compiled.fullmatch(written):
            raise damage(f"{tick(written)} is not of the form {tick(example)}")
        return written

    return rule


def free(longest: int, numbers: bool = False) -> Rule:
    """Any text; with `numbers`, a whole number cell is its digits."""

    def rule(cell: Cell) -> Value:
        if numbers and isinstance(cell, Number):
            cell = f"{whole(cell)}"
        written = words(cell)
        if len(written) > longest:
            raise damage(f"{tick(written)} has {len(written):,} characters, more than {longest}")
        return written

    return rule


def iso_day(cell: Cell) -> str:
    """A date cell, or a date as text in either published style (dd/mm/yyyy, dd-mm-yyyy)."""
    if isinstance(cell, date):
        if not isinstance(cell, datetime) and 2000 <= cell.year < 2100:
            return cell.isoformat()
        raise damage(f"{tick(cell.isoformat())} is not a date between 2000 and 2100")
    written = words(cell)
    found = _DAY.fullmatch(written)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        pass
    fix = "enter the day as on the published list, such as `31/03/2029`"
    raise damage(f"{tick(written)} is not a date of the form dd/mm/yyyy", fix)
