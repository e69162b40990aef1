"""The version history of the list: which issue first added an entry, and what it called it.

Free text written by people, so only one form is believed: a line that begins with the entry's six
digits, in a list whose heading says that Device Models are added. A removal, an amendment, a range
or a remark says nothing about the first issue, and nothing is guessed from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fir.cpl.cells import iso_day, shaped
from fir.cpl.sheet import ENTER, Outcome, issue
from fir.diagnostics import Refused
from fir.model import version_key
from fir.spreadsheet.sheet import Sheet, text

LONGEST_LABEL = 500
_HEADERS = ("version number", "date of issue", "changes incorporated")
_HEADERS_WITHIN = 30
_VERSION = shaped(r"[0-9]{1,3}\.[0-9]{1,3}", "2.051")
# Some cells line their entries up by long runs of blanks instead of line breaks.
_BREAK = re.compile(r"_x000[9AD]_|[\r\n]|[ \t\xa0]{5,}(?=[0-9]{6}\b)", re.IGNORECASE)
_NAMED = re.compile(r"([0-9]{6})(?:[\s\-–—:.,]+(.*))?")
_NUMBER_LIKE = re.compile(r"[0-9]{5,}\b")
_HEADING = re.compile(
    r"\b(?:models?|devices?|[eg]smes?|ppmids?|hubs?|hcalcs|entry|entries)"
    r"\s+(?:(?:has|have|was|were)\s+(?:been\s+)?)?(?:re-?)?added\b",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:removed|amended|corrected|correction|withdrawn)\b", re.IGNORECASE)


class Addition(NamedTuple):
    """Where the history says an entry was first added; named as the fields of the entry."""

    first_version: str
    first_issued_on: str
    label: str


class History(NamedTuple):
    """The version history: which issue this is, where it says so, and what each issue added."""

    version: str
    issued_on: str
    place: str
    first: dict[str, Addition]


class _Line(NamedTuple):
    at: int
    version: str
    issued_on: str
    changes: str


def read_history(sheets: Iterable[Sheet], outcome: Outcome) -> History | None:
    """The history; None, and a fault, where there is none or it does not say which issue it is."""
    for sheet in sheets:
        for top in sorted(sheet.rows)[:_HEADERS_WITHIN]:
            columns = _columns(sheet, top)
            if columns:
                lines = list(_lines(sheet, top, columns, outcome))
                label = _label(sheet, top, outcome)
                if label is None:
                    return None
                place, version, issued_on = label
                _compare(sheet, columns[1], lines, version, issued_on, outcome)
                return History(version, issued_on, place, _first(lines))
    message = "no sheet holds the version history, headed `Version Number`, `Date Of Issue`"
    outcome.wrong("the workbook", message, "take the workbook as it is published")
    return None


def _columns(sheet: Sheet, row: int) -> list[int]:
    """The columns of version, date and changes, where the row heads a version history."""
    cells = {column: text(cell).lower() for column, cell in sheet.rows[row].items()}
    found = [
        next((column for column, heading in cells.items() if heading.startswith(header)), 0)
        for header in _HEADERS
    ]
    return found if all(found) else []


def _lines(sheet: Sheet, top: int, columns: list[int], outcome: Outcome) -> Iterator[_Line]:
    for at in sorted(row for row in sheet.rows if row > top):
        version, day, changes = (sheet.rows[at].get(column, "") for column in columns)
        if not (text(version) or text(day) or text(changes)):
            continue
        place = sheet.place(at, columns[0])
        try:
            number = str(_VERSION(version))
            place = sheet.place(at, columns[1])
            yield _Line(at, number, iso_day(day), changes if isinstance(changes, str) else "")
        except Refused as refused:
            outcome.wrong(place, refused.first.message, refused.first.fix or ENTER)


def _label(sheet: Sheet, top: int, outcome: Outcome) -> tuple[str, str, str] | None:
    """Place, version and date of the one cell above the history that names this issue."""
    found: dict[tuple[str, str], str] = {}
    for row in sorted(row for row in sheet.rows if row < top):
        for column, cell in sheet.rows[row].items():
            try:
                found.setdefault(issue(cell), sheet.place(row, column))
            except Refused:
                continue
    if len(found) == 1:
        (version, issued_on), place = found.popitem()
        return place, version, issued_on
    several = f"{len(found)} cells above the history name different issues"
    message = several if found else "no cell above the history names this issue"
    fix = "keep the one label, such as `Version 2.051 Issued on 21-09-2022`"
    outcome.wrong(sheet.place(top, 1), message, fix)
    return None


def _compare(
    sheet: Sheet, column: int, lines: list[_Line], version: str, issued_on: str, outcome: Outcome
) -> None:
    """The label and the history must not date this issue differently."""
    own = [line for line in lines if line.version == version]
    if not own:
        outcome.notes.append(f"the version history has no line for version {version}")
    for line in own:
        if line.issued_on != issued_on:
            message = (
                f"version {version} is of {line.issued_on} here and of {issued_on} by its label"
            )
            outcome.wrong(sheet.place(line.at, column), message, "correct the wrong one of the two")


def _first(lines: list[_Line]) -> dict[str, Addition]:
    """The earliest issue that adds each number: what an issue adds again was there before."""
    first: dict[str, Addition] = {}
    for line in sorted(lines, key=lambda line: version_key(line.version)):
        for number, label in additions(line.changes):
            first.setdefault(number, Addition(line.version, line.issued_on, label))
    return first


def additions(changes: str) -> Iterator[tuple[str, str]]:
    """The numbers that one issue says it adds, with the text beside each, in their order."""
    adding = False
    for line in filter(None, map(str.strip, _BREAK.split(changes))):
        named = _NAMED.fullmatch(line)
        if named:
            label = " ".join((named[2] or "").split())
            if adding and not re.match(r"[0-9]{6}\b", label):
                yield named[1], _shown(label)
        elif not _NUMBER_LIKE.match(line):
            adding = bool(_HEADING.search(line)) and not _ELSE.search(line)


def _shown(label: str) -> str:
    """The label, or nothing where it could not be shown as one line of text."""
    return label if label.isprintable() and len(label) <= LONGEST_LABEL else ""
