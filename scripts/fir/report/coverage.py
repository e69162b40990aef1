"""Which entries have a record and which still lack one, as text for people and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fir.answers.coverage import Counts, Coverage, Missing
from fir.diagnostics import visible
from fir.model import Manufacturer, Repository
from fir.report import many
from fir.report.text import columns


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
