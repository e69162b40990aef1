"""Files become values: opened without following links, parsed, and judged for shape.

Many files are read by two processes, which share them out as they go.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from fir.model import WAIVERS, Refusal
from fir.read import canonical
from fir.read.text import MAX_BYTES
from fir.read.tree import Found
from fir.read.yaml_text import parse
from fir.shape import Shapes
from fir.sharing import WORTH_A_PROCESS, Shared

_CHUNK = 250
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Read(NamedTuple):
    """What became of one file: its value and whether it has its shape, or why it was refused."""

    value: Any
    fits: bool
    refusals: tuple[Refusal, ...]


def read_file(root: Path, shapes: Shapes, item: Found) -> Read:
    """Reads one file and judges its shape."""
    try:
        most = most_bytes(item.path)
        data = open_bytes(f"{root}/{item.path}", most)
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror or 'no reason given'}"
        refusal = Refusal("unreadable-text", item.path, 1, 1, message, "make the file readable")
        return Read(None, False, (refusal,))
    known = canonical.read(data)
    value, faults = (known, []) if known is not None else parse(data, most)
    if faults:
        refusals = (Refusal(fault.check, item.path, *fault[1:]) for fault in faults)
        return Read(None, False, tuple(refusals))
    return Read(value, shapes.fits(item.kind, value), ())


def most_bytes(path: str) -> int:
    """How large a file may be; one import may have to waive a thousand findings."""
    return 64 * MAX_BYTES if path == WAIVERS else MAX_BYTES


def open_bytes(path: Path | str, most: int = MAX_BYTES) -> bytes:
    """At most one byte more than a file may have; a link that came after the scan is not opened."""
    descriptor = os.open(path, _OPEN)
    try:
        data = os.read(descriptor, most + 1)
        while len(data) <= most and (more := os.read(descriptor, most + 1 - len(data))):
            data += more
        return data
    finally:
        os.close(descriptor)


Reading = Shared[list[Found], list[Read]]


def start_reading(root: Path, items: list[Found], shapes: Shapes) -> Reading:
    """Begins to read every file; `finish` says what became of each, chunk by chunk."""

    def read_chunk(chunk: list[Found]) -> list[Read]:
        return [read_file(root, shapes, item) for item in chunk]

    chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
    return Shared(read_chunk, chunks, worth_it=len(items) >= WORTH_A_PROCESS)
