"""The two states to compare: what there is, and what is proposed, however broken that may be."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from fir.diagnostics import Diagnostic, tick, visible
from fir.model import WAIVERS, NotARepository, Repository
from fir.repository.git import git
from fir.repository.read import read_repository
from fir.review.kinds import area

# A git commit read from git's objects, without touching the work tree. Objects are read by their
# names, never checked out: nothing that a commit holds (attributes, links, odd paths) can write
# outside the folder it is given, hide a file or run a program.


class NoSuchRef(Exception):
    """What was given names no commit to compare with; the sentence says so."""


class Blob(NamedTuple):
    """What stands at a path: git's mode of it, and git's name for its content."""

    mode: str
    name: str


def merge_base(root: str, ref: str) -> str:
    """The commit from which the work tree left `ref`, else the commit that `ref` names.

    What a branch does is what it did since: the rest is what others did to `ref`.
    """
    commit = "" if ref.startswith("-") else _commit(root, ref)
    if not commit:
        raise NoSuchRef(f"{tick(ref)} is neither a folder with `records` nor a commit of git")
    head = _commit(root, "HEAD")  # none on a branch that has no commit yet
    return (head and _text(root, "merge-base", commit, head)) or commit


def _commit(root: str, ref: str) -> str:
    return _text(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def blobs_of(root: str, commit: str) -> dict[str, Blob]:
    """What a commit holds in the folder `root`, by path from there."""
    found = {}
    for row in git(root, "ls-tree", "-r", "-z", commit).split(b"\0"):
        if row:
            facts, _, path = row.partition(b"\t")
            mode, _, name = facts.decode("ascii").split(" ")
            found[os.fsdecode(path)] = Blob(mode, name)
    return found


def paths_of(root: str) -> list[str] | None:
    """The files of a work tree that git holds or would take; None where there is no git."""
    listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted({os.fsdecode(path) for path in listed.split(b"\0") if path}) or None


def write_out(root: str, blobs: Mapping[str, Blob], folder: Path) -> None:
    """Writes the regular files among `blobs` into `folder`; links and other repositories stay."""
    wanted = {
        path: blob.name
        for path, blob in blobs.items()
        if blob.mode[:2] == "10" and _is_inside(path)
    }
    contents = _contents(root, wanted.values())
    for inner in {path.rpartition("/")[0] for path in wanted}:
        (folder / inner).mkdir(parents=True, exist_ok=True)
    for path, name in wanted.items():
        (folder / path).write_bytes(contents[name])


def _is_inside(path: str) -> bool:
    parts = path.replace("\\", "/").split("/") if os.name == "nt" else path.split("/")
    return not {"", ".", "..", ".git"}.intersection(parts) and not Path(path).is_absolute()


def _contents(root: str, names: Iterable[str]) -> dict[str, bytes]:
    """The content of each blob by its name, all of them in one call."""
    wanted = list(dict.fromkeys(names))
    given = "".join(f"{name}\n" for name in wanted).encode("ascii")
    output = memoryview(git(root, "cat-file", "--batch", given=given))
    found, at = {}, 0
    for name in wanted:
        end = at + bytes(output[at : at + 200]).find(b"\n")
        facts = bytes(output[at:end]).split()
        if len(facts) != 3:
            raise NoSuchRef(f"git lacks {tick(name)}, which is part of this commit: fetch it")
        size = int(facts[2])
        found[name] = bytes(output[end + 1 : end + 1 + size])
        at = end + 2 + size
    return found


def _text(root: str, *arguments: str) -> str:
    return git(root, *arguments).decode("utf-8", "replace").strip()


# Which files differ between two states of the repository: a listing of each, compared. Files are
# told apart by git's name for their content, so that a folder can be compared with a commit. A
# link is named for what it says, and never followed.


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


# The records that a proposal leaves as they are: read once, and part of both states. Of a
# register with thousands of records a pull request changes a few, and to write the others out of
# git into a folder takes longer than everything else.

_RECORDS = ("records/firmware/", "records/pending/")


def unchanged(
    paths: Iterable[str], files: Iterable[FileChange], *, own_rules: bool
) -> frozenset[str]:
    """The records that a proposal leaves as they are; none where it is judged by other rules."""
    changed = {each.path for each in files}
    if own_rules and any(path.startswith("schema/") for path in changed):
        return frozenset()
    return frozenset(path for path in paths if path.startswith(_RECORDS)) - changed


def completed(base: Repository, head: Repository, paths: Collection[str]) -> Repository:
    """The base, read without these records, with what `head` has at their paths."""
    shown = set(map(visible, paths))
    records, pending = (
        tuple(sorted([*own, *(each for each in others if each.path in paths)]))
        for own, others in ((base.records, head.records), (base.pending, head.pending))
    )
    misplaced = [each for each in head.misplaced if each.record.path in paths]

    def locate(path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        return (head if path in paths else base).locate(path, *keys, key=key)

    return base._replace(
        records=records,
        pending=pending,
        refusals=(*base.refusals, *(each for each in head.refusals if each.path in shown)),
        misshapen=(*base.misshapen, *(each for each in head.misshapen if each.path in paths)),
        misplaced=(*base.misplaced, *misplaced),
        files=base.files + len(paths),
        locate=locate,
    )


UNREAD_WAIVERS = "the proposed waivers cannot be read; the checks say why"
_READ = ("records/", "schema/")


class State(NamedTuple):
    """One state, as it was read; `commit` where it comes out of git."""

    root: str
    repository: Repository
    commit: str | None = None


class States(NamedTuple):
    base: State
    head: State
    files: tuple[FileChange, ...]
    unread: tuple[str, ...]
    """What could not be read as it should be, in sentences."""
    rules: str | None = None
    """Where the rules are from that the proposal is judged by; None where it has them itself."""
    own_cpl: bool = False
    """Whether it was asked that they leave it its CPL and its waivers, whatever it changes."""
    unusable: str = ""
    """Why the base stands in for the proposal, which could not be read at all."""


class Asked(NamedTuple):
    """What `fir summary` was asked to compare."""

    root: str
    base: str
    rules: str | None = None
    own_cpl: bool = False


@contextmanager
def two_states(asked: Asked) -> Iterator[States]:
    """Reads both; a commit stands in a temporary folder for as long as they are used.

    Raises NotARepository where the base is none, and NoSuchRef where there is no base.
    """
    if _is_repository(asked.base):
        files = compared(blobs_in(asked.base), blobs_in(asked.root))
        base = read_repository(asked.base, rules=asked.rules, own_cpl=True)
        yield _states(asked, State(asked.base, base), _head(asked, asked.base, files), files)
        return
    commit = merge_base(asked.root, asked.base)
    with tempfile.TemporaryDirectory(prefix="fir-") as folder:
        yield _since(asked, commit, folder)


def _is_repository(folder: str) -> bool:
    return folder != "" and all(Path(folder, name).is_dir() for name in ("records", "schema"))


def _since(asked: Asked, commit: str, folder: str) -> States:
    """The states since a commit; `folder` takes of it what differs, and what all depends on."""
    blobs = blobs_of(asked.root, commit)
    if not any(path.startswith("records/") for path in blobs):
        raise NoSuchRef(f"{tick(asked.base)} holds no firmware records to compare with")
    files = compared(blobs, blobs_in(asked.root, blobs.values()))
    alike = unchanged(blobs, files, own_rules=asked.rules is None)
    read = {path: blob for path, blob in blobs.items() if path.startswith(_READ)}
    write_out(asked.root, {path: read[path] for path in read if path not in alike}, Path(folder))
    head = _head(asked, folder, files)
    if head.repository is None:
        write_out(asked.root, {path: read[path] for path in alike}, Path(folder))
    base = read_repository(folder, rules=asked.rules, own_cpl=True)
    if head.repository is not None:
        base = completed(base, head.repository, alike)
    return _states(asked, State(folder, base, commit), head, files)


def _states(asked: Asked, base: State, read: _Head, files: tuple[FileChange, ...]) -> States:
    head = State(asked.root, read.repository or base.repository)
    reason = _from_root(read.unusable, asked.root)
    unread = [f"the proposed files cannot be used: {reason}"] if reason else []
    for whose, state in (("", base), ("proposed ", head)):
        if state.repository.snapshot is None:
            unread.append(f"the {whose}CPL snapshot is damaged: {_damage(state.repository)}")
    if any(each.path == WAIVERS for each in files) and _without_waivers(head.repository):
        unread.append(UNREAD_WAIVERS)
    unusable = "" if read.repository else read.unusable
    return States(base, head, files, tuple(unread), read.rules, asked.own_cpl, unusable)


class _Head(NamedTuple):
    """The proposal as it was read, if it could be; why not, or not by the rules asked for."""

    repository: Repository | None
    rules: str | None
    unusable: str


def _head(asked: Asked, base: str, files: tuple[FileChange, ...]) -> _Head:
    """The proposal by the rules it is judged by; by the base's where its own cannot be used.

    The CPL and the waivers are its own where it changes any of them, so that it can be told what
    it does to them, even where it is not judged with them.
    """
    own_cpl = asked.own_cpl or bool({area(each.path) for each in files} & {"cpl", "waiver"})
    unusable = ""
    for rules in dict.fromkeys((asked.rules, base)):
        try:
            repository = read_repository(asked.root, rules=rules, own_cpl=own_cpl)
        except NotARepository as error:
            unusable = str(error)
        else:
            return _Head(repository, rules, unusable)
    return _Head(None, None, unusable)


def _from_root(sentence: str, root: str) -> str:
    """Without the place of this machine in it: a summary is read elsewhere."""
    return sentence.replace(f"{root}/", "").replace(root, "the proposal")


def _damage(repository: Repository) -> str:
    first: Diagnostic | None = next(
        (each for each in repository.refusals if each.check == "damaged-snapshot"), None
    )
    return f"{first.path}, line {first.line}: {first.message}" if first else "it is not there"


def _without_waivers(state: Repository) -> bool:
    refused = {each.path for each in state.refusals}
    return WAIVERS in refused or WAIVERS in {each.path for each in state.misshapen}


def with_snapshot(state: Repository, other: Repository) -> Repository:
    """The state, with the snapshot of the other where its own is damaged."""
    if state.snapshot is not None:
        return state
    return state._replace(snapshot=other.snapshot, entries=other.entries, changes=other.changes)
