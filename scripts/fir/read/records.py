"""A folder becomes a Repository: every file read, and each noun put where it belongs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fir.model import (
    SNAPSHOT,
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
from fir.read.files import Read, most_bytes, open_bytes, read_file, start_reading
from fir.read.nouns import expected_path, manufacturer_of, policy_of, record_of
from fir.read.snapshot import Damage, read_snapshot
from fir.read.tree import Found, scan
from fir.read.yaml_text import Places, parse, places
from fir.shape import BrokenSchema, Shapes

POLICY = "schema/policy.yaml"
# There while a write of several files is decided and not yet done.
UNFINISHED = ".fir-write/journal.json"
_NOUNS = {"manufacturer", "record", "pending"}


class NotARepository(Exception):
    """The folder is none, or its rules cannot be used; the sentence says what is missing."""


def read_repository(
    root: Path, *, rules: Path | None = None, own_cpl: bool = False, today: date | None = None
) -> Repository:
    """Reads `records/` below `root`; schemas, policy, snapshot and waivers come from `rules`.

    With `own_cpl` the snapshot and the waivers come from `root` all the same: a pull request that
    brings a new CPL is judged by it. Raises NotARepository.
    """
    rules = rules or root
    if not (root / "records").is_dir():
        raise NotARepository(f"{root} is no repository of firmware records: it has no `records`")
    if (root / UNFINISHED).exists():
        raise NotARepository("an import was interrupted: run the same `fir cpl import` again")
    try:
        shapes = Shapes(rules / "schema")
    except BrokenSchema as error:
        raise NotARepository(str(error)) from error
    policy = _policy(rules, shapes)
    found, refusals = scan(root)
    of_rules = root if own_cpl else rules
    judged = [item for item in found if item.kind in _NOUNS]
    reading = start_reading(root, judged, shapes)
    nouns = _Nouns(refusals)
    snapshot: Snapshot | None
    try:
        snapshot, entries, changes = read_snapshot(of_rules, shapes)
    except Damage as damage:
        snapshot, entries, changes = None, {}, ()
        nouns.refusals.extend(damage.refusals)
    reads = (read for chunk in reading.finish() for read in chunk)
    for item, read in zip(judged, reads, strict=True):
        nouns.add(item, read)
    waivers = _waivers(of_rules, shapes, nouns)
    return Repository(
        snapshot=snapshot,
        entries=entries,
        changes=changes,
        records=tuple(nouns.records),
        pending=tuple(nouns.pending),
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
        locate=_Locator(root, of_rules),
        today=today,
    )


def _policy(rules: Path, shapes: Shapes) -> Policy:
    try:
        value, faults = parse(open_bytes(rules / POLICY))
    except OSError as error:
        raise NotARepository(f"{rules / POLICY} cannot be opened: {error.strerror}") from error
    if faults:
        fault = faults[0]
        raise NotARepository(f"{rules / POLICY}:{fault.line}:{fault.column}: {fault.message}")
    if not shapes.fits("policy", value):
        misfit = next(shapes.reference("policy").iter_errors(value))
        where = ".".join(map(str, misfit.absolute_path)) or "a field"
        raise NotARepository(f"{rules / POLICY}: {where} is not what the policy's schema asks for")
    return policy_of(value)


def _waivers(of_rules: Path, shapes: Shapes, nouns: _Nouns) -> tuple[Waiver, ...]:
    path = of_rules / WAIVERS
    behind_a_link = {"records", WAIVERS}.intersection(each.path for each in nouns.refusals)
    if behind_a_link or not path.exists():
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

    def add(self, item: Found, read: Read) -> None:
        self.refusals.extend(read.refusals)
        document = Document(item.path, item.kind, read.value)
        if read.refusals:
            return
        if not read.fits:
            self.misshapen.append(document)
        elif item.kind == "manufacturer":
            manufacturer = manufacturer_of(item.path, read.value)
            self.manufacturers[manufacturer.slug] = manufacturer
        else:
            record = record_of(item.path, read.value)
            expected = expected_path(record)
            if expected != item.path:
                self.misplaced.append(Misplaced(document, expected))
            else:
                (self.records if item.kind == "record" else self.pending).append(record)


class _Locator:
    """Finds places in files when a finding needs one; files without findings are never asked."""

    def __init__(self, root: Path, of_rules: Path) -> None:
        self.root = root
        self.of_rules = of_rules
        self.known: dict[str, dict[tuple[str | int, ...], Places]] = {}

    def __call__(self, path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        """The place of a value, or of the nearest thing that should hold it, counted from 1."""
        if path not in self.known:
            self.known[path] = self._places(path)
        known = self.known[path]
        wanted: tuple[str | int, ...] = keys
        while wanted and wanted not in known:
            wanted = wanted[:-1]
        found = known.get(wanted)
        if found is None:
            return path, 1, 1
        place = found.key if key or len(wanted) < len(keys) else found.value
        return path, place.line, place.column

    def _places(self, path: str) -> dict[tuple[str | int, ...], Places]:
        root = self.of_rules if path in (WAIVERS, SNAPSHOT) else self.root
        most = most_bytes(path)
        try:
            return places(open_bytes(root / path, most), most) if path.endswith(".yaml") else {}
        except OSError:
            return {}
