"""Files become values: opened without following links, parsed, and judged for shape.

Many files are read by two processes, which share them out as they go.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from os import PathLike
from typing import Any, NamedTuple

from fir.keywords import Unknown
from fir.model import WAIVERS, Refusal
from fir.read.form import Form, Keys, Table
from fir.read.load import load
from fir.read.text import MAX_BYTES
from fir.read.tree import Found
from fir.shape import Shapes
from fir.sharing import WORTH_A_PROCESS, Shared

_CHUNK = 250
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Read(NamedTuple):
    """What became of one file: its value and whether it has its shape, or why it was refused."""

    value: Any
    fits: bool
    refusals: tuple[Refusal, ...]


def read_file(root: str | PathLike[str], shapes: Shapes, item: Found) -> Read:
    """Reads one file and judges its shape."""
    return _judged(shapes, item, _opened(root, item))


def _opened(root: str | PathLike[str], item: Found) -> bytes | Refusal:
    try:
        return open_bytes(f"{root}/{item.path}", most_bytes(item.path))
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror or 'no reason given'}"
        return Refusal("unreadable-text", item.path, 1, 1, message, "make the file readable")


def _judged(shapes: Shapes, item: Found, opened: bytes | Refusal) -> Read:
    if isinstance(opened, Refusal):
        return Read(None, False, (opened,))
    value, faults = load(opened, most_bytes(item.path))
    if faults:
        refusals = (Refusal(fault.check, item.path, *fault[1:]) for fault in faults)
        return Read(None, False, tuple(refusals))
    return Read(value, shapes.fits(item.kind, value), ())


def most_bytes(path: str) -> int:
    """How large a file may be; one import may have to waive a thousand findings."""
    return 64 * MAX_BYTES if path == WAIVERS else MAX_BYTES


def open_bytes(path: str | PathLike[str], most: int = MAX_BYTES) -> bytes:
    """At most one byte more than a file may have; a link that came after the scan is not opened."""
    descriptor = os.open(path, _OPEN)
    try:
        data = os.read(descriptor, most + 1)
        while len(data) <= most and (more := os.read(descriptor, most + 1 - len(data))):
            data += more
        return data
    finally:
        os.close(descriptor)


class Chunk(NamedTuple):
    """What became of some of the files: most records are rows of a table, the rest stand alone."""

    paths: list[str]
    columns: dict[Keys, list[Any]]
    others: list[tuple[Found, Read]]


_Plain = tuple[list[int], dict[Keys, list[Any]], dict[int, tuple[Any, bool, list[Any]]]]
"""The same without our own types, and files by their numbers: so it comes from another process."""


class Reading:
    """The reading of many files, which has begun."""

    def __init__(self, root: str | PathLike[str], items: Sequence[Found], shapes: Shapes) -> None:
        self._root, self._shapes = root, shapes
        self._form = _form_of_records(shapes)
        self._chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
        self._shared = Shared(self._read, self._chunks, worth_it=len(items) >= WORTH_A_PROCESS)

    def _read(self, items: Sequence[Found]) -> _Plain:
        opened = [_opened(self._root, item) for item in items]
        table = self._table(items, opened)
        others = {}
        for number in set(range(len(items))).difference(table.taken):
            read = _judged(self._shapes, items[number], opened[number])
            others[number] = read.value, read.fits, list(map(tuple, read.refusals))
        return table.taken, table.columns, others

    def _table(self, items: Sequence[Found], opened: Sequence[bytes | Refusal]) -> Table:
        if self._form is None:
            return Table([], {})
        return self._form.read(
            [
                data if item.kind == "record" and isinstance(data, bytes) else None
                for item, data in zip(items, opened, strict=True)
            ]
        )

    def finish(self) -> Iterator[Chunk]:
        """What became of each file, chunk by chunk."""
        for items, result in zip(self._chunks, self._shared.finish(), strict=True):
            taken, columns, alone = result
            others = [
                (items[number], Read(value, fits, tuple(map(Refusal._make, refusals))))
                for number, (value, fits, refusals) in alone.items()
            ]
            yield Chunk([items[number].path for number in taken], columns, others)


def _form_of_records(shapes: Shapes) -> Form | None:
    try:
        return Form(shapes.compiler, shapes.schemas["record"])
    except (Unknown, RecursionError):
        return None
