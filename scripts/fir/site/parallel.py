"""Many pieces of work, done by this process and, where that is worth it, by a second one."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

# Pieces that wait for the second process, so that it never waits for this one.
_AHEAD = 2

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def parallel(
    work: Callable[[Piece], Result], pieces: Sequence[Piece], *, worth_it: bool
) -> list[Result]:
    """The result of each piece, in their order.

    The second process is a fork: it sees what this one has read, and only results, which must be
    such as `pickle` carries, travel back. It takes the first pieces and this one the last, until
    they meet. What it leaves undone because it died is done here.
    """
    if not worth_it or not _may_fork():
        return [work(piece) for piece in pieces]
    # Takes as long to load as to read five hundred records, and few repositories need it.
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(1, get_context("fork"), initializer=_begin, initargs=(work, pieces))
    given: dict[int, Future[Result]] = {}
    done: dict[int, Result] = {}
    left = deque(range(len(pieces)))
    with pool:
        while left:
            try:
                while left and sum(not each.done() for each in given.values()) < _AHEAD:
                    given[left[0]] = pool.submit(_do, left[0])
                    left.popleft()
            except BrokenProcessPool:
                return [work(piece) for piece in pieces]
            if left:
                number = left.pop()
                done[number] = work(pieces[number])
        for number, future in given.items():
            try:
                done[number] = future.result()
            except BrokenProcessPool:
                done[number] = work(pieces[number])
    return [done[number] for number in range(len(pieces))]


_inherited: Any = None
"""In the second process: the work and its pieces, which it has as they were in the first."""


def _begin(work: Callable[[Any], Any], pieces: Sequence[Any]) -> None:
    global _inherited
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # at an interrupt, the first answers
    _inherited = work, pieces
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """Killed, the first can tell nobody, and a pool would wait for more work for ever."""
    from multiprocessing import parent_process

    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _do(number: int) -> Any:
    work, pieces = _inherited
    return work(pieces[number])


def _may_fork() -> bool:
    """Whether the system can fork, and no other thread could hold a lock that would be copied."""
    return hasattr(os, "fork") and threading.active_count() == 1
