"""Which CPL entries have a firmware record, and which still lack one (SEC F2.15 to F2.17).

Every entry counts, Removed ones too: F2.15 speaks of every record on the list. *Required* is an
entry that the Panel's policy asks a record for while it is Current; *covered* is any with a record;
*missing* is any without one, but for device types whose records are not accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from fir.model import Entry, Policy, Repository

Counts = dict[str, int]


class Missing(NamedTuple):
    entry: Entry
    required: bool


class Coverage(NamedTuple):
    counts: Counts
    """`entries`, `required`, `covered`, `missing`."""
    by_type: dict[str, Counts]
    by_manufacturer: dict[str, Counts]
    """By manufacturer identifier: the CPL names no companies."""
    missing: tuple[Missing, ...]
    """Required ones first, then by CPL number."""


def required(entry: Entry, repository: Repository) -> bool:
    """Whether a record is due for the entry: asked for by the policy, and still Current."""
    return entry.listing == "current" and repository.policy.requires(entry)


def coverage(repository: Repository) -> Coverage:
    """What is covered and what is missing in one state of the register."""
    entries = [repository.entries[number] for number in sorted(repository.entries)]
    missing = [
        Missing(entry, required(entry, repository))
        for entry in entries
        if entry.cpl_number not in repository.by_number and accepted(entry, repository.policy)
    ]
    return Coverage(
        _counts(entries, repository),
        _grouped(entries, repository, lambda entry: entry.device_type),
        _grouped(entries, repository, lambda entry: entry.manufacturer_identifier),
        tuple(sorted(missing, key=lambda each: (not each.required, each.entry.cpl_number))),
    )


def accepted(entry: Entry, policy: Policy) -> bool:
    """Whether the Panel takes records of this type of device."""
    of_type = policy.device_types.get(entry.device_type)
    return of_type is None or of_type.records != "not_accepted"


def _grouped(
    entries: list[Entry], repository: Repository, key: Callable[[Entry], str]
) -> dict[str, Counts]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return {name: _counts(groups[name], repository) for name in sorted(groups)}


def _counts(entries: list[Entry], repository: Repository) -> Counts:
    covered = [entry for entry in entries if entry.cpl_number in repository.by_number]
    lacking = [entry for entry in entries if entry.cpl_number not in repository.by_number]
    return {
        "entries": len(entries),
        "required": sum(required(entry, repository) for entry in entries),
        "covered": len(covered),
        "missing": sum(accepted(entry, repository.policy) for entry in lacking),
    }
