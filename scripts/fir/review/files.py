"""Which files differ between two states of the repository: a listing of each, compared.

Files are told apart by git's name for their content, so that a folder can be compared with a
commit. A link is named for what it says, and never followed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from fir.review.git import Blob, paths_of

What = Literal["new", "changed", "gone"]
_PIECE = 1 << 20
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class FileChange(NamedTuple):
    path: str
    what: What


def compared(before: Mapping[str, Blob], after: Mapping[str, Blob]) -> tuple[FileChange, ...]:
    """Every path whose file is new, gone, or another than before."""
    found = []
    for path in sorted({*before, *after}):
        was, now = before.get(path), after.get(path)
        if was != now:
            what: What = "new" if was is None else "gone" if now is None else "changed"
            found.append(FileChange(path, what))
    return tuple(found)


def blobs_in(root: str, hashed_like: Iterable[Blob] = ()) -> dict[str, Blob]:
    """What stands in a folder, but for git's own files and what git is told to ignore.

    Content is named by SHA-1, or by SHA-256 where the blobs to compare with are.
    """
    long = any(len(blob.name) > 40 for blob in hashed_like)
    found = {}
    for path in paths_of(root) or _walked(root):
        try:
            blob = _blob(f"{root}/{path}", "sha256" if long else "sha1")
        except OSError:  # held by git and deleted here, or not for us to read
            continue
        found[path] = blob
    return found


def _walked(root: str) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        inner = os.path.relpath(folder, root).replace(os.sep, "/")
        prefix = "" if inner == "." else f"{inner}/"
        links = [name for name in folders if Path(folder, name).is_symlink()]
        folders[:] = sorted(name for name in folders if name != ".git" and name not in links)
        yield from sorted(f"{prefix}{name}" for name in (*names, *links) if name != ".git")


def _blob(path: str, algorithm: str) -> Blob:
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return Blob("120000", _named(algorithm, os.fsencode(Path(path).readlink())))
    if not stat.S_ISREG(status.st_mode):  # another repository, or nothing that git knows
        return Blob("160000", "")
    mode = "100755" if status.st_mode & 0o100 and os.name != "nt" else "100644"
    with os.fdopen(os.open(path, _OPEN), "rb") as file:
        if status.st_size <= _PIECE:
            return Blob(mode, _named(algorithm, file.read()))
        digest = hashlib.new(algorithm, b"blob %d\0" % status.st_size)
        while piece := file.read(_PIECE):
            digest.update(piece)
    return Blob(mode, digest.hexdigest())


def _named(algorithm: str, content: bytes) -> str:
    return hashlib.new(algorithm, b"blob %d\0" % len(content) + content).hexdigest()
