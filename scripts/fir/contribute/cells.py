"""Cells of a form or a table as fields of a submission, each remembering where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from fir.contribute.submission import Remark, Submission
from fir.read.cell_rules import Damage, words
from fir.read.sheet import Cell, Number, Sheet, text
from fir.read.text import Keys

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
        except Damage as damage:
            fix = damage.fix or _AS_TEXT
            self.troubles.append(Remark(place, "error", "", damage.message, fix))
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
