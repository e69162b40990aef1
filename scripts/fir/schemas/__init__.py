"""The JSON Schemas, ready to judge: `jsonschema-rs` says yes, and `jsonschema` why not.

There is one list of fields, `schema/*.schema.json`. What the quick engine refuses, the reference
implementation judges again, and `explain` puts its reasons into words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator, Registry

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
    """A schema file cannot be used; the sentence says which and why."""


class Shapes:
    """Every schema of one `schema/` folder; raises BrokenSchema where one cannot be used."""

    def __init__(self, folder: str | PathLike[str]) -> None:
        self._quick: dict[str, Draft202012Validator] = {}
        self._reference: dict[str, Any] = {}
        paths = {kind: f"{folder}/{name}.schema.json" for kind, name in SCHEMA_OF.items()}
        self.schemas: dict[str, Any] = {kind: _read(path) for kind, path in paths.items()}
        file = f"a file of {folder}"
        try:
            registry = Registry([(each["$id"], each) for each in self.schemas.values()])
            for kind, path in paths.items():
                file = path
                self._quick[kind] = Draft202012Validator(
                    self.schemas[kind], registry=registry, validate_formats=True, offline=True
                )
        except ValueError as error:
            reason = str(error).partition("\n")[0]
            raise BrokenSchema(f"{file} is no JSON Schema that can be used: {reason}") from error
        self._registry: Any = None

    def fits(self, kind: str, value: Any) -> bool:
        """Whether a value, made of text, lists and mappings, has the shape its schema asks for."""
        try:
            return self._quick[kind].is_valid(value)
        except UnicodeEncodeError:  # half a surrogate pair is text to Python alone
            return bool(self.reference(kind).is_valid(value))

    def reference(self, kind: str) -> Any:
        """The `jsonschema` validator, which can say why not (`iter_errors`)."""
        if kind not in self._reference:
            # Takes longer to load than to judge all records; nearly every file fits.
            from fir.schemas.reference import registry_of, validator_of

            if self._registry is None:
                self._registry = registry_of(self.schemas.values())
            self._reference[kind] = validator_of(self.schemas[kind], self._registry)
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


def _read(path: str) -> Any:
    try:
        return json.loads(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise BrokenSchema(f"{path} cannot be read: {error}") from error
