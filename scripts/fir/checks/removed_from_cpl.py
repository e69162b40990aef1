"""The CPL entry of a record is no longer Current but Removed.

Why: a Removed entry of the Central Products List (CPL) must not be installed; readers want to know
whether the manufacturer has withdrawn the firmware too, and what replaces it.
Mend: say under `withdrawn` on which day and why, and under `replaced_by` which entry takes its
place, where there is one. A note for the reviewer: the record may also stay as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Repository

STAGE = "cpl"
LEVEL = "note"


def check(repository: Repository) -> Iterator[Diagnostic]:
    since = {
        change.cpl_number: f" since version {change.version} of {change.issued_on}"
        for change in repository.changes
        if change.field == "status" and change.after == "Removed"
    }
    for record, entry in repository.listed:
        # Of another device's entry only `cpl-mismatch` speaks.
        if entry.listing != "removed" or record.withdrawn or entry[2:8] != record.device:
            continue
        number = entry.cpl_number
        message = f"CPL entry {tick(number)} is Removed{since.get(number, '')}"
        fix = "add `withdrawn` with `on`, `reason` and, where there is one, `replaced_by`"
        yield Diagnostic(*repository.at(record.path, "cpl_number"), message, fix)
