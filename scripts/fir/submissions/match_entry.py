"""Match, second half: which entry of the list a submitted entry is, by its number or its device.

Where the list has no such device yet, the record is to wait for its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fir.diagnostics import Diagnostic, Refused, either, tick
from fir.identifiers import likeness, slips
from fir.model import Device, Entry, Record, Repository
from fir.submissions.match_manufacturer import Manufacturers, owners
from fir.submissions.submission import VERSIONS, ReadAs, Submission, SubmittedEntry

_SHORT = re.compile(r"[0-9]{1,5}")


class Match(NamedTuple):
    """Where a submitted entry belongs: an entry of the list, or None while its number waits."""

    entry: Entry | None
    device: Device
    read_as: tuple[ReadAs, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def with_zeros(
    submission: Submission, repository: Repository
) -> tuple[Submission, tuple[ReadAs, ...]]:
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
    whole = {**value, "entries": entries} if entries else value
    return submission._replace(value=whole), tuple(read_as)


def match_entry(submitted: SubmittedEntry, manufacturers: Manufacturers) -> Match:
    """Where a submitted entry of the right shape belongs; raises Refused."""
    repository = manufacturers.repository
    match = _by_number(submitted, repository) or _by_device(submitted, repository)
    device = match.device
    of_type = repository.policy.device_types.get(device.type)
    if of_type is not None and of_type.records == "not_accepted":
        message = f"the policy does not accept records of the type {tick(device.type)}"
        fix = "leave it out; the Panel decides which types have records"
        check = "record-not-accepted"
        raise Refused([submitted.error(message, fix, "device", "type", check=check)])
    foreign = _foreign(submitted, device.manufacturer_identifier, manufacturers)
    if foreign:
        raise Refused([foreign])
    return match


def _foreign(
    submitted: SubmittedEntry, identifier: str, manufacturers: Manufacturers
) -> Diagnostic | None:
    """That the entry's identifier is none of the manufacturer that is named."""
    named = manufacturers.called(submitted.submission.value["manufacturer"])
    if named is None or identifier in named.manufacturer_identifiers:
        return None
    message = f"{tick(identifier)} is no identifier of {tick(named.slug)}"
    theirs = [each.slug for each in owners(manufacturers.all, identifier)]
    fix = f'add "{identifier}" to `manufacturer_identifiers` in {named.path}, if it is theirs'
    if theirs:
        fix = f"correct it, or name the manufacturer {either(map(tick, theirs))}; or {fix}"
    keys = ("device", "manufacturer_identifier")
    return submitted.error(message, fix, *keys, check="foreign-identifier")


def _by_number(submitted: SubmittedEntry, repository: Repository) -> Match | None:
    number = submitted.value.get("cpl_number")
    if number is None:
        return None
    entry = repository.entries.get(number)
    if entry is None:
        version = repository.snapshot.version if repository.snapshot else ""
        message = f"the CPL, version {version}, has no entry {tick(number)}"
        fix = _meant(submitted, number, repository)
        raise Refused([submitted.error(message, fix, "cpl_number", check="unknown-cpl-number")])
    stated = submitted.value.get("device")
    return Match(entry, Device(**stated) if stated else entry.device)


def _meant(submitted: SubmittedEntry, number: str, repository: Repository) -> str:
    stated = submitted.value.get("device")
    same = repository.by_device.get(Device(**stated), ()) if stated else ()
    if same:
        return f"write {either(tick(entry.cpl_number) for entry in same[:3])}, which is this device"
    if not stated:
        near = [each for each in slips(number) if each in repository.entries][:3]
        known = f"{either(map(tick, near))} is on the list; " if near else ""
        return f"{known}correct the number, and state the device as well"
    return "correct the number, or leave it out while the list has none for this device"


def _by_device(submitted: SubmittedEntry, repository: Repository) -> Match:
    device = Device(**submitted.value["device"])
    same = [
        entry
        for entry in repository.by_device.get(device, ())
        if all(submitted.value.get(name) in (None, getattr(entry, name)) for name in VERSIONS)
    ]
    free = [entry for entry in same if entry.cpl_number not in repository.by_number]
    meant = [each for each in free if each.listing == "current"] or free or same
    if len(meant) == 1:
        number = meant[0].cpl_number
        return Match(
            meant[0],
            device,
            (ReadAs(submitted.place(), (*submitted.keys, "cpl_number"), "", number),),
        )
    if meant:
        numbers = ", ".join(tick(entry.cpl_number) for entry in meant)
        message = f"entries {numbers} are all this device"
        fix = "state which one as `cpl_number`, or its `gbcs_version`"
        raise Refused([submitted.error(message, fix)])
    return _waiting(submitted, device, repository)


def _waiting(submitted: SubmittedEntry, device: Device, repository: Repository) -> Match:
    version = repository.snapshot.version if repository.snapshot else ""
    unlisted = f"the CPL, version {version}, lists no such device"
    if repository.policy.pending == "refused":
        message = f"{unlisted}, and the policy does not accept records that wait for a CPL number"
        fix = "correct the device, or send it again once the list has its number"
        raise Refused([submitted.error(message, fix, "device", check="record-not-accepted")])
    for keys in sorted(submitted.submission.numeric, key=str):
        if keys[:2] == submitted.keys:
            message = f"{unlisted}, and {tick(keys[-1])} came as a number: its zeros may be lost"
            fix = "format the column as text and enter every digit, or state the CPL number"
            raise Refused([submitted.submission.error(message, fix, *keys)])
    meant = [
        *_of_another_coding(submitted, device, repository),
        *_of_another_version(submitted, device, repository),
    ]
    return Match(None, device, (), tuple(meant))


def pending_of(match: Match, repository: Repository) -> Record | None:
    """The pending record of the same device, whose place a record with a number takes."""
    for record in repository.pending:
        versions = (
            (getattr(record, name), getattr(match.entry, name) if match.entry else None)
            for name in VERSIONS
        )
        if record.device == match.device and all(
            ours is None or theirs is None or ours == theirs for ours, theirs in versions
        ):
            return record
    return None


def _of_another_coding(
    submitted: SubmittedEntry, device: Device, repository: Repository
) -> Iterator[Diagnostic]:
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
                yield submitted.error(message, fix, "device", name)._replace(level="warning")


def _of_another_version(
    submitted: SubmittedEntry, device: Device, repository: Repository
) -> Iterator[Diagnostic]:
    """Entries of exactly this device that the list has with another SMETS or GBCS version."""
    for entry in repository.by_device.get(device, ()):
        if entry.cpl_number in repository.by_number:
            continue
        name = next(
            each
            for each in VERSIONS
            if submitted.value.get(each) not in (None, getattr(entry, each))
        )
        message = (
            f"{tick(name)} is {tick(submitted.value[name])}, entry {tick(entry.cpl_number)} of the "
            f"CPL is this device and has {tick(getattr(entry, name))}"
        )
        fix = "if that entry is meant, send it again with its number"
        yield submitted.error(message, fix, name)._replace(level="warning")
