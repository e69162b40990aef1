"""Where a write keeps what it needs while it lasts, and the lock that keeps other writers away.

In the git directory, or, where there is none that is surely this user's, in a folder of the user:
nothing that git carries can get there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fir.diagnostics import visible

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BETWEEN_TRIES = 0.05
_LONGEST_LINK = 4096
NOFOLLOW = getattr(os, "ONOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class NotWritten(Exception):
    """Nothing is written; the sentence says why, and what to do."""


def state_of(root: str) -> str:
    """The folder of this repository's lock and stage, outside of all that git carries."""
    above = root
    while not os.path.lexists(f"{above}/.git"):
        if above == os.path.dirname(above):
            return _of_user(root)
        above = os.path.dirname(above)
    own = _git_directory(above)
    return f"{own}/fir/{_key(os.path.relpath(root, above))}" if own else _of_user(root)


def _git_directory(work_tree: str) -> str | None:
    """The git directory, where it is surely that of this work tree and this user's own."""
    place = f"{work_tree}/.git"
    try:
        kind = os.lstat(place).st_mode
        if stat.S_ISDIR(kind):
            folder = place
        elif stat.S_ISREG(kind):
            folder = _of_linked(work_tree, place)
        else:
            return None
        ours = sys.platform == "win32" or os.stat(folder).st_uid == os.geteuid()
        return folder if ours and stat.S_ISREG(os.lstat(f"{folder}/HEAD").st_mode) else None
    except (OSError, ValueError):
        return None


def _of_linked(work_tree: str, place: str) -> str:
    """Where the file `.git` of a linked work tree points; what it points to must point back."""
    key, _, pointed_to = _first_line(place).partition(": ")
    folder = os.path.realpath(os.path.join(work_tree, pointed_to))
    back = os.path.join(folder, _first_line(f"{folder}/gitdir"))
    if key != "gitdir" or os.path.realpath(back) != place or _is_within(folder, work_tree):
        raise ValueError(f"{place} is not of a linked work tree")
    return folder


def _of_user(root: str) -> str:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    else:
        base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    base = os.path.realpath(base) if os.path.isabs(base) else ""
    if not base or _is_within(base, root):
        raise NotWritten(
            "there is no git directory of your own, and no folder of yours outside the repository "
            "to keep a write in: set `XDG_STATE_HOME` to one"
        )
    return f"{base}/fir/{_key(root)}"


def make_state(state: str, root: str) -> None:
    """Makes the folder, for this user alone."""
    ours = os.path.dirname(state)
    os.makedirs(os.path.dirname(ours), 0o700, exist_ok=True)
    for folder in (ours, state):
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)
        status = os.lstat(folder)
        foreign = sys.platform != "win32" and status.st_uid != os.geteuid()
        if foreign or not stat.S_ISDIR(status.st_mode):
            raise NotWritten(
                f"`{visible(folder)}` is no folder of your own, and a write cannot be kept in it: "
                "delete it"
            )


def _key(place: str) -> str:
    """The name of a folder for a place, which may be longer than a name may be."""
    return "top" if place == "." else hashlib.sha256(os.fsencode(place)).hexdigest()[:16]


def _is_within(place: str, folder: str) -> bool:
    return f"{place}{os.sep}".startswith(folder.rstrip(os.sep) + os.sep)


def _first_line(path: str) -> str:
    return os.fsdecode(bytes_of(path, _LONGEST_LINK)).partition("\n")[0].rstrip("\r")


def bytes_of(path: str, most: int = -1) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | NOFOLLOW), "rb") as file:
        return file.read(most)


@contextmanager
def locked(path: str, wait: float = 0.0) -> Iterator[bool]:
    """Whether the lock could be had within so many seconds; it dies with the process."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | NOFOLLOW, 0o600)
    try:
        until = time.monotonic() + wait
        while not (held := _try_lock(file)) and time.monotonic() < until:
            time.sleep(_BETWEEN_TRIES)
        try:
            yield held
        finally:
            if held:
                _unlock(file)
    finally:
        os.close(file)


if sys.platform == "win32":

    def _try_lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
