"""A published issue of the Central Products List, workbook or CSV, as entries.

Both sheets of a workbook are read and must agree; whatever cannot be relied on refuses the issue
as a whole, with every fault of the file in one go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from fir.cpl.agreement import Listing, Values, agree, check_joined, listing
from fir.cpl.cells import hexadecimal, words
from fir.cpl.sheet import (
    COLUMNS,
    CONCATENATED,
    ENTER,
    VERSION,
    Column,
    Outcome,
    find,
    issue,
    read_rows,
    sound_headers,
)
from fir.cpl.version_history import History, read_history
from fir.diagnostics import Refused, tick
from fir.model import Entry
from fir.spreadsheet.sheet import Sheet
from fir.spreadsheet.xlsx import read_spreadsheet

MOST_FAULTS = 1_000
_SHARED = tuple(column for column in COLUMNS if column.on_csv)
_FLAT = (
    Column("issue", VERSION, words, required=True),
    *_SHARED,
    Column("concatenated", CONCATENATED, hexadecimal(8), required=True),
)
_AS_PUBLISHED = "take the workbook as it is published"
_Issued = tuple[str, str]
_UNKNOWN = ("", "")


class CplIssue(NamedTuple):
    """One issue of the list. `last_listed_version` of its entries is empty."""

    version: str
    issued_on: str
    source_kind: str
    """`workbook` or `csv`."""
    sha256: str
    entries: dict[str, Entry]
    provided: frozenset[str]
    """The fields that this source speaks of; the others are empty because it does not know."""
    repairs: tuple[str, ...]
    notes: tuple[str, ...]
    """What was met and not read, or is missing without harm."""


def read_cpl(path: Path, *, repair: bool = False) -> CplIssue:
    """The issue in a file of any name; raises Refused, with at most `MOST_FAULTS` reasons.

    `repair` mends the cells of a CSV that a program damaged, where only one reading is possible.
    """
    file = read_spreadsheet(path)
    outcome = Outcome()
    if file.kind == "csv":
        provided = {column.field for column in _SHARED}
        issued, entries = _csv(file.sheets[0], outcome, repair)
    else:
        provided = set(Entry._fields) - {"last_listed_version"}
        issued, entries = _workbook(file.sheets, outcome)
    if not (entries or outcome.faults):
        outcome.wrong("the file", "the list has no entries", _AS_PUBLISHED)
    if outcome.faults:
        raise Refused(outcome.faults[:MOST_FAULTS], len(outcome.faults))
    return CplIssue(
        *issued,
        file.kind,
        file.sha256,
        {number: _entry(entries[number]) for number in sorted(entries)},
        frozenset(provided),
        tuple(outcome.repairs),
        tuple(outcome.notes),
    )


def _entry(values: Values) -> Entry:
    return Entry(*(str(values.get(field, "")) for field in Entry._fields))


def _csv(sheet: Sheet, outcome: Outcome, repair: bool) -> tuple[_Issued, Mapping[str, Values]]:
    flat = _listing([sheet], _FLAT, outcome, repair=repair)
    if not flat:
        return _UNKNOWN, {}
    entries = {number: row.values for number, row in flat.rows.items()}
    check_joined(flat, entries, outcome)
    return _issued(flat, None, outcome), entries


def _workbook(sheets: Sequence[Sheet], outcome: Outcome) -> tuple[_Issued, Mapping[str, Values]]:
    history = read_history(sheets, outcome)
    full = _listing(sheets, COLUMNS, outcome, full=True)
    flat = _listing(sheets, _FLAT, outcome)
    if not (full and flat):
        return _UNKNOWN, {}
    entries = agree(full, flat, _SHARED, outcome)
    check_joined(flat, entries, outcome)
    issued = _issued(flat, history, outcome)
    first = history.first if history else {}
    return issued, {
        number: {**values, **first[number]._asdict()} if number in first else values
        for number, values in entries.items()
    }


def _listing(
    sheets: Sequence[Sheet],
    columns: Sequence[Column],
    outcome: Outcome,
    *,
    full: bool = False,
    repair: bool = False,
) -> Listing | None:
    """The one sheet with these columns; None, and a fault, where it is not there or not sound."""
    tables = find(sheets, columns, full)
    if len(tables) == 1:
        table = tables[0]
        if not sound_headers(table, columns, outcome):
            return None
        return listing(table, read_rows(table, columns, outcome, repair), outcome)
    headers = "`number` under `Entry`" if full else "`Version,Entry.number,Entry.status,…`"
    if tables:
        names = " and ".join(tick(table.sheet.name) for table in tables)
        message = f"the sheets {names} both look like the list headed {headers}"
        outcome.wrong("the workbook", message, "delete the one that is not the published list")
    elif all(sheet.name for sheet in sheets):
        message = f"no sheet is the list headed {headers}"
        outcome.wrong("the workbook", message, _AS_PUBLISHED)
    else:
        fix = "save the last sheet of the published workbook, which is made for it, as CSV"
        outcome.wrong("line 1", f"the CSV file is not headed {headers}", fix)
    return None


def _issued(flat: Listing, history: History | None, outcome: Outcome) -> _Issued:
    """Version and date of the issue, on which every row and the version history must agree."""
    labels: dict[str, str] = {}
    for number, row in flat.rows.items():
        if "issue" in row.values:
            labels.setdefault(str(row.values["issue"]), flat.place(number, VERSION))
    issued = (history.version, history.issued_on) if history else None
    first = history.place if history else ""
    for label, place in labels.items():
        try:
            named = issue(label)
        except Refused as refused:
            outcome.wrong(place, refused.first.message, refused.first.fix or ENTER)
            continue
        if issued is None:
            issued, first = named, place
        elif named != issued:
            message = f"{tick(label)} here is another issue than at {first}"
            outcome.wrong(place, message, "take all rows from one issue of the list")
    return issued or _UNKNOWN
