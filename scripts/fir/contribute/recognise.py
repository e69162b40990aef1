"""What kind of submission a file is, by its content: its name means nothing."""

from __future__ import annotations

from pathlib import Path

from fir.contribute.from_file import MOST_BYTES, from_file
from fir.contribute.from_form import forms, from_form
from fir.contribute.submission import Remark, Submission
from fir.model import Shapes
from fir.read.sheet import Unreadable
from fir.read.workbook import read_spreadsheet
from fir.wording import visible

# Beginnings of files that are no text of ours: workbooks, web pages, PDF documents, archives.
_NOT_OURS = (b"PK", b"<", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf")


def submissions(path: Path, shapes: Shapes) -> list[Submission]:
    """Every submission in a file; what cannot be read is a submission that says why."""
    source = visible(str(path))
    try:
        data = _beginning(path)
        if data.lstrip().startswith(_NOT_OURS):
            return _of_spreadsheet(source, path)
        return [from_file(source, data)]
    except Unreadable as error:
        remark = Remark(source, "error", "", error.message, error.fix)
        return [Submission(source, None, {}, {(): source}, troubles=(remark,))]


def _beginning(path: Path) -> bytes:
    """The first bytes of a file: all of it, where it may be a text."""
    try:
        if not path.is_file():
            what = "this is a folder, not a file" if path.is_dir() else "there is no such file"
            raise Unreadable(what, "give the path of the file itself")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "bad name").lower()
        raise Unreadable(f"the file cannot be opened: {why}", "check the path") from error


def _of_spreadsheet(source: str, path: Path) -> list[Submission]:
    sheets = read_spreadsheet(path).sheets
    found = forms(sheets)
    if found:
        return [from_form(source, form) for form in found]
    raise Unreadable(
        "the workbook holds neither the CPL New Entry form nor a table of ours",
        "fill in the form's sheet, `CPL - New Entry`, or the table's template",
    )
