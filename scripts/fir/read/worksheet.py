"""The XML of one worksheet as cells.

Kept sparsely and as written: two cells a million rows apart or one string used a million times
cost nothing, and an error or a formula without a result does not turn into a blank. (A reader that
lays a sheet out as one block can be made to exhaust memory, and the process, by 600 bytes.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from fir.read.ooxml import Attributes, index, parse
from fir.read.sheet import MAX_CELLS, Cell, Number, Sheet, too_many_cells

_LONGEST = 32_767
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def worksheet(
    name: str, xml: bytes, strings: Sequence[str], dates: Sequence[bool], epoch: date
) -> Sheet:
    """One sheet; `dates` says of every style whether it shows dates, counted from `epoch`."""
    cells = _Cells(strings, dates, epoch)
    parse(xml, cells.start, cells.end, cells.data)
    return Sheet(name, cells.rows, tuple(cells.merged))


class _Cells:
    """What has been met of a worksheet so far."""

    def __init__(self, strings: Sequence[str], dates: Sequence[bool], epoch: date) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self._strings, self._dates = strings, dates
        self._epoch = datetime.combine(epoch, time.min)
        self._met = self._row = self._column = 0
        self._type = self._style = self._inside = ""
        self._phonetic = False
        self._written: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._met += 1
            if self._met > MAX_CELLS:
                raise too_many_cells()
            if "r" in attributes:
                self._row, self._column = _address(attributes["r"])
            else:
                self._column += 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._written = {}
        elif name in ("v", "t", "f"):
            self._inside = "" if self._phonetic else name
            self._written.setdefault(self._inside, "")
        elif name == "row":
            self._row = index(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((*_address(first), *_address(last or first)))
        elif name == "rPh":
            self._phonetic = True

    def data(self, piece: str) -> None:
        if self._inside:
            written = self._written[self._inside] + piece
            if len(written) > _LONGEST:
                raise ValueError("more than a cell can hold")
            self._written[self._inside] = written

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._inside = ""
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            value = self._value()
            row = self.rows.setdefault(self._row, {})
            if self._column in row:
                raise ValueError("one cell twice")
            if not isinstance(value, str) or value.strip():
                row[self._column] = value

    def _value(self) -> Cell:
        written = self._written.get("v", "")
        if "f" in self._written and not written and self._type != "str":
            return "=" + self._written["f"]
        if self._type == "s":
            return self._strings[index(written)] if written else ""
        if self._type == "inlineStr":
            return self._written.get("t", "")
        if self._type == "b":
            return "TRUE" if written == "1" else "FALSE"
        if not written:
            return ""
        if self._type == "d":
            return _day(datetime.fromisoformat(written))
        return self._number(written) if self._type == "n" else written

    def _number(self, written: str) -> Cell:
        style = index(self._style)
        if style >= len(self._dates) or not self._dates[style]:
            return Number(written.strip())
        try:
            return _day(self._epoch + timedelta(float(written)))
        except (OverflowError, ValueError):
            return Number(written.strip())


def _day(moment: datetime) -> date:
    """A date, or the moment itself where there is a time of day."""
    return moment.date() if moment.time() == time.min else moment


def _address(reference: str) -> tuple[int, int]:
    """Row and column of `B12`."""
    found = _ADDRESS.fullmatch(reference)
    if not found:
        raise ValueError("not a cell address")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
