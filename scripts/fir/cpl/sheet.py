"""One sheet of the Central Products List: found by its headers, read row by row.

The full sheet has two header rows, group over attribute, and notes beneath them; the CSV sheet has
one. No column is known by its position, and every cell that is wrong is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from fir.cpl.cells import Rule, Value, damage, free, hexadecimal, iso_day, one_of, shaped, words
from fir.diagnostics import Diagnostic, Refused, nearest, problem, tick
from fir.spreadsheet.sheet import Cell, Sheet, letters, text

VERSION = "Version"
CONCATENATED = "Device_Model.model_identifier_concatenated_with_hardware_version"
DEVICE_TYPES = (
    "Communications Hub",
    "Gas Smart Meter",
    "HAN Connected Auxiliary Load Control Switch",
    "Polyphase Electricity Metering Equipment",
    "Pre-Payment Interface Device",
    "Single Element Electricity Metering Equipment",
    "Twin Element Electricity Metering Equipment",
)
_ISSUE = re.compile(
    r"Version ([0-9]{1,3}\.[0-9]{1,3}) Issued on ([0-9]{2}[-/][0-9]{2}[-/][0-9]{4})", re.IGNORECASE
)


def entry_number(cell: Cell) -> Value:
    number = hexadecimal(6, "0123456789")(cell)
    if number in (0, "000000"):
        raise damage("`000000` is not the number of an entry")
    return number


def issue(cell: Cell) -> tuple[str, str]:
    """Version and ISO date of a label such as `Version 2.051 Issued on 21-09-2022`."""
    written = words(cell)
    found = _ISSUE.fullmatch(written)
    if not found:
        raise damage(f"{tick(written)} is not of the form `Version 2.051 Issued on 21-09-2022`")
    return found[1], iso_day(found[2])


class Column(NamedTuple):
    field: str
    """The field of the entry it fills."""
    header: str
    """Group and attribute of the full sheet, joined by a dot: the CSV's own header."""
    rule: Rule
    required: bool = False
    on_csv: bool = False


def _key(field: str, header: str, rule: Rule) -> Column:
    return Column(field, header, rule, required=True, on_csv=True)


# The limits on length, the device types and the patterns are those of `cpl-entry.schema.json`; they
# are repeated here because a fault must name its cell, and a test keeps the two alike.
COLUMNS = (
    _key("cpl_number", "Entry.number", entry_number),
    _key("status", "Entry.status", one_of("Current", "Removed")),
    _key("device_type", "Device_Type.name", one_of(*DEVICE_TYPES)),
    _key("manufacturer_identifier", "Device_Model.manufacturer_identifier", hexadecimal(4)),
    _key("model_identifier", "Device_Model.model_identifier", hexadecimal(4)),
    _key("hardware_version", "Device_Model.hardware_version.version", hexadecimal(2)),
    _key("hardware_revision", "Device_Model.hardware_version.revision", hexadecimal(2)),
    _key("firmware_version", "Device_Model.firmware_version", hexadecimal(8)),
    _key(
        "smets_chts_version",
        "SMETS_CHTS Version.Version_number_and_effective_date",
        shaped(r"(SMETS|CHTS) V[0-9]{1,2}\.[0-9]{1,3}", "SMETS V4.2"),
    ),
    _key(
        "gbcs_version",
        "GBCS Version.version_number",
        shaped(r"GBCS Version [0-9]{1,2}\.[0-9]{1,3}", "GBCS Version 3.2"),
    ),
    Column("cpa_certificate", "CPA_Certificate.identification_number", free(40)),
    Column(
        "cpa_security_characteristics",
        "CPA_Certificate.security_characteristics_version",
        free(60),
    ),
    Column("cpa_expiry", "CPA_Certificate.expiry_date", iso_day),
    Column("dlms_certificate", "DLMS_Certificate.identification_number", free(20, numbers=True)),
    Column("dlms_version", "DLMS_Certificate.DLMS_version", free(20)),
    Column("zse_certificate", "ZSE_Certificate.identification_number", free(40)),
    Column("zse_version", "ZSE_Certificate.ZSE_version", free(60)),
    Column("image_creator", "Manufacturer_Image.creator", free(100)),
    Column("image_hash", "Manufacturer_Image.hash", hexadecimal(64), on_csv=True),
    Column("image_descriptor", "Manufacturer_Image.descriptor", free(200)),
)


_NUMBER = "Entry.number"
_PARTS = {
    "Device_Model.model_identifier": slice(0, 4),
    "Device_Model.hardware_version.version": slice(4, 6),
    "Device_Model.hardware_version.revision": slice(6, 8),
}
_WIDTHS = {
    "Device_Model.manufacturer_identifier": 4,
    "Device_Model.firmware_version": 8,
    **{header: part.stop - part.start for header, part in _PARTS.items()},
}
_NOTHING = ("", "nan", "null", "none", "#n/a")
_WHOLE = re.compile(r"([0-9]{1,15})(?:\.0+)?")


def mend(row: Mapping[str, str]) -> dict[str, str]:
    """What the damaged cells of a row of a CSV must have been, by header.

    Programs take text for numbers: `000042` becomes `42`, `05` becomes `5`, `1E52` becomes `1E+52`,
    `1F` becomes `NaN`. The column that joins model, hardware version and revision still has their
    eight digits. A cell is mended only where exactly one published value explains what is left.
    """
    mended: dict[str, str] = {}
    joined = row.get(CONCATENATED, "")
    for header, width in _WIDTHS.items():
        cell = row.get(header, "")
        if not _sound(cell, width):
            if header in _PARTS and _sound(joined, 8):
                part = joined[_PARTS[header]]
                reading = part if _explains(part, cell) else ""
            else:
                reading = _only_reading(cell, width)
            if reading:
                mended[header] = reading
    whole = _WHOLE.fullmatch(row.get(_NUMBER, ""))
    if whole and len(whole[1]) <= 6 and int(whole[1]) and whole[0] != whole[1].zfill(6):
        mended[_NUMBER] = whole[1].zfill(6)
    if not _sound(joined, 8):
        parts = "".join(mended.get(header, row.get(header, "")) for header in _PARTS)
        if _sound(parts, 8) and _explains(parts, joined):
            mended[CONCATENATED] = parts
    return mended


def _sound(cell: str, width: int) -> bool:
    """Whether the cell has its digits; colons and letter case are the reader's business."""
    return bool(re.fullmatch(f"[0-9A-Fa-f]{{{width}}}", cell.replace(":", "")))


def _explains(published: str, left: str) -> bool:
    """Whether a program that takes text for numbers leaves this of the published value."""
    if left.lower() in _NOTHING:
        return True
    try:
        return len(left) <= 20 and Decimal(published) == Decimal(left)
    except InvalidOperation:
        return False


def _only_reading(left: str, width: int) -> str:
    """The digits with their zeros, unless the number may have been hexadecimal with an exponent.

    `5020` of eight digits is `00005020`, but also what `00502E01` becomes.
    """
    whole = _WHOLE.fullmatch(left)
    if not whole or len(whole[1]) > width:
        return ""
    digits = whole[1].lstrip("0") or "0"
    for exponent in range(width):
        mantissa = digits[: len(digits) - exponent]
        if exponent and not (mantissa and digits.endswith("0" * exponent)):
            break
        if len(f"{mantissa}E{exponent}") <= width:
            return ""
    return whole[1].zfill(width)


_HEADERS_WITHIN = 30
ENTER = "enter what the published list shows, in a cell formatted as text"
_SAVE_AGAIN = "save the CSV from the published workbook again, and open it in no other program"
LEGEND = "Data Group.Data Attribute"
"""What heads the names of the notes, left of the full sheet's columns."""


@dataclass
class Outcome:
    """What reading a file has found so far, beside the entries."""

    faults: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def wrong(self, place: str, message: str, fix: str) -> None:
        self.faults.append(problem(place, message, fix))


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
                    raise damage("the cell is blank")
                row.values[column.field] = ""
            else:
                row.values[column.field] = column.rule(cell)
        except Refused as refused:
            fix = refused.first.fix or (ENTER if table.sheet.name else _SAVE_AGAIN)
            if column.header in mended:
                fix = f"run again with `--repair`: it becomes {tick(mended[column.header])}"
            outcome.wrong(table.place(at, column.header), refused.first.message, fix)
    return row


def _say_merged(table: Table, known: Iterable[int], outcome: Outcome) -> None:
    for top, left, bottom, right in table.sheet.merged:
        if bottom >= table.top and any(left <= column <= right for column in known):
            area = f"{letters(left)}{top}:{letters(right)}{bottom}"
            message = f"the cells {tick(area)} are merged, which blanks all but the first"
            fix = "split them and fill in each one as published"
            outcome.wrong(table.sheet.place(top, left), message, fix)
