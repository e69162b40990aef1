"""Changes that are one change to a reader: told once, with all the entries they hold for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fir.model import Record
from fir.review.changes import Changed
from fir.review.fields import FieldChange, flat

# What tells the entries of one release apart.
_OWN = ("cpl_number", "device.")
_OF_A_NUMBER = ("cpl_number", "smets_chts_version", "gbcs_version")
_TOLD = ("manufacturer", "release_notes")


class Group(NamedTuple):
    """Records of one manufacturer with one fate and one text, or with the same fields changed."""

    changes: tuple[Changed, ...]

    @property
    def first(self) -> Changed:
        return self.changes[0]

    @property
    def text(self) -> str:
        record = self.first.record
        return record.release_notes if record else ""

    def stated(self) -> dict[str, dict[str, list[str]]]:
        """By field and value, those that state it: without notes and what tells them apart."""
        found: dict[str, dict[str, list[str]]] = {}
        for each in self.changes:
            for field, text in flat(each.noun).items():
                if field not in _TOLD and not field.startswith(_OWN):
                    found.setdefault(field, {}).setdefault(text, []).append(number_of(each))
        return found


def number_of(each: Changed) -> str:
    """The CPL number, or the name of a file that has none."""
    record = each.record
    return (record.cpl_number if record else "") or each.path.rpartition("/")[2]


def grouped(changes: Iterable[Changed]) -> list[Group]:
    """Records in groups, in the order of their first; manufacturers are no part of it."""
    found: dict[object, list[Changed]] = {}
    for each in changes:
        if each.record is not None:
            found.setdefault(_identity(each), []).append(each)
    return [Group(tuple(group)) for group in found.values()]


def _identity(each: Changed) -> tuple[object, ...]:
    same: tuple[FieldChange, ...] | str
    if each.fate in ("new", "gone") and isinstance(each.record, Record):
        same = each.record.release_notes
    else:
        same = other_fields(each)
    return each.fate, each.kind, each.slug, same


def other_fields(each: Changed) -> tuple[FieldChange, ...]:
    """What differs besides that a waiting record has its number now."""
    expected = _OF_A_NUMBER if each.fate == "promoted" else ()
    return tuple(field for field in each.fields if field.field not in expected)
