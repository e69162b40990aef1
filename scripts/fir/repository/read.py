"""A folder becomes a Repository: every file read, and each noun put where it belongs."""

from __future__ import annotations

import os
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic, Refused
from fir.model import (
    SNAPSHOT,
    WAIVERS,
    Address,
    Contact,
    Correction,
    Device,
    Document,
    Manufacturer,
    Misplaced,
    NotARepository,
    Policy,
    Record,
    Repository,
    Snapshot,
    TypePolicy,
    Waiver,
    Withdrawal,
)
from fir.repository.snapshot import read_snapshot
from fir.repository.transaction import unfinished
from fir.repository.tree import Found, scan
from fir.schemas import BrokenSchema, Shapes
from fir.schemas.explain import explain
from fir.strict_yaml.characters import MAX_BYTES, Keys, Places
from fir.strict_yaml.reader import parse, places

POLICY = "schema/policy.yaml"
_RECORD_KINDS = {"manufacturer", "record", "pending"}
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


Folder = str | PathLike[str]


class Read(NamedTuple):
    """What became of one file: its value and whether it has its shape, or why it was refused."""

    value: Any
    fits: bool
    refusals: tuple[Diagnostic, ...]


def read_file(root: str | PathLike[str], shapes: Shapes, item: Found) -> Read:
    """Reads one file and judges its shape."""
    return _judged(shapes, item, _opened(root, item))


def _opened(root: str | PathLike[str], item: Found) -> bytes | Diagnostic:
    try:
        return open_bytes(f"{root}/{item.path}", most_bytes(item.path))
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror or 'no reason given'}"
        fix = "make the file readable"
        return Diagnostic(item.path, 1, 1, message, fix, "unreadable-text", "error")


def _judged(shapes: Shapes, item: Found, opened: bytes | Diagnostic) -> Read:
    if isinstance(opened, Diagnostic):
        return Read(None, False, (opened,))
    value, faults = parse(opened, most_bytes(item.path))
    if faults:
        return Read(None, False, tuple(fault._replace(path=item.path) for fault in faults))
    return Read(value, shapes.fits(item.kind, value), ())


def most_bytes(path: str) -> int:
    """How large a file may be; one import may have to waive a thousand findings."""
    return 64 * MAX_BYTES if path == WAIVERS else MAX_BYTES


def open_bytes(path: str | PathLike[str], most: int = MAX_BYTES) -> bytes:
    """At most one byte more than a file may have; a link that came after the scan is not opened."""
    descriptor = os.open(path, _OPEN)
    try:
        data = os.read(descriptor, most + 1)
        while len(data) <= most and (more := os.read(descriptor, most + 1 - len(data))):
            data += more
        return data
    finally:
        os.close(descriptor)


def expected_path(record: Record) -> str:
    """Where a record's file belongs by what it says: its number, or its device while it waits."""
    if record.cpl_number:
        return f"records/firmware/{record.manufacturer}/{record.cpl_number}.yaml"
    name = f"{record.device.device_model}-{record.device.firmware_version}"
    return f"records/pending/{record.manufacturer}/{name}.yaml"


def record_of(path: str, value: dict[str, Any]) -> Record:
    """The noun of a firmware or pending record whose value has its shape."""
    fields = dict(value)
    fields.setdefault("cpl_number", "")
    fields["device"] = Device(**value["device"])
    if "upgrade_from" in value:
        fields["upgrade_from"] = tuple(value["upgrade_from"])
    if "withdrawn" in value:
        fields["withdrawn"] = Withdrawal(**value["withdrawn"])
    if "corrections" in value:
        fields["corrections"] = tuple(Correction(**item) for item in value["corrections"])
    return Record(path=path, **fields)


def manufacturer_of(path: str, value: dict[str, Any]) -> Manufacturer:
    """The noun of a manufacturer file whose value has its shape."""
    fields = dict(value)
    fields["contact"] = _contact(value["contact"])
    by_type = value.get("contact_by_device_type", {})
    fields["contact_by_device_type"] = {name: _contact(item) for name, item in by_type.items()}
    for name in ("manufacturer_identifiers", "also_known_as", "github"):
        fields[name] = tuple(value.get(name, ()))
    return Manufacturer(path=path, slug=path.rpartition("/")[2].removesuffix(".yaml"), **fields)


def _contact(value: dict[str, Any]) -> Contact:
    address = value["address"]
    return Contact(
        email=value["email"],
        telephone=value["telephone"],
        address=Address(**{**address, "lines": tuple(address["lines"])}),
        confirmed_on=value.get("confirmed_on"),
    )


def policy_of(value: dict[str, Any]) -> Policy:
    """The noun of a policy file whose value has its shape."""
    return Policy(
        device_types={
            name: TypePolicy(of_type["records"], of_type.get("required_from"))
            for name, of_type in value["device_types"].items()
        },
        pending=value["pending"],
        limits={name: int(limit) for name, limit in value["limits"].items()},
        repository_url=value["repository_url"],
        panel_name=value["panel"]["name"],
        panel_email=value["panel"]["email"],
        teams={name: tuple(owners) for name, owners in value["teams"].items()},
    )


class Locator:
    """Reads a file again, with places, when the first of its findings needs one."""

    def __init__(self, root: str | PathLike[str], of_rules: str | PathLike[str]) -> None:
        self.root = root
        self.of_rules = of_rules
        self.known: dict[str, dict[Keys, Places]] = {}

    def __call__(self, path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        """The place of a value, or of the nearest thing that should hold it, counted from 1."""
        if path not in self.known:
            self.known[path] = self._places(path)
        known = self.known[path]
        wanted: Keys = keys
        while wanted and wanted not in known:
            wanted = wanted[:-1]
        found = known.get(wanted)
        if found is None:
            return path, 1, 1
        place = found.key if key or len(wanted) < len(keys) else found.value
        return path, place.line, place.column

    def _places(self, path: str) -> dict[Keys, Places]:
        root = self.of_rules if path in (WAIVERS, SNAPSHOT) else self.root
        most = most_bytes(path)
        try:
            return (
                places(open_bytes(f"{root}/{path}", most), most) if path.endswith(".yaml") else {}
            )
        except OSError:
            return {}


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
    require_records(root)
    broken_off = unfinished(root)
    if broken_off:
        raise NotARepository(broken_off)
    try:
        shapes = Shapes(f"{rules}/schema")
    except BrokenSchema as error:
        raise NotARepository(str(error)) from error
    policy = _policy(rules, shapes)
    found, refusals = scan(root)
    of_rules = root if own_cpl else rules
    contents = _Contents(refusals)
    snapshot: Snapshot | None
    try:
        snapshot, entries, changes = read_snapshot(of_rules, shapes)
    except Refused as refused:
        snapshot, entries, changes = None, {}, ()
        contents.refusals.extend(refused.diagnostics)
    for item in found:
        if item.kind in _RECORD_KINDS:
            contents.add(item, read_file(root, shapes, item))
    waivers = _waivers(of_rules, shapes, contents)
    return Repository(
        snapshot=snapshot,
        entries=entries,
        changes=changes,
        records=tuple(sorted(contents.records)),
        pending=tuple(sorted(contents.pending)),
        manufacturers=contents.manufacturers,
        slugs=frozenset(
            path.rpartition("/")[2].partition(".")[0].lower()
            for path in (*(item.path for item in found), *(each.path for each in refusals))
            if path.startswith("records/manufacturers/")
        ),
        waivers=waivers,
        policy=policy,
        refusals=tuple(contents.refusals),
        misshapen=tuple(contents.misshapen),
        misplaced=tuple(contents.misplaced),
        files=sum(item.kind in ("record", "pending") for item in found),
        shapes=shapes,
        locate=Locator(root, of_rules),
        today=today,
    )


def require_records(root: Folder) -> None:
    """Raises NotARepository where there is nothing to read, and no place to write."""
    if not os.path.isdir(f"{root}/records"):
        raise NotARepository(f"{root} is no repository of firmware records: it has no `records`")


def _policy(rules: Folder, shapes: Shapes) -> Policy:
    path = f"{rules}/{POLICY}"
    try:
        value, faults = parse(open_bytes(path))
    except OSError as error:
        raise NotARepository(f"{path} cannot be opened: {error.strerror}") from error
    if faults:
        fault = faults[0]
        raise NotARepository(f"{path}:{fault.line}:{fault.column}: {fault.message}")
    if not shapes.fits("policy", value):
        mistake = next(explain(shapes, "policy", value))
        raise NotARepository(f"{path}: {mistake.message}; fix: {mistake.fix}")
    return policy_of(value)


def _waivers(of_rules: Folder, shapes: Shapes, contents: _Contents) -> tuple[Waiver, ...]:
    behind_a_link = {"records", WAIVERS}.intersection(each.path for each in contents.refusals)
    if behind_a_link or not Path(of_rules, WAIVERS).exists():
        return ()
    read = read_file(of_rules, shapes, Found(WAIVERS, "waivers"))
    contents.refusals.extend(read.refusals)
    if read.refusals:
        return ()
    if not read.fits:
        contents.misshapen.append(Document(WAIVERS, "waivers", read.value))
        return ()
    return tuple(Waiver(**waiver) for waiver in read.value)


class _Contents:
    """What is read of the files so far: the sound ones apart from the refused and misshapen."""

    def __init__(self, refusals: list[Diagnostic]) -> None:
        self.refusals = refusals
        self.misshapen: list[Document] = []
        self.misplaced: list[Misplaced] = []
        self.records: list[Record] = []
        self.pending: list[Record] = []
        self.manufacturers: dict[str, Manufacturer] = {}

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
