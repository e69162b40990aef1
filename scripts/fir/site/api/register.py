"""The shapes of what the register holds: edition, entry, record, manufacturer, contact, change."""

from __future__ import annotations

from fir.model import Shapes
from fir.site.api.shape import NUMBER, Schema, count, flag, many, maybe, of, shape, text, told

EDITION = {
    "cpl_version": text("The version of the Central Products List this is made from."),
    "cpl_issued_on": text("The day that version was issued, such as 2026-11-10."),
    "commit": maybe(text("The commit this is made from, or null outside a Git repository.")),
    "changed_since_commit": flag("Whether files differ from that commit."),
    "demonstration": flag("Whether all of this is invented."),
}
WITHDRAWAL = {
    "on": text("The day."),
    "reason": text("Why."),
    "replaced_by": maybe(text("The entry to use instead.")),
}


def register(shapes: Shapes) -> dict[str, Schema]:
    return {
        "Change": shape(_change(), "What an issue of the CPL did to one field of an entry"),
        "Contact": shape(_contact()),
        "Entry": shape(entry(shapes), "The columns of the CPL snapshot; what is empty is null"),
        "Manufacturer": shape(_manufacturer(shapes)),
        "Record": shape(_record(shapes), "A firmware record, and where it is kept"),
    }


def entry(shapes: Shapes) -> dict[str, Schema]:
    return told(shapes, "entry", shapes.schemas["entry"]["properties"])


def _change() -> dict[str, Schema]:
    return {
        "version": text("The issue of the CPL."),
        "issued_on": text("Its day."),
        "cpl_number": NUMBER,
        "field": text("The field of the entry."),
        "before": maybe(text("What it was; null for an entry that is new.")),
        "after": maybe(text("What it is since.")),
    }


def _contact() -> dict[str, Schema]:
    address = {
        "lines": many(text()),
        "country": text("Two letters, ISO 3166-1."),
        "locality": maybe(text()),
        "postal_code": maybe(text()),
    }
    return {
        "email": text(),
        "telephone": text("E.164, such as +441632960123."),
        "address": shape(address),
        "confirmed_on": maybe(text("The day the manufacturer last confirmed it.")),
    }


def _manufacturer(shapes: Shapes) -> dict[str, Schema]:
    words = told(shapes, "manufacturer", ("name", "website", "succeeded_by"))
    return {
        "slug": text("The permanent short name."),
        "name": words["name"],
        "manufacturer_identifiers": many(text()),
        "contact": of("Contact"),
        "contact_by_device_type": {"type": "object", "additionalProperties": of("Contact")},
        "website": words["website"],
        "also_known_as": many(text()),
        "succeeded_by": words["succeeded_by"],
        "github": many(text()),
        "entry_count": count("How many CPL entries are this manufacturer's."),
    }


def _record(shapes: Shapes) -> dict[str, Schema]:
    device = shapes.schemas["record"]["$defs"]["device"]["properties"]
    words = told(shapes, "record", (
        "cpl_number", "manufacturer", "release_notes", "product_name", "released_on",
        "release_notes_url", "outage_alert_on_activation", "outage_note",
    ))  # fmt: skip
    return {
        "cpl_number": words["cpl_number"],
        "manufacturer": words["manufacturer"],
        "device": shape({name: text() for name in device}, "As the record states it."),
        **{name: words[name] for name in list(words)[2:]},
        "upgrade_from": maybe(many(NUMBER)),
        "withdrawn": maybe(shape(WITHDRAWAL)),
        "corrections": many(shape({"on": text(), "what": text()})),
        "smets_chts_version": maybe(text("Of a pending record.")),
        "gbcs_version": maybe(text("Of a pending record.")),
        "awaiting_correction": many(text(), "How the record disagrees with the CPL, if it does."),
        "file": text("Its file in the repository."),
        "last_commit": maybe(text("The commit that changed it last.")),
        "last_changed_on": maybe(text("The day of that commit.")),
    }
