"""Builds synthetic issues of the Central Products List, as workbook and as CSV, for tests.

`published()` gives a tidy workbook, `quirks()` gives it the habits of real issues, and a test may
change any cell, by entry number and field, before it saves the file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from fir.model import Entry

FULL = "Central Products List"
FLAT = "CPL - saveable in CSV"
HISTORY = "Version Control"
FORM = "CPL - New Entry"

GROUPS = (
    ("cpl_number", "Entry", "number"),
    ("status", "Entry", "status"),
    ("device_type", "Device_Type", "name"),
    ("manufacturer_identifier", "Device_Model", "manufacturer_identifier"),
    ("model_identifier", "Device_Model", "model_identifier"),
    ("hardware_version", "Device_Model", "hardware_version.version"),
    ("hardware_revision", "Device_Model", "hardware_version.revision"),
    ("firmware_version", "Device_Model", "firmware_version"),
    ("smets_chts_version", "SMETS_CHTS Version", "Version_number_and_effective_date"),
    ("gbcs_version", "GBCS Version", "version_number"),
    ("cpa_certificate", "CPA_Certificate", "identification_number"),
    ("cpa_security_characteristics", "CPA_Certificate", "security_characteristics_version"),
    ("cpa_expiry", "CPA_Certificate", "expiry_date"),
    ("dlms_certificate", "DLMS_Certificate", "identification_number"),
    ("dlms_version", "DLMS_Certificate", "DLMS_version"),
    ("zse_certificate", "ZSE_Certificate", "identification_number"),
    ("zse_version", "ZSE_Certificate", "ZSE_version"),
    ("image_creator", "Manufacturer_Image", "creator"),
    ("image_hash", "Manufacturer_Image", "hash"),
    ("image_descriptor", "Manufacturer_Image", "descriptor"),
)
FLAT_COLUMNS = (
    ("issue", "Version"),
    ("cpl_number", "Entry.number"),
    ("status", "Entry.status"),
    ("device_type", "Device_Type.name"),
    ("manufacturer_identifier", "Device_Model.manufacturer_identifier"),
    ("model_identifier", "Device_Model.model_identifier"),
    ("hardware_version", "Device_Model.hardware_version.version"),
    ("hardware_revision", "Device_Model.hardware_version.revision"),
    ("joined", "Device_Model.model_identifier_concatenated_with_hardware_version"),
    ("firmware_version", "Device_Model.firmware_version"),
    ("smets_chts_version", "SMETS_CHTS Version.Version_number_and_effective_date"),
    ("gbcs_version", "GBCS Version.version_number"),
    ("image_hash", "Manufacturer_Image.hash"),
)
SHARED = tuple(field for field, _ in FLAT_COLUMNS if field not in ("issue", "joined"))
NOTES = ("Notes", "Conditionality rule", "Source of definition", "Format", "Valid values")
SHEET_PARTS = tuple(f"xl/worksheets/sheet{at}.xml" for at in (1, 2, 3, 4))
FIRST_ROW = {FULL: 3 + len(NOTES), FLAT: 2}
HEX = (
    "manufacturer_identifier",
    "model_identifier",
    "hardware_version",
    "hardware_revision",
    "firmware_version",
    "image_hash",
)


def sample(number: str = "000042", **changes: str) -> Entry:
    """An entry of a single element meter, with every field but the last filled in."""
    values = {
        "cpl_number": number,
        "status": "Current",
        "device_type": "Single Element Electricity Metering Equipment",
        "manufacturer_identifier": "7F01",
        "model_identifier": "0005",
        "hardware_version": "02",
        "hardware_revision": "0A",
        "firmware_version": f"01{number}",
        "smets_chts_version": "SMETS V4.2",
        "gbcs_version": "GBCS Version 3.2",
        "cpa_certificate": "[E] 2026000001-0001",
        "cpa_security_characteristics": "Security Characteristics version 1.3",
        "cpa_expiry": "2029-03-31",
        "dlms_certificate": "9901",
        "dlms_version": "CTT 4.1",
        "zse_certificate": "ZIG99001ZSE99001-01",
        "zse_version": "ZigBee Smart Energy Standard 1.4",
        "image_creator": "Example Meters Ltd",
        "image_hash": number.rjust(64, "E"),
        "image_descriptor": "Complete Image",
        "first_version": "1.100",
        "first_issued_on": "2026-09-20",
        "label": f"Example Meters EM{number} Electricity Meter",
        "last_listed_version": "",
    }
    return Entry(**{**values, **changes})


def samples() -> list[Entry]:
    """A small list: three meters, one of them removed, and a display without certificates."""
    display = sample(
        "000045",
        device_type="Pre-Payment Interface Device",
        manufacturer_identifier="7F02",
        cpa_certificate="",
        cpa_security_characteristics="Not Relevant",
        cpa_expiry="",
        dlms_certificate="",
        dlms_version="",
        image_creator="",
        image_hash="",
        image_descriptor="",
        first_version="2.000",
        first_issued_on="2026-10-01",
    )
    return [sample("000042"), sample("000043", status="Removed"), sample("000044"), display]


def by_number(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.cpl_number: entry for entry in entries}


def published(
    entries: Sequence[Entry],
    version: str = "2.051",
    issued_on: str = "2026-10-21",
    changes: Mapping[str, tuple[str, str]] | None = None,
) -> Workbook:
    """The four sheets of an issue; `changes` adds or replaces history lines: date and text."""
    book = Workbook()
    label = f"Version {version} Issued on {_day(issued_on, '-')}"
    history = {version: (_day(issued_on), "No change to the list"), **_additions(entries)}
    _fill_history(book.active, label, {**history, **(changes or {})})
    book.create_sheet(FORM).append(["Data Group", "Data Attribute", "Notes", "New Entry's Details"])
    full = book.create_sheet(FULL)
    full.append(["Data Group", *(group for _, group, _ in GROUPS)])
    full.append(["Data Attribute", *(attribute for _, _, attribute in GROUPS)])
    for note in NOTES:
        full.append([note, *(f"About {attribute}" for _, _, attribute in GROUPS)])
    flat = book.create_sheet(FLAT)
    flat.append([header for _, header in FLAT_COLUMNS])
    for entry in entries:
        full.append(["", *(_shown(entry, field) for field, _, _ in GROUPS)])
        flat.append(flat_row(entry, label))
    return book


def flat_row(entry: Entry, label: str) -> list[str]:
    joined = entry.model_identifier + entry.hardware_version + entry.hardware_revision
    values = {**entry._asdict(), "issue": label, "joined": joined}
    return [values[field] for field, _ in FLAT_COLUMNS]


def csv_of(
    entries: Sequence[Entry], label: str = "Version 2.051 Issued on 21-10-2026"
) -> list[list[str]]:
    """The rows of the CSV, header first, for a test to change."""
    return [[header for _, header in FLAT_COLUMNS], *(flat_row(entry, label) for entry in entries)]


def csv_bytes(rows: Iterable[Sequence[str]], encoding: str = "utf-8", **options: Any) -> bytes:
    content = io.StringIO(newline="")
    csv.writer(content, **options).writerows(rows)
    return content.getvalue().encode(encoding)


def column_of(sheet: str, field: str) -> int:
    """The column in which `published()` puts a field, from 1."""
    if sheet == FULL:
        return [name for name, _, _ in GROUPS].index(field) + 2
    return [name for name, _ in FLAT_COLUMNS].index(field) + 1


def cell(book: Workbook, sheet: str, number: str, field: str) -> Cell:
    """The cell of an entry's field, in a workbook whose columns are in the published order."""
    at = column_of(sheet, "cpl_number")
    rows = range(FIRST_ROW[sheet], book[sheet].max_row + 1)
    row = next(row for row in rows if book[sheet].cell(row, at).value == number)
    return book[sheet].cell(row, column_of(sheet, field))


def quirks(book: Workbook) -> None:
    """What real issues do: blanks, breaks, text dates, numbers, lower case, escaped breaks."""
    full, flat = book[FULL], book[FLAT]
    for row in range(FIRST_ROW[FULL], full.max_row + 1):
        number = full.cell(row, 2).value
        for field, change in (
            ("smets_chts_version", lambda text: f"{text} "),
            ("gbcs_version", lambda text: f"{text}  "),
            ("zse_certificate", lambda text: f"{text} \n\n"),
            ("image_hash", str.lower),
            ("image_descriptor", lambda text: text.replace(" ", "_x000D_\n") or " "),
        ):
            found = cell(book, FULL, number, field)
            found.value = change(found.value or "")
    for row, style in zip(range(FIRST_ROW[FULL], full.max_row + 1), ("/", "-", None), strict=False):
        expiry = cell(book, FULL, full.cell(row, 2).value, "cpa_expiry")
        day, month, year = expiry.value.split("/")
        if style:
            expiry.value = f"{day}{style}{month}{style}{year}"
        else:
            expiry.value = date(int(year), int(month), int(day))
    first = full.cell(FIRST_ROW[FULL], 2).value
    cell(book, FULL, first, "hardware_version").value = 2
    cell(book, FULL, first, "dlms_certificate").value = 9901
    cell(book, FLAT, first, "gbcs_version").value += "  "
    flat.cell(FIRST_ROW[FLAT], column_of(FLAT, "firmware_version")).value += " "


def save(book: Workbook, folder: Path, name: str = "issue.xlsx") -> Path:
    path = folder / name
    book.save(path)
    return path


def repacked(path: Path, parts: Mapping[str, bytes], **options: Any) -> Path:
    """The workbook with some parts of its archive replaced or added."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **parts}.items():
            archive.writestr(name, content, **options)
    return path


def as_excel(path: Path) -> Path:
    """The workbook with its texts in one table, where Excel keeps them and openpyxl may not."""
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    sheets = {
        name: re.sub(rb't="inlineStr"><is>(.*?)</is>', shared, part(path, name), flags=re.DOTALL)
        for name in SHEET_PARTS
    }
    table = b"<sst>" + b"".join(b"<si>" + text + b"</si>" for text in texts) + b"</sst>"
    return repacked(path, {**sheets, "xl/sharedStrings.xml": table})


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _day(iso: str, separator: str = "/") -> str:
    return separator.join(reversed(iso.split("-")))


def _shown(entry: Entry, field: str) -> str:
    """A value as the full sheet writes it: hexadecimal in colons, dates as text."""
    value = str(getattr(entry, field))
    if field in HEX:
        return ":".join(value[at : at + 2] for at in range(0, len(value), 2))
    return _day(value) if field == "cpa_expiry" and value else value


def _additions(entries: Sequence[Entry]) -> dict[str, tuple[str, str]]:
    """A history line for each issue in which entries say they were first."""
    lines: dict[str, tuple[str, list[str]]] = {}
    for entry in entries:
        if entry.first_version:
            _, added = lines.setdefault(entry.first_version, (_day(entry.first_issued_on), []))
            added.append(f"{entry.cpl_number} - {entry.label}")
    return {
        version: (day, "\n".join(["New Device Models added:", *added]))
        for version, (day, added) in lines.items()
    }


def _fill_history(sheet: Any, label: str, history: Mapping[str, tuple[str, str]]) -> None:
    sheet.title = HISTORY
    for row in (["Central Products List (CPL)"], [], [label], [], ["Version History"], []):
        sheet.append(row)
    sheet.append(
        [
            "Version Number (each issued version will increment this number by one)",
            "Date Of Issue",
            "Changes incorporated",
        ]
    )
    for version, (day, text) in history.items():
        sheet.append([version, day, text])
