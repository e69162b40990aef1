"""The nouns of the register: entry, record, manufacturer, repository.

All are named tuples, frozen and quickly made: a run makes ten thousand. Nothing here reads a file,
and nothing here judges. Identifiers are text: a CPL number is `"000042"`, never 42. An unknown
value of a CPL entry is the empty string, as in `entries.csv`; an optional field that a record does
not state is None.
"""

# Without `annotations` from `__future__`: a named tuple would compile each of them anew, which
# takes as long as to read fifty records.
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from fir.diagnostics import Diagnostic

SMETS1 = "SMETS1"
SMETS2 = "SMETS2+"

SNAPSHOT = "records/cpl/snapshot.yaml"
WAIVERS = "records/waivers.yaml"


class Device(NamedTuple):
    """What identifies a firmware on the CPL: type, Device Model and firmware version, hex bare."""

    type: str
    manufacturer_identifier: str
    model_identifier: str
    hardware_version: str
    hardware_revision: str
    firmware_version: str

    @property
    def device_model(self) -> str:
        """The Device Model as we write it: `7F01-0005-0203`."""
        return (
            f"{self.manufacturer_identifier}-{self.model_identifier}-"
            f"{self.hardware_version}{self.hardware_revision}"
        )

    @property
    def inventory_strings(self) -> tuple[str, str, str]:
        """Manufacturer (4 hex), model (8 hex) and firmware (8 hex) as the inventory shows them."""
        return (
            self.manufacturer_identifier,
            self.model_identifier + self.hardware_version + self.hardware_revision,
            self.firmware_version,
        )


class Line(NamedTuple):
    """A Device Model within one generation: the only firmware an answer compares."""

    type: str
    manufacturer_identifier: str
    model_identifier: str
    hardware_version: str
    hardware_revision: str
    generation: str


class Entry(NamedTuple):
    """One row of the Central Products List: the columns of `entries.csv`, in that order."""

    cpl_number: str
    status: str
    device_type: str
    manufacturer_identifier: str
    model_identifier: str
    hardware_version: str
    hardware_revision: str
    firmware_version: str
    smets_chts_version: str
    gbcs_version: str
    cpa_certificate: str
    cpa_security_characteristics: str
    cpa_expiry: str
    dlms_certificate: str
    dlms_version: str
    zse_certificate: str
    zse_version: str
    image_creator: str
    image_hash: str
    image_descriptor: str
    first_version: str
    first_issued_on: str
    label: str
    last_listed_version: str

    @property
    def device(self) -> Device:
        return Device(*self[2:8])

    @property
    def generation(self) -> str:
        """SMETS1 entries carry GBCS Version 0.0; everything else is SMETS2 or later."""
        return SMETS1 if self.gbcs_version == "GBCS Version 0.0" else SMETS2

    @property
    def line(self) -> Line:
        return Line(*self[2:7], self.generation)

    @property
    def listing(self) -> str:
        """`current`, `removed`, or `no-longer-listed` where the number vanished from the list."""
        if self.last_listed_version:
            return "no-longer-listed"
        return "current" if self.status == "Current" else "removed"


class Change(NamedTuple):
    """One line of `changes.csv`: what a CPL issue did to one field of one entry."""

    version: str
    issued_on: str
    cpl_number: str
    field: str
    before: str
    after: str


class Snapshot(NamedTuple):
    """`snapshot.yaml`: which issue of the CPL `entries.csv` was taken from."""

    version: str
    issued_on: str
    source: str
    sha256: str
    entries: str
    imported_on: str
    demonstration: bool


class Address(NamedTuple):
    lines: tuple[str, ...]
    country: str
    locality: str | None = None
    postal_code: str | None = None


class Contact(NamedTuple):
    """Manufacturer contact details, F2.15(b)."""

    email: str
    telephone: str
    address: Address
    confirmed_on: str | None = None


class Manufacturer(NamedTuple):
    """`records/manufacturers/<slug>.yaml`."""

    path: str
    slug: str
    name: str
    manufacturer_identifiers: tuple[str, ...]
    contact: Contact
    contact_by_device_type: Mapping[str, Contact] = MappingProxyType({})
    website: str | None = None
    also_known_as: tuple[str, ...] = ()
    succeeded_by: str | None = None
    github: tuple[str, ...] = ()

    def contact_for(self, device_type: str) -> Contact:
        """The most specific contact for a type of device."""
        return self.contact_by_device_type.get(device_type, self.contact)


class Withdrawal(NamedTuple):
    on: str
    reason: str
    replaced_by: str | None = None


class Correction(NamedTuple):
    on: str
    what: str


class Record(NamedTuple):
    """A firmware record, or a pending one, which has no CPL number yet (`cpl_number` empty)."""

    path: str
    cpl_number: str
    manufacturer: str
    device: Device
    release_notes: str
    product_name: str | None = None
    released_on: str | None = None
    release_notes_url: str | None = None
    upgrade_from: tuple[str, ...] | None = None
    outage_alert_on_activation: str | None = None
    outage_note: str | None = None
    withdrawn: Withdrawal | None = None
    corrections: tuple[Correction, ...] = ()
    smets_chts_version: str | None = None
    gbcs_version: str | None = None


class Waiver(NamedTuple):
    """A recorded, reasoned exception to one check on one file, until a date."""

    check: str
    path: str
    reason: str
    approved_by: str
    until: str


class TypePolicy(NamedTuple):
    """What the Panel asks for one device type: `required`, `optional` or `not_accepted`."""

    records: str
    required_from: str | None = None


class Policy(NamedTuple):
    """`schema/policy.yaml`: the Panel's decisions, as data."""

    device_types: Mapping[str, TypePolicy]
    pending: str
    limits: Mapping[str, int]
    repository_url: str
    panel_email: str
    panel_name: str
    teams: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The GitHub teams or accounts of reviewers, deciders and maintainers."""

    def requires(self, entry: Entry) -> bool:
        """Whether the entry needs a record: its type is `required`, first issued late enough.

        An entry whose first issue the CPL does not say counts as required: a gap that may be
        nobody's duty is better seen than hidden.
        """
        of_type = self.device_types.get(entry.device_type)
        if of_type is None or of_type.records != "required":
            return False
        if not of_type.required_from or not entry.first_issued_on:
            return True
        return entry.first_issued_on >= of_type.required_from


class NotARepository(Exception):
    """The folder is none, or its rules cannot be used; the sentence says what is missing."""


class Document(NamedTuple):
    """A file that was read: its kind (`record`, `pending`, ...) and its text values, nested."""

    path: str
    kind: str
    value: Any


class Misplaced(NamedTuple):
    """A record whose file is not where its content says it belongs."""

    record: Record
    expected: str


class Shapes(Protocol):
    """The schemas, ready to judge: `fits` says yes or no, `reference` can say why not."""

    @property
    def schemas(self) -> Mapping[str, Any]: ...

    def fits(self, kind: str, value: Any) -> bool: ...

    def reference(self, kind: str) -> Any: ...

    def field(self, kind: str, keys: Iterable[str | int]) -> dict[str, Any]: ...


Locate = Callable[..., tuple[str, int, int]]


class _State(NamedTuple):
    """What a repository holds, as it was read.

    `records`, `pending` and `manufacturers` hold only files that were readable, had the shape
    their schema asks for and stood in their place; the others are in `refusals`, `misshapen` and
    `misplaced`, so that one mistake is reported once.
    """

    snapshot: Snapshot | None
    entries: Mapping[str, Entry]
    changes: tuple[Change, ...]
    records: tuple[Record, ...]
    pending: tuple[Record, ...]
    manufacturers: Mapping[str, Manufacturer]
    slugs: frozenset[str]
    """Every manufacturer file there is, broken ones included."""
    waivers: tuple[Waiver, ...]
    policy: Policy
    refusals: tuple[Diagnostic, ...]
    misshapen: tuple[Document, ...]
    misplaced: tuple[Misplaced, ...]
    files: int
    """How many record files there are, pending and broken ones included."""
    shapes: Shapes
    locate: Locate
    today: "date | None" = None


class Repository(_State):
    """One state of the register: what was read, and what can be asked of it."""

    def at(self, path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        """Path, line and column of a value (of its key, with `key`), or of what should hold it."""
        return self.locate(path, *keys, key=key)

    def refused(self, check: str) -> Iterator[Diagnostic]:
        """The findings of a check whose work the reader had to do."""
        return (refusal for refusal in self.refusals if refusal.check == check)

    @cached_property
    def listed(self) -> tuple[tuple[Record, Entry], ...]:
        """Each firmware record whose number the snapshot holds, with its entry."""
        pairs = ((record, self.entries.get(record.cpl_number)) for record in self.records)
        return tuple((record, entry) for record, entry in pairs if entry is not None)

    def of_manufacturer(self) -> Iterator[tuple[Record, Manufacturer]]:
        """Each firmware and pending record whose manufacturer is known, with it."""
        for record in (*self.records, *self.pending):
            manufacturer = self.manufacturers.get(record.manufacturer)
            if manufacturer is not None:
                yield record, manufacturer

    @cached_property
    def by_number(self) -> Mapping[str, Record]:
        """The firmware record of each covered CPL number; the first by path where two claim it."""
        found: dict[str, Record] = {}
        for record in self.records:
            found.setdefault(record.cpl_number, record)
        return found

    @cached_property
    def releases(self) -> Mapping[tuple[str, str], tuple[tuple[Record, Entry], ...]]:
        """The records of each release, with their entries: those of one manufacturer's image.

        Where the CPL has no hash, one firmware version for one model, whatever its hardware.
        """
        found: dict[tuple[str, str], list[tuple[Record, Entry]]] = {}
        for record, entry in self.listed:
            if entry[2:8] == record.device:  # else nobody knows which entry it is
                identity = entry.image_hash or f"{entry.firmware_version} {entry.model_identifier}"
                found.setdefault((record.manufacturer, identity), []).append((record, entry))
        return {release: tuple(pairs) for release, pairs in found.items()}

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[Change, ...]]:
        """What the CPL's issues did to each entry, oldest first."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.cpl_number, []).append(change)
        return {number: tuple(changes) for number, changes in found.items()}

    @cached_property
    def by_device(self) -> Mapping[Device, tuple[Entry, ...]]:
        """The entries of each device and firmware, by number."""
        found: dict[Device, list[Entry]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.device, []).append(entry)
        return {device: tuple(entries) for device, entries in found.items()}


def version_key(version: str) -> tuple[int, ...]:
    """The order of CPL issues and of SMETS, CHTS and GBCS versions: `1.99` < `1.100` < `2.000`.

    >>> version_key("GBCS Version 3.2") < version_key("GBCS Version 3.10")
    True
    """
    digits = version.split()[-1].lstrip("Vv") if version.split() else ""
    return tuple(int(part) for part in digits.split(".") if part.isdecimal())
