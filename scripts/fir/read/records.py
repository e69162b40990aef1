"""A folder becomes a Repository: every file read, and each noun put where it belongs."""

from __future__ import annotations

import os
from os import PathLike
from typing import TYPE_CHECKING

from fir.model import (
    WAIVERS,
    Document,
    Manufacturer,
    Misplaced,
    Policy,
    Record,
    Refusal,
    Repository,
    Snapshot,
    Waiver,
)
from fir.read.files import Chunk, Read, Reading, open_bytes, read_file
from fir.read.load import load
from fir.read.nouns import expected_path, manufacturer_of, policy_of, record_of, records_of
from fir.read.places import Locator
from fir.read.snapshot import Damage, read_snapshot
from fir.read.tree import Found, scan
from fir.shape import BrokenSchema, Shapes

if TYPE_CHECKING:
    from datetime import date

POLICY = "schema/policy.yaml"
# There while a write of several files is decided and not yet done.
UNFINISHED = ".fir-write/journal.json"
_NOUNS = {"manufacturer", "record", "pending"}


Folder = str | PathLike[str]
"""`pathlib` takes longer to load than `fir check` takes to read a hundred records."""


class NotARepository(Exception):
    """The folder is none, or its rules cannot be used; the sentence says what is missing."""


def read_repository(
    root: Folder,
    *,
    rules: Folder | None = None,
    own_cpl: bool = False,
    today: date | None = None,
) -> Repository:
    """Reads `records/` below `root`; schemas, policy, snapshot and waivers come from `rules`.

    With `own_cpl` the snapshot and the waivers come from `root` all the same: a pull request that
    brings a new CPL is judged by it. Raises NotARepository.
    """
    rules = rules or root
    if not os.path.isdir(f"{root}/records"):
        raise NotARepository(f"{root} is no repository of firmware records: it has no `records`")
    if os.path.exists(f"{root}/{UNFINISHED}"):
        raise NotARepository("a write was interrupted: run the command that wrote again")
    try:
        shapes = Shapes(f"{rules}/schema")
    except BrokenSchema as error:
        raise NotARepository(str(error)) from error
    policy = _policy(rules, shapes)
    found, refusals = scan(root)
    of_rules = root if own_cpl else rules
    judged = [item for item in found if item.kind in _NOUNS]
    reading = Reading(root, judged, shapes)
    nouns = _Nouns(refusals)
    snapshot: Snapshot | None
    try:
        snapshot, entries, changes = read_snapshot(of_rules, shapes)
    except Damage as damage:
        snapshot, entries, changes = None, {}, ()
        nouns.refusals.extend(damage.refusals)
    for chunk in reading.finish():
        nouns.add_all(chunk)
    waivers = _waivers(of_rules, shapes, nouns)
    return Repository(
        snapshot=snapshot,
        entries=entries,
        changes=changes,
        records=tuple(sorted(nouns.records)),
        pending=tuple(sorted(nouns.pending)),
        manufacturers=nouns.manufacturers,
        slugs=frozenset(
            path.rpartition("/")[2].partition(".")[0].lower()
            for path in (*(item.path for item in found), *(each.path for each in refusals))
            if path.startswith("records/manufacturers/")
        ),
        waivers=waivers,
        policy=policy,
        refusals=tuple(nouns.refusals),
        misshapen=tuple(nouns.misshapen),
        misplaced=tuple(nouns.misplaced),
        files=sum(item.kind in ("record", "pending") for item in found),
        shapes=shapes,
        locate=Locator(root, of_rules),
        today=today,
    )


def _policy(rules: Folder, shapes: Shapes) -> Policy:
    path = f"{rules}/{POLICY}"
    try:
        value, faults = load(open_bytes(path))
    except OSError as error:
        raise NotARepository(f"{path} cannot be opened: {error.strerror}") from error
    if faults:
        fault = faults[0]
        raise NotARepository(f"{path}:{fault.line}:{fault.column}: {fault.message}")
    if not shapes.fits("policy", value):
        from fir.misfit import misfits  # nearly every policy fits

        misfit = next(misfits(shapes, "policy", value))
        raise NotARepository(f"{path}: {misfit.message}; fix: {misfit.fix}")
    return policy_of(value)


def _waivers(of_rules: Folder, shapes: Shapes, nouns: _Nouns) -> tuple[Waiver, ...]:
    behind_a_link = {"records", WAIVERS}.intersection(each.path for each in nouns.refusals)
    if behind_a_link or not os.path.exists(f"{of_rules}/{WAIVERS}"):
        return ()
    read = read_file(of_rules, shapes, Found(WAIVERS, "waivers"))
    nouns.refusals.extend(read.refusals)
    if read.refusals:
        return ()
    if not read.fits:
        nouns.misshapen.append(Document(WAIVERS, "waivers", read.value))
        return ()
    return tuple(Waiver(**waiver) for waiver in read.value)


class _Nouns:
    """Where each file's noun goes: the sound ones apart from the refused and the misshapen."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        self.misshapen: list[Document] = []
        self.misplaced: list[Misplaced] = []
        self.records: list[Record] = []
        self.pending: list[Record] = []
        self.manufacturers: dict[str, Manufacturer] = {}

    def add_all(self, chunk: Chunk) -> None:
        if chunk.paths:
            for record in records_of(chunk.paths, chunk.columns):
                self.place(record)
        for item, read in chunk.others:
            self.add(item, read)

    def add(self, item: Found, read: Read) -> None:
        self.refusals.extend(read.refusals)
        if read.refusals:
            return
        if not read.fits:
            self.misshapen.append(Document(item.path, item.kind, read.value))
        elif item.kind == "manufacturer":
            manufacturer = manufacturer_of(item.path, read.value)
            self.manufacturers[manufacturer.slug] = manufacturer
        else:
            self.place(record_of(item.path, read.value))

    def place(self, record: Record) -> None:
        expected = expected_path(record)
        if expected != record.path:
            self.misplaced.append(Misplaced(record, expected))
        else:
            (self.records if record.cpl_number else self.pending).append(record)
