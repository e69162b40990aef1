"""A table, CSV or workbook: a row a record, its columns headed by the names of our fields.

The headings of the Central Products List and of its form are taken as well; in a workbook they may
stand in two rows, group over attribute, as they do there: a sheet that somebody keeps already was
filled from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from fir.cpl.sheet import COLUMNS, CONCATENATED, VERSION
from fir.diagnostics import Diagnostic, nearest, problem, tick
from fir.model import Shapes
from fir.spreadsheet.sheet import Sheet, text
from fir.strict_yaml.characters import Keys
from fir.submissions.columns import Cells, Column, by_header, columns, folded, listed
from fir.submissions.from_form import FIELDS, join_address
from fir.submissions.submission import Submission, unreadable

LINES = ("contact", "address", "lines")
# The groups of the form whose attributes can stand alone: `name` or `number` says too little.
_STANDING_ALONE = ("manufacturer contact fir", "fir release notes")
_ALSO = {
    "cpl_entry_number": "cpl_number",
    "manufacturer_name": "manufacturer",
    "postcode": "postal_code",
    "fir_release_notes": "release_notes",
}
_HEADERS_WITHIN = 30
# What a row of headers has at least: the notes, and of what.
_NOTES, _OF_WHAT = "release_notes", ("cpl_number", "firmware_version")


def by_table_header(shapes: Shapes) -> dict[str, Column]:
    """Each column by all that may head it, folded; house number and street are one of their own."""
    ours = columns(shapes)
    by_name = {column.name: column for column in ours}
    by_keys = {column.keys: column for column in ours}
    known = {folded(each.header): by_name.get(each.field) for each in COLUMNS}
    known |= {header: by_name[name] for header, name in _ALSO.items()}
    for (group, attribute), keys in FIELDS.items():
        column = by_keys.get(keys)
        if keys[:-1] == LINES:
            name = folded(attribute)
            whole = by_keys[LINES]
            column = whole._replace(name=name, title=attribute, keys=keys, is_list=False)
        known[folded(f"{group} {attribute}")] = column
        if group in _STANDING_ALONE:
            known[folded(attribute)] = column
    return {**{each: column for each, column in known.items() if column}, **by_header(shapes)}


def of_the_list_alone(known: Mapping[str, Column]) -> set[str]:
    """The headings of the list, folded, that no column of ours answers to."""
    headers = (*(column.header for column in COLUMNS), VERSION, CONCATENATED)
    return {folded(header) for header in headers} - known.keys()


class Table(NamedTuple):
    """A sheet with the last row of its headers, all of them, and each column that is ours."""

    sheet: Sheet
    top: int
    headers: Mapping[int, str]
    columns: Mapping[int, Column]


def tables(sheets: Sequence[Sheet], shapes: Shapes) -> list[Table]:
    """The sheets that are a table of ours, whatever they are called."""
    known = by_table_header(shapes)
    found = (_table(sheet, known) for sheet in sheets)
    return [table for table in found if table is not None]


def is_header(headers: Sequence[str], known: Mapping[str, Column]) -> bool:
    """Whether a row of texts heads a table of ours."""
    names = {known[folded(each)].name for each in headers if folded(each) in known}
    return _NOTES in names and not names.isdisjoint(_OF_WHAT)


def _table(sheet: Sheet, known: Mapping[str, Column]) -> Table | None:
    for row in sorted(sheet.rows)[:_HEADERS_WITHIN]:
        for top, headers in ((row, _in_one_row(sheet, row)), (row + 1, _in_two_rows(sheet, row))):
            if is_header(list(headers.values()), known):
                ours = {
                    column: known[folded(header)]
                    for column, header in headers.items()
                    if folded(header) in known
                }
                return Table(sheet, top, headers, ours)
    return None


def _in_one_row(sheet: Sheet, row: int) -> dict[int, str]:
    return {column: text(cell) for column, cell in sheet.rows[row].items()}


def _in_two_rows(sheet: Sheet, row: int) -> dict[int, str]:
    """Group and attribute; the name of a group may stand over its first column alone."""
    upper, lower = sheet.rows[row], sheet.rows.get(row + 1, {})
    group, headers = "", {}
    for column in sorted(upper.keys() | lower.keys()):
        group = text(upper.get(column, "")) or group
        headers[column] = f"{group}.{text(lower.get(column, ''))}".strip(".")
    return headers


def from_table(source: str, table: Table, shapes: Shapes) -> Iterator[Submission]:
    """A submission a row, or one that says why the whole table is not taken."""
    wrong, ignored = _headers(source, table, by_table_header(shapes))
    rows = [row for row in sorted(table.sheet.rows) if row > table.top and _is_filled(table, row)]
    if not (wrong or rows):
        wrong = [problem(source, "the table has no rows", "write one row a record")]
    if wrong:
        yield unreadable(source, *wrong)
        return
    for row in rows:
        yield _row(source, table, row)._replace(ignored=tuple(ignored if row == rows[0] else ()))


def _is_filled(table: Table, row: int) -> bool:
    """Whether more than blanks stand in one of our columns."""
    return any(text(table.sheet.rows[row].get(at, "")) for at in table.columns)


def _row(source: str, table: Table, row: int) -> Submission:
    cells = Cells(source, table.sheet)
    cells.places[()] = f"{source}, {table.sheet.row_place(row)}"
    for at, column in table.columns.items():
        cell = table.sheet.rows[row].get(at, "")
        if column.is_list and isinstance(cell, str) and not cell.startswith("="):
            cells.put_list(column.keys, row, at, listed(column, cell), cell, column.name)
        else:
            cells.put(column.keys, row, at, cell, column.name)
    if any(column.keys[:-1] == LINES for column in table.columns.values()):
        join_address(cells.value)
    cells.complete()
    return cells.submission(row)


def _headers(
    source: str, table: Table, known: Mapping[str, Column]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """What is wrong with the headers, and the columns that are not read."""
    wrong, ignored = [], []
    ours = {column.name for column in table.columns.values()}
    of_the_list = of_the_list_alone(known)
    seen: dict[Keys, str] = {}
    for at, header in sorted(table.headers.items()):
        place = f"{source}, {table.sheet.place(table.top, at)}"
        column, plain = table.columns.get(at), folded(header)
        meant = None if column or plain in of_the_list else nearest(plain, known)
        if column is not None:
            twice = next((name for keys, name in seen.items() if _overlap(keys, column.keys)), None)
            seen.setdefault(column.keys, column.name)
            if twice:
                wrong.append(_twice(place, twice, column.name))
        elif meant and known[meant].name not in ours:
            message = f"no column of ours is headed {tick(header)}"
            fix = f"did you mean {tick(known[meant].name)}?"
            wrong.append(problem(place, message, fix))
        else:
            message = f"the column headed {tick(header)} is none of ours and was not read"
            fix = "nothing, unless it was meant to be one of the template's"
            ignored.append(problem(place, message, fix)._replace(level="note"))
    return wrong, ignored


def _twice(place: str, one: str, other: str) -> Diagnostic:
    both = f"say the same, {tick(one)} and {tick(other)}"
    what = f"are headed {tick(one)}" if one == other else both
    return problem(place, f"two columns {what}", "delete the wrong one")


def _overlap(one: Keys, other: Keys) -> bool:
    """Whether two columns fill the same field, or one of them a part of the other's."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
