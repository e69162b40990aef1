"""Files become values: opened without following links, parsed, and judged for shape.

Many files are read by two processes, which share them out as they go.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fir.model import WAIVERS, Refusal
from fir.read import canonical
from fir.read.text import MAX_BYTES
from fir.read.tree import Found
from fir.read.yaml_text import parse
from fir.shape import Shapes

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Below this many files a second process costs more than it saves.
_WORTH_A_PROCESS = 2_000
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


class Reading:
    """Every file being read: by this process and, where that is worth it, by a second one.

    Both take the next chunk of files until none is left, so that neither waits for the other.
    """

    def __init__(self, root: Path, items: list[Found], shapes: Shapes) -> None:
        self.read = partial(read_file, root, shapes)
        self.chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
        self.worker: multiprocessing.process.BaseProcess | None = None
        can_fork = "fork" in multiprocessing.get_all_start_methods()
        if can_fork and len(items) >= _WORTH_A_PROCESS:
            context = multiprocessing.get_context("fork")
            self.next = context.Value("i", 0)
            self.results, sending = context.Pipe(duplex=False)
            self.worker = context.Process(target=self._work, args=(sending,))
            self.worker.start()
            sending.close()

    def _work(self, sending: Connection) -> None:
        """The second process: it ends with the first, which alone answers an interrupt."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sending.send(self._share())

    def _share(self) -> dict[int, list[Read]]:
        """Reads chunks until both processes together have taken all."""
        done: dict[int, list[Read]] = {}
        while True:
            with self.next.get_lock():
                number = self.next.value
                self.next.value += 1
            if number >= len(self.chunks):
                return done
            done[number] = [self.read(item) for item in self.chunks[number]]

    def finish(self) -> list[Read]:
        """What became of each file, in the order they were given."""
        done: dict[int, list[Read]] = {}
        if self.worker is not None:
            done = self._share()
            with contextlib.suppress(EOFError):  # it died: what it had taken is read here
                done |= self.results.recv()
            self.worker.join()
        for number, chunk in enumerate(self.chunks):
            if number not in done:
                done[number] = [self.read(item) for item in chunk]
        return [read for number in range(len(self.chunks)) for read in done[number]]
