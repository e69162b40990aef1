"""The number of a record has vanished from the CPL.

Why: entries of the Central Products List (CPL) are marked Removed and stay on it; a number that
vanishes is either a mistake in the list or an entry that was renumbered, and readers cannot tell
which.
Mend: ask the code administrator. Where the firmware has a new number, move the record to it; where
it is gone for good, say so under `withdrawn`, with the day and the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, either, tick
from fir.model import Repository

STAGE = "cpl"
LEVEL = "warning"


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.snapshot is None:
        return
    for record, entry in repository.listed:
        # Of another device's entry only `cpl-mismatch` speaks.
        if not entry.last_listed_version or record.withdrawn or entry[2:8] != record.device:
            continue
        message = (
            f"the CPL, version {repository.snapshot.version}, no longer lists entry "
            f"{tick(entry.cpl_number)}; version {entry.last_listed_version} was the last to do so"
        )
        again = [
            f'"{other.cpl_number}"'
            for other in repository.by_device[record.device]
            if other.listing == "current" and other.cpl_number not in repository.by_number
        ][:3]
        if again:
            fix = f"write {either(again)}, its number on the list now, and name the file by it"
        else:
            fix = "ask the code administrator for its new number, or add `withdrawn`"
        yield Diagnostic(*repository.at(record.path, "cpl_number"), message, fix)
