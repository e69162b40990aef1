"""The two states to compare: what there is, and what is proposed, however broken that may be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from fir.model import WAIVERS, Refusal, Repository
from fir.read.records import NotARepository, read_repository
from fir.review.files import FileChange, blobs_in, compared
from fir.review.git import NoSuchRef, blobs_of, merge_base, write_out
from fir.review.kept import completed, kept
from fir.review.kinds import area
from fir.wording import tick

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
        head, unread = _head(asked, asked.base, files)
        here = State(asked.root, head or base)
        yield _states(State(asked.base, base), here, files, unread)
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
    alike = kept(blobs, files, own_rules=asked.rules is None)
    read = {path: blob for path, blob in blobs.items() if path.startswith(_READ)}
    write_out(asked.root, {path: read[path] for path in read if path not in alike}, Path(folder))
    head, unread = _head(asked, folder, files)
    if head is None:
        write_out(asked.root, {path: read[path] for path in alike}, Path(folder))
    base = read_repository(folder, rules=asked.rules, own_cpl=True)
    if head is not None:
        base = completed(base, head, alike)
    here = State(asked.root, head or base)
    return _states(State(folder, base, commit), here, files, unread)


def _states(base: State, head: State, files: tuple[FileChange, ...], unread: list[str]) -> States:
    for whose, state in (("", base), ("proposed ", head)):
        if state.repository.snapshot is None:
            unread.append(f"the {whose}CPL snapshot is damaged: {_damage(state.repository)}")
    if any(each.path == WAIVERS for each in files) and _without_waivers(head.repository):
        unread.append(UNREAD_WAIVERS)
    return States(base, head, files, tuple(unread))


def _head(
    asked: Asked, base: str, files: tuple[FileChange, ...]
) -> tuple[Repository | None, list[str]]:
    """The proposal by the rules it is judged by; by the base's where its own cannot be used.

    A proposal that changes the CPL or the waivers is judged with those it brings.
    """
    own_cpl = asked.own_cpl or bool({area(each.path) for each in files} & {"cpl", "waiver"})
    unread: list[str] = []
    for rules in (asked.rules, base):
        try:
            return read_repository(asked.root, rules=rules, own_cpl=own_cpl), unread
        except NotARepository as error:
            unread = [f"the proposed files cannot be used: {_from_root(str(error), asked.root)}"]
    return None, unread


def _from_root(sentence: str, root: str) -> str:
    """Without the place of this machine in it: a summary is read elsewhere."""
    return sentence.replace(f"{root}/", "").replace(root, "the proposal")


def _damage(repository: Repository) -> str:
    first: Refusal | None = next(
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
