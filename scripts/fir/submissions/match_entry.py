"""Which file a submitted entry becomes: that of its number, of its device, or one that waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import either, tick
from fir.identifiers import likeness, slips
from fir.model import Device, Entry, Record, Repository
from fir.submissions.submission import VERSIONS, Entered, ReadAs, Remark, Submission

# Entries of the list that may be meant by a device that is to wait for its number.


def of_another_coding(entered: Entered, device: Device, repository: Repository) -> Iterator[Remark]:
    """Entries that differ in the coding of one value: it may be they that are meant."""
    for entry in repository.entries.values():
        if entry.manufacturer_identifier != device.manufacturer_identifier:
            continue
        pairs = zip(Device._fields, device, entry.device, strict=True)
        off = [(name, ours, theirs) for name, ours, theirs in pairs if ours != theirs]
        if len(off) == 1 and entry.cpl_number not in repository.by_number:
            name, ours, theirs = off[0]
            words = likeness(ours, theirs)
            if words and "swapped" not in words:
                message = (
                    f"{tick(name)} is {tick(ours)}, entry {tick(entry.cpl_number)} of the CPL has "
                    f"{tick(theirs)}, {words}"
                )
                fix = "if that entry is meant, send it again as the list has it"
                yield Remark(entered.place("device", name), "warning", "", message, fix)


def of_another_version(
    entered: Entered, device: Device, repository: Repository
) -> Iterator[Remark]:
    """Entries of exactly this device that the list has with another SMETS or GBCS version."""
    for entry in repository.by_device.get(device, ()):
        if entry.cpl_number in repository.by_number:
            continue
        name = next(
            each for each in VERSIONS if entered.value.get(each) not in (None, getattr(entry, each))
        )
        message = (
            f"{tick(name)} is {tick(entered.value[name])}, entry {tick(entry.cpl_number)} of the "
            f"CPL is this device and has {tick(getattr(entry, name))}"
        )
        fix = "if that entry is meant, send it again with its number"
        yield Remark(entered.place(name), "warning", "", message, fix)


_SHORT = re.compile(r"[0-9]{1,5}")


class Placed(NamedTuple):
    """Where a submitted entry belongs: an entry of the list, or None while its number waits."""

    entry: Entry | None
    device: Device
    read_as: tuple[ReadAs, ...] = ()
    remarks: tuple[Remark, ...] = ()


class NotPlaced(Exception):
    """No place can be found; holds the reason."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark
        super().__init__(remark.message)


def restored(submission: Submission, repository: Repository) -> tuple[Submission, list[ReadAs]]:
    """The submission with the zeros of its numbers, where the device proves which is meant."""
    value = dict(submission.value)
    read_as = []
    entries = list(value.get("entries", ()))
    for index, each in enumerate(entries):
        number = each.get("cpl_number") if isinstance(each, dict) else None
        if not isinstance(number, str) or not _SHORT.fullmatch(number):
            continue
        entry = repository.entries.get(number.zfill(6))
        if entry and each.get("device") == entry.device._asdict():
            entries[index] = {**each, "cpl_number": entry.cpl_number}
            keys = ("entries", index, "cpl_number")
            read_as.append(ReadAs(submission.place(*keys), keys, number, entry.cpl_number))
    return submission._replace(value={**value, "entries": entries} if entries else value), read_as


def placed(entered: Entered, repository: Repository) -> Placed:
    """Where a submitted entry of the right shape belongs; raises NotPlaced."""
    found = _by_number(entered, repository) or _by_device(entered, repository)
    of_type = repository.policy.device_types.get(found.device.type)
    if of_type is not None and of_type.records == "not_accepted":
        message = f"the policy does not accept records of the type {tick(found.device.type)}"
        fix = "leave it out; the Panel decides which types have records"
        raise NotPlaced(entered.error("record-not-accepted", message, fix, "device", "type"))
    return found


def _by_number(entered: Entered, repository: Repository) -> Placed | None:
    number = entered.value.get("cpl_number")
    if number is None:
        return None
    entry = repository.entries.get(number)
    if entry is None:
        version = repository.snapshot.version if repository.snapshot else ""
        message = f"the CPL, version {version}, has no entry {tick(number)}"
        fix = _meant(entered, number, repository)
        raise NotPlaced(entered.error("unknown-cpl-number", message, fix, "cpl_number"))
    stated = entered.value.get("device")
    return Placed(entry, Device(**stated) if stated else entry.device)


def _meant(entered: Entered, number: str, repository: Repository) -> str:
    stated = entered.value.get("device")
    same = repository.by_device.get(Device(**stated), ()) if stated else ()
    if same:
        return f"write {either(tick(entry.cpl_number) for entry in same[:3])}, which is this device"
    if not stated:
        near = [each for each in slips(number) if each in repository.entries][:3]
        known = f"{either(map(tick, near))} is on the list; " if near else ""
        return f"{known}correct the number, and state the device as well"
    return "correct the number, or leave it out while the list has none for this device"


def _by_device(entered: Entered, repository: Repository) -> Placed:
    device = Device(**entered.value["device"])
    same = [
        entry
        for entry in repository.by_device.get(device, ())
        if all(entered.value.get(name) in (None, getattr(entry, name)) for name in VERSIONS)
    ]
    free = [entry for entry in same if entry.cpl_number not in repository.by_number]
    meant = [each for each in free if each.listing == "current"] or free or same
    if len(meant) == 1:
        number = meant[0].cpl_number
        return Placed(
            meant[0], device, (ReadAs(entered.place(), (*entered.keys, "cpl_number"), "", number),)
        )
    if meant:
        numbers = ", ".join(tick(entry.cpl_number) for entry in meant)
        message = f"entries {numbers} are all this device"
        fix = "state which one as `cpl_number`, or its `gbcs_version`"
        raise NotPlaced(entered.error("", message, fix))
    return _waiting(entered, device, repository)


def _waiting(entered: Entered, device: Device, repository: Repository) -> Placed:
    version = repository.snapshot.version if repository.snapshot else ""
    unlisted = f"the CPL, version {version}, lists no such device"
    if repository.policy.pending == "refused":
        message = f"{unlisted}, and the policy does not accept records that wait for a CPL number"
        fix = "correct the device, or send it again once the list has its number"
        raise NotPlaced(entered.error("record-not-accepted", message, fix, "device"))
    for keys in sorted(entered.submission.numeric, key=str):
        if keys[:2] == entered.keys:
            message = f"{unlisted}, and {tick(keys[-1])} came as a number: its zeros may be lost"
            fix = "format the column as text and enter every digit, or state the CPL number"
            raise NotPlaced(Remark(entered.submission.place(*keys), "error", "", message, fix))
    meant = [
        *of_another_coding(entered, device, repository),
        *of_another_version(entered, device, repository),
    ]
    return Placed(None, device, (), tuple(meant))


def waits_for(repository: Repository, placed: Placed) -> Record | None:
    """The pending record of the same device, whose place a record with a number takes."""
    for record in repository.pending:
        versions = (
            (getattr(record, name), getattr(placed.entry, name) if placed.entry else None)
            for name in VERSIONS
        )
        if record.device == placed.device and all(
            ours is None or theirs is None or ours == theirs for ours, theirs in versions
        ):
            return record
    return None


# Why a file cannot be written where it belongs, although nothing readable stands there.


class Obstacle(NamedTuple):
    message: str
    fix: str


def obstacle(root: Path, path: str) -> Obstacle | None:
    """What stands in the way: a file that could not be read as what it should be, or a link."""
    place = root
    for part in path.split("/"):
        place /= part
        if place.is_symlink():
            what = place.relative_to(root).as_posix()
            return Obstacle(
                f"{tick(what)} is a symbolic link, and links are never followed",
                "replace the link with what it points to",
            )
    if place.exists():
        return Obstacle(
            f"the file is there already and has errors: {path}",
            "run `fir check`, which says what is wrong with it, and mend it first",
        )
    return None
