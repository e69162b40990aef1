"""`fir.xlsx` and the table to fill in: workbooks in which every cell is text, filled or blank.

A spreadsheet program that opens one changes nothing: `000042` keeps its zeros, `1E52` is no number,
and what begins with `=` is no formula. `fir add` reads what comes of the table to fill in; both
follow the one list of `fir.submissions.columns`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]

from fir.model import Shapes
from fir.repository_entry import rows
from fir.site.as_json import NAME, edition_json
from fir.site.edition import Edition
from fir.submissions.columns import columns

# The table of `fir.csv`.

_WIDTHS = {"release_notes": 80, "business_address": 40, "corrections": 40, "image_hash": 40}


def fir_xlsx(edition: Edition) -> bytes:
    names = list(edition.repository.shapes.schemas["joined"]["properties"])
    table = (list(row.values()) for _, row in rows(edition.repository))
    widths = [_WIDTHS.get(name, max(14, len(name) + 4)) for name in names]
    sheets = (
        TextSheet("Records", (names, *table), widths),
        TextSheet("Columns", _fir_columns(edition, names), (28, 32, 100, 60)),
        TextSheet("About", _about(edition), (24, 100)),
    )
    return text_workbook(edition, sheets)


def _fir_columns(edition: Edition, names: Iterable[str]) -> Iterable[Sequence[str]]:
    """What each column holds, in the schema's own words."""
    yield "Column", "Title", "Description", "Example"
    for name in names:
        field = edition.repository.shapes.field("joined", [name])
        example = next(filter(None, field["examples"]), "")
        yield name, field["title"], field["description"], example


def _about(edition: Edition) -> Iterable[Sequence[str]]:
    yield "What", "Value"
    yield NAME, "Smart Energy Code, Sections F2.14 to F2.17"
    for name, value in edition_json(edition).items():
        yield name, str({True: "yes", False: "no", None: "none"}.get(value, value))


# The table in which many records are sent in, empty, and what belongs into each of its columns.

_WIDE = {"release_notes": 80, "device_type": 46, "address_lines": 40}


def template_csv(edition: Edition) -> bytes:
    """The heads alone, which any spreadsheet program opens."""
    return _csv([_heads(edition.repository.shapes)])


def template_xlsx(edition: Edition) -> bytes:
    """The heads above columns of text, so that zeros stay, and a sheet that explains them."""
    shapes = edition.repository.shapes
    heads = _heads(shapes)
    widths = [_WIDE.get(name, max(14, len(name) + 4)) for name in heads]
    sheets = (
        TextSheet("Records", [heads], widths),
        TextSheet("Columns", _template_columns(shapes), (28, 32, 10, 100, 60)),
    )
    return text_workbook(edition, sheets)


def dictionary_csv(edition: Edition) -> bytes:
    return _csv(_template_columns(edition.repository.shapes))


def _heads(shapes: Shapes) -> list[str]:
    return [column.name for column in columns(shapes)]


def _template_columns(shapes: Shapes) -> list[list[str]]:
    """Of every column what belongs into it, with an example."""
    head = ["column", "title", "required", "what belongs into it", "example"]
    lines = [
        [each.name, each.title, "yes" if each.required else "no", each.description, each.example]
        for each in columns(shapes)
    ]
    return [head, *lines]


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Marked as UTF-8, because it is people who open it, with Excel."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")


# A workbook of text.

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


def _write(workbook: Any, sheet: TextSheet) -> None:
    """A sheet under a frozen head, with a filter over all of it."""
    text = workbook.add_format({"num_format": "@", "valign": "top"})
    head = workbook.add_format({"num_format": "@", "bold": True, "bottom": 1})
    made = workbook.add_worksheet(sheet.name)
    last = 0
    for last, line in enumerate(sheet.lines):
        for column, value in enumerate(line):
            if value:
                made.write_string(last, column, _fitting(value), text if last else head)
    for column, width in enumerate(sheet.widths):
        made.set_column(column, column, width, text)
    made.freeze_panes(1, 1)
    made.autofilter(0, 0, last, len(sheet.widths) - 1)
    made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _fitting(value: str) -> str:
    """The value, or as much of it as a cell holds, saying so."""
    if len(value) * 2 <= MOST_UNITS or len(value.encode("utf-16-le")) <= MOST_UNITS * 2:
        return value
    room = (MOST_UNITS - len(CUT)) * 2
    return value.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
