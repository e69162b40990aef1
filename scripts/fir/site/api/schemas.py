"""The shapes of what the API tells, as `openapi.json` has them.

Objects name all their fields, which are always there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from fir.answers.answer import Direct, Newer
from fir.answers.firmware import ImageKind
from fir.answers.order import Basis
from fir.answers.sentences import WORDS
from fir.model import SMETS1, SMETS2, Shapes

# How a shape is put.

Schema = dict[str, Any]


def text(description: str = "", known: Iterable[str] = ()) -> Schema:
    values = {"enum": list(known)} if known else {}
    return {"type": "string", **({"description": description} if description else {}), **values}


def flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def count(description: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": description}


def many(item: Schema, description: str = "") -> Schema:
    return {
        "type": "array",
        "items": item,
        **({"description": description} if description else {}),
    }


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    if isinstance(schema.get("type"), list) or "anyOf" in schema:
        return schema  # it may be null already
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    values = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **values}


def shape(fields: dict[str, Schema], description: str = "") -> Schema:
    """An object with exactly these fields, all of them always there."""
    words = {"description": description} if description else {}
    return {"type": "object", **words, "required": list(fields), "properties": fields}


def of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


NUMBER = text("A CPL number: six digits, with every leading zero.")


def described(shapes: Shapes, kind: str, names: Iterable[str]) -> dict[str, Schema]:
    """Text fields in the schema's words; null where the schema lets them be empty or absent."""
    required = shapes.schemas[kind].get("required", ())
    found = {}
    for name in names:
        words = shapes.field(kind, [name])
        empty = {"const": ""} in words.get("anyOf", ())
        field = text(str(words.get("description", "")), words.get("enum", ()))
        found[name] = field if name in required and not empty else maybe(field)
    return found


# What the register holds: edition, entry, record, manufacturer, contact, change.

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
    return described(shapes, "entry", shapes.schemas["entry"]["properties"])


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
    words = described(shapes, "manufacturer", ("name", "website", "succeeded_by"))
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
    words = described(shapes, "record", (
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


# An answer, in full and in short.

_LISTINGS = (
    "current", "removed", "no-longer-listed",
    "unknown-firmware", "unknown-model", "unknown-manufacturer", "never-listed",
)  # fmt: skip


ANSWER = {
    "answer": text("The answer in one word.", WORDS),
    "listing": text("How the CPL lists this firmware.", _LISTINGS),
    "newer": text("Whether newer firmware is listed for this device.", get_args(Newer)),
    "withdrawn": flag("Whether the manufacturer has taken the firmware back."),
    "recorded": flag("Whether any of its entries has a firmware record."),
    "firmware": maybe(of("Firmware")),
    "candidates": shape(
        {"newer": many(of("FirmwareBrief")), "unclear": many(of("FirmwareBrief"))},
        "The firmware that is newer, and that of which nobody can say.",
    ),
    "latest": maybe(of("FirmwareBrief")),
    "basis": maybe(text("What the order rests on.", get_args(Basis))),
    "way": maybe(of("Way")),
    "whom": many(of("Whom"), "Whom to call."),
}
OUTCOME = {
    **{name: ANSWER[name] for name in ("answer", "listing", "newer", "withdrawn", "recorded")},
    "latest": maybe(text("The entry of the newest firmware on offer, where that is clear.")),
    "basis": ANSWER["basis"],
    "to": maybe(text("The entry to go to: the latest, where it is newer than this.")),
    "direct": maybe(text("Whether that can be installed directly.", get_args(Direct))),
    "outage_alert": maybe(
        text("Whether it may raise power outage alerts.", ("expected", "not-expected", "unknown"))
    ),
    "image": maybe(text("What the image to install is.", get_args(ImageKind))),
}


def answers(shapes: Shapes) -> dict[str, Schema]:
    row = {**entry(shapes), **OUTCOME}
    return {
        "Answer": shape(ANSWER, "Is this the latest, what changed, how to get there, whom to call"),
        "EntryRow": shape(row, "An entry with its answer in short"),
        "Firmware": shape(_firmware(shapes), "The firmware asked about, and its record's words"),
        "FirmwareBrief": shape(_brief(shapes), "A firmware of the same line"),
        "Line": shape(_line(shapes), "The firmware of a Device Model within one generation"),
        "Way": shape(_way(), "From this firmware to the latest"),
        "Whom": shape(_contact_of_answer(), "A manufacturer and its most specific contact"),
    }


def _brief(shapes: Shapes) -> dict[str, Schema]:
    words = described(shapes, "entry", ("firmware_version", "smets_chts_version", "gbcs_version"))
    return {
        "firmware_version": words["firmware_version"],
        "cpl_number": text("The entry that speaks for this firmware."),
        "cpl_numbers": many(NUMBER, "Every entry that lists it."),
        "smets_chts_version": words["smets_chts_version"],
        "gbcs_version": words["gbcs_version"],
    }


def _firmware(shapes: Shapes) -> dict[str, Schema]:
    named = ("product_name", "released_on", "release_notes", "release_notes_url")
    words = described(shapes, "record", named)
    return {
        **_brief(shapes),
        "device_type": described(shapes, "entry", ["device_type"])["device_type"],
        "device_model": text("The Device Model, such as 7F01-0005-0203."),
        "generation": text("Firmware is compared within one only.", (SMETS1, SMETS2)),
        **{name: maybe(text(words[name]["description"])) for name in named},
        "upgrade_from": maybe(many(NUMBER, "What it may be installed directly over.")),
        "withdrawal": maybe(shape(WITHDRAWAL)),
    }


def _line(shapes: Shapes) -> dict[str, Schema]:
    firmware = _firmware(shapes)
    stated = {name: firmware[name] for name in ("released_on", "upgrade_from")}
    return {
        "device_type": firmware["device_type"],
        "generation": firmware["generation"],
        "latest": ANSWER["latest"],
        "firmware": many(
            shape({**_brief(shapes), **OUTCOME, **stated}), "By the first CPL number of each."
        ),
    }


def _way() -> dict[str, Schema]:
    since = {
        "firmware_version": text(),
        "cpl_number": NUMBER,
        "release_notes": maybe(text("Null where nobody has supplied them.")),
        "repeats": maybe(text("The version on the way that has the very same notes.")),
    }
    change = shape({"before": text(), "after": text()})
    return {
        "to": NUMBER,
        "direct": text("Whether it can be installed directly.", get_args(Direct)),
        "steps": many(of("FirmwareBrief"), "What to install, in order; empty if nobody says."),
        "since": many(shape(since), "What comes on the way, oldest first."),
        "gbcs_version": change,
        "smets_chts_version": change,
        "outage_alert": text(
            "Whether power outage alerts are to be expected.",
            ("expected", "not-expected", "unknown"),
        ),
        "outage_notes": many(text()),
        "image": text("What the image is.", get_args(ImageKind)),
    }


def _contact_of_answer() -> dict[str, Schema]:
    names = ("name", "website", "succeeded_by", "email", "telephone")
    return {
        "slug": text("The manufacturer's permanent short name."),
        **{name: maybe(text()) for name in names},
        "business_address": maybe(text("On one line.")),
        "confirmed_on": maybe(text("The day the contact was last confirmed.")),
    }
