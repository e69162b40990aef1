"""The schemas, ready to judge: a fast yes or no, and the reference implementation for the why.

There is one list of fields, `schema/*.schema.json`. `fitting` only ever says *yes, it has the
shape*; what it refuses, `jsonschema` judges again and explains.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from os import PathLike
from typing import Any

from fir.fitting import Compiler
from fir.keywords import Fit, Unknown

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

    def __init__(self, folder: str | PathLike[str]) -> None:
        self.schemas: dict[str, Any] = {}
        for kind, name in SCHEMA_OF.items():
            path = f"{folder}/{name}.schema.json"
            try:
                with open(path, "rb") as file:
                    self.schemas[kind] = json.load(file)
            except (OSError, ValueError) as error:
                raise BrokenSchema(f"{path} cannot be read: {error}") from error
        self.compiler = Compiler(self.schemas)
        self._quick: dict[str, Fit] = {}
        self._reference: dict[str, Any] = {}

    def fits(self, kind: str, value: Any) -> bool:
        """Whether a value has the shape its schema asks for."""
        return self.all_fit(kind, [value])

    def all_fit(self, kind: str, values: Collection[Any]) -> bool:
        """Whether each of many values has it; judged together, which is ten times faster."""
        quick = self._quick.get(kind)
        if quick is None:
            quick = self._quick[kind] = self._fit(kind)
        return quick(values)

    def _fit(self, kind: str) -> Fit:
        try:
            return self.compiler.fit(self.schemas[kind], self.schemas[kind])
        except (Unknown, RecursionError):
            judge = self.reference(kind)
            return lambda values: all(map(judge.is_valid, values))

    def table_fits(self, kind: str, header: Sequence[str], rows: Collection[Sequence[str]]) -> bool:
        """Whether each row of a table surely fits; what is not sure, `fits` says row by row."""
        schema = self.schemas[kind]
        try:
            fields = self.compiler.fields(schema, schema)
            if not fields.required <= set(header) <= fields.schemas.keys():
                return False
            rules = [self.compiler.fit(fields.schemas[name], fields.file) for name in header]
        except (Unknown, RecursionError):
            return False
        columns = map(set, zip(*rows, strict=True))
        return all(rule(column) for rule, column in zip(rules, columns, strict=bool(rows)))

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
