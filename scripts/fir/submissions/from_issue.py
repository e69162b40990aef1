"""The text of an issue that was written with one of the repository's forms: a heading a field.

The form for a contact asks for neither a number nor notes; by that it is known.
All of it is data. Only a heading that is one of our fields begins a new one, and none does inside
a fence; whatever else stands there, markup, mentions or comments, is the text of its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fir.diagnostics import problem, tick
from fir.model import Shapes
from fir.spreadsheet.sheet import Sheet
from fir.submissions.columns import Cells, Column, by_header, folded, listed
from fir.submissions.submission import KIND, Submission

_HEADING = re.compile(r"### +(.*?)[ #]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*")
_NO_ANSWER = "_No response_"
_NO_CHOICE = "None"
_NUMBERS = re.compile(r"[0-9]+(?:[\s,;]+[0-9]+)+")
# What the form for a contact does not ask for.
_OF_RECORDS = ("cpl_number", "firmware_version", "release_notes")
# What people may write over several lines although it is one sentence.
_PROSE = ("release_notes", "correction")
_NO_CONTACT = ("no contact is given", "fill in what has changed")
_FEWEST = 2
_LONGEST = 100


class Section(NamedTuple):
    """A heading that is a field of ours, where it stands, and the lines below it."""

    column: Column
    line: int
    lines: tuple[str, ...]

    @property
    def answer(self) -> str:
        """The answer, out of the fence that a form may put around it."""
        lines = "\n".join(self.lines).strip("\n").split("\n")
        fence = _FENCE.fullmatch(lines[0])
        ends = [at for at, line in enumerate(lines[1:], 1) if fence and line.strip() == fence[1]]
        if ends and ends[0] == len(lines) - 1:
            lines = lines[1:-1]
        answer = "\n".join(lines)
        return "" if answer.strip() == _NO_ANSWER else answer


class _Body(Sheet):
    """Answers as cells that stand in lines."""

    def place(self, row: int, column: int, header: str = "") -> str:
        return f"line {row}"


def is_issue(text: str, shapes: Shapes) -> bool:
    """Whether a text has the headings of the form."""
    return len({each.column.name for each in _sections(text, by_header(shapes))}) >= _FEWEST


def from_issue(source: str, text: str, shapes: Shapes) -> Submission:
    """The submission in the text of an issue."""
    cells = Cells(source, _Body("", {}))
    known = by_header(shapes)
    if opened := _swallowing(text, known):
        message = "a fence is opened here that nothing closes, so that it holds the headings below"
        fix = "close it by a line with the same marks, or remove it"
        cells.unreadable.append(problem(f"{source}, line {opened}", message, fix))
    seen: dict[str, int] = {}
    for section in _sections(text, known):
        column, line = section.column, section.line
        if column.name in seen:
            message = f"the heading {tick(column.title)} stands here again, first in line "
            message += str(seen[column.name])
            fix = "remove the `###` before it, if it is part of the notes"
            cells.unreadable.append(problem(f"{source}, line {line}", message, fix))
            continue
        seen[column.name] = line
        _put(cells, section, shapes)
    if not seen.keys().isdisjoint(_OF_RECORDS):
        cells.complete()
        return cells.submission(None)
    cells.complete_contact()
    if "contact" not in cells.value and "website" not in cells.value:
        place = cells.places.get(("contact",), source)
        cells.unreadable.append(problem(place, *_NO_CONTACT))
    return cells.submission(None)._replace(is_contact_alone=True)


def _put(cells: Cells, section: Section, shapes: Shapes) -> None:
    column, line, answer = section.column, section.line, section.answer
    if column.name != "release_notes":
        answer = answer.strip()
    if answer == _NO_CHOICE and "enum" in shapes.field(KIND, column.keys):
        answer = ""
    if column.is_list:
        cells.put_list(column.keys, line, 1, listed(column, answer), answer, "")
    elif column.name == "cpl_number" and _NUMBERS.fullmatch(answer.strip()):
        for at, number in enumerate(re.findall("[0-9]+", answer)):
            cells.put(("entries", at, "cpl_number"), line, 1, number)
    elif column.name not in _PROSE and "\n" in answer:
        second = answer.partition("\n")[2].strip().partition("\n")[0]
        message = f"{tick(column.title)} has a second line, {tick(second)}"
        fix = "leave one line below the heading, and begin every heading with `### `"
        cells.unreadable.append(problem(f"{cells.source}, line {line}", message, fix))
    else:
        cells.put(column.keys, line, 1, answer)


def _sections(text: str, known: Mapping[str, Column]) -> Iterator[Section]:
    current: tuple[Column, int] | None = None
    lines: list[str] = []
    for number, line, opened in _fenced(text):
        column = None if opened else _heading(line, known)
        if column:
            if current:
                yield Section(*current, tuple(lines))
            current, lines = (column, number), []
        else:
            lines.append(line)
    if current:
        yield Section(*current, tuple(lines))


def _fenced(text: str) -> Iterator[tuple[int, str, int]]:
    """Each line and its number, and the line that opened the fence around it, or 0."""
    fence, opened = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        marks = _FENCE.fullmatch(line)
        if marks and not fence:
            fence, opened = marks[1], number
        elif fence and line.strip() == fence:
            fence, opened = "", 0
        yield number, line, opened


def _heading(line: str, known: Mapping[str, Column]) -> Column | None:
    heading = _HEADING.fullmatch(line) if len(line) <= _LONGEST else None
    return known.get(folded(heading[1])) if heading else None


def _swallowing(text: str, known: Mapping[str, Column]) -> int:
    """The line of a fence that is never closed and holds a heading of ours, or 0."""
    lines = list(_fenced(text))
    opened = lines[-1][2]
    return opened if opened and any(_heading(line, known) for _, line, _ in lines[opened:]) else 0
