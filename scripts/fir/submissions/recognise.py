"""What kind of submission a file is, by its content: its name means nothing."""

from __future__ import annotations

from pathlib import Path

from fir.diagnostics import Refused, visible
from fir.model import Shapes
from fir.spreadsheet.sheet import unreadable
from fir.spreadsheet.xlsx import read_spreadsheet
from fir.submissions.from_file import MOST_BYTES, from_file
from fir.submissions.from_form import forms, from_form
from fir.submissions.from_issue import from_issue, is_issue
from fir.submissions.from_table import by_table_header, from_table, is_header, tables
from fir.submissions.submission import Remark, Submission

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 20_000
# Beginnings of files that are no text of ours: workbooks, web pages, PDF documents, archives.
_NOT_OURS = (b"PK", b"<", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf")


def submissions(path: Path, shapes: Shapes) -> list[Submission]:
    """Every submission in a file; what cannot be read is a submission that says why."""
    source = visible(str(path))
    try:
        data = _beginning(path)
        if data.lstrip().startswith(_NOT_OURS) or _is_table(data, shapes):
            return _of_spreadsheet(source, path, shapes)
        text = _text(data)
        if is_issue(text, shapes):
            return [from_issue(source, text, shapes)]
        return [from_file(source, data)]
    except Refused as refused:
        remark = Remark(source, "error", "", refused.first.message, refused.first.fix)
        return [Submission(source, None, {}, {(): source}, troubles=(remark,))]


def _text(data: bytes) -> str:
    """The text of a file as far as it is one, to be recognised by."""
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    return data.decode(encoding, "replace")


def _is_table(data: bytes, shapes: Shapes) -> bool:
    """Whether one of the first lines is the headers of a table; read as CSV they are in earnest."""
    known = by_table_header(shapes)
    for line in _text(data[:_HEAD]).splitlines()[:30]:
        if line.startswith("### "):
            return False
        for separator in (",", ";", "\t"):
            if is_header([cell.strip(' "') for cell in line.split(separator)], known):
                return True
    return False


def _beginning(path: Path) -> bytes:
    """The first bytes of a file: all of it, where it may be a text."""
    try:
        if not path.is_file():
            what = "this is a folder, not a file" if path.is_dir() else "there is no such file"
            raise unreadable(what, "give the path of the file itself")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "bad name").lower()
        raise unreadable(f"the file cannot be opened: {why}", "check the path") from error


def _of_spreadsheet(source: str, path: Path, shapes: Shapes) -> list[Submission]:
    """The forms of a workbook, or the rows of its tables."""
    sheets = read_spreadsheet(path).sheets
    filled_in = forms(sheets)
    if filled_in:
        return [from_form(source, form) for form in filled_in]
    found = [each for table in tables(sheets, shapes) for each in from_table(source, table, shapes)]
    if not found:
        raise unreadable(
            "the workbook holds neither the CPL New Entry form nor a table of ours",
            "fill in the form's sheet, `CPL - New Entry`, or the table's template",
        )
    return found
