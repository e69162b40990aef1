"""A pending record describes a device that the CPL lists already.

Why: a pending record waits for its number and is published without one. Once the Central Products
List (CPL) has given it, the Smart Energy Code asks for it (F2.15(a)), and readers look for the
record under it.
Mend: run `fir check --fix`, which adds the number and moves the file; where the entry has its
record already, delete the pending one. If the same device is to be listed once more for another
version of GBCS or SMETS, state it as `gbcs_version` or `smets_chts_version`: the record then waits
until an entry has that version.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, either, tick
from fir.model import Device, Entry, Record, Repository

STAGE = "cpl"


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.snapshot is None or not repository.pending:
        return
    listed: dict[Device, list[Entry]] = {record.device: [] for record in repository.pending}
    for entry in repository.entries.values():
        if entry[2:8] in listed:
            listed[entry.device].append(entry)
    for record in repository.pending:
        entries = [entry for entry in listed[record.device] if _same_versions(record, entry)]
        current = [entry for entry in entries if entry.listing == "current"]
        free = _without_record(repository, current)
        if not current:
            free = _without_record(repository, entries)
            if not free:
                continue  # its entries are gone: the device waits to be listed again
        numbers = either(tick(entry.cpl_number) for entry in (free or current)[:3])
        version = repository.snapshot.version
        message = f"the CPL, version {version}, lists this device already, as entry {numbers}"
        if free:
            fix = _to_move(record, free)
        else:
            message += f", which has a record: {repository.by_number[current[0].cpl_number].path}"
            fix = f"git rm {record.path}"
        yield Diagnostic(*repository.at(record.path, "device"), message, fix)


def _without_record(repository: Repository, entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.cpl_number not in repository.by_number]


def _same_versions(record: Record, entry: Entry) -> bool:
    stated = (record.smets_chts_version, record.gbcs_version)
    listed = (entry.smets_chts_version, entry.gbcs_version)
    return all(ours in (None, theirs) for ours, theirs in zip(stated, listed, strict=True))


def _to_move(record: Record, free: list[Entry]) -> str:
    folder = f"records/firmware/{record.manufacturer}"
    if len(free) == 1:
        number = free[0].cpl_number
        return f'add cpl_number: "{number}" and git mv {record.path} {folder}/{number}.yaml'
    numbers = either(f'"{entry.cpl_number}"' for entry in free[:3])
    return f"add cpl_number: {numbers}, and move the file to {folder}, named by that number"
