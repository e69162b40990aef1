"""The paths of the API, and what the file at each holds."""

from __future__ import annotations

from typing import NamedTuple

from fir.site.api.outcome import ANSWER
from fir.site.api.register import EDITION
from fir.site.api.shape import NUMBER, Schema, count, many, maybe, of, shape, text

PARAMETERS = {
    "number": "A CPL number, six digits.",
    "id": "A Device Model, such as 7F01-0005-0203.",
    "slug": "A manufacturer's permanent short name.",
    "manufacturer": "Manufacturer identifier, four hexadecimal digits in capitals.",
    "model": "Model identifier, hardware version and revision: eight hexadecimal digits.",
    "firmware": "Firmware version, eight hexadecimal digits in capitals.",
    "sha256": "The SHA-256 of the manufacturer's image, 64 hexadecimal digits in capitals.",
}
_PAGE = text("Where people read the same.")
_FORMER = {
    "version": text("The issue of the CPL that gave the entry another hash."),
    "issued_on": text("Its day."),
    "image_hash": maybe(text("The hash it gave.")),
}
_FILE = {
    "name": text(),
    "url": text(),
    "media_type": text(),
    "title": text(),
    "bytes": count("Its size."),
    "sha256": text("Its SHA-256, in small letters."),
}
_COUNTS = {name: count("") for name in ("entries", "records", "pending", "manufacturers", "models")}


class ApiPath(NamedTuple):
    template: str
    """Below `/api/v1/`."""
    name: str
    summary: str
    fields: dict[str, Schema]
    """Besides those of the edition, with which every file begins."""

    @property
    def shape(self) -> Schema:
        return shape({**EDITION, **self.fields})


PATHS = (
    ApiPath(
        "index.json",
        "index",
        "What there is: counts, paths, downloads, feeds and schemas",
        {
            "title": text(),
            "documentation": text(),
            "openapi": text(),
            "counts": shape(_COUNTS),
            "paths": many(text(), "Every path of the API, with its parameters in braces."),
            "downloads": many(shape(_FILE)),
            "feeds": many(text(), "Every Atom feed, with its parameters in braces."),
            "schemas": many(text()),
        },
    ),
    ApiPath(
        "entries.json",
        "entries",
        "Every entry of the CPL with its answer in short, by number",
        {"entries": many(of("EntryRow"))},
    ),
    ApiPath(
        "entries/{number}.json",
        "entry",
        "One entry: its columns, its record, its answer, what the CPL changed of it",
        {
            "page": _PAGE,
            "entry": of("Entry"),
            "record": maybe(of("Record")),
            "manufacturers": many(text(), "Whose it is: short names."),
            "same_release": many(NUMBER, "The entries of the same image, this one among them."),
            "changes": many(of("Change"), "Oldest first."),
            **ANSWER,
        },
    ),
    ApiPath(
        "models/{id}.json",
        "model",
        "One Device Model: the firmware of each of its lines",
        {
            "page": _PAGE,
            "device_model": text(),
            "manufacturer_identifier": text(),
            "model": text("As the inventory has it: eight hexadecimal digits."),
            "manufacturers": many(text(), "Whose it is: short names."),
            "lines": many(of("Line")),
        },
    ),
    ApiPath(
        "manufacturers.json",
        "manufacturers",
        "Every manufacturer with its contact, by short name",
        {"manufacturers": many(of("Manufacturer"))},
    ),
    ApiPath(
        "manufacturers/{slug}.json",
        "manufacturer",
        "One manufacturer and its entries",
        {"page": _PAGE, "manufacturer": of("Manufacturer"), "entries": many(of("EntryRow"))},
    ),
    ApiPath(
        "devices/{manufacturer}/{model}/{firmware}.json",
        "device",
        "The answer for three inventory strings",
        {
            "device": shape(
                {
                    "manufacturer_identifier": text(),
                    "model": text(),
                    "firmware_version": text(),
                }
            ),
            **{name: maybe(field) for name, field in ANSWER.items()},
            "answers": maybe(
                many(
                    of("Answer"),
                    "Where device types or generations share the identifiers: an answer for each, "
                    "and the fields of one answer are null. Else null.",
                )
            ),
        },
    ),
    ApiPath(
        "images/{sha256}.json",
        "image",
        "Every entry that has or had an image hash",
        {
            "image_hash": text(),
            "entries": many(
                shape(
                    {
                        "entry": of("EntryRow"),
                        "former": {
                            **maybe(shape(_FORMER)),
                            "description": "Null where the entry has this hash now.",
                        },
                    }
                )
            ),
        },
    ),
)
