"""`openapi.json`: every path of the API, with the shape and an example of each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fir.site.api.outcome import answers
from fir.site.api.paths import PARAMETERS, PATHS, ApiPath
from fir.site.api.register import register
from fir.site.api.source import PLACE, Source
from fir.site.as_json import NAME, edition_json

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
