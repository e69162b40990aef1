"""What there is to tell of an entry and of a manufacturer, as items."""

from __future__ import annotations

from collections.abc import Iterator

from fir.model import Change, Entry, Manufacturer, Record
from fir.repository_entry import business_address
from fir.site.edition import Edition
from fir.site.feeds.item import Item, moment

_WORDS = {
    "listed": "lists this entry for the first time",
    "listed-again": "lists this entry as Current again",
    "removed": "lists this entry as Removed",
    "no-longer-listed": "has dropped this number",
    "amended": "changes what it says of this entry",
}


def of_entry(edition: Edition, entry: Entry) -> Iterator[Item]:
    """What each issue of the CPL did to it, and its record."""
    name = f"{entry.device.device_model} {entry.firmware_version}"
    issues: dict[str, list[Change]] = {}
    for change in edition.told(entry):
        issues.setdefault(change.version, []).append(change)
    for version, changes in issues.items():
        yield _issue(edition, name, version, changes)
    record = edition.record_of(entry)
    if record:
        yield _record(edition, name, entry, record)


def _issue(edition: Edition, name: str, version: str, changes: list[Change]) -> Item:
    number, issued_on = changes[0].cpl_number, changes[0].issued_on
    kind = _kind(changes)
    fields = "".join(
        f"{_title(edition, each.field)}: {each.before or 'none'} → {each.after or 'none'}\n"
        for each in reversed(changes)
        if kind != "listed" or each.before
    )
    return Item(
        f"cpl/{version}/{number}",
        kind,
        f"CPL {number} {kind.replace('-', ' ')}: {name}",
        moment(issued_on),
        f"cpl/{number}/",
        f"CPL {version}, issued {issued_on}, {_WORDS[kind]}.\n{fields}",
    )


def _kind(changes: list[Change]) -> str:
    for each in changes:
        if each.field == "last_listed_version":
            return "no-longer-listed" if each.after else "listed-again"
        if each.field == "status":
            if not each.before:
                return "listed"
            return "removed" if each.after == "Removed" else "listed-again"
    return "amended"


def _title(edition: Edition, field: str) -> str:
    return str(edition.repository.shapes.field("entry", [field]).get("title", field))


def _record(edition: Edition, name: str, entry: Entry, record: Record) -> Item:
    number, withdrawn = record.cpl_number, record.withdrawn
    kind = "withdrawn" if withdrawn else "corrected" if record.corrections else "recorded"
    said = {"withdrawn": "firmware withdrawn", "corrected": "release notes corrected"}
    parts = [record.release_notes]
    if withdrawn:
        instead = f" Use CPL {withdrawn.replaced_by} instead." if withdrawn.replaced_by else ""
        parts.insert(0, f"Withdrawn on {withdrawn.on}: {withdrawn.reason}{instead}\n\n")
    parts += [f"\nCorrected on {each.on}: {each.what}" for each in record.corrections]
    days = [each.on for each in record.corrections] + ([withdrawn.on] if withdrawn else [])
    return Item(
        f"record/{number}",
        kind,
        f"CPL {number} {said.get(kind, 'release notes')}: {name}",
        _changed(edition, record.path, [*days, _first_day(edition, entry)]),
        f"cpl/{number}/",
        "".join(parts),
    )


def _first_day(edition: Edition, entry: Entry) -> str:
    changes = edition.changes.get(entry.cpl_number, ())
    first = changes[-1].issued_on if changes else ""
    return entry.first_issued_on or first or edition.snapshot.issued_on


def _changed(edition: Edition, path: str, days: list[str]) -> str:
    """When git last saw the file change; without its history, the last day that the data tells."""
    last = edition.commits.last.get(path)
    return moment(last.at or last.on if last else max(days))


def of_manufacturer(edition: Edition, manufacturer: Manufacturer) -> Item:
    """Its contact: a feed tells when that changes."""
    contacts = {"": manufacturer.contact, **manufacturer.contact_by_device_type}
    told = "".join(
        f"{f'{device_type}: ' if device_type else ''}{contact.email}, {contact.telephone}, "
        f"{business_address(contact)}\n"
        for device_type, contact in sorted(contacts.items())
    )
    confirmed = manufacturer.contact.confirmed_on
    return Item(
        f"manufacturer/{manufacturer.slug}",
        "contact",
        f"Contact: {manufacturer.name}",
        _changed(edition, manufacturer.path, [confirmed or edition.snapshot.issued_on]),
        f"manufacturers/{manufacturer.slug}/",
        told,
    )
