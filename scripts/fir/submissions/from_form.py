"""The code administrator's "CPL - New Entry" form, which manufacturers fill in for the list anyway.

A cell is found by the names of its data group and attribute; the page that reads the form gets
them here. The contact that is meant for the code administrator alone (`Contact-CPA`) is none of
those names: its cells are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fir.diagnostics import problem
from fir.spreadsheet.sheet import Cell, Sheet, text
from fir.strict_yaml.characters import Keys
from fir.submissions.columns import Cells
from fir.submissions.submission import Submission

GROUP, ATTRIBUTE, DETAILS = HEADERS = "data group", "data attribute", "new entry's details"
HEADERS_WITHIN = 30
_DEVICE = ("entries", 0, "device")
TYPE = (*_DEVICE, "type")
_CONTACT = ("contact",)
_ADDRESS = ("contact", "address")

# Where each value stands, by data group and data attribute, and where it goes.
FIELDS: Mapping[tuple[str, str], Keys] = {
    ("entry", "number"): ("entries", 0, "cpl_number"),
    ("device_type", "name"): TYPE,
    ("device_model", "manufacturer_identifier"): (*_DEVICE, "manufacturer_identifier"),
    ("device_model", "model_identifier"): (*_DEVICE, "model_identifier"),
    ("device_model", "hardware_version.version"): (*_DEVICE, "hardware_version"),
    ("device_model", "hardware_version.revision"): (*_DEVICE, "hardware_revision"),
    ("device_model", "firmware_version"): (*_DEVICE, "firmware_version"),
    ("smets/chts version", "version_number"): ("entries", 0, "smets_chts_version"),
    ("gbcs version", "version_number"): ("entries", 0, "gbcs_version"),
    ("manufacturer contact fir", "company name"): ("manufacturer",),
    ("manufacturer contact fir", "house number"): (*_ADDRESS, "lines", 0),
    ("manufacturer contact fir", "street"): (*_ADDRESS, "lines", 1),
    ("manufacturer contact fir", "city"): (*_ADDRESS, "locality"),
    ("manufacturer contact fir", "post code"): (*_ADDRESS, "postal_code"),
    ("manufacturer contact fir", "country"): (*_ADDRESS, "country"),
    ("manufacturer contact fir", "telephone number"): (*_CONTACT, "telephone"),
    ("manufacturer contact fir", "website"): ("website",),
    ("manufacturer contact fir", "email address"): (*_CONTACT, "email"),
    ("fir release notes", "description"): ("release_notes",),
}
# A house number stands before its street, on one line; any other text has a line of its own.
HOUSE = re.compile(r"[0-9]{1,5}[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?")


class Form(NamedTuple):
    """A sheet that is the form: the row and column of each value by where it goes."""

    sheet: Sheet
    cells: Mapping[Keys, tuple[int, int]]


def forms(sheets: Sequence[Sheet]) -> list[Form]:
    """The sheets that are the form, whatever they are called."""
    return [form for sheet in sheets for form in _forms(sheet)]


def _forms(sheet: Sheet) -> Iterator[Form]:
    for row in sorted(sheet.rows)[:HEADERS_WITHIN]:
        named = {_plain(cell): column for column, cell in sheet.rows[row].items()}
        if {GROUP, ATTRIBUTE, DETAILS} <= named.keys():
            cells = _cells(sheet, row, named)
            if len(cells) > len(FIELDS) // 2:
                yield Form(sheet, cells)
            return


def _cells(sheet: Sheet, header: int, named: Mapping[str, int]) -> dict[Keys, tuple[int, int]]:
    found: dict[Keys, tuple[int, int]] = {}
    group = ""  # the name of a group may stand at its first row alone
    for row in sorted(sheet.rows):
        if row <= header:
            continue
        group = _plain(sheet.rows[row].get(named[GROUP], "")) or group
        attribute = _plain(sheet.rows[row].get(named[ATTRIBUTE], ""))
        keys = FIELDS.get((group, attribute))
        if keys:
            found.setdefault(keys, (row, named[DETAILS]))
    return found


def _plain(cell: Cell) -> str:
    return text(cell).casefold().replace("\u2019", "'").removesuffix(":")


def from_form(source: str, form: Form) -> Submission:
    """The one submission that a filled-in form is."""
    cells = Cells(source, form.sheet)
    for keys, (row, column) in form.cells.items():
        cell = form.sheet.rows[row].get(column, "")
        if keys == ("entries", 0, "cpl_number") and not text(cell).isdecimal():
            continue  # "This value is allocated by SECAS"
        cells.put(keys, row, column, cell)
    join_address(cells.value)
    blank = not {"manufacturer", "contact", "website", "release_notes"} & cells.value.keys()
    if not any("device" in entry for entry in cells.value.get("entries", ())):
        place = cells.places.get(TYPE, source)
        fix = "fill it in and send it again"
        cells.unreadable = [problem(place, "the form is not filled in", fix)]
    else:
        cells.complete()
    return cells.submission(None)._replace(is_blank=blank)


def join_address(value: dict[str, Any]) -> None:
    """House number and street as lines of an address."""
    address = value.get("contact", {}).get("address", {})
    lines = [line for line in address.get("lines", ()) if line]
    if len(lines) == 2 and HOUSE.fullmatch(lines[0]):
        lines = [" ".join(lines)]
    if lines:
        address["lines"] = lines
