"""One CSV file of the snapshot: its rows, each with its line, and where its faults go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fir.model import Refusal
from fir.wording import tick

# Of a file that is damaged throughout, the first lines tell enough.
_MOST_FAULTS = 100
_AGAIN = "run `git checkout main -- records/cpl`"


def damage(path: str, line: int, column: int, message: str) -> Refusal:
    """What makes a file of the snapshot unfit to be relied on."""
    return Refusal("damaged-snapshot", path, line, column, message, _AGAIN)


class Table(NamedTuple):
    """One CSV file, its header, and where its faults go."""

    path: str
    data: bytes
    header: tuple[str, ...]
    faults: list[Refusal]

    def fault(self, line: int, column: int, message: str) -> None:
        self.faults.append(damage(self.path, line, column, message))

    def rows(self) -> Iterator[tuple[int, str, list[str]]]:
        """The number, the text and the values of each sound line below the header.

        No value holds a line break, so a quotation mark left open spoils its own line only.
        """
        for number, line in enumerate(self._lines(), 2):
            if len(self.faults) >= _MOST_FAULTS:
                return
            row = _values(line)
            if row is None:
                self.fault(number, 1, "the line is not CSV")
            elif len(row) == len(self.header):
                yield number, line, row
            else:
                wanted = len(self.header)
                self.fault(number, 1, f"the line has {len(row)} values, it should have {wanted}")

    def sound_rows(self) -> list[list[str]] | None:
        """The values of every line, or None where a line is at fault: what is sound has no place.

        Equal texts become one object: most of the time would go into memory for all of them.
        """
        trial = self._replace(faults=[])
        wanted = len(self.header)
        one: dict[str, str] = {}
        rows = []
        for line in trial._lines():
            row = _values(line)
            if row is None or len(row) != wanted:
                return None
            rows.append(list(map(one.setdefault, row, row)))
        return None if trial.faults else rows

    def _lines(self) -> list[str]:
        """The lines below the header, none where that is not as it should be."""
        text = self._text()
        head, *lines = text.removesuffix("\n").split("\n")
        if text and head != ",".join(self.header):
            self.fault(1, 1, f"the first line is not {tick(','.join(self.header))}")
            return []
        return lines

    def _text(self) -> str:
        try:
            text = self.data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            self.fault(line, 1, "the line is not UTF-8")
            return ""
        for odd, name in (("\r", "a CR"), ("\0", "a NUL")):
            if odd in text:
                line = text.count("\n", 0, text.index(odd)) + 1
                self.fault(line, 1, f"the line holds {name} character")
                return ""
        if not text:
            self.fault(1, 1, "the file is empty")
        return text


def _values(line: str) -> list[str] | None:
    """The values of a line, or None where a quotation mark does not close."""
    if '"' not in line:
        return line.split(",")
    import csv

    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None


def column_of(line: str, row: list[str], index: int) -> int:
    """Where a value begins in its line; 1 where quotation marks make that hard to say."""
    return 1 if '"' in line else sum(len(value) + 1 for value in row[:index]) + 1
