"""A sheet of cells: the one shape in which workbooks and CSV files reach their readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from fir.diagnostics import Refused, refusal, tick

MAX_CELLS = 400_000
AGAIN = "download the file again"
SAVE_AS_XLSX = "open it in a spreadsheet program and save it as `.xlsx`"
_ESCAPED_BREAK = re.compile("_x000[9AD]_", re.IGNORECASE)


class Number(str):
    """A number as the file writes it: the zeros its author may have typed are gone."""


Cell = str | date
"""Text, a Number, or a date (a `datetime` where the cell has a time of day as well)."""


def unreadable(message: str, fix: str) -> Refused:
    """What to raise where the file cannot be read at all."""
    return refusal("the file", message, fix)


def too_large(what: str) -> Refused:
    return unreadable(
        what, "check that it is the right file: a list or form has a few megabytes when unpacked"
    )


def too_many_cells() -> Refused:
    return too_large(f"the file holds more than {MAX_CELLS:,} cells")


class Sheet(NamedTuple):
    """The cells that are not blank, by row and column, both from 1; of a CSV, rows are lines."""

    name: str
    """Empty for a CSV file."""
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Each merged area: top, left, bottom, right."""

    def place(self, row: int, column: int, header: str = "") -> str:
        """Where a cell is, in the words of the program that shows the file.

        `header` is one that the reader knows: it is shown whole, and trusted.
        """
        if not self.name:
            return f"line {row}, column `{header or column}`"
        return f"sheet {tick(self.name)}, cell {letters(column)}{row}"

    def row_place(self, row: int) -> str:
        """Where a whole row is."""
        return f"sheet {tick(self.name)}, row {row}" if self.name else f"line {row}"


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, last = divmod(column - 1, 26)
        name = chr(ord("A") + last) + name
    return name


def text(cell: Cell) -> str:
    """What a cell says on one line: trimmed, every line break and run of blanks as one blank."""
    if not isinstance(cell, str):
        return cell.isoformat()
    if "_x000" in cell:
        cell = _ESCAPED_BREAK.sub(" ", cell)
    return " ".join(cell.split())
