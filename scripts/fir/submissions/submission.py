"""The one shape in which every submission arrives, whatever road it took.

`value` has the shape of `submission.schema.json`, but that a manufacturer may still be called by
its company's name. `places` says of every field where its sender finds it: a cell, a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from fir.cpl.cells import words
from fir.diagnostics import Diagnostic, Refused
from fir.editing.notes import tidy
from fir.model import Shapes
from fir.schemas.explain import explain
from fir.spreadsheet.sheet import Cell, Number, Sheet, text
from fir.strict_yaml.characters import Keys, odd_characters
from fir.submissions.notation import country_code, day, renoted

KIND = "submission"
_IDENTIFIER, _IDENTIFIERS = (
    ("manufacturer_identifier",),
    (
        "new_manufacturer",
        "manufacturer_identifiers",
    ),
)
# 10E0 is a number to a spreadsheet, ten.
_RETYPE = "format the cell as text and type every digit again: it came as a number"


class Remark(NamedTuple):
    """What is wrong with, or worth telling of, one place of a submission."""

    place: str
    level: str
    check: str
    """The check that will say so of the file, or empty where none would."""
    message: str
    fix: str


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
    troubles: tuple[Remark, ...] = ()
    """What could not be read at all."""
    unread: tuple[Remark, ...] = ()
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


def normalised(submission: Submission, shapes: Shapes) -> tuple[Submission, list[ReadAs]]:
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

    return submission._replace(value=walk(submission.value, ())), read_as


def _better(shapes: Shapes, keys: Keys, value: str) -> str | None:
    field = shapes.field(KIND, keys)
    if keys[-1] == "country" and "enum" in field:
        return country_code(value, field["enum"])
    if keys[-1] == "website" and "://" not in value and "." in value:
        return f"https://{value.strip()}"
    if field.get("format") == "date":
        return day(value)
    return renoted(field, value) if "pattern" in field or "enum" in field else None


def troubles(submission: Submission, shapes: Shapes) -> Iterator[tuple[Keys, Remark]]:
    """What keeps a submission from having its shape, in the words of the schema, by field."""
    for trouble in submission.troubles:
        yield (), trouble
    if submission.troubles and not submission.value:
        return  # what cannot be read has no shape
    told = set()
    for keys, written in texts((), submission.value):
        for odd in odd_characters(written):
            told.add(keys)
            place = submission.place(*keys)
            yield keys, Remark(place, "error", odd.check, odd.message, odd.fix)
    value = _whole(submission, shapes) if submission.is_contact_alone else submission.value
    if not shapes.fits(KIND, value):
        for misfit in _at_their_source(submission, list(explain(shapes, KIND, value))):
            if misfit.keys not in told:
                place = submission.place(*misfit.keys)
                lost = misfit.keys in submission.numeric and "device" in misfit.keys
                fix = _RETYPE if lost else misfit.fix
                yield misfit.keys, Remark(place, "error", "schema", misfit.message, fix)


def _at_their_source(submission: Submission, found: list[Diagnostic]) -> list[Diagnostic]:
    """Without those in a new company's identifiers that are told at the device they are from."""
    if not submission.company or all(each.keys[-1:] != _IDENTIFIER for each in found):
        return found
    return [each for each in found if each.keys[:2] != _IDENTIFIERS]


def _whole(submission: Submission, shapes: Shapes) -> dict[str, Any]:
    """A contact alone as a whole submission, with an entry and notes from the schema's example."""
    example = shapes.schemas[KIND]["examples"][0]
    entry = example["entries"][0]
    device = {**entry["device"], **submission.first_entry.get("device", {})}
    return {**example, **submission.value, "entries": [{**entry, "device": device}]}


def texts(keys: Keys, value: Any) -> Iterator[tuple[Keys, str]]:
    """Every text inside a value, with the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts((*keys, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts((*keys, index), inner)
    elif isinstance(value, str):
        yield keys, value


# Cells of a form or a table as fields of a submission, each remembering where it stands.

_SEVERAL_LINES = ("release_notes",)
_DAYS = ("released_on", "on", "confirmed_on")
_ESCAPED = re.compile("_x000([9AD])_", re.IGNORECASE)
_NO_ENTRY = (
    "neither a CPL number nor a device is given",
    "give the number, or the device's six values while the list has no number for it",
)
_DIGITS = re.compile("[0-9]+")
_AS_TEXT = "enter it as text: format the cell as text and type it again"
# What must be there once anything of its kind is: a blank cell is told at its own place.
_CONTACT = (("contact", "email"), ("contact", "telephone"), ("contact", "address", "country"))
_DEVICE = (
    "type",
    "manufacturer_identifier",
    "model_identifier",
    "hardware_version",
    "hardware_revision",
    "firmware_version",
)


class Cells:
    """The fields put in so far."""

    def __init__(self, source: str, sheet: Sheet) -> None:
        self.source, self._sheet = source, sheet
        self.value: dict[str, Any] = {}
        self.places: dict[Keys, str] = {(): source}
        self.numeric: set[Keys] = set()
        self.troubles: list[Remark] = []

    def put(self, keys: Keys, row: int, column: int, cell: Cell, header: str = "") -> None:
        """Puts the text of a cell at `keys`; of a blank one, only the place."""
        place = f"{self.source}, {self._sheet.place(row, column, header)}"
        for length in range(len(keys), 0, -1):
            self.places.setdefault(keys[:length], place)
        try:
            said = self._said(keys, cell)
        except Refused as refused:
            fix = refused.first.fix or _AS_TEXT
            self.troubles.append(Remark(place, "error", "", refused.first.message, fix))
            return
        if said.strip():
            if isinstance(cell, Number):
                self.numeric.add(keys)
            put(self.value, keys, said)

    def put_list(
        self, keys: Keys, row: int, column: int, values: list[str], cell: Cell, header: str
    ) -> None:
        """Puts the values of a list that stand in one cell; of a blank one, only the place."""
        if not text(cell):
            self.put(keys, row, column, cell, header)
            return
        for at, each in enumerate(values):
            one = Number(each) if isinstance(cell, Number) else each
            self.put((*keys, at), row, column, one, header)
        if not values:
            self.put(keys, row, column, "", header)
            put(self.value, keys, [])

    def _said(self, keys: Keys, cell: Cell) -> str:
        if isinstance(cell, date) and keys[-1] in _DAYS and not isinstance(cell, datetime):
            return cell.isoformat()
        if isinstance(cell, Number):
            said = text(cell)
            return said if _DIGITS.fullmatch(said) else words(cell)
        if keys[0] not in _SEVERAL_LINES or not isinstance(cell, str):
            return words(cell) if text(cell) else ""
        if self._sheet.name and text(cell).startswith("="):
            return words(cell)
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)

    def complete(self) -> None:
        """Fills in, as blank, what must be there because something of its kind is."""
        value = self.value
        value.setdefault("release_notes", "")
        for correction in value.get("corrections", ()):
            correction.update({name: correction.get(name, "") for name in ("on", "what")})
        if not any("cpl_number" in each or "device" in each for each in value.get("entries", ())):
            place = self.places.get(("entries", 0, "cpl_number"), self.places[()])
            self.troubles.append(Remark(place, "error", "", *_NO_ENTRY))
        self.complete_contact()
        for at, entry in enumerate(value.get("entries", ())):
            for name in _DEVICE if "device" in entry else ():
                if name not in entry["device"]:
                    put(value, ("entries", at, "device", name), "")

    def complete_contact(self) -> None:
        if "contact" in self.value:
            for keys in _CONTACT:
                if not _there(self.value, keys):
                    put(self.value, keys, "")
            self.value["contact"]["address"].setdefault("lines", [])

    def submission(self, row: int | None) -> Submission:
        """What has been put in, as a submission of a company."""
        return Submission(
            self.source,
            row,
            self.value,
            self.places,
            company=True,
            numeric=frozenset(self.numeric),
            troubles=tuple(self.troubles),
        )


def put(value: dict[str, Any], keys: Sequence[str | int], said: Any) -> None:
    """Sets what is at `keys`, making the mappings and lists on the way."""
    holder: Any = value
    for key, following in pairwise(keys):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(key, int):
            while len(holder) <= key:
                holder.append(empty)
            holder = holder[key]
        else:
            holder = holder.setdefault(key, empty)
    last = keys[-1]
    if isinstance(last, int):
        holder.extend("" for _ in range(last + 1 - len(holder)))
    holder[last] = said


def _there(value: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True


# One entry of a submission, with the words for what is wrong at its places.


VERSIONS = ("smets_chts_version", "gbcs_version")


class Entered(NamedTuple):
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

    def error(self, check: str, message: str, fix: str, *keys: str) -> Remark:
        return Remark(self.place(*keys), "error", check, message, fix)
