"""The published list and what manufacturers say of it, as the files of a repository."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

from fir.demonstration.history import Published
from fir.demonstration.listing import Listing
from fir.model import Change, Device, Entry, Line
from fir.strict_yaml.writer import to_yaml

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
