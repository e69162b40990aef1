"""Entries of the list that may be meant by a device that is to wait for its number."""

from __future__ import annotations

from collections.abc import Iterator

from fir.coding import likeness
from fir.contribute.entered import VERSIONS, Entered
from fir.contribute.submission import Remark
from fir.model import Device, Repository
from fir.wording import tick


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
