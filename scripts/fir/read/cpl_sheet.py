"""One sheet of the Central Products List: found by its headers, read row by row.

The full sheet has two header rows, group over attribute, and notes beneath them; the CSV sheet has
one. No column is known by its position, and every cell that is wrong is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fir.read.cell_rules import Damage, Value
from fir.read.cpl_columns import Column
from fir.read.csv_repair import mend
from fir.read.sheet import Cell, Sheet, letters, text
from fir.wording import nearest, tick

_HEADERS_WITHIN = 30
ENTER = "enter what the published list shows, in a cell formatted as text"
_SAVE_AGAIN = "save the CSV from the published workbook again, and open it in no other program"
LEGEND = "Data Group.Data Attribute"
"""What heads the names of the notes, left of the full sheet's columns."""


class Fault(NamedTuple):
    """Why an issue of the list is refused: where, what, and the cure."""

    place: str
    message: str
    fix: str


@dataclass
class Outcome:
    """What reading a file has found so far, beside the entries."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def wrong(self, place: str, message: str, fix: str) -> None:
        self.faults.append(Fault(place, message, fix))


class Table(NamedTuple):
    """A sheet whose headers were found: `top` is the first row below them."""

    sheet: Sheet
    full: bool
    top: int
    headers: Mapping[str, Sequence[int]]

    def place(self, row: int, header: str) -> str:
        return self.sheet.place(row, self.headers[header][0], header)

    def heading(self, header: str) -> str:
        """A header as the sheet shows it."""
        group, _, attribute = header.partition(".")
        return f"`{attribute}` under `{group}`" if self.full else f"`{header}`"


class Row(NamedTuple):
    """One entry: where it stands, and its sound values by field."""

    at: int
    values: dict[str, Value]


def find(sheets: Iterable[Sheet], columns: Sequence[Column], full: bool) -> list[Table]:
    """The sheets that carry at least half of the columns asked for."""
    wanted = {column.header for column in columns}
    found = []
    for sheet in sheets:
        tables = [_table(sheet, row, full) for row in sorted(sheet.rows)[:_HEADERS_WITHIN]]
        best = max(tables, key=lambda table: len(wanted & table.headers.keys()), default=None)
        if best and 2 * len(wanted & best.headers.keys()) >= len(wanted):
            found.append(best)
    return found


def _table(sheet: Sheet, row: int, full: bool) -> Table:
    upper, lower = sheet.rows[row], sheet.rows.get(row + 1, {})
    headers: dict[str, list[int]] = {}
    if not full:
        for column, cell in sorted(upper.items()):
            headers.setdefault(text(cell), []).append(column)
        return Table(sheet, full, row + 1, headers)
    group = ""  # the name of a group may stand over its first column alone
    for column in sorted(upper.keys() | lower.keys()):
        group = text(upper.get(column, "")) or group
        attribute = text(lower.get(column, ""))
        headers.setdefault(f"{group}.{attribute}", []).append(column)
    return Table(sheet, full, row + 2, headers)


def sound_headers(table: Table, columns: Sequence[Column], outcome: Outcome) -> bool:
    """Whether every column is there once; says which is not, and notes those that are not ours."""
    wanted = [column.header for column in columns] + [LEGEND] * table.full
    before = len(outcome.faults)
    unknown = [header for header in table.headers if header not in wanted][: 2 * len(wanted)]
    for header in wanted:
        at = table.headers.get(header, ())
        heading = table.heading(header)
        if len(at) > 1:
            message = f"two columns are headed {heading}, {letters(at[0])} and {letters(at[1])}"
            place = table.sheet.place(table.top - 1, at[1], header)
            outcome.wrong(place, message, "delete the wrong one")
        elif not at:
            meant = nearest(header, unknown)
            place = table.sheet.place(table.top - 1, table.headers[meant][0] if meant else 1)
            fix = f"head this column {heading}" if meant else "restore the column as published"
            outcome.wrong(place, f"no column is headed {heading}", fix)
    if len(outcome.faults) > before:
        return False
    outcome.notes.extend(_unread(table, wanted))
    return True


def _unread(table: Table, wanted: Sequence[str]) -> Iterator[str]:
    known = {table.headers[header][0] for header in wanted}
    used = {at for row, cells in table.sheet.rows.items() if row >= table.top for at in cells}
    named = {at: header for header, places in table.headers.items() for at in places}
    for at in sorted(used - known):
        header = named.get(at, "").strip(".")
        called = f"headed {tick(header)}" if header else "without a header"
        place = table.sheet.place(table.top - 1, at)
        yield f"{place}: a column {called} is not part of the list and was not read"


def read_rows(
    table: Table, columns: Sequence[Column], outcome: Outcome, repair: bool = False
) -> list[Row]:
    """Every entry of the sheet; each cell that is wrong is a fault and leaves its value out."""
    rows = []
    at_column = {table.headers[column.header][0]: column.header for column in columns}
    _say_merged(table, at_column.keys(), outcome)
    for at, cells in _data(table):
        row = {header: cells[column] for column, header in at_column.items() if column in cells}
        if not row:
            continue
        mended: Mapping[str, str] = {}
        if not table.sheet.name:  # only a CSV loses what can be had back from another column
            mended = mend({header: text(cell) for header, cell in row.items()})
            if repair:
                for header in filter(mended.__contains__, at_column.values()):
                    was, now = text(row.get(header, "")), mended[header]
                    place = table.place(at, header)
                    outcome.repairs.append(f"{place}: {tick(was)} → {tick(now)}")
                row.update(mended)
        rows.append(_row(table, at, row, columns, mended, outcome))
    return rows


def _data(table: Table) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    """The rows below the headers, less the notes that stand between them and the first entry."""
    legend = table.headers[LEGEND][0] if table.full else 0
    number = table.headers["Entry.number"][0]
    above = table.full
    for at in sorted(row for row in table.sheet.rows if row >= table.top):
        cells = table.sheet.rows[at]
        above = above and legend in cells and not text(cells.get(number, "")).isdecimal()
        if not above:
            yield at, cells


def _row(
    table: Table,
    at: int,
    cells: Mapping[str, Cell],
    columns: Sequence[Column],
    mended: Mapping[str, str],
    outcome: Outcome,
) -> Row:
    row = Row(at, {})
    for column in columns:
        cell = cells.get(column.header, "")
        try:
            if isinstance(cell, str) and not text(cell):
                if column.required:
                    raise Damage("the cell is blank")
                row.values[column.field] = ""
            else:
                row.values[column.field] = column.rule(cell)
        except Damage as damage:
            fix = damage.fix or (ENTER if table.sheet.name else _SAVE_AGAIN)
            if column.header in mended:
                fix = f"run again with `--repair`: it becomes {tick(mended[column.header])}"
            outcome.wrong(table.place(at, column.header), damage.message, fix)
    return row


def _say_merged(table: Table, known: Iterable[int], outcome: Outcome) -> None:
    for top, left, bottom, right in table.sheet.merged:
        if bottom >= table.top and any(left <= column <= right for column in known):
            area = f"{letters(left)}{top}:{letters(right)}{bottom}"
            message = f"the cells {tick(area)} are merged, which blanks all but the first"
            fix = "split them and fill in each one as published"
            outcome.wrong(table.sheet.place(top, left), message, fix)
