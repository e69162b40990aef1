"""Entries, records and registers made of a few values, for tests that read no file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fir.model import (
    Address,
    Contact,
    Entry,
    Manufacturer,
    Policy,
    Record,
    Repository,
    Withdrawal,
)

GAS = "Gas Smart Meter"
HUB = "Communications Hub"
SINGLE = "Single Element Electricity Metering Equipment"
TWIN = "Twin Element Electricity Metering Equipment"
POLYPHASE = "Polyphase Electricity Metering Equipment"


def entry(number: int, version: str = "01000000", **fields: str) -> Entry:
    """A Current entry of the one Device Model of these tests, other than the fields say."""
    values = {
        "cpl_number": f"{number:06}",
        "status": "Current",
        "device_type": GAS,
        "manufacturer_identifier": "7F01",
        "model_identifier": "0005",
        "hardware_version": "02",
        "hardware_revision": "03",
        "firmware_version": version,
        "smets_chts_version": "SMETS V4.2",
        "gbcs_version": "GBCS Version 3.2",
        **fields,
    }
    return Entry(*(values.get(name, "") for name in Entry._fields))


def record(listed: Entry, notes: str = "What changed.", **fields: Any) -> Record:
    """The record of an entry; `upgrade_from` and `replaced_by` name entries by their number."""
    if "upgrade_from" in fields:
        fields["upgrade_from"] = tuple(f"{number:06}" for number in fields["upgrade_from"])
    replaced_by = fields.pop("replaced_by", None)
    if fields.pop("withdrawn", False) or replaced_by is not None:
        instead = None if replaced_by is None else f"{replaced_by:06}"
        fields["withdrawn"] = Withdrawal("2026-10-01", "It restarts at midnight.", instead)
    return Record(
        path=f"records/firmware/example-meters/{listed.cpl_number}.yaml",
        cpl_number=listed.cpl_number,
        manufacturer="example-meters",
        device=listed.device,
        release_notes=notes,
        **fields,
    )


def maker(slug: str, *identifiers: str) -> Manufacturer:
    address = Address(("Unit 4, Example Park",), "GB")
    contact = Contact("firmware@example-meters.example", "+441632960123", address)
    return Manufacturer(f"records/manufacturers/{slug}.yaml", slug, slug, identifiers, contact)


def repository(
    entries: Iterable[Entry], records: Iterable[Record] = (), makers: Iterable[Manufacturer] = ()
) -> Repository:
    of_slug = {each.slug: each for each in makers}
    return Repository(
        snapshot=None,
        entries={each.cpl_number: each for each in entries},
        changes=(),
        records=tuple(records),
        pending=(),
        manufacturers=of_slug,
        slugs=frozenset(of_slug),
        waivers=(),
        policy=Policy({}, "accepted", {}, "", "panel@example.example", "The Panel"),
        refusals=(),
        misshapen=(),
        misplaced=(),
        files=0,
        shapes=None,  # type: ignore[arg-type]
        locate=lambda path, *_, **__: (path, 1, 1),
    )
