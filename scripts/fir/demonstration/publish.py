"""The invented list as it is published: numbered, amended over years, and written as files."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain, count
from typing import Any, NamedTuple

from fir.demonstration.catalogue import Amendment
from fir.demonstration.listing import Listing
from fir.model import Change, Device, Entry, Line
from fir.strict_yaml.writer import to_yaml

# Numbers that never appear, as on the real list.
UNUSED = frozenset({29, 71})
_COLUMN = {name: column for column, name in enumerate(Entry._fields)}

Files = dict[str, bytes]

_MANUFACTURER = (
    "name",
    "manufacturer_identifiers",
    "contact",
    "contact_by_device_type",
    "website",
    "also_known_as",
    "succeeded_by",
)
_CONTACT = ("email", "telephone", "address", "confirmed_on")


class Published(NamedTuple):
    """The list as it stands; `listings` tells where each number came from."""

    entries: Mapping[str, Entry]
    changes: tuple[Change, ...]
    listings: Mapping[str, Listing]
    version: str
    issued_on: str


def publish(listings: Iterable[Listing], amendments: Iterable[Amendment]) -> Published:
    """Numbers the listings by date. No real issue is below 1.0, so these are 0.001 and so on."""
    ordered = sorted(listings, key=lambda listing: listing.release.listed_on)
    amendments = sorted(amendments, key=lambda amendment: amendment.on)
    dates = {listing.release.listed_on for listing in ordered} | {item.on for item in amendments}
    versions = {date: f"0.{number:03}" for number, date in enumerate(sorted(dates), 1)}
    numbers = (f"{number:06}" for number in count(1) if number not in UNUSED)
    listed = dict(zip(numbers, ordered, strict=False))
    entries = {
        number: _first(number, listing, versions, amendments) for number, listing in listed.items()
    }
    listed_on = {number: listing.release.listed_on for number, listing in listed.items()}
    changes = [
        Change(versions[on], on, number, "status", "", entries[number].status)
        for number, on in listed_on.items()
    ]
    for amendment in amendments:
        for change in _amend(amendment, entries, listed, versions):
            entry = entries[change.cpl_number]
            entries[change.cpl_number] = entry._replace(**{change.field: change.after})
            changes.append(change)
    issued_on = max(versions)
    changes.sort(key=lambda each: (each.issued_on, each.cpl_number, _COLUMN[each.field]))
    return Published(entries, tuple(changes), listed, versions[issued_on], issued_on)


def _first(
    number: str, listing: Listing, versions: Mapping[str, str], amendments: Iterable[Amendment]
) -> Entry:
    """The entry as first listed, with the errors that a later issue corrected."""
    entry = listing.entry._replace(cpl_number=number)
    if listing.release.labelled:
        firmware = listing.release.firmware
        spaced = ":".join(firmware[i : i + 2] for i in range(0, len(firmware), 2))
        entry = entry._replace(
            first_version=versions[listing.release.listed_on],
            first_issued_on=listing.release.listed_on,
            label=f"{listing.product.label} {spaced}",
        )
    for amendment in amendments:
        if amendment.first and _concerns(amendment, listing):
            entry = entry._replace(**amendment.first)
    return entry


def _amend(
    amendment: Amendment,
    entries: Mapping[str, Entry],
    listed: Mapping[str, Listing],
    versions: Mapping[str, str],
) -> Iterator[Change]:
    for number, listing in listed.items():
        entry = entries[number]
        if not _concerns(amendment, listing):
            continue
        if entry.status == "Removed" and "status" not in amendment.set:
            continue
        after = dict(amendment.set)
        after |= {field: getattr(listing.entry, field) for field in amendment.first}
        if amendment.lost:
            after["last_listed_version"] = max(v for on, v in versions.items() if on < amendment.on)
        for field, value in after.items():
            if getattr(entry, field) != value:
                before = getattr(entry, field)
                yield Change(versions[amendment.on], amendment.on, number, field, before, value)


def _concerns(amendment: Amendment, listing: Listing) -> bool:
    entry = listing.entry
    return (
        listing.product.name in amendment.products
        and listing.release.listed_on < amendment.on
        and (not amendment.firmware or entry.firmware_version in amendment.firmware)
        and (
            not amendment.hardware
            or entry.hardware_version + entry.hardware_revision in amendment.hardware
        )
    )


def snapshot(published: Published, source: str) -> Files:
    entries = _csv(Entry._fields, published.entries.values())
    imported_on = date.fromisoformat(published.issued_on) + timedelta(days=1)
    about = {
        "version": published.version,
        "issued_on": published.issued_on,
        "source": source,
        "sha256": hashlib.sha256(entries).hexdigest(),
        "entries": str(len(published.entries)),
        "imported_on": imported_on.isoformat(),
        "demonstration": "true",
    }
    return {
        "records/cpl/entries.csv": entries,
        "records/cpl/snapshot.yaml": to_yaml(about, "../../schema/snapshot.schema.json").encode(
            "utf-8"
        ),
        "records/cpl/changes.csv": _csv(Change._fields, published.changes),
    }


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")


def manufacturers(known: Mapping[str, Mapping[str, Any]]) -> Files:
    return {
        f"records/manufacturers/{slug}.yaml": to_yaml(
            _manufacturer(value), "../../schema/manufacturer.schema.json"
        ).encode("utf-8")
        for slug, value in known.items()
    }


def _manufacturer(value: Mapping[str, Any]) -> dict[str, Any]:
    ordered = _ordered(_MANUFACTURER, value)
    ordered["contact"] = _ordered(_CONTACT, value["contact"])
    if "contact_by_device_type" in value:
        ordered["contact_by_device_type"] = {
            device_type: _ordered(_CONTACT, contact)
            for device_type, contact in value["contact_by_device_type"].items()
        }
    return ordered


def _ordered(keys: Iterable[str], value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in keys if key in value}


def records(published: Published) -> Files:
    numbers: dict[tuple[Line, str], list[str]] = defaultdict(list)
    for number, entry in published.entries.items():
        numbers[entry.line, entry.firmware_version].append(number)
    found = {}
    for number, listing in published.listings.items():
        if listing.story is not None:
            path = f"records/firmware/{listing.product.company}/{number}.yaml"
            record = {"cpl_number": number, **_record(listing, numbers)}
            found[path] = to_yaml(record, "../../../schema/firmware-record.schema.json").encode()
    return found


def pending(waiting: Iterable[Listing]) -> Files:
    found = {}
    for listing in waiting:
        device = listing.entry.device
        name = f"{device.device_model}-{device.firmware_version}"
        record = {
            **_record(listing, {}),
            "smets_chts_version": listing.entry.smets_chts_version,
            "gbcs_version": listing.entry.gbcs_version,
        }
        text = to_yaml(record, "../../../schema/pending-record.schema.json")
        found[f"records/pending/{listing.product.company}/{name}.yaml"] = text.encode("utf-8")
    return found


def waivers() -> Files:
    return {"records/waivers.yaml": to_yaml([], "../schema/waivers.schema.json").encode("utf-8")}


def _record(listing: Listing, numbers: Mapping[tuple[Line, str], list[str]]) -> dict[str, Any]:
    """A record without its number; the story's firmware versions become the entries that have them.

    Firmware that this hardware was never listed with cannot be installed over, so it drops out.
    """
    story = listing.story or {}
    line = listing.entry.line

    def entries_of(firmware: str) -> list[str]:
        return numbers.get((line, firmware), [])

    record = {
        "manufacturer": listing.product.company,
        "device": dict(zip(Device._fields, listing.entry.device, strict=True)),
        "release_notes": story["notes"],
        "product_name": listing.product.name if listing.product.named else None,
        "released_on": story.get("released"),
        "release_notes_url": story.get("url"),
        "upgrade_from": None,
        "outage_alert_on_activation": story.get("outage"),
        "outage_note": story.get("outage_note"),
        "withdrawn": None,
        "corrections": story.get("corrections"),
    }
    if "upgrade_from" in story:
        sources = (entries_of(firmware) for firmware in story["upgrade_from"])
        record["upgrade_from"] = sorted(chain.from_iterable(sources))
    if "withdrawn" in story:
        record["withdrawn"] = dict(story["withdrawn"])
        if "replaced_by" in story["withdrawn"]:
            (number,) = entries_of(story["withdrawn"]["replaced_by"])
            record["withdrawn"]["replaced_by"] = number
    return {key: value for key, value in record.items() if value is not None}
