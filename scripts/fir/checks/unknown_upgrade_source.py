"""`upgrade_from` names a CPL number that the snapshot does not hold, or the record's own.

Why: a supplier plans an upgrade by these numbers; one that leads nowhere is worse than none. The
snapshot is this repository's copy of the Central Products List (CPL).
Mend: correct the number, or remove it from the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.identifiers import slips
from fir.model import Record, Repository

STAGE = "neighbours"


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.snapshot is None:
        return
    entries = repository.entries
    for record in (*repository.records, *repository.pending):
        for index, source in enumerate(record.upgrade_from or ()):
            if source != record.cpl_number and source in entries:
                continue
            place = repository.at(record.path, "upgrade_from", index)
            if source == record.cpl_number:
                message = f"{tick(source)} is this firmware itself, it should be an earlier one"
            else:
                version = repository.snapshot.version
                message = f"the CPL, version {version}, has no entry {tick(source)} to upgrade from"
            yield Diagnostic(*place, message, _fix(repository, record, source))


def _fix(repository: Repository, record: Record, source: str) -> str:
    """Suggests a number typed nearly so, of another firmware for the same Device Model."""
    remove = f'remove "{source}" from `upgrade_from`'
    if source == record.cpl_number:
        return remove
    taken = {record.cpl_number, *(record.upgrade_from or ())}
    for number in slips(source):
        entry = repository.entries.get(number)
        if entry and number not in taken and entry[2:7] == record.device[:5]:
            return (
                f'write "{number}", firmware `{entry.firmware_version}` of this model, or {remove}'
            )
    return remove
