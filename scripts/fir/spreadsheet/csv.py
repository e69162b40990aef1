"""CSV text as a sheet of cells: any of the usual encodings and separators, strict about quotes."""

from __future__ import annotations

import csv
import io

from fir.diagnostics import Refused
from fir.spreadsheet.sheet import MAX_CELLS, Cell, Sheet, too_large, too_many_cells, unreadable

MAX_BYTES = 10_000_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def csv_sheet(data: bytes) -> Sheet:
    if len(data) > MAX_BYTES:
        raise too_large(f"the CSV file is larger than {MAX_BYTES // 1_000_000} MB")
    content = _decoded(data)
    if content.lstrip().startswith("<"):
        fix = "download the file itself, not the page that shows or links to it"
        raise unreadable("the file is a web page or XML, neither a workbook nor a CSV file", fix)
    first = content.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    if content.count(separator) + content.count("\n") > MAX_CELLS:
        raise too_many_cells()
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True)
    rows: dict[int, dict[int, Cell]] = {}
    line = 1
    try:
        for values in reader:
            cells: dict[int, Cell] = {
                column: value for column, value in enumerate(values, 1) if value.strip()
            }
            if cells:
                rows[line] = cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"line {line} is not CSV: a quotation mark is missing or out of place"
        raise unreadable(message, "save the sheet as CSV again") from error
    return Sheet("", rows)


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and any(byte < 9 for byte in data[:1_000]):
            raise _neither() from error
        line = data.count(b"\n", 0, error.start) + 1
        message = f"line {line} is not {encoding[:6].upper()} text"
        raise unreadable(message, "save the sheet again as `CSV UTF-8`") from error
    if "\0" in content:
        raise _neither()
    return content


def _neither() -> Refused:
    return unreadable(
        "the file is neither a workbook nor a CSV file",
        "give it as `.xlsm` or `.xlsx`, or the sheet saved as CSV",
    )
