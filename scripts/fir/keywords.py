"""What each keyword of a schema asks for, as a function that judges many values at once.

A keyword takes for granted what `type` asks for: that is judged first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from itertools import chain
from typing import Any

Fit = Callable[[Collection[Any]], bool]
"""Whether all of these values fit: text, lists and mappings, as the reader yields them."""

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPES: dict[object, type] = {"string": str, "array": list, "object": dict}


class Unknown(Exception):
    """The schema says something that is not known here."""


def is_of_type(name: object) -> Fit:
    if not isinstance(name, str) or name not in _TYPES:
        raise Unknown(str(name))
    return lambda values: {_TYPES[name]}.issuperset(map(type, values))


def texts(choices: Collection[Any]) -> tuple[str, ...]:
    if not all(isinstance(choice, str) for choice in choices):
        raise Unknown("a choice that is no text")
    return tuple(choices)


def any_of(choices: tuple[str, ...], ways: list[Fit]) -> Fit:
    def fit(values: Collection[Any]) -> bool:
        left = [value for value in values if value not in choices]
        for way in ways:
            if left and not way(left):
                left = [value for value in left if not way([value])]
            else:
                return True
        return not left

    return fit


def items(fit: Fit) -> Fit:
    return lambda lists: fit(list(chain.from_iterable(lists)))


def fields(known: Mapping[str, Fit], others: Fit | None, required: frozenset[str]) -> Fit:
    def fit(mappings: Collection[Any]) -> bool:
        names = set().union(*mappings)
        for name in names:
            rule = known.get(name, others)
            values = [mapping[name] for mapping in mappings if name in mapping]
            missing = len(values) < len(mappings) and name in required
            if rule is None or missing or not rule(values):
                return False
        return not mappings or required <= names

    return fit


def _is_day(text: str) -> bool:
    """Whether the calendar has such a day; `datetime` would only have to be loaded for this."""
    if not _DAY.fullmatch(text):
        return False
    year, month, day = map(int, text.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year > 0 and 1 <= month <= 12 and 1 <= day <= days[month - 1]


@cache
def _format(name: str) -> Fit:
    if name != "date":
        raise Unknown(name)
    return _each_once(lambda: _is_day)


@cache
def _pattern(pattern: str) -> Fit:
    return _each_once(lambda: re.compile(pattern).search)


def _each_once(test: Callable[[], Callable[[str], object]]) -> Fit:
    """A text that has fitted is not judged again, in whichever file or column it stands.

    The test is made when first needed: many patterns never are.
    """
    fitted: set[str] = set()

    def fit(texts: Collection[str]) -> bool:
        new = set(texts) - fitted
        if new and not all(map(test(), new)):
            return False
        fitted.update(new)
        return True

    return fit


def _one_of(choices: list[Any]) -> Fit:
    allowed = frozenset(texts(choices))
    return lambda texts: allowed.issuperset(texts)


def _unique(wanted: bool) -> Fit:
    return lambda lists: not wanted or all(len(each) == len(set(each)) for each in lists)


KEYWORDS: dict[str, dict[str, Callable[[Any], Fit]]] = {
    "string": {
        "enum": _one_of,
        "format": _format,
        "maxLength": lambda most: lambda texts: max(map(len, texts), default=0) <= most,
        "pattern": _pattern,
    },
    "array": {
        "maxItems": lambda most: lambda lists: max(map(len, lists), default=0) <= most,
        "minItems": lambda least: lambda lists: min(map(len, lists), default=least) >= least,
        "uniqueItems": _unique,
    },
    "object": {
        "minProperties": lambda least: lambda each: min(map(len, each), default=least) >= least,
    },
}
