"""The schemas, ready to judge: a fast yes or no, and the reference implementation for the why.

There is one list of fields, `schema/*.schema.json`. `jsonschema-rs`, where it is installed, only
ever says *yes, it has the shape*; what it refuses, `jsonschema` judges again and explains.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

SCHEMA_OF = {
    "record": "firmware-record",
    "pending": "pending-record",
    "manufacturer": "manufacturer",
    "waivers": "waivers",
    "policy": "policy",
    "snapshot": "snapshot",
    "entry": "cpl-entry",
    "joined": "repository-entry",
    "submission": "submission",
}


class BrokenSchema(Exception):
    """A schema file cannot be read; the sentence says which and why."""


class Shapes:
    """Every schema of one `schema/` folder; validators are made when first needed."""

    def __init__(self, folder: Path) -> None:
        self.schemas: dict[str, Any] = {}
        for kind, name in SCHEMA_OF.items():
            path = folder / f"{name}.schema.json"
            try:
                self.schemas[kind] = json.loads(path.read_bytes())
            except (OSError, ValueError) as error:
                raise BrokenSchema(f"{path} cannot be read: {error}") from error
        self._quick: dict[str, Callable[[Any], bool]] = {}
        self._reference: dict[str, Any] = {}

    def fits(self, kind: str, value: Any) -> bool:
        """Whether a value has the shape its schema asks for."""
        quick = self._quick.get(kind)
        if quick is None:
            quick = self._quick[kind] = self._fast(kind) or self.reference(kind).is_valid
        return quick(value)

    def reference(self, kind: str) -> Any:
        """The `jsonschema` validator, which can say why not (`iter_errors`)."""
        if kind not in self._reference:
            from jsonschema import Draft202012Validator, FormatChecker, validators

            bounded = {"uniqueItems": _each_text_once, "items": _as_many_as_allowed}
            validator = validators.extend(Draft202012Validator, bounded)  # type: ignore[no-untyped-call]
            self._reference[kind] = validator(
                self.schemas[kind],
                registry=self._registry,
                format_checker=FormatChecker(["date"]),
            )
        return self._reference[kind]

    def field(self, kind: str, keys: Iterable[str | int]) -> dict[str, Any]:
        """What the schema says of one field: its own words, then those of what it refers to."""
        found = self._resolved(self.schemas[kind], self.schemas[kind])
        for key in keys:
            base = found.get("$base", self.schemas[kind])
            inner = found.get("items") if isinstance(key, int) else None
            inner = (
                inner or found.get("properties", {}).get(key) or found.get("additionalProperties")
            )
            found = self._resolved(inner if isinstance(inner, dict) else {}, base)
        return found

    def _resolved(self, schema: dict[str, Any], base: Any) -> dict[str, Any]:
        """The schema with its `$ref` followed; `$base` is the file that its own refs start from."""
        if "$ref" not in schema:
            return {**schema, "$base": base}
        file, _, pointer = schema["$ref"].partition("#")
        if file:
            name = file.rpartition("/")[2]
            base = next(one for one in self.schemas.values() if one["$id"].endswith(f"/{name}"))
        target = base
        for part in filter(None, pointer.split("/")):
            target = target[part]
        return {**self._resolved(target, base), **schema}

    @cached_property
    def _registry(self) -> Any:
        from referencing import Registry, Resource

        resources = [Resource.from_contents(schema) for schema in self.schemas.values()]
        return resources @ Registry()

    def _fast(self, kind: str) -> Callable[[Any], bool] | None:
        try:
            import jsonschema_rs
        except ImportError:
            return None
        registry = jsonschema_rs.Registry(
            [(schema["$id"], schema) for schema in self.schemas.values()]
        )
        validator = jsonschema_rs.Draft202012Validator(
            self.schemas[kind], registry=registry, validate_formats=True
        )
        return validator.is_valid


def _each_text_once(validator: Any, unique: bool, instance: Any, schema: Any) -> Iterator[Any]:
    """`uniqueItems` in linear time, for lists of text; `items` complains of anything else in them.

    The library compares mappings each with each, which takes minutes for a file full of them.
    """
    from jsonschema import ValidationError

    if unique and isinstance(instance, list):
        texts = [item for item in instance if isinstance(item, str)]
        if len(set(texts)) < len(texts):
            yield ValidationError("names one thing twice")


def _as_many_as_allowed(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """`items`, up to the list's own `maxItems`: that rule speaks of all that follow."""
    if isinstance(instance, list):
        for index, item in enumerate(instance[: schema.get("maxItems")]):
            yield from validator.descend(item, items, path=index)
