"""`fir.xlsx`: the table of `fir.csv` as a workbook in which every cell is text.

A spreadsheet program that opens it changes nothing: `000042` keeps its zeros, `1E52` is no number,
and what begins with `=` is no formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from fir.publish.as_json import NAME, edition_json
from fir.publish.edition import Edition
from fir.table import rows

# What one cell of a workbook holds, in the 16-bit units that spreadsheet programs count.
MOST_UNITS = 32_767
CUT = " … [cut here; fir.csv has all of it]"
_WIDTHS = {"release_notes": 80, "business_address": 40, "corrections": 40, "image_hash": 40}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def fir_xlsx(edition: Edition) -> bytes:
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, _OPTIONS)
    with workbook:
        workbook.set_properties(
            {
                "title": NAME,
                "comments": f"CPL {edition.snapshot.version}, commit {edition.commit or 'none'}",
                "created": _created(edition),
            }
        )
        columns = list(edition.repository.shapes.schemas["joined"]["properties"])
        table = (list(row.values()) for _, row in rows(edition.repository))
        widths = [_WIDTHS.get(column, max(14, len(column) + 4)) for column in columns]
        _sheet(workbook, "Records", (columns, *table), widths)
        _sheet(workbook, "Columns", _dictionary(edition, columns), (28, 32, 100, 60))
        _sheet(workbook, "About", _about(edition), (24, 100))
    for sheet in workbook.worksheets():  # its parts hold each other, and so all the cells
        sheet.table.clear()
    return content.getvalue()


def _created(edition: Edition) -> datetime:
    """The day of the commit, or of the CPL where there is none: never the day of the build."""
    day = edition.commits.day or edition.snapshot.issued_on
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _sheet(workbook: Any, name: str, lines: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """A sheet of text under a frozen head, with a filter over all of it."""
    text = workbook.add_format({"num_format": "@", "valign": "top"})
    head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
    sheet = workbook.add_worksheet(name)
    last = 0
    for last, line in enumerate(lines):
        for column, value in enumerate(line):
            if value:
                sheet.write_string(last, column, _fitting(value), text if last else head)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _fitting(value: str) -> str:
    """The value, or as much of it as a cell holds, saying so."""
    if len(value) * 2 <= MOST_UNITS or len(value.encode("utf-16-le")) <= MOST_UNITS * 2:
        return value
    room = (MOST_UNITS - len(CUT)) * 2
    return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _dictionary(edition: Edition, columns: Iterable[str]) -> Iterable[Sequence[str]]:
    """What each column holds, in the schema's own words."""
    yield "Column", "Title", "Description", "Example"
    for column in columns:
        told = edition.repository.shapes.field("joined", [column])
        yield column, told["title"], told["description"], next(filter(None, told["examples"]), "")


def _about(edition: Edition) -> Iterable[Sequence[str]]:
    yield "What", "Value"
    yield NAME, "Smart Energy Code, Sections F2.14 to F2.17"
    for name, value in edition_json(edition).items():
        yield name, str({True: "yes", False: "no", None: "none"}.get(value, value))
