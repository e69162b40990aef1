"""The reference implementation of JSON Schema, bounded to what our schemas need and can bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from referencing import Registry, Resource


def registry_of(schemas: Iterable[Any]) -> Any:
    """Where the schemas find each other, by their `$id`."""
    resources = [Resource.from_contents(schema) for schema in schemas]
    return resources @ Registry()


def validator_of(schema: Any, registry: Any) -> Any:
    """A validator that can say why not (`iter_errors`)."""
    return _Bounded(schema, registry=registry, format_checker=FormatChecker(["date"]))


def _each_text_once(validator: Any, unique: bool, instance: Any, schema: Any) -> Iterator[Any]:
    """`uniqueItems` in linear time, for lists of text; `items` complains of anything else in them.

    The library compares mappings each with each, which takes minutes for a file full of them.
    """
    if unique and isinstance(instance, list):
        texts = [item for item in instance if isinstance(item, str)]
        if len(set(texts)) < len(texts):
            yield ValidationError("names one thing twice")


def _as_many_as_allowed(validator: Any, items: Any, instance: Any, schema: Any) -> Iterator[Any]:
    """`items`, up to the list's own `maxItems`: that rule speaks of all that follow."""
    if isinstance(instance, list):
        for index, item in enumerate(instance[: schema.get("maxItems")]):
            yield from validator.descend(item, items, path=index)


_Bounded: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"uniqueItems": _each_text_once, "items": _as_many_as_allowed}
)
