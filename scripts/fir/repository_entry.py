"""The Firmware Information Repository as one table: a row a record, every field of SEC F2.15.

The columns are the properties of `repository-entry.schema.json`, in its order; every row satisfies
it. Values come from the record, its manufacturer's contact and the CPL entry of its number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache

from fir.model import Contact, Entry, Manufacturer, Record, Repository

Row = dict[str, str]


@cache
def business_address(contact: Contact) -> str:
    """The postal address on one line."""
    address = contact.address
    town = " ".join(filter(None, (address.locality, address.postal_code)))
    return ", ".join(filter(None, (*address.lines, town, address.country)))


def row(record: Record, manufacturer: Manufacturer, entry: Entry, cpl_version: str) -> Row:
    """One published record, flat; what is not known is the empty string."""
    contact = manufacturer.contact_for(entry.device_type)
    withdrawn = record.withdrawn
    upgrade_from = record.upgrade_from
    return {
        "cpl_number": record.cpl_number,
        "email": contact.email,
        "telephone": contact.telephone,
        "business_address": business_address(contact),
        "release_notes": record.release_notes,
        "manufacturer": manufacturer.name,
        "manufacturer_slug": manufacturer.slug,
        "device_type": entry.device_type,
        "manufacturer_identifier": entry.manufacturer_identifier,
        "model_identifier": entry.model_identifier,
        "hardware_version": entry.hardware_version,
        "hardware_revision": entry.hardware_revision,
        "firmware_version": entry.firmware_version,
        "smets_chts_version": entry.smets_chts_version,
        "gbcs_version": entry.gbcs_version,
        "status": entry.status,
        "image_hash": entry.image_hash,
        "product_name": record.product_name or "",
        "released_on": record.released_on or "",
        "release_notes_url": record.release_notes_url or "",
        "upgrade_from": "" if upgrade_from is None else " ".join(upgrade_from) or "none",
        "outage_alert_on_activation": record.outage_alert_on_activation or "",
        "outage_note": record.outage_note or "",
        "withdrawn_on": withdrawn.on if withdrawn else "",
        "withdrawn_reason": withdrawn.reason if withdrawn else "",
        "replaced_by": (withdrawn.replaced_by or "") if withdrawn else "",
        "corrections": "\n".join([f"{each.on} {each.what}" for each in record.corrections]),
        "contact_confirmed_on": contact.confirmed_on or "",
        "first_version": entry.first_version,
        "first_issued_on": entry.first_issued_on,
        "cpl_version": cpl_version,
    }


def rows(repository: Repository) -> Iterator[tuple[Record, Row]]:
    """Every record that can be published, by CPL number, with its row."""
    if repository.snapshot is None:
        return
    for number, record in sorted(repository.by_number.items()):
        entry = repository.entries.get(number)
        manufacturer = repository.manufacturers.get(record.manufacturer)
        if entry is not None and manufacturer is not None:
            yield record, row(record, manufacturer, entry, repository.snapshot.version)


def fir_csv(repository: Repository) -> bytes:
    """`fir.csv`: exact values, every one quoted, UTF-8, CR LF between rows as RFC 4180 has it."""
    columns = list(repository.shapes.schemas["joined"]["properties"])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(row for _, row in rows(repository))
    return text.getvalue().encode("utf-8")
