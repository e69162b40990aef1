"""How a shape is put for `openapi.json`: objects name all their fields, which are always there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fir.model import Shapes

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
    told = {"description": description} if description else {}
    return {"type": "object", **told, "required": list(fields), "properties": fields}


def of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


NUMBER = text("A CPL number: six digits, with every leading zero.")


def told(shapes: Shapes, kind: str, names: Iterable[str]) -> dict[str, Schema]:
    """Text fields in the schema's words; null where the schema lets them be empty or absent."""
    required = shapes.schemas[kind].get("required", ())
    found = {}
    for name in names:
        words = shapes.field(kind, [name])
        empty = {"const": ""} in words.get("anyOf", ())
        field = text(str(words.get("description", "")), words.get("enum", ()))
        found[name] = field if name in required and not empty else maybe(field)
    return found
