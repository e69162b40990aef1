"""`withdrawn.replaced_by` names a CPL number that the snapshot does not hold, or the record's own.

Why: it tells the reader of a withdrawn firmware what to install instead. The snapshot is this
repository's copy of the Central Products List (CPL).
Mend: correct the number, or remove `replaced_by` where nothing takes its place.
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
    for record in (*repository.records, *repository.pending):
        if record.withdrawn is None or record.withdrawn.replaced_by is None:
            continue
        number = record.withdrawn.replaced_by
        if number == record.cpl_number:
            message = f"{tick(number)} is the withdrawn firmware itself, it should be its successor"
        elif number not in repository.entries:
            version = repository.snapshot.version
            message = f"the CPL, version {version}, has no entry {tick(number)} to replace this one"
        else:
            continue
        place = repository.at(record.path, "withdrawn", "replaced_by")
        yield Diagnostic(*place, message, _fix(repository, record, number))


def _fix(repository: Repository, record: Record, replacement: str) -> str:
    """Suggests a number typed nearly so, of another firmware for the same Device Model."""
    other = "name the entry to use instead, or remove `replaced_by`"
    if replacement == record.cpl_number:
        return other
    for number in slips(replacement):
        entry = repository.entries.get(number)
        if entry and number != record.cpl_number and entry[2:7] == record.device[:5]:
            return f'write "{number}", firmware `{entry.firmware_version}` of this model'
    return other
