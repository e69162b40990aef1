"""The two states to compare: what there is, and what is proposed, however broken that may be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from fir.model import WAIVERS, Refusal, Repository
from fir.read.records import NotARepository, read_repository
from fir.review.files import FileChange, blobs_in, compared
from fir.review.git import Blob, blobs_of, merge_base, write_out
from fir.review.kinds import area

_READ = ("records/", "schema/")


class State(NamedTuple):
    """One state: `judged` is what the checks look at, `shown` what is compared with the other.

    They differ where a snapshot is damaged: without entries nothing could be said of records, so
    both states are then shown with the other one's.
    """

    root: str
    judged: Repository
    shown: Repository
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
        yield _states(asked, asked.base, blobs_in(asked.base), None)
        return
    commit = merge_base(asked.root, asked.base)
    blobs = blobs_of(asked.root, commit)
    with tempfile.TemporaryDirectory(prefix="fir-") as folder:
        read = {path: blob for path, blob in blobs.items() if path.startswith(_READ)}
        write_out(asked.root, read, Path(folder))
        yield _states(asked, folder, blobs, commit)


def _is_repository(folder: str) -> bool:
    return folder != "" and all(Path(folder, name).is_dir() for name in ("records", "schema"))


def _states(asked: Asked, folder: str, blobs: Mapping[str, Blob], commit: str | None) -> States:
    files = compared(blobs, blobs_in(asked.root, blobs.values()))
    own_cpl = asked.own_cpl or bool({area(each.path) for each in files} & {"cpl", "waiver"})
    base = read_repository(folder, rules=asked.rules, own_cpl=True)
    head, unread = _head(asked, folder, base, own_cpl)
    for whose, repository in (("", base), ("proposed ", head)):
        if repository.snapshot is None:
            unread.append(f"the {whose}CPL snapshot is damaged: {_damage(repository)}")
    if any(each.path == WAIVERS for each in files) and _without_waivers(head):
        unread.append("the proposed waivers cannot be read; the checks say why")
    return States(
        State(folder, base, _with_snapshot(base, head), commit),
        State(asked.root, head, _with_snapshot(head, base)),
        files,
        tuple(unread),
    )


def _head(
    asked: Asked, folder: str, base: Repository, own_cpl: bool
) -> tuple[Repository, list[str]]:
    """The proposal by the rules it is judged by; by the base's where its own cannot be used."""
    unread: list[str] = []
    for rules in (asked.rules, folder):
        try:
            return read_repository(asked.root, rules=rules, own_cpl=own_cpl), unread
        except NotARepository as error:
            unread = [f"the proposed files cannot be used: {_from_root(str(error), asked.root)}"]
    return base, unread


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


def _with_snapshot(state: Repository, other: Repository) -> Repository:
    if state.snapshot is not None:
        return state
    return state._replace(snapshot=other.snapshot, entries=other.entries, changes=other.changes)
