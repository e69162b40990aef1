"""`openapi.json`: every path of the API, with the shape and an example of each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from fir.site.api.files import PLACE, Source
from fir.site.api.schemas import (
    ANSWER,
    EDITION,
    NUMBER,
    Schema,
    answers,
    count,
    many,
    maybe,
    of,
    register,
    shape,
    text,
)
from fir.site.as_json import NAME, edition_json

# The paths, and what the file at each holds.

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


# The description of them all.

VERSION = "1.0.0"
"""Of the API. Its second figure rises with an addition; its first is that of `/api/v1/`."""
_INLINE = 20_000
_ABSENT = "The CPL lists nothing of this kind. It never means that a device is up to date."
Json = dict[str, Any]


def example_paths(values: Mapping[str, str]) -> set[str]:
    """The files that are examples, for these parameters."""
    return {
        f"{PLACE}{path.template.format_map(values)}"
        for path in PATHS
        if all(name in values for name in _names(path))
    }


def _names(path: ApiPath) -> list[str]:
    return [name for name in PARAMETERS if f"{{{name}}}" in path.template]


def openapi(source: Source, built: Mapping[str, bytes], values: Mapping[str, str]) -> Json:
    """The description. `values` are the parameters of the examples, whose files are in `built`."""
    shapes = source.edition.repository.shapes
    return {
        "openapi": "3.1.0",
        "info": {
            "title": NAME,
            "version": VERSION,
            "summary": "Which firmware is the latest, what changed, and whom to call",
            "description": "Plain files, made anew with each edition. Below /api/v1/ paths and "
            "fields are added; none is taken away or given another meaning.",
        },
        "externalDocs": {"url": f"{source.address}data/api/", "description": "The API explained"},
        "servers": [{"url": f"{source.address}{PLACE.rstrip('/')}"}],
        "paths": {
            f"/{path.template}": {"get": _get(source, path, built, values)} for path in PATHS
        },
        "components": {"schemas": {**answers(shapes), **register(shapes)}},
        "x-edition": edition_json(source.edition),
    }


def _get(
    source: Source, path: ApiPath, built: Mapping[str, bytes], values: Mapping[str, str]
) -> Json:
    names = _names(path)
    media: Json = {"schema": path.shape}
    if all(name in values for name in names):
        media["examples"] = {"built": _example(source, path.template.format_map(values), built)}
    missing = {"404": {"description": _ABSENT}} if names else {}
    return {
        "operationId": path.name,
        "summary": path.summary,
        **({"parameters": [_parameter(name, values) for name in names]} if names else {}),
        "responses": {
            "200": {"description": path.summary, "content": {"application/json": media}},
            **missing,
        },
    }


def _parameter(name: str, values: Mapping[str, str]) -> Json:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": PARAMETERS[name],
        "schema": {"type": "string"},
        **({"example": values[name]} if name in values else {}),
    }


def _example(source: Source, path: str, built: Mapping[str, bytes]) -> Json:
    """The file itself where it is small, else where it is."""
    content = built.get(f"{PLACE}{path}", b"")
    if 0 < len(content) <= _INLINE:
        return {"value": json.loads(content)}
    return {"externalValue": f"{source.address}{PLACE}{path}"}
