"""Many small pieces of work, done by this process and, where that is worth it, by a second one.

Both take the next piece until none is left, so that neither waits for the other. The second is a
fork: it sees what this process has read, and only results travel back. They must be plain values,
text and lists and tuples of it; `multiprocessing` carries more, and takes as long to load as to
read five hundred records.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Sequence
from typing import Generic, NoReturn, TypeVar

# Below this many records a second process costs more than it saves.
WORTH_A_PROCESS = 2_000
# The numbers of the pieces wait in a pipe, so many bytes each; a pipe holds these without a reader.
_WIDTH = 2
_MOST_PIECES = 2_000

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class Shared(Generic[Piece, Result]):
    """Work that has begun; `finish` gives the results in the order of the pieces."""

    def __init__(
        self, work: Callable[[Piece], Result], pieces: Sequence[Piece], *, worth_it: bool
    ) -> None:
        self._do, self._pieces = work, pieces
        self._helper = 0
        if worth_it and len(pieces) <= _MOST_PIECES and _may_fork():
            self._numbers, writing = os.pipe()
            os.write(writing, b"".join(n.to_bytes(_WIDTH, "big") for n in range(len(pieces))))
            os.close(writing)
            self._results, sending = os.pipe()
            self._helper = os.fork()
            if not self._helper:
                self._help(sending)
            os.close(sending)

    def _help(self, sending: int) -> NoReturn:
        """The second process; at an interrupt it ends without a word, and the first answers."""
        try:
            os.close(self._results)
            with os.fdopen(sending, "wb") as pipe:
                pipe.write(marshal.dumps(self._take()))
        finally:  # the first does again what did not arrive, and says what went wrong
            os._exit(0)

    def _take(self) -> dict[int, Result]:
        done: dict[int, Result] = {}
        while taken := os.read(self._numbers, _WIDTH):
            number = int.from_bytes(taken, "big")
            done[number] = self._do(self._pieces[number])
        return done

    def finish(self) -> list[Result]:
        """Every result; what the second process owes, if it died, is done here."""
        done: dict[int, Result] = {}
        if self._helper:
            done = self._take()
            os.close(self._numbers)
            with os.fdopen(self._results, "rb") as pipe:
                sent = pipe.read()
            with contextlib.suppress(EOFError, ValueError, TypeError):  # it died while it sent
                done |= marshal.loads(sent)
            with contextlib.suppress(ChildProcessError):  # where the system clears up by itself
                os.waitpid(self._helper, 0)
        return [
            done[number] if number in done else self._do(piece)
            for number, piece in enumerate(self._pieces)
        ]


def _may_fork() -> bool:
    """Whether the system can fork, and no other thread could hold a lock that would be copied."""
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and (threading is None or threading.active_count() == 1)
