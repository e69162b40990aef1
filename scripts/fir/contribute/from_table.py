"""A table, CSV or workbook: a row a record, its columns headed by the names of our fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fir.columns import Column, by_header, folded, listed
from fir.contribute.cells import Cells
from fir.contribute.submission import Remark, Submission
from fir.model import Shapes
from fir.read.sheet import Sheet, text
from fir.wording import nearest, tick

_HEADERS_WITHIN = 30
# What a row of headers has at least: what is said, and of what.
_NOTES, _OF_WHAT = "release_notes", ("cpl_number", "firmware_version")


class Table(NamedTuple):
    """A sheet with the row of its headers, and each column that is ours."""

    sheet: Sheet
    top: int
    columns: Mapping[int, Column]


def tables(sheets: Sequence[Sheet], shapes: Shapes) -> list[Table]:
    """The sheets that are a table of ours, whatever they are called."""
    known = by_header(shapes)
    found = (_table(sheet, known) for sheet in sheets)
    return [table for table in found if table is not None]


def is_header(headers: Sequence[str], known: Mapping[str, Column]) -> bool:
    """Whether a row of texts heads a table of ours."""
    names = {known[folded(each)].name for each in headers if folded(each) in known}
    return _NOTES in names and not names.isdisjoint(_OF_WHAT)


def _table(sheet: Sheet, known: Mapping[str, Column]) -> Table | None:
    for row in sorted(sheet.rows)[:_HEADERS_WITHIN]:
        headers = {column: text(cell) for column, cell in sheet.rows[row].items()}
        if is_header(list(headers.values()), known):
            ours = {
                column: known[folded(header)]
                for column, header in headers.items()
                if folded(header) in known
            }
            return Table(sheet, row, ours)
    return None


def from_table(source: str, table: Table, shapes: Shapes) -> Iterator[Submission]:
    """A submission a row, or one that says why the whole table is not taken."""
    wrong, unread = _headers(source, table, by_header(shapes))
    rows = [row for row in sorted(table.sheet.rows) if row > table.top]
    if not (wrong or rows):
        wrong = [Remark(source, "error", "", "the table has no rows", "write one row a record")]
    if wrong:
        yield Submission(source, None, {}, {(): source}, troubles=tuple(wrong))
        return
    for row in rows:
        yield _row(source, table, row)._replace(unread=tuple(unread if row == rows[0] else ()))


def _row(source: str, table: Table, row: int) -> Submission:
    cells = Cells(source, table.sheet)
    cells.places[()] = f"{source}, {table.sheet.row_place(row)}"
    for at, column in table.columns.items():
        cell = table.sheet.rows[row].get(at, "")
        if column.is_list and isinstance(cell, str) and not cell.startswith("="):
            cells.put_list(column.keys, row, at, listed(column, cell), cell, column.name)
        else:
            cells.put(column.keys, row, at, cell, column.name)
    cells.complete()
    return cells.submission(row)


def _headers(
    source: str, table: Table, known: Mapping[str, Column]
) -> tuple[list[Remark], list[Remark]]:
    """What is wrong with the headers, and the columns that are not read."""
    wrong, unread = [], []
    ours = {column.name for column in table.columns.values()}
    seen: set[str] = set()
    for at, cell in sorted(table.sheet.rows[table.top].items()):
        place = f"{source}, {table.sheet.place(table.top, at)}"
        column = table.columns.get(at)
        if column is not None and column.name in seen:
            message = f"two columns are headed {tick(column.name)}"
            wrong.append(Remark(place, "error", "", message, "delete the wrong one"))
        elif column is not None:
            seen.add(column.name)
        elif (guess := nearest(folded(text(cell)), known)) and known[guess].name not in ours:
            message = f"no column of ours is headed {tick(text(cell))}"
            fix = f"did you mean {tick(known[guess].name)}?"
            wrong.append(Remark(place, "error", "", message, fix))
        else:
            message = f"the column headed {tick(text(cell))} is none of ours and was not read"
            fix = "nothing, unless it was meant to be one of the template's"
            unread.append(Remark(place, "note", "", message, fix))
    return wrong, unread
