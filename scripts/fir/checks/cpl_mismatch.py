"""The device of a record is not the device of its CPL entry.

Why: the costly mistakes are values that look right and are wrong: a version in decimal, or in BCD
(decimal digits, four bits each), where the Central Products List (CPL) has hexadecimal; the number
of the neighbouring entry. The device is stated twice, on the list and in the record, so that such
a slip shows.
Mend: find out which of the two is right. Where it is the list, write the list's value; where it is
the record, have the entry corrected first. Where the list itself changed, importing it proposes a
waiver, which excuses the record until a day; nothing else can be waived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fir.diagnostics import Diagnostic, either, tick
from fir.identifiers import likeness
from fir.model import Device, Entry, Record, Repository, Waiver

STAGE = "cpl"


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.snapshot is None:
        return
    for record, entry in repository.listed:
        if entry[2:8] != record.device:
            yield from _mismatches(_Mismatch(repository, record, entry))


class _Mismatch(NamedTuple):
    """A record and the entry that it does not agree with."""

    repository: Repository
    record: Record
    entry: Entry

    def at(self, *keys: str) -> tuple[str, int, int]:
        return self.repository.at(self.record.path, *keys)

    @property
    def of(self) -> str:
        version = self.repository.snapshot.version if self.repository.snapshot else ""
        return f"{tick(self.entry.cpl_number)} (version {version})"

    def differences(self) -> Iterator[_Difference]:
        for field, ours, theirs in zip(
            Device._fields, self.record.device, self.entry[2:8], strict=True
        ):
            if ours != theirs:
                yield _Difference(field, ours, theirs, likeness(ours, theirs))


class _Difference(NamedTuple):
    field: str
    ours: str
    theirs: str
    likeness: str

    @property
    def has(self) -> str:
        """What the entry has, and how the record's value comes near it."""
        return f"{tick(self.theirs)}{self.likeness and ', '}{self.likeness}"


def _mismatches(mismatch: _Mismatch) -> Iterator[Diagnostic]:
    """One finding where the device is wholly that of another entry, else one for each field."""
    repository = mismatch.repository
    different = list(mismatch.differences())
    others = repository.by_device.get(mismatch.record.device, ())
    free = [other for other in others if other.cpl_number not in repository.by_number]
    recoded = len(different) == 1 and different[0].likeness.startswith("the same")
    if free and not recoded:
        yield _another_number(mismatch, different, [other.cpl_number for other in free])
    elif others and len(different) > 1:
        yield _another_device(mismatch, different, others[0])
    elif _exchanged(different):
        yield _the_other_way_round(mismatch, different)
    else:
        for one in different:
            message = (
                f"device.{one.field} is {tick(one.ours)}, CPL entry {mismatch.of} has {one.has}"
            )
            fix = f'write "{one.theirs}" as the CPL does, or have the CPL entry corrected first'
            yield Diagnostic(*mismatch.at("device", one.field), message, fix)


def _another_number(
    mismatch: _Mismatch, different: list[_Difference], free: list[str]
) -> Diagnostic:
    """The device is that of an entry without a record: most likely the number is wrong."""
    numbers = either(tick(number) for number in free[:3])
    has = _listing(f"{one.field} {one.has}" for one in different)
    message = f"the device is that of CPL entry {numbers}; entry {mismatch.of} has {has}"
    if len(free) == 1:
        path = mismatch.record.path
        move = f"git mv {path} {path.rpartition('/')[0]}/{free[0]}.yaml"
    else:
        move = "name the file by it"
    numbers = either(f'"{number}"' for number in free[:3])
    fix = f"write cpl_number {numbers} and {move}; if the number is right, {_as_listed(different)}"
    return Diagnostic(*mismatch.at("cpl_number"), message, fix)


def _another_device(mismatch: _Mismatch, different: list[_Difference], other: Entry) -> Diagnostic:
    """The device is that of an entry with a record of its own: most likely a copy of that."""
    has = _listing(f"{one.field} {one.has}" for one in different)
    message = (
        f"the device is that of CPL entry {tick(other.cpl_number)}, which has its own record; "
        f"entry {mismatch.of} has {has}"
    )
    return Diagnostic(*mismatch.at("device", different[0].field), message, _as_listed(different))


def _exchanged(different: list[_Difference]) -> bool:
    """Each of two fields has the value of the other, as hardware version and revision may."""
    values = [(one.ours, one.theirs) for one in different]
    return len(values) == 2 and values[0] == values[1][::-1]


def _the_other_way_round(mismatch: _Mismatch, different: list[_Difference]) -> Diagnostic:
    has = _listing(f"{one.field} {tick(one.ours)}" for one in different)
    message = f"the device has {has}, the other way round from CPL entry {mismatch.of}"
    fix = f"{_as_listed(different)}, or have the CPL entry corrected first"
    return Diagnostic(*mismatch.at("device", different[0].field), message, fix)


def _as_listed(different: list[_Difference]) -> str:
    values = _listing(f'{one.field} "{one.theirs}"' for one in different)
    return f"write {values} as the CPL does"


def _listing(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def excuses(repository: Repository, waiver: Waiver) -> bool:
    """Only where the CPL caused it: the record still says what the entry said before a change."""
    number = waiver.path.rpartition("/")[2].removesuffix(".yaml")
    record, entry = repository.by_number.get(number), repository.entries.get(number)
    if record is None or entry is None:
        return False
    columns = zip(Entry._fields[2:8], record.device, entry[2:8], strict=True)
    outdated = {column: ours for column, ours, theirs in columns if ours != theirs}
    return any(
        outdated.get(change.field) == change.before
        for change in repository.changes_of.get(number, ())
    )
