"""Which CPL entries have a firmware record, and which still lack one (SEC F2.15 to F2.17).

Every entry counts, Removed ones too: F2.15 speaks of every record on the list. *Required* is an
entry that the Panel's policy asks a record for while it is Current; *covered* is any with a record;
*missing* is any without one, but for device types whose records are not accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from fir.diagnostics import visible
from fir.model import Entry, Manufacturer, Policy, Repository
from fir.report import many
from fir.report.text import columns

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


def coverage_json(found: Coverage, repository: Repository) -> dict[str, Any]:
    """The shape of `fir coverage --format json`."""
    users = _users(repository)
    return {
        "counts": found.counts,
        "by_type": [{"device_type": name, **counts} for name, counts in found.by_type.items()],
        "by_manufacturer": [
            {
                "manufacturer_identifier": identifier,
                "manufacturers": [each.slug for each in users.get(identifier, ())],
                **counts,
            }
            for identifier, counts in found.by_manufacturer.items()
        ],
        "missing": [
            {
                "cpl_number": each.entry.cpl_number,
                "device_type": each.entry.device_type,
                "manufacturer_identifier": each.entry.manufacturer_identifier,
                "required": each.required,
            }
            for each in found.missing
        ],
    }


def coverage_text(found: Coverage, repository: Repository) -> str:
    """The same for people, with the names of companies and products where they are known."""
    users = _users(repository)
    due = sum(each.required for each in found.missing)
    counts = found.counts
    lines = [
        f"{many(counts['entries'], 'CPL entry')}, {counts['covered']:,} with a record",
        f"{due:,} of {many(counts['required'], 'required record')} are missing, due from whoever "
        "submitted the entry (F2.17)",
        f"{many(len(repository.pending), 'pending record')} waiting for a CPL number",
        "",
        *columns([("Device type", *counts), *_table(found.by_type)]),
        "",
        *columns(
            [
                ("Manufacturer", *counts, "company"),
                *(
                    (*row, ", ".join(each.name for each in users.get(str(row[0]), ())))
                    for row in _table(found.by_manufacturer)
                ),
            ]
        ),
    ]
    if found.missing:
        lines += ["", "Missing", *columns([_missing(each) for each in found.missing])]
    return "".join(f"{visible(line)}\n" for line in lines)


def _table(groups: dict[str, Counts]) -> Iterator[tuple[str | int, ...]]:
    return ((name, *counts.values()) for name, counts in groups.items())


def _missing(missing: Missing) -> tuple[str, ...]:
    entry = missing.entry
    return (
        entry.cpl_number,
        "required" if missing.required else "optional",
        entry.device.device_model,
        entry.firmware_version,
        entry.label or entry.device_type,
    )


def _users(repository: Repository) -> dict[str, list[Manufacturer]]:
    """The manufacturers that state each identifier, by slug."""
    users: dict[str, list[Manufacturer]] = {}
    for _, manufacturer in sorted(repository.manufacturers.items()):
        for identifier in manufacturer.manufacturer_identifiers:
            users.setdefault(identifier, []).append(manufacturer)
    return users
