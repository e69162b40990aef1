"""Many small pieces of work, done by this process and, where that is worth it, by a second one.

Both take the next piece until none is left, so that neither waits for the other. The second is a
fork: it sees what this process has read, and only results travel back.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Below this many records a second process costs more than it saves.
WORTH_A_PROCESS = 2_000

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Shared(Generic[Piece, Result]):
    """Work that has begun; `finish` gives the results in the order of the pieces."""

    def __init__(
        self, work: Callable[[Piece], Result], pieces: Sequence[Piece], *, worth_it: bool
    ) -> None:
        self._do, self._pieces = work, pieces
        self._helper = None
        if worth_it and threading.active_count() == 1:  # a fork would copy a lock in mid-air
            import multiprocessing

            if "fork" not in multiprocessing.get_all_start_methods():
                return
            context = multiprocessing.get_context("fork")
            self._next = context.Value("i", 0)
            self._results, sending = context.Pipe(duplex=False)
            self._helper = context.Process(target=self._help, args=(sending,))
            self._helper.start()
            sending.close()

    def _help(self, sending: Connection) -> None:
        """The second process: it ends with the first, which alone answers an interrupt."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with contextlib.suppress(Exception):  # the first does it again, and says what went wrong
            sending.send(self._take())

    def _take(self) -> dict[int, Result]:
        done: dict[int, Result] = {}
        while True:
            with self._next.get_lock():
                number = self._next.value
                self._next.value += 1
            if number >= len(self._pieces):
                return done
            done[number] = self._do(self._pieces[number])

    def finish(self) -> list[Result]:
        """Every result; what the second process owes, if it died, is done here."""
        done: dict[int, Result] = {}
        if self._helper is not None:
            done = self._take()
            with contextlib.suppress(EOFError, OSError):
                done |= self._results.recv()
            self._helper.join()
        return [
            done[number] if number in done else self._do(piece)
            for number, piece in enumerate(self._pieces)
        ]
