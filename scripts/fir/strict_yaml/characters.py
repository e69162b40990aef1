"""Bytes become text, or a reason why not: size, encoding, and characters that hide or mislead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from fir.diagnostics import Diagnostic

MAX_BYTES = 65_536
# Accents on one letter, and kinds of odd characters that are worth telling of one file.
MOST_MARKS = 4
_MOST_KINDS = 8


Keys = tuple[str | int, ...]
"""The way to a value: names of fields, and numbers of items in a list."""


class Place(NamedTuple):
    line: int
    column: int


class Places(NamedTuple):
    """Where a field's key stands and where its value begins, both from 1."""

    key: Place
    value: Place


# What git writes around and between the two sides of a merge that it leaves to people.
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_MOST_MARKERS = 8

# Line feed and printable ASCII need no further look.
_PLAIN = re.compile(r"[\n -~]*")

# Control, format, private and surrogate characters, line and paragraph separators.
_ODD = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
# Ignorable by Unicode's own list although it counts as a letter or a mark. Left out are U+FE0E and
# U+FE0F, which only choose how a sign is drawn.
IGNORABLE = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)


def decode(data: bytes, most: int = MAX_BYTES) -> str | list[Diagnostic]:
    """The text of a file of at most `most` bytes, or why it is not taken."""
    if len(data) > most:
        message = f"the file is larger than {most:,} bytes"
        return [_unreadable(1, 1, message, "shorten the file")]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return [_unreadable(1, 1, "the file is UTF-16, not UTF-8", "save the file as UTF-8")]
    if data.startswith(b"\xef\xbb\xbf"):
        message = "the file begins with a byte order mark"
        return [_unreadable(1, 1, message, "save the file as UTF-8 without a byte order mark")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"the byte {data[error.start]:#04x} is not UTF-8 (is the file Windows-1252?)"
        return [_unreadable(*_place(before, len(before)), message, "save the file as UTF-8")]
    if _PLAIN.fullmatch(text):
        return text
    return list(islice(odd_characters(text), _MOST_KINDS)) or text


def unfinished_merge(text: str, *, certain: bool = True) -> Diagnostic | None:
    """What git leaves in a file whose merge nobody has finished, as one fault.

    Lines of `=` alone may be text of somebody's: they count only where nothing else explains what
    is wrong with the file, which is then not `certain`.
    """
    if not any(marker in text for marker in _MARKERS):
        return None
    found = [
        (number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line[:7] in _MARKERS and line[7:8] in ("", " ", "\r")
    ]
    lines = [number for number, _ in found]
    if not lines or (certain and all(line.startswith("=") for _, line in found)):
        return None
    *most, last = [f"{number:,}" for number in lines[:_MOST_MARKERS]]
    stand = f"lines {', '.join(most)} and {last}" if most else f"line {last}"
    if len(lines) > _MOST_MARKERS:
        stand = f"{len(lines):,} lines, from line {lines[0]:,} to line {lines[-1]:,}"
    number = {1: "marker line", 3: "three marker lines"}.get(
        len(lines), f"{len(lines):,} marker lines"
    )
    message = f"an unfinished merge stands here: git's markers are in {stand}"
    fix = f"resolve it: keep what is right of both sides, and remove the {number}"
    return refused("yaml-syntax", lines[0], 1, message, fix)


def odd_characters(text: str) -> Iterator[Diagnostic]:
    """Each kind of character that hides, moves or doubles something, where it first stands."""
    seen: set[str] = set()
    marks = 0
    for offset, character in enumerate(text):
        if character.isascii() and (character.isprintable() or character == "\n"):
            marks = 0
            continue
        marks = marks + 1 if unicodedata.combining(character) else 0
        if (marks > MOST_MARKS or misleads(character)) and character not in seen:
            seen.add(character)
            yield _unreadable(*_place(text, offset), *_about(character))
    if not seen and not unicodedata.is_normalized("NFC", text):
        yield _not_composed(text)


def misleads(character: str) -> bool:
    never_assigned = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return (
        unicodedata.category(character) in _ODD
        or never_assigned
        or re.match(IGNORABLE, character) is not None
    )


def _not_composed(text: str) -> Diagnostic:
    number, line, composed = next(
        (number, line, composed)
        for number, line in enumerate(text.split("\n"), 1)
        if (composed := unicodedata.normalize("NFC", line)) != line
    )
    same = next((i for i, c in enumerate(line) if composed[i : i + 1] != c), 0)
    message = "a letter is written as two characters, so that equal text differs (not NFC)"
    return _unreadable(number, same + 1, message, "type the letter as one character")


def _about(character: str) -> tuple[str, str]:
    """Message and fix for a character that is not taken."""
    if character == "\t":
        return "a tab stands where only blanks may", "replace each tab with blanks"
    if character == "\r":
        return "a line ends with CR", "save the file with LF line ends"
    named = name_of(character)
    if unicodedata.combining(character):
        return f"more than {MOST_MARKS} accents stand on one letter", f"remove {named}"
    return f"{named} cannot be seen and may mislead a reader", f"remove {named}"


def name_of(character: str) -> str:
    """`U+202E (right-to-left override)`: a character that had better not be shown itself."""
    of_control = "control character" if unicodedata.category(character) == "Cc" else "no character"
    return f"U+{ord(character):04X} ({unicodedata.name(character, of_control).lower()})"


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _unreadable(line: int, column: int, message: str, fix: str) -> Diagnostic:
    return refused("unreadable-text", line, column, message, fix)


def refused(check: str, line: int, column: int, message: str, fix: str) -> Diagnostic:
    """Why a text is not taken; which file it is from, only its reader knows."""
    return Diagnostic("", line, column, message, fix, check, "error")
