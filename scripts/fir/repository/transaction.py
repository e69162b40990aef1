"""Several files below `records/` written and deleted as one, by one writer at a time.

What a write needs while it lasts stands where git carries nothing: in the git directory, or, where
there is none that is surely this user's, in a folder of the user. There the new files are staged,
a journal says what goes where, and each is moved into place. A failure puts the old files back.
What a killed writer had decided is completed by the next one, if it was decided in this very
folder and every file is what it was then or what it was to become. Nothing that came with the
files is ever obeyed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from typing import NamedTuple

from fir.diagnostics import visible
from fir.repository.state import NotWritten, bytes_of, locked, make_state, state_of

WAIT = 10.0
"""Seconds for which a writer waits until another one has finished."""
_ONLY = "records"

Folder = str | PathLike[str]


class Move(NamedTuple):
    """A file, and the SHA-256 of what it holds before and after; None where it is not there."""

    path: str
    before: str | None
    after: str | None


@contextmanager
def writing(root: Folder) -> Iterator[Transaction]:
    """Holds the repository for one writer, which reads and writes within; raises NotWritten."""
    root = os.path.realpath(root)
    state = state_of(root)
    make_state(state, root)
    with locked(f"{state}/lock", WAIT) as held:
        if not held:
            raise NotWritten(
                f"another `fir` has been writing here for {WAIT:.0f} seconds; "
                "run this again when it has finished"
            )
        yield Transaction(root, f"{state}/stage")


def unfinished(root: Folder) -> str:
    """Why this state must not be read: a write that was broken off; empty where there is none.

    A reader takes no lock, but it waits for the writer that is moving files right now.
    """
    try:
        state = state_of(os.path.realpath(root))
    except NotWritten:
        return ""
    stage = f"{state}/stage"
    if not os.path.lexists(f"{stage}/journal.json"):
        return ""
    with contextlib.suppress(OSError), locked(f"{state}/lock", WAIT):
        if not os.path.lexists(f"{stage}/journal.json"):
            return ""
    return (
        "a write was interrupted: run the command that wrote again, which completes it, "
        f"or delete the folder `{visible(stage)}` to keep the files as they are"
    )


class Transaction:
    """The right to write, from the reading on; `completed` are the files of an earlier write."""

    def __init__(self, root: str, stage: str) -> None:
        self._root, self._stage = root, stage
        self._journal = f"{stage}/journal.json"
        self.completed = self._recover()
        self._seen = dict(_stamps(root, _ONLY))

    def write(self, files: Mapping[str, bytes | None]) -> None:
        """Writes each path (from the root) with its bytes, and deletes those with None."""
        moves = [self._move(path, files[path]) for path in sorted(files)]
        if not moves:
            return
        spare = os.urandom(8).hex()
        try:
            self._prepare(moves, [files[move.path] for move in moves], spare)
        except BaseException:
            self._clear()
            raise
        try:
            self._apply(moves, spare)
        except BaseException as broken:
            self._take_back(moves, spare, broken)
            raise
        self._clear()
        for move in moves:
            self._seen.pop(move.path, None)
            if move.after:
                self._seen[move.path] = _stamp(os.lstat(f"{self._root}/{move.path}"))

    def _move(self, path: str, content: bytes | None) -> Move:
        if not _is_plain(path):
            raise NotWritten(f"`{visible(path)}` is no file below `{_ONLY}/`; nothing is written")
        self._refuse_links(path)
        before = self._digest(path)
        now = None if before is None else _stamp(os.lstat(f"{self._root}/{path}"))
        if now != self._seen.get(path):
            raise NotWritten(
                f"another program has changed `{visible(path)}` meanwhile, and nothing is "
                "written: run this again"
            )
        return Move(path, before, None if content is None else _sha256(content))

    def _prepare(self, moves: list[Move], contents: list[bytes | None], spare: str) -> None:
        """Stages what is new and what was there, then the journal: from here on it is decided."""
        os.mkdir(self._stage, 0o700)
        for number, (move, content) in enumerate(zip(moves, contents, strict=True)):
            if content is not None:
                _durable(self._staged(number), content)
            if move.before is not None:
                with open(self._staged(number, "old"), "xb") as copy:
                    copy.write(bytes_of(f"{self._root}/{move.path}"))
        journal = {
            "root": self._root,
            "folder": self._identity(),
            "spare": spare,
            "moves": [move._asdict() for move in moves],
        }
        _durable(f"{self._stage}/undecided", json.dumps(journal).encode("ascii"))
        os.replace(f"{self._stage}/undecided", self._journal)

    def _apply(self, moves: list[Move], spare: str) -> None:
        for number, move in enumerate(moves):
            if self._digest(move.path) == move.after:
                continue
            if move.after is None:
                self._delete(move.path)
            else:
                self._place(self._staged(number), move.path, spare)

    def _take_back(self, moves: list[Move], spare: str, broken: BaseException) -> None:
        try:
            for number, move in enumerate(moves):
                if self._digest(move.path) == move.before:
                    continue
                if move.before is None:
                    self._delete(move.path)
                else:
                    self._place(self._staged(number, "old"), move.path, spare)
        except OSError as error:
            raise NotWritten(
                f"the write was broken off ({broken}), and what was there cannot be put back "
                f"({error.strerror}): the next command that writes completes it"
            ) from error
        self._clear()

    def _place(self, staged: str, path: str, spare: str) -> None:
        """Moves a staged file to its place, also where that is on another file system."""
        target = f"{self._root}/{path}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            os.replace(staged, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            beside = self._beside(path, spare)
            try:
                _durable(beside, bytes_of(staged))
                os.replace(beside, target)
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(beside)
                raise

    def _delete(self, path: str) -> None:
        """Deletes a file, and its folder where it was the last in it."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{self._root}/{path}")
        folder = os.path.dirname(path)
        if folder != _ONLY:
            with contextlib.suppress(OSError):
                os.rmdir(f"{self._root}/{folder}")

    def _recover(self) -> tuple[str, ...]:
        """Completes what a killed writer had decided, and clears what it had only begun."""
        if not os.path.lexists(self._journal):
            self._clear()
            return ()
        moves, spare = self._decided()
        for move in moves:
            with contextlib.suppress(OSError):
                os.unlink(self._beside(move.path, spare))
        for number, move in enumerate(moves):
            self._refuse_changed(number, move)
        self._apply(moves, spare)
        self._clear()
        return tuple(move.path for move in moves)

    def _decided(self) -> tuple[list[Move], str]:
        """What the journal says, once everything about it fits; raises NotWritten."""
        try:
            journal = json.loads(bytes_of(self._journal))
            root, folder, spare = journal["root"], journal["folder"], journal["spare"]
            moves = [Move(each["path"], each["before"], each["after"]) for each in journal["moves"]]
            sound = _is_hex(spare, 16) and all(map(_is_sound, moves))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise self._refusal("its journal is damaged") from error
        if not sound or len({move.path for move in moves}) < len(moves):
            raise self._refusal("its journal is damaged")
        if (root, folder) != (self._root, self._identity()):
            raise self._refusal("it was begun in another folder")
        for move in moves:
            if not _is_plain(move.path):
                raise self._refusal(f"`{visible(move.path)}` is no file below `{_ONLY}/`")
        return moves, spare

    def _refuse_changed(self, number: int, move: Move) -> None:
        self._refuse_links(move.path)
        now = self._digest(move.path)
        if now == move.after:
            return
        if now != move.before:
            raise self._refusal(f"`{visible(move.path)}` has changed since")
        if move.after is not None:
            try:
                staged = _sha256(bytes_of(self._staged(number)))
            except OSError:
                staged = ""
            if staged != move.after:
                raise self._refusal("what it had staged is damaged")

    def _refusal(self, why: str) -> NotWritten:
        return NotWritten(
            f"an interrupted write cannot be completed: {why}; see in `git status` what it did, "
            f"then delete the folder `{visible(self._stage)}`"
        )

    def _refuse_links(self, path: str) -> None:
        """What is written must stay below the root: no folder on the way may lead elsewhere."""
        parts = path.split("/")
        for count in range(1, len(parts)):
            folder = "/".join(parts[:count])
            if _is_link(f"{self._root}/{folder}"):
                raise NotWritten(
                    f"`{visible(folder)}` is a link, and nothing is written through it: "
                    "replace it with the folder it points to"
                )

    def _digest(self, path: str) -> str | None:
        """The SHA-256 of a file, or None where there is none."""
        place = f"{self._root}/{path}"
        try:
            if not stat.S_ISREG(os.lstat(place).st_mode):
                raise NotWritten(f"`{visible(path)}` is no plain file: move it away")
            return _sha256(bytes_of(place))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _identity(self) -> list[int]:
        """What no copy of the stage has in common with it."""
        status = os.lstat(self._stage)
        return [status.st_dev, status.st_ino]

    def _staged(self, number: int, which: str = "new") -> str:
        return f"{self._stage}/{number}.{which}"

    def _beside(self, path: str, spare: str) -> str:
        return f"{self._root}/{os.path.dirname(path)}/.{spare}.fir-part"

    def _clear(self) -> None:
        """The journal goes first: without it, all the rest means nothing."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._journal)
        shutil.rmtree(self._stage, ignore_errors=True)


def _is_plain(path: str) -> bool:
    """Whether a path is a file below `records/`, on every system, and reaches nothing of git."""
    parts = path.split("/")
    odd = any(character in '\\:*?"<>|' or not character.isprintable() for character in path)
    return (
        len(parts) > 1
        and parts[0] == _ONLY
        and not odd
        and all(part and not part.startswith(".") and part == part.strip() for part in parts)
    )


def _is_sound(move: Move) -> bool:
    digests = (move.before, move.after)
    return isinstance(move.path, str) and all(each is None or _is_hex(each, 64) for each in digests)


def _is_hex(text: object, length: int) -> bool:
    return isinstance(text, str) and len(text) == length and not text.strip("0123456789abcdef")


def _is_link(path: str) -> bool:
    try:
        status = os.lstat(path)
    except OSError:
        return False
    junction = getattr(
        stat, "IO_REPARSE_TAG_MOUNT_POINT", -1
    )  # to Windows alone, it leads away too
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == junction


_Stamp = tuple[int, int, int]
"""What changes when a file is written: when it was, how long it is, and which file it is."""


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _stamps(root: str, folder: str) -> Iterator[tuple[str, _Stamp]]:
    """Every plain file below a folder, and its stamp; what cannot be listed is not there."""
    try:
        with os.scandir(f"{root}/{folder}") as listing:
            entries = list(listing)
    except OSError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(root, path)
        elif not entry.is_symlink():
            yield path, _stamp(os.lstat(f"{root}/{path}"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _durable(path: str, content: bytes) -> None:
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
