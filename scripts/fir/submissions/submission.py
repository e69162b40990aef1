"""The one shape in which every submission arrives, by whichever way, and what is wrong with it.

`value` has the shape of `submission.schema.json`, except that a manufacturer may still be called
by its company's name. `places` says of every field where its sender finds it: a cell, a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic
from fir.editing.notation import country_code, day, renoted, tidy
from fir.model import Shapes
from fir.schemas.explain import explain
from fir.strict_yaml.characters import Keys, odd_characters

KIND = "submission"
# What a submission may say of its firmware that a record with a number does not.
VERSIONS = ("smets_chts_version", "gbcs_version")
_IDENTIFIER = ("manufacturer_identifier",)
_IDENTIFIERS = ("new_manufacturer", "manufacturer_identifiers")
# 10E0 is a number to a spreadsheet, ten.
_RETYPE = "format the cell as text and type every digit again: it came as a number"


class ReadAs(NamedTuple):
    """A value that is written in another notation than it was sent in."""

    place: str
    keys: Keys
    written: str
    read: str

    @property
    def field(self) -> str:
        return str(self.keys[-1])


class Submission(NamedTuple):
    source: str
    row: int | None
    """The row of a table, from 1; None where the file is one submission."""
    value: Mapping[str, Any]
    places: Mapping[Keys, str]
    company: bool = False
    """Whether `manufacturer` may be a company's name as well as a short name."""
    numeric: frozenset[Keys] = frozenset()
    """Fields that came as numbers, whose zeros may be lost."""
    unreadable: tuple[Diagnostic, ...] = ()
    """What could not be read at all."""
    ignored: tuple[Diagnostic, ...] = ()
    """What was met and not read."""
    is_blank: bool = False
    """Whether the part of a form that is meant for this register is not filled in."""
    is_contact_alone: bool = False
    """Whether a contact is all that it brings, for all devices or for one type of them."""

    @property
    def first_entry(self) -> Mapping[str, Any]:
        """The first of its entries; of a contact alone, at most the type of device it is for."""
        found: Mapping[str, Any] = next(iter(self.value.get("entries", ())), {})
        return found

    def place(self, *keys: str | int) -> str:
        """Where a field stands, or the nearest thing that should hold it."""
        wanted: Keys = keys
        while wanted and wanted not in self.places:
            wanted = wanted[:-1]
        return self.places.get(wanted, "")

    def error(self, message: str, fix: str, *keys: str | int, check: str = "") -> Diagnostic:
        """A mistake at the place of a field."""
        return Diagnostic(self.place(*keys), 0, 0, message, fix, check, "error")

    def placed(self, diagnostic: Diagnostic, keys: Keys) -> Diagnostic:
        """What is wrong with the value of a field, at the place where the sender has it."""
        return diagnostic._replace(path=self.place(*keys), line=0, column=0, keys=keys)


class SubmittedEntry(NamedTuple):
    """One entry of a submission: which, and what its sender says of it."""

    submission: Submission
    at: int

    @property
    def value(self) -> dict[str, Any]:
        value: dict[str, Any] = self.submission.value["entries"][self.at]
        return value

    @property
    def keys(self) -> tuple[str, int]:
        return ("entries", self.at)

    def place(self, *keys: str) -> str:
        return self.submission.place(*self.keys, *keys)

    def error(self, message: str, fix: str, *keys: str, check: str = "") -> Diagnostic:
        return self.submission.error(message, fix, *self.keys, *keys, check=check)


def unreadable(source: str, *diagnostics: Diagnostic) -> Submission:
    """A submission that holds nothing but what keeps it from being read."""
    return Submission(source, None, {}, {(): source}, unreadable=diagnostics)


def normalised(submission: Submission, shapes: Shapes) -> tuple[Submission, tuple[ReadAs, ...]]:
    """The submission in the register's notation, and what was written in another."""
    read_as: list[ReadAs] = []

    def walk(value: Any, keys: Keys) -> Any:
        if isinstance(value, dict):
            return {name: walk(inner, (*keys, name)) for name, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner, (*keys, index)) for index, inner in enumerate(value)]
        if not isinstance(value, str):
            return value
        if keys == ("release_notes",):
            return tidy(value)
        better = _better(shapes, keys, value)
        if better is None or better == value or (keys == ("manufacturer",) and submission.company):
            return value
        if better != value.strip():
            read_as.append(ReadAs(submission.place(*keys), keys, value, better))
        return better

    return submission._replace(value=walk(submission.value, ())), tuple(read_as)


def _better(shapes: Shapes, keys: Keys, value: str) -> str | None:
    field = shapes.field(KIND, keys)
    if keys[-1] == "country" and "enum" in field:
        return country_code(value, field["enum"])
    if keys[-1] == "website" and "://" not in value and "." in value:
        return f"https://{value.strip()}"
    if field.get("format") == "date":
        return day(value)
    return renoted(field, value) if "pattern" in field or "enum" in field else None


def shape_errors(submission: Submission, shapes: Shapes) -> Iterator[Diagnostic]:
    """What keeps a submission from having its shape, in the words of the schema, with its keys."""
    yield from submission.unreadable
    if submission.unreadable and not submission.value:
        return  # what cannot be read has no shape
    odd_texts = set()
    for keys, text in _texts((), submission.value):
        for odd in odd_characters(text):
            odd_texts.add(keys)
            yield submission.placed(odd, keys)
    value = _whole(submission, shapes) if submission.is_contact_alone else submission.value
    if not shapes.fits(KIND, value):
        for misfit in _at_their_source(submission, list(explain(shapes, KIND, value))):
            if misfit.keys not in odd_texts:
                lost = misfit.keys in submission.numeric and "device" in misfit.keys
                error = submission.placed(misfit, misfit.keys)
                yield error._replace(fix=_RETYPE) if lost else error


def _at_their_source(submission: Submission, found: list[Diagnostic]) -> list[Diagnostic]:
    """Without those in a new company's identifiers that stand at the device they are from."""
    if not submission.company or all(each.keys[-1:] != _IDENTIFIER for each in found):
        return found
    return [each for each in found if each.keys[:2] != _IDENTIFIERS]


def _whole(submission: Submission, shapes: Shapes) -> dict[str, Any]:
    """A contact alone as a whole submission, with an entry and notes from the schema's example."""
    example = shapes.schemas[KIND]["examples"][0]
    entry = example["entries"][0]
    device = {**entry["device"], **submission.first_entry.get("device", {})}
    return {**example, **submission.value, "entries": [{**entry, "device": device}]}


def _texts(keys: Keys, value: Any) -> Iterator[tuple[Keys, str]]:
    """Every text inside a value, with the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts((*keys, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts((*keys, index), inner)
    elif isinstance(value, str):
        yield keys, value
