"""A record's manufacturer identifier is not one of its manufacturer's.

Why: the identifier, four hexadecimal digits, says who made the device; a record in the wrong
manufacturer's folder sends its readers to the wrong company.
Mend: move the record to the manufacturer it belongs to, or add the identifier to the
manufacturer's file where the company really uses it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Manufacturer, Record, Repository

STAGE = "neighbours"
LEVEL = "warning"


def check(repository: Repository) -> Iterator[Diagnostic]:
    foreign = [
        (record, manufacturer)
        for record, manufacturer in repository.of_manufacturer()
        if record.device.manufacturer_identifier not in manufacturer.manufacturer_identifiers
    ]
    if not foreign:
        return
    owners = _owners(repository)
    reported = _reported_elsewhere(repository)
    for record, manufacturer in foreign:
        if record.path in reported:
            continue
        identifier = record.device.manufacturer_identifier
        listed = ", ".join(tick(each) for each in manufacturer.manufacturer_identifiers[:3])
        message = (
            f"{tick(identifier)} is no identifier of {tick(manufacturer.slug)} (it has {listed})"
        )
        fix = _fix(record, manufacturer, owners.get(identifier, []))
        place = repository.at(record.path, "device", "manufacturer_identifier")
        yield Diagnostic(*place, message, fix)


def _reported_elsewhere(repository: Repository) -> set[str]:
    """Records whose identifier `cpl-mismatch` judges, or of which `duplicate-record` speaks."""
    reported = {
        record.path
        for record, entry in repository.listed
        if record.device.manufacturer_identifier != entry.manufacturer_identifier
    }
    claims = Counter(record.cpl_number for record in repository.records)
    reported.update(record.path for record in repository.records if claims[record.cpl_number] > 1)
    waiting = Counter(record.device for record in repository.pending)
    reported.update(record.path for record in repository.pending if waiting[record.device] > 1)
    return reported


def _owners(repository: Repository) -> dict[str, list[str]]:
    owners: dict[str, list[str]] = {}
    for manufacturer in repository.manufacturers.values():
        for identifier in manufacturer.manufacturer_identifiers:
            owners.setdefault(identifier, []).append(manufacturer.slug)
    return owners


def _fix(record: Record, manufacturer: Manufacturer, owners: list[str]) -> str:
    identifier = record.device.manufacturer_identifier
    add = f'add "{identifier}" to `manufacturer_identifiers` in {manufacturer.path}'
    if len(owners) != 1:
        return add
    kind, _, name = record.path.removeprefix("records/").split("/")
    move = f"git mv {record.path} records/{kind}/{owners[0]}/{name}"
    return f'write manufacturer "{owners[0]}" and {move}; or {add}'
