"""The CPL snapshot, `records/cpl/`, as entries, changes and the issue they came from.

The import writes one line an entry; whatever it would not have written is damage.
"""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Iterator
from functools import cache
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import Diagnostic, Refused, tick
from fir.model import SNAPSHOT, Change, Entry, Snapshot
from fir.schemas import Shapes
from fir.schemas.explain import explain
from fir.strict_yaml.characters import Place, Places, unfinished_merge
from fir.strict_yaml.reader import parse, places

ENTRIES = "records/cpl/entries.csv"
CHANGES = "records/cpl/changes.csv"
_MAX_BYTES = 50_000_000
_BEGINNING = Places(Place(1, 1), Place(1, 1))
# A fifo would keep a plain open waiting, and a link might lead anywhere.
_OPEN = sum(getattr(os, flag, 0) for flag in ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
# Of a file that is damaged throughout, the first lines tell enough.
_MOST_FAULTS = 100
_AGAIN = "run `git checkout main -- records/cpl`"


def damage(path: str, line: int, column: int, message: str, fix: str = _AGAIN) -> Diagnostic:
    """What makes a file of the snapshot unfit to be relied on."""
    return Diagnostic(path, line, column, message, fix, "damaged-snapshot", "error")


class Table(NamedTuple):
    """One CSV file, its header, and where its faults go."""

    path: str
    data: bytes
    header: tuple[str, ...]
    faults: list[Diagnostic]

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

    def _lines(self) -> list[str]:
        """The lines below the header, none where that is not as it should be."""
        text = self._text()
        if merge := unfinished_merge(text, certain=False):
            self.faults.append(damage(self.path, *merge[1:5]))
            return []
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
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None


def column_of(line: str, row: list[str], index: int) -> int:
    """Where a value begins in its line; 1 where quotation marks make that hard to say."""
    return 1 if '"' in line else sum(len(value) + 1 for value in row[:index]) + 1


def read_snapshot(
    root: str | PathLike[str], shapes: Shapes
) -> tuple[Snapshot, dict[str, Entry], tuple[Change, ...]]:
    """The snapshot of a repository; raises Refused, so that nothing is judged by half of it."""
    written, listed, changed = (_bytes(root, path) for path in (SNAPSHOT, ENTRIES, CHANGES))
    faults: list[Diagnostic] = []
    snapshot = _snapshot(written, shapes, faults)
    of_entries = Table(ENTRIES, listed, Entry._fields, faults)
    entries = {entry.cpl_number: entry for entry in _entries(of_entries, shapes)}
    of_changes = Table(CHANGES, changed, Change._fields, faults)
    changes = tuple(_changes(of_changes, entries, shapes))
    if not faults and len(entries) != int(snapshot.entries):
        place = places(written)[("entries",)].value
        message = f"`entries` is {tick(snapshot.entries)}, {tick(ENTRIES)} holds {len(entries)}"
        faults.append(damage(SNAPSHOT, place.line, place.column, message))
    if faults:
        raise Refused(faults)
    return snapshot, entries, changes


def _bytes(root: str | PathLike[str], path: str) -> bytes:
    try:
        if any(Path(root, folder).is_symlink() for folder in ("records", "records/cpl")):
            raise OSError("a link is never followed")
        with os.fdopen(os.open(f"{root}/{path}", _OPEN), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("no regular file")
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise Refused([damage(path, 1, 1, "the file is missing or cannot be opened")]) from error
    if len(data) > _MAX_BYTES:
        raise Refused([damage(path, 1, 1, f"the file is larger than {_MAX_BYTES:,} bytes")])
    return data


def _snapshot(data: bytes, shapes: Shapes, faults: list[Diagnostic]) -> Snapshot:
    value, unread = parse(data)
    merge = unfinished_merge(data.decode("utf-8", "replace"))
    if merge and merge in unread:
        faults.append(damage(SNAPSHOT, *merge[1:5]))
    else:
        faults += [damage(SNAPSHOT, each.line, each.column, each.message) for each in unread]
    if not faults and not shapes.fits("snapshot", value):
        known = places(data)

        def locate(*keys: str | int, key: bool = False) -> tuple[str, int, int]:
            places = known.get(keys) or known.get((), _BEGINNING)
            return SNAPSHOT, *(places.key if key else places.value)

        faults += [damage(*each[:4]) for each in explain(shapes, "snapshot", value, locate)]
    if faults:
        return Snapshot("", "", "", "", "0", "", False)
    return Snapshot(**{**value, "demonstration": value["demonstration"] == "true"})


def _entries(table: Table, shapes: Shapes) -> Iterator[Entry]:
    """The entries in their order, by number."""
    last = ""
    for number, line, row in table.rows():
        entry = Entry._make(row)
        if not shapes.fits("entry", entry._asdict()):
            mistake = next(explain(shapes, "entry", entry._asdict()))
            index = Entry._fields.index(str(mistake.keys[0]))
            table.fault(number, column_of(line, row, index), mistake.message)
            continue
        if entry.cpl_number <= last:
            message = f"entry {tick(entry.cpl_number)} does not follow {tick(last)} in order"
            table.fault(number, 1, message)
        last = entry.cpl_number
        yield entry


def _changes(table: Table, entries: dict[str, Entry], shapes: Shapes) -> Iterator[Change]:
    """The changes in their order."""
    of_unknown = not table.faults

    @cache
    def is_issue(version: str, issued_on: str) -> bool:
        """Judged by form: whether an entry could have been listed first in such an issue."""
        entry = next(iter(entries.values()))
        listed = entry._replace(first_version=version, first_issued_on=issued_on)
        return shapes.fits("entry", listed._asdict())

    for number, line, row in table.rows():
        change = Change._make(row)
        entry = entries.get(change.cpl_number)
        if change.field not in Entry._fields:
            message = f"{tick(change.field)} is not a column of {tick(ENTRIES)}"
            table.fault(number, column_of(line, row, 3), message)
        elif entry is None and of_unknown:
            message = f"entry {tick(change.cpl_number)} is not in {tick(ENTRIES)}"
            table.fault(number, column_of(line, row, 2), message)
        elif entry and not is_issue(change.version, change.issued_on):
            message = f"{tick(change.version)} of {tick(change.issued_on)} is no issue of the CPL"
            table.fault(number, 1, message)
        yield change
