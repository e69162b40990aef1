"""A noun as its fields, flat and as text, and how two of them differ.

The fields are those of the nouns themselves: a new one needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fir.model import Manufacturer, Record

Noun = Record | Manufacturer
# Where a noun's file lies is told by its path.
_PLACE = ("path", "slug")


class FieldChange(NamedTuple):
    """`before` or `after` is None where the field is not stated; a list has an item a line."""

    field: str
    before: str | None
    after: str | None


def flat(noun: Noun | None) -> dict[str, str]:
    """Every field that is stated, such as `contact.address.locality`, by its name."""
    return {} if noun is None else dict(_of_tuple("", noun))


def differences(before: Noun | None, after: Noun | None) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order in which the nouns have them."""
    old, new = flat(before), flat(after)
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )


def _of_tuple(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    for name in value._fields:
        if not (prefix == "" and name in _PLACE):
            stated = getattr(value, name)
            if stated is not None and stated != value._field_defaults.get(name):
                yield from _of_value(f"{prefix}{name}", stated)


def _of_value(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if hasattr(value, "_fields"):
        yield from _of_tuple(f"{name}.", value)
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _of_value(f"{name}.{key}", value[key])
    elif isinstance(value, tuple):
        lines = [
            " ".join(filter(None, item)) if hasattr(item, "_fields") else item for item in value
        ]
        yield name, "\n".join(lines) or "none"
    elif value != "":
        yield name, str(value)
