"""Release notes as they arrive from forms, tables and files, in the register's plain text."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import NamedTuple

from fir.strict_yaml.characters import MAX_BYTES, odd_characters

_BLANK_LINES_FIRST = re.compile(r"\A(?: *\n)+")
_BLANKS_LAST = re.compile(r" +$", re.MULTILINE)


class Reason(NamedTuple):
    """Why notes are not taken: where, what, and the cure."""

    place: str
    message: str
    fix: str


class NotesRefused(Exception):
    """The file of notes cannot be used; holds every reason."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__(reasons[0].message)


def tidy(text: str) -> str:
    """The notes with one kind of line end, no tabs and no blanks at the end; the words stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    text = _BLANKS_LAST.sub("", unicodedata.normalize("NFC", text))
    text = _BLANK_LINES_FIRST.sub("", text).rstrip("\n")
    return f"{text}\n" if text else ""


def read_notes(file: Path) -> str:
    """The release notes in a text file, or on standard input (`-`); raises NotesRefused."""
    place = "standard input" if str(file) == "-" else str(file)
    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"the file cannot be opened: {(error.strerror or 'no reason given').lower()}"
        raise NotesRefused(Reason(place, why, "check the path of the notes")) from error
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes"
        raise NotesRefused(Reason(place, message, "shorten the notes"))
    try:
        notes = tidy(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = "the file is not UTF-8 text"
        raise NotesRefused(Reason(place, message, "save it as text in UTF-8")) from error
    if not notes.strip():
        raise NotesRefused(Reason(place, "the file holds no notes", "say what changed"))
    odd = [
        Reason(f"{place}:{each.line}:{each.column}", each.message, each.fix)
        for each in odd_characters(notes)
    ]
    if odd:
        raise NotesRefused(*odd)
    return notes
