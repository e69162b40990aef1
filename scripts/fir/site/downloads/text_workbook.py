"""A workbook in which every cell is text, filled or blank: what is typed there stays as typed.

A spreadsheet program that opens it changes nothing: `000042` keeps its zeros, `1E52` is no number,
and what begins with `=` is no formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]

from fir.site.as_json import NAME
from fir.site.edition import Edition

# What one cell of a workbook holds, in the 16-bit units that spreadsheet programs count.
MOST_UNITS = 32_767
CUT = " … [cut here; fir.csv has all of it]"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class TextSheet(NamedTuple):
    name: str
    lines: Iterable[Sequence[str]]
    """The head, and what stands below it."""
    widths: Sequence[int]


def text_workbook(edition: Edition, sheets: Iterable[TextSheet]) -> bytes:
    """The file, dated and described by the edition it is made from."""
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
        for sheet in sheets:
            _write(workbook, sheet)
    for sheet in workbook.worksheets():  # its parts hold each other, and so all the cells
        sheet.table.clear()
    return content.getvalue()


def _created(edition: Edition) -> datetime:
    """The day of the commit, or of the CPL where there is none: never the day of the build."""
    day = edition.commits.day or edition.snapshot.issued_on
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _write(workbook: Any, told: TextSheet) -> None:
    """A sheet under a frozen head, with a filter over all of it."""
    text = workbook.add_format({"num_format": "@", "valign": "top"})
    head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
    sheet = workbook.add_worksheet(told.name)
    last = 0
    for last, line in enumerate(told.lines):
        for column, value in enumerate(line):
            if value:
                sheet.write_string(last, column, _fitting(value), text if last else head)
    for column, width in enumerate(told.widths):
        sheet.set_column(column, column, width, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(told.widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _fitting(value: str) -> str:
    """The value, or as much of it as a cell holds, saying so."""
    if len(value) * 2 <= MOST_UNITS or len(value.encode("utf-16-le")) <= MOST_UNITS * 2:
        return value
    room = (MOST_UNITS - len(CUT)) * 2
    return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
