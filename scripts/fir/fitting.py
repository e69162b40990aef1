"""A schema becomes one function that says whether many values all fit it.

Ten thousand records hold few different device types, models and dates: judged together, each is
judged once. The keywords known here are those of our schemas, each taken as the reference takes
it, `jsonschema`. A schema with any other is not compiled: then the reference itself is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fir.keywords import KEYWORDS, Fit, Unknown, any_of, fields, is_of_type, items, texts

_SAYS_NOTHING = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})


class Fields(NamedTuple):
    """The schema of each field, those that must be there, and the file in which all that stands."""

    schemas: Mapping[str, Any]
    required: frozenset[str]
    file: Any


class Compiler:
    """Makes the functions of the schemas of one folder."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._files = {each["$id"].rpartition("/")[2]: each for each in schemas.values()}

    def fit(self, schema: Any, file: Any) -> Fit:
        """The function of a schema that stands in `file`. Raises Unknown."""
        rules = list(self._rules(schema, file))
        return lambda values: all(rule(values) for rule in rules)

    def fields(self, schema: Any, file: Any) -> Fields:
        """The fields of a mapping that fits if each of them does.

        Raises Unknown where the schema says more than that.
        """
        schema, file = self.followed(schema, file)
        said = _said(schema)
        schemas, required = said.pop("properties", {}), said.pop("required", ())
        if said != {"type": "object", "additionalProperties": False}:
            raise Unknown(", ".join(said))
        return Fields(schemas, frozenset(required), file)

    def _rules(self, schema: Any, file: Any) -> Iterator[Fit]:
        """What a schema asks for: first the type, since every further rule takes it for granted."""
        said = _said(schema)
        kind = self.kind(said, file)
        if "$ref" in said:
            yield from self._rules(*self._target(said.pop("$ref"), file))
        if "type" in said:
            yield is_of_type(said.pop("type"))
        if "const" in said:
            yield any_of(texts([said.pop("const")]), [])
        if "anyOf" in said:
            ways = said.pop("anyOf")
            choices = [way["const"] for way in ways if _said(way).keys() == {"const"}]
            others = [way for way in ways if _said(way).keys() != {"const"}]
            yield any_of(texts(choices), [self.fit(way, file) for way in others])
        if kind == "array":
            inner = said.pop("items", {})
            yield items(self.fit(inner, file))
            if "uniqueItems" in said and self.kind(inner, file) != "string":
                raise Unknown("uniqueItems")
        if kind == "object":
            known = {
                name: self.fit(each, file) for name, each in said.pop("properties", {}).items()
            }
            others = said.pop("additionalProperties", {})
            of_others = None if others is False else self.fit(others, file)
            yield fields(known, of_others, frozenset(said.pop("required", ())))
        for keyword, value in said.items():
            if keyword not in KEYWORDS.get(kind, ()):
                raise Unknown(keyword)
            yield KEYWORDS[kind][keyword](value)

    def kind(self, said: Mapping[str, Any], file: Any) -> str:
        """The type that a schema asks for, itself or in what it refers to; empty where none."""
        if "type" in said or "$ref" not in said:
            return str(said.get("type", ""))
        return self.kind(*self._target(said["$ref"], file))

    def followed(self, schema: Any, file: Any) -> tuple[Any, Any]:
        """What a schema that only refers to another refers to in the end, and its file."""
        said = _said(schema)
        if said.keys() == {"$ref"}:
            return self.followed(*self._target(said["$ref"], file))
        return schema, file

    def _target(self, reference: str, file: Any) -> tuple[Any, Any]:
        """The schema that is referred to, and the file in which it stands."""
        name, _, pointer = reference.partition("#")
        target = file = self._files[name.rpartition("/")[2]] if name else file
        for step in filter(None, pointer.split("/")):
            target = target[step]
        return target, file


def _said(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, dict):
        raise Unknown(str(schema))
    return {key: each for key, each in schema.items() if key not in _SAYS_NOTHING}
