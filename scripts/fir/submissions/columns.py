"""The fields of a submission as columns, headings or cells, and what stands there put together.

The schema is the one list of them: `fir add` reads by it, and the published template and its data
dictionary are written from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from fir.cpl.cells import words
from fir.diagnostics import Diagnostic, Refused, problem
from fir.model import Device, Shapes
from fir.spreadsheet.sheet import Cell, Number, Sheet, text
from fir.strict_yaml.characters import Keys
from fir.submissions.submission import KIND, Submission

# Names that say little without what they are of: `device_type`, `address_lines`, `withdrawn_on`.
_OF_SOMETHING = ("type", "lines", "on", "reason", "confirmed_on")
# `manufacturer` and `contact` say it.
_LEFT_OUT = ("new_manufacturer",)
# Lists of which a row gives one.
_ONE_OF = ("entries", "corrections")
_NAMED: dict[Keys, str] = {
    ("corrections", 0, "on"): "corrected_on",
    ("corrections", 0, "what"): "correction",
}
_REQUIRED = ("manufacturer", "release_notes")
_LAST = ("contact", "website", "submitter")
_IN_A_TABLE = {
    "manufacturer": "The short name of the manufacturer, or its company name. A company that is "
    "new here gives its contact as well.",
    "upgrade_from": "CPL numbers with a blank between them: the earlier firmware this one may be "
    "installed directly over. The word none says that there is none.",
    "address_lines": "One to four lines with a semicolon between them: building, street and "
    "whatever else belongs before the town.",
}

_SEVERAL_LINES = ("release_notes",)
_DAYS = ("released_on", "on", "confirmed_on")
_ESCAPED = re.compile("_x000([9AD])_", re.IGNORECASE)
_NO_ENTRY = (
    "neither a CPL number nor a device is given",
    "give the number, or the device's six values while the list has no number for it",
)
_DIGITS = re.compile("[0-9]+")
_AS_TEXT = "enter it as text: format the cell as text and type it again"
# What must be there once anything of its kind is: a blank cell is reported at its own place.
_CONTACT = (("contact", "email"), ("contact", "telephone"), ("contact", "address", "country"))


class Column(NamedTuple):
    name: str
    title: str
    keys: Keys
    """Where its value goes in a submission."""
    is_list: bool
    required: bool
    description: str
    example: str


def columns(shapes: Shapes) -> list[Column]:
    """Every column, in the order in which people fill them in."""
    found = list(_columns(shapes, ()))
    return sorted(found, key=lambda column: column.keys[0] in _LAST)


def _columns(shapes: Shapes, keys: Keys) -> Iterator[Column]:
    for name, inner in shapes.field(KIND, keys).get("properties", {}).items():
        here = (*keys, name)
        field = shapes.field(KIND, here)
        if name in _LEFT_OUT or inner is False:
            continue
        if len(here) == 1 and name in _ONE_OF:
            yield from _columns(shapes, (name, 0))
        elif field.get("type") == "object":
            yield from _columns(shapes, here)
        else:
            yield _column(here, field)


def _column(keys: Keys, field: dict[str, Any]) -> Column:
    name = _NAMED.get(keys, str(keys[-1]))
    if name in _OF_SOMETHING:
        name = f"{keys[-2]}_{name}"
    is_list = field.get("type") == "array"
    example = next(iter(field.get("examples", ())), "")
    between = " " if name == "upgrade_from" else "; "
    return Column(
        name,
        field["title"],
        keys,
        is_list,
        name in _REQUIRED,
        _IN_A_TABLE.get(name, field["description"]),
        between.join(example) if is_list else str(example),
    )


def folded(header: str) -> str:
    """What two spellings of a header have in common: `Firmware version`, `firmware_version`."""
    return re.sub(r"[^a-z0-9]+", "_", header.casefold()).strip("_")


def by_header(shapes: Shapes) -> dict[str, Column]:
    """Each column by the name and by the title that may head it, folded."""
    known = columns(shapes)
    titles = {folded(column.title): column for column in known}
    return {**titles, **{column.name: column for column in known}}


def listed(column: Column, cell: str) -> list[str]:
    """The values of a list in one cell: numbers, or the lines of an address.

    `none` is the empty list of numbers, which states that there is none.
    """
    numbers = column.name == "upgrade_from"
    if numbers and cell.strip().casefold() == "none":
        return []
    parts = re.split(r"[\s,;]+" if numbers else r"[;\n]+", cell)
    return [part.strip() for part in parts if part.strip()]


class Cells:
    """The fields of one submission that is being read, put together cell by cell."""

    def __init__(self, source: str, sheet: Sheet) -> None:
        self.source, self._sheet = source, sheet
        self.value: dict[str, Any] = {}
        self.places: dict[Keys, str] = {(): source}
        self.numeric: set[Keys] = set()
        self.unreadable: list[Diagnostic] = []

    def put(self, keys: Keys, row: int, column: int, cell: Cell, header: str = "") -> None:
        """Puts the text of a cell at `keys`; of a blank one, only the place."""
        place = f"{self.source}, {self._sheet.place(row, column, header)}"
        for length in range(len(keys), 0, -1):
            self.places.setdefault(keys[:length], place)
        try:
            written = self._text(keys, cell)
        except Refused as refused:
            fix = refused.first.fix or _AS_TEXT
            self.unreadable.append(problem(place, refused.first.message, fix))
            return
        if written.strip():
            if isinstance(cell, Number):
                self.numeric.add(keys)
            _put(self.value, keys, written)

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
            _put(self.value, keys, [])

    def _text(self, keys: Keys, cell: Cell) -> str:
        if isinstance(cell, date) and keys[-1] in _DAYS and not isinstance(cell, datetime):
            return cell.isoformat()
        if isinstance(cell, Number):
            digits = text(cell)
            return digits if _DIGITS.fullmatch(digits) else words(cell)
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
            self.unreadable.append(problem(place, *_NO_ENTRY))
        self.complete_contact()
        for at, entry in enumerate(value.get("entries", ())):
            for name in Device._fields if "device" in entry else ():
                if name not in entry["device"]:
                    _put(value, ("entries", at, "device", name), "")

    def complete_contact(self) -> None:
        if "contact" in self.value:
            for keys in _CONTACT:
                if not _there(self.value, keys):
                    _put(self.value, keys, "")
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
            unreadable=tuple(self.unreadable),
        )


def _put(value: dict[str, Any], keys: Sequence[str | int], found: Any) -> None:
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
    holder[last] = found


def _there(value: Any, keys: Keys) -> bool:
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True
