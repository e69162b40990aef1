"""THE diagnostic: what is wrong at one place, and its cure; and how a value is put into its words.

Reader, checks, submissions, imports and reports all speak in this one type.
"""

from __future__ import annotations

import difflib
import shlex
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

Level = Literal["", "error", "warning", "note"]

SHOWN = 60


class Diagnostic(NamedTuple):
    """One mistake: where it is, what it is, and what to do about it."""

    path: str
    """A file of the repository; else what was given: a workbook's sheet and cell, an argument.

    Empty where only whoever gave the text, the value or the cell knows where it is from.
    """
    line: int
    """From 1; 0 where `path` says all there is to say of the place."""
    column: int
    message: str
    fix: str
    check: str = ""
    """The check that reports it; empty where it is no check's."""
    level: Level = ""
    keys: tuple[str | int, ...] = ()
    """The way to the field it speaks of, where that is known."""

    @property
    def place(self) -> str:
        """`records/firmware/x/000042.yaml:5:28`, or the path alone."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Refused(Exception):
    """What was asked for is not done; holds every reason, or the first of `count`."""

    def __init__(self, diagnostics: Iterable[Diagnostic], count: int | None = None) -> None:
        self.diagnostics = tuple(diagnostics)
        self.count = len(self.diagnostics) if count is None else count
        super().__init__(self.diagnostics[0].message)

    @property
    def first(self) -> Diagnostic:
        return self.diagnostics[0]


def problem(place: str, message: str, fix: str) -> Diagnostic:
    """An error at a place that is no line of a file: an argument, a cell, a whole file."""
    return Diagnostic(place, 0, 0, message, fix, level="error")


def refusal(place: str, message: str, fix: str) -> Refused:
    """What to raise where there is one reason."""
    return Refused([problem(place, message, fix)])


def visible(text: str) -> str:
    """The text with every character that could move a cursor or hide itself written as `\\u202e`.

    Messages reach terminals, logs and web pages: what an attacker put into a file name or a value
    must arrive as letters.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\n":
        return "\\n"
    category = unicodedata.category(character)
    if category[0] == "C" or (category[0] == "Z" and character != " "):
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character


def tick(value: object) -> str:
    """A literal in back-ticks, on one line, shortened in the middle of nowhere it matters."""
    text = visible(str(value)).replace("`", "'")
    if len(text) > SHOWN:
        text = text[: SHOWN - 1] + "…"
    return f"`{text}`"


def quoted(value: str) -> str:
    """The value as one would type it into YAML, in double quotes."""
    text = visible(value).replace("\\", "\\\\") if value.isprintable() else visible(value)
    return '"' + text.replace('"', '\\"') + '"'


def shell(*words: str) -> str:
    """A command as one would type it."""
    return shlex.join(words)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    found = difflib.get_close_matches(word[:SHOWN].strip().lower(), list(known), n=1, cutoff=0.7)
    return found[0] if found else None


def either(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = list(words)
    return f"{', '.join(first)} or {last}" if first else last
