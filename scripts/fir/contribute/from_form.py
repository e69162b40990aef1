"""The code administrator's "CPL - New Entry" form, which manufacturers fill in for the list anyway.

A cell is found by the names of its data group and attribute. The contact that is meant for the
code administrator alone (`Contact-CPA`) is none of those names: its cells are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fir.contribute.cells import Cells
from fir.contribute.submission import Remark, Submission
from fir.new_entry_form import ATTRIBUTE, DETAILS, FIELDS, GROUP, HEADERS_WITHIN, HOUSE, TYPE
from fir.read.sheet import Cell, Sheet, text
from fir.read.text import Keys


class Form(NamedTuple):
    """A sheet that is the form: the row and column of each value by where it goes."""

    sheet: Sheet
    cells: Mapping[Keys, tuple[int, int]]


def forms(sheets: Sequence[Sheet]) -> list[Form]:
    """The sheets that are the form, whatever they are called."""
    return [form for sheet in sheets for form in _forms(sheet)]


def _forms(sheet: Sheet) -> Iterator[Form]:
    for row in sorted(sheet.rows)[:HEADERS_WITHIN]:
        named = {_plain(cell): column for column, cell in sheet.rows[row].items()}
        if {GROUP, ATTRIBUTE, DETAILS} <= named.keys():
            cells = _cells(sheet, row, named)
            if len(cells) > len(FIELDS) // 2:
                yield Form(sheet, cells)
            return


def _cells(sheet: Sheet, header: int, named: Mapping[str, int]) -> dict[Keys, tuple[int, int]]:
    found: dict[Keys, tuple[int, int]] = {}
    group = ""  # the name of a group may stand at its first row alone
    for row in sorted(sheet.rows):
        if row <= header:
            continue
        group = _plain(sheet.rows[row].get(named[GROUP], "")) or group
        attribute = _plain(sheet.rows[row].get(named[ATTRIBUTE], ""))
        keys = FIELDS.get((group, attribute))
        if keys:
            found.setdefault(keys, (row, named[DETAILS]))
    return found


def _plain(cell: Cell) -> str:
    return text(cell).casefold().replace("\u2019", "'").removesuffix(":")


def from_form(source: str, form: Form) -> Submission:
    """The one submission that a filled-in form is."""
    cells = Cells(source, form.sheet)
    for keys, (row, column) in form.cells.items():
        cell = form.sheet.rows[row].get(column, "")
        if keys == ("entries", 0, "cpl_number") and not text(cell).isdecimal():
            continue  # "This value is allocated by SECAS"
        cells.put(keys, row, column, cell)
    join_address(cells.value)
    blank = not {"manufacturer", "contact", "website", "release_notes"} & cells.value.keys()
    if not any("device" in entry for entry in cells.value.get("entries", ())):
        place = cells.places.get(TYPE, source)
        fix = "fill it in and send it again"
        cells.troubles = [Remark(place, "error", "", "the form is not filled in", fix)]
    else:
        cells.complete()
    return cells.submission(None)._replace(is_blank=blank)


def join_address(value: dict[str, Any]) -> None:
    """House number and street as lines of an address."""
    address = value.get("contact", {}).get("address", {})
    lines = [line for line in address.get("lines", ()) if line]
    if len(lines) == 2 and HOUSE.fullmatch(lines[0]):
        lines = [" ".join(lines)]
    if lines:
        address["lines"] = lines
