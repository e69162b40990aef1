"""The rows of one sheet, or of both, as entries: each number once, and nothing in dispute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fir.cpl.cells import Value
from fir.cpl.sheet import CONCATENATED, Column, Outcome, Row, Table
from fir.diagnostics import tick

_PARTS = ("model_identifier", "hardware_version", "hardware_revision")
_ALIKE = "make them alike, as on the published list"
Values = Mapping[str, Value]


class Listing(NamedTuple):
    """The rows of a sheet by entry number; `whole` where every row has a number of its own."""

    table: Table
    rows: Mapping[str, Row]
    whole: bool

    def place(self, number: str, header: str) -> str:
        return self.table.place(self.rows[number].at, header)


def listing(table: Table, rows: Iterable[Row], outcome: Outcome) -> Listing:
    found: dict[str, Row] = {}
    whole = True
    for row in rows:
        number = f"{row.values.get('cpl_number', ''):0>6}"
        if "cpl_number" not in row.values:
            whole = False
        elif number in found:
            whole = False
            first = table.place(found[number].at, "Entry.number")
            message = f"entry {tick(number)} is listed already, at {first}"
            fix = "remove one of the two, or correct its number"
            outcome.wrong(table.place(row.at, "Entry.number"), message, fix)
        else:
            found[number] = row
    return Listing(table, found, whole)


def agree(
    full: Listing, flat: Listing, shared: Sequence[Column], outcome: Outcome
) -> dict[str, Values]:
    """The entries of both sheets; a fault for what only one says or they say differently."""
    _say_alone(full, flat, outcome)
    _say_alone(flat, full, outcome)
    entries: dict[str, Values] = {}
    for number in sorted(full.rows.keys() & flat.rows.keys()):
        one, other = full.rows[number].values, flat.rows[number].values
        values = {**other, **one}
        for column in shared:
            if column.field in one and column.field in other:
                agreed = _agreed(one[column.field], other[column.field])
                if agreed is None:
                    del values[column.field]
                    _say_disputed(number, column, full, flat, outcome)
                else:
                    values[column.field] = agreed
        entries[number] = values
    return entries


def _agreed(one: Value, other: Value) -> str | None:
    """What both say; a number that may have lost zeros is believed where a text confirms it."""
    if isinstance(one, str) and isinstance(other, str):
        return one if one == other else None
    for sure, unsure in ((one, other), (other, one)):
        if isinstance(sure, str) and sure.isdecimal() and int(sure) == unsure:
            return sure
    return None


def _say_alone(listed: Listing, other: Listing, outcome: Outcome) -> None:
    if not other.whole:  # the number is perhaps the one that was refused there
        return
    for number in sorted(listed.rows.keys() - other.rows.keys()):
        message = f"entry {tick(number)} is not on the sheet {tick(other.table.sheet.name)}"
        fix = "list it on both sheets, as published"
        outcome.wrong(listed.place(number, "Entry.number"), message, fix)


def _say_disputed(
    number: str, column: Column, full: Listing, flat: Listing, outcome: Outcome
) -> None:
    here, there = (each.rows[number].values[column.field] for each in (full, flat))
    elsewhere = flat.place(number, column.header)
    if isinstance(here, int) and isinstance(there, int):
        message = f"{tick(here)} is a number here and at {elsewhere}: its zeros may be lost"
        fix = "enter all its digits on both sheets, in cells formatted as text"
    else:
        message = f"entry {tick(number)} has {tick(here)} here and {tick(there)} at {elsewhere}"
        fix = _ALIKE
    outcome.wrong(full.place(number, column.header), message, fix)


def check_joined(flat: Listing, entries: Mapping[str, Values], outcome: Outcome) -> None:
    """A fault for each entry whose joined Device Model is not its three parts."""
    for number, values in entries.items():
        joined = values.get("concatenated")
        parts = [values.get(part) for part in _PARTS]
        if joined is None or None in parts:
            continue
        model = "".join(str(part) for part in parts)
        if _agreed(model, joined) is None:
            message = f"{tick(joined)} is not model, hardware version and revision: {tick(model)}"
            outcome.wrong(flat.place(number, CONCATENATED), message, _ALIKE)
