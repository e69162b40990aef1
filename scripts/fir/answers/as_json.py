"""An answer as plain values, for JSON: what is not known or does not apply is null.

`fir find --format json` prints it and the API publishes it, so its keys are a promise.
"""

from __future__ import annotations

from typing import Any

from fir.answers import Answer, Firmware, Way
from fir.answers.lookup import Found
from fir.answers.sentences import withdrawal_of
from fir.model import Contact, Entry, Manufacturer, Repository, Snapshot
from fir.repository_entry import business_address

Json = dict[str, Any]


def answer_json(answer: Answer, repository: Repository) -> Json:
    """What is said of the firmware, then what to do and whom to call."""
    firmware = answer.firmware
    device_type = firmware.line.type if firmware else ""
    return {
        **verdict_json(answer),
        "firmware": _full(firmware) if firmware else None,
        "candidates": {
            "newer": [brief_json(each) for each in answer.newer_firmware],
            "unclear": [brief_json(each) for each in answer.unclear_firmware],
        },
        "latest": brief_json(answer.latest),
        "basis": answer.basis,
        "way": _way(answer.way) if answer.way else None,
        "whom": [whom_json(slug, device_type, repository) for slug in answer.whom],
    }


def verdict_json(answer: Answer) -> Json:
    """What is said of the firmware, a word a field."""
    return {
        "answer": answer.answer,
        "listing": answer.listing,
        "newer": answer.newer,
        "withdrawn": answer.withdrawn,
        "recorded": answer.recorded,
    }


def entry_json(entry: Entry) -> Json:
    """Every column of `entries.csv`."""
    return {field: value or None for field, value in entry._asdict().items()}


def whom_json(slug: str, device_type: str, repository: Repository) -> Json:
    """A manufacturer and its most specific contact, F2.15(b)."""
    manufacturer = repository.manufacturers.get(slug)
    contact = manufacturer.contact_for(device_type) if manufacturer else None
    return {"slug": slug, **_manufacturer(manufacturer), **_contact(contact)}


def _manufacturer(manufacturer: Manufacturer | None) -> Json:
    return {
        "name": manufacturer.name if manufacturer else None,
        "website": manufacturer.website if manufacturer else None,
        "succeeded_by": manufacturer.succeeded_by if manufacturer else None,
    }


def _contact(contact: Contact | None) -> Json:
    return {
        "email": contact.email if contact else None,
        "telephone": contact.telephone if contact else None,
        "business_address": business_address(contact) if contact else None,
        "confirmed_on": contact.confirmed_on if contact else None,
    }


def brief_json(firmware: Firmware | None) -> Json | None:
    """One firmware of a line; `cpl_number` is the entry that speaks for it."""
    if firmware is None:
        return None
    return {
        "firmware_version": firmware.version,
        "cpl_number": firmware.entry.cpl_number,
        "cpl_numbers": [entry.cpl_number for entry in firmware.entries],
        "smets_chts_version": firmware.entry.smets_chts_version or None,
        "gbcs_version": firmware.entry.gbcs_version or None,
    }


def _full(firmware: Firmware) -> Json:
    """The firmware asked about, with what its record says of it."""
    record = firmware.record
    withdrawal = withdrawal_of(firmware)
    return {
        **(brief_json(firmware) or {}),
        "device_type": firmware.line.type,
        "device_model": firmware.entry.device.device_model,
        "generation": firmware.line.generation,
        "product_name": record.product_name if record else None,
        "released_on": firmware.released_on,
        "release_notes": record.release_notes if record else None,
        "release_notes_url": record.release_notes_url if record else None,
        "upgrade_from": None if firmware.sources is None else sorted(firmware.sources),
        "withdrawal": withdrawal._asdict() if withdrawal else None,
    }


def _way(way: Way) -> Json:
    return {
        "to": way.target.entry.cpl_number,
        "direct": way.direct,
        "steps": [brief_json(each) for each in way.steps],
        "since": [
            {
                "firmware_version": each.firmware.version,
                "cpl_number": each.firmware.entry.cpl_number,
                "release_notes": each.notes,
                "repeats": each.repeats,
            }
            for each in way.since
        ],
        "gbcs_version": dict(zip(("before", "after"), way.gbcs, strict=True)),
        "smets_chts_version": dict(zip(("before", "after"), way.smets_chts, strict=True)),
        "outage_alert": way.outage_alert,
        "outage_notes": list(way.outage_notes),
        "image": way.image,
    }


def found_json(query: str, found: Found, repository: Repository, snapshot: Snapshot) -> Json:
    """What `fir find` prints: how the query was read, and the answer for each entry it means."""
    unknown = found.unknown
    return {
        "query": query,
        "cpl_version": snapshot.version,
        "cpl_issued_on": snapshot.issued_on,
        "demonstration": snapshot.demonstration,
        "parts": [
            {"text": part.text, "known": known}
            for part, known in zip(found.parts, found.known, strict=True)
        ],
        "as_typed": found.as_typed,
        "hits": [
            {
                "cpl_number": hit.entry.cpl_number,
                "read_as": [
                    {"means": each.means, "value": each.value, "coding": each.coding or None}
                    for each in hit.readings
                ],
                "entry": entry_json(hit.entry),
                **answer_json(hit.answer, repository),
            }
            for hit in found.hits
        ],
        "unknown": answer_json(unknown.answer, repository) if unknown else None,
    }
