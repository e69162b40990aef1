"""A record names a CPL number that the snapshot does not hold.

Why: a supplier looks the firmware up on the Central Products List (CPL) by this number. The
snapshot is this repository's copy of the list.
Mend: correct the number, in the file and in its name; if the entry is newer than the snapshot,
import the newer CPL first.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, either, tick
from fir.identifiers import slips
from fir.model import Device, Entry, Record, Repository

STAGE = "cpl"


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.snapshot is None:
        return
    for record in repository.records:
        if record.cpl_number not in repository.entries:
            version = repository.snapshot.version
            message = f"the CPL, version {version}, has no entry {tick(record.cpl_number)}"
            place = repository.at(record.path, "cpl_number")
            yield Diagnostic(*place, message, _fix(repository, record))


def _fix(repository: Repository, record: Record) -> str:
    same = repository.by_device.get(record.device, ())
    free = [entry for entry in same if entry.cpl_number not in repository.by_number]
    near = list(slips(record.cpl_number))
    free.sort(key=lambda entry: entry.cpl_number not in near)
    if len(free) > 1 and free[0].cpl_number not in near:
        numbers = either(f'"{entry.cpl_number}"' for entry in free[:3])
        return f"write {numbers}, the entries of this device, and name the file by it"
    if free:
        return (
            f'write "{free[0].cpl_number}", the entry of this device, and {_move(record, free[0])}'
        )
    if same:
        taken = repository.by_number[same[0].cpl_number].path
        return f"git rm {record.path}; the record of this device's entry is {taken}"
    for number in near:
        entry = repository.entries.get(number)
        if entry and number not in repository.by_number and _alike(record.device, entry.device):
            other = " and ".join(differences(record.device, entry.device))
            return f'write "{number}", which differs only in {other}, and {_move(record, entry)}'
    return "correct the number, or import the CPL that lists it first"


def _move(record: Record, entry: Entry) -> str:
    folder = record.path.rpartition("/")[0]
    return f"git mv {record.path} {folder}/{entry.cpl_number}.yaml"


def _alike(ours: Device, theirs: Device) -> bool:
    """Whether two devices differ by no more than a second slip: same maker, two fields apart."""
    same_maker = ours.manufacturer_identifier == theirs.manufacturer_identifier
    return same_maker and len(differences(ours, theirs)) <= 2


def differences(ours: Device, theirs: Device) -> list[str]:
    """The names of the fields in which two devices differ."""
    pairs = zip(Device._fields, ours, theirs, strict=True)
    return [field for field, our, their in pairs if our != their]
