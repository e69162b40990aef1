"""Records, manufacturers and where they come from as plain values, for the API and `fir.json`.

The fields are those of the schemas, all of them in each object: what is not known is null.
"""

from __future__ import annotations

import json
from typing import Any

from fir.answers import Answer
from fir.answers.as_json import Json, verdict_json
from fir.model import Address, Change, Contact, Manufacturer, Record
from fir.site.edition import Edition

NAME = "Firmware Information Repository"

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def json_text(value: object) -> str:
    """JSON on one line, as it goes into a file for machines."""
    return _encode(value)


def edition_json(edition: Edition) -> Json:
    """What every file for machines begins with: which CPL and which commit it is made from."""
    head, snapshot = edition.commits.head, edition.snapshot
    return {
        "cpl_version": snapshot.version,
        "cpl_issued_on": snapshot.issued_on,
        "commit": head.name if head else None,
        "changed_since_commit": edition.commits.changed,
        "demonstration": snapshot.demonstration,
    }


def record_json(edition: Edition, record: Record | None) -> Json | None:
    """A firmware record, or a pending one, with its file and the commit that changed it last."""
    if record is None:
        return None
    last = edition.commits.last.get(record.path)
    return {
        "cpl_number": record.cpl_number or None,
        "manufacturer": record.manufacturer,
        "device": record.device._asdict(),
        "release_notes": record.release_notes,
        "product_name": record.product_name,
        "released_on": record.released_on,
        "release_notes_url": record.release_notes_url,
        "upgrade_from": None if record.upgrade_from is None else list(record.upgrade_from),
        "outage_alert_on_activation": record.outage_alert_on_activation,
        "outage_note": record.outage_note,
        "withdrawn": record.withdrawn._asdict() if record.withdrawn else None,
        "corrections": [correction._asdict() for correction in record.corrections],
        "smets_chts_version": record.smets_chts_version,
        "gbcs_version": record.gbcs_version,
        "awaiting_correction": list(edition.awaiting.get(record.path, ())),
        "file": record.path,
        "last_commit": last.name if last else None,
        "last_changed_on": last.on if last else None,
    }


def change_json(change: Change) -> Json:
    return {name: value or None for name, value in change._asdict().items()}


def manufacturer_json(manufacturer: Manufacturer) -> Json:
    return {
        "slug": manufacturer.slug,
        "name": manufacturer.name,
        "manufacturer_identifiers": list(manufacturer.manufacturer_identifiers),
        "contact": _contact(manufacturer.contact),
        "contact_by_device_type": {
            device_type: _contact(contact)
            for device_type, contact in sorted(manufacturer.contact_by_device_type.items())
        },
        "website": manufacturer.website,
        "also_known_as": list(manufacturer.also_known_as),
        "succeeded_by": manufacturer.succeeded_by,
        "github": list(manufacturer.github),
    }


def _contact(contact: Contact) -> Json:
    return {**contact._asdict(), "address": _address(contact.address)}


def _address(address: Address) -> Json:
    return {**address._asdict(), "lines": list(address.lines)}


def outcome_json(answer: Answer) -> dict[str, Any]:
    """An answer in short, one value a field: a row of a list, or of the table `answers`."""
    latest, way = answer.latest, answer.way
    return {
        **verdict_json(answer),
        "latest": latest.entry.cpl_number if latest else None,
        "basis": answer.basis,
        "to": way.target.entry.cpl_number if way else None,
        "direct": way.direct if way else None,
        "outage_alert": way.outage_alert if way else None,
        "image": way.image if way else None,
    }
