"""A spreadsheet file as sheets of cells: recognised by its content, read without trusting it."""

from __future__ import annotations

import hashlib
import posixpath
import stat
from pathlib import Path
from typing import NamedTuple

from fir.read.archive import xml_parts
from fir.read.csv_sheet import csv_sheet
from fir.read.ooxml import date_styles, shared_strings, sheet_names, worksheet_parts
from fir.read.sheet import AGAIN, SAVE_AS_XLSX, Sheet, Unreadable, too_large
from fir.read.worksheet import worksheet

MAX_BYTES = 50_000_000
_FOREIGN = (
    (b"%PDF", "a PDF document", "give the workbook itself: a PDF cannot be read reliably"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and give the workbook inside"),
    (b"PK\x05\x06", "an empty zip archive", AGAIN),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and give the workbook inside"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Spreadsheet(NamedTuple):
    kind: str
    """`workbook` or `csv`."""
    sha256: str
    sheets: tuple[Sheet, ...]


def read_spreadsheet(path: Path) -> Spreadsheet:
    """A workbook (`.xlsx`, `.xlsm`) or a CSV file; raises Unreadable, whatever the bytes are."""
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise Unreadable("the file is empty", AGAIN)
    for magic, what, fix in _FOREIGN:
        if data.startswith(magic):
            raise Unreadable(f"the file is {what}, neither a workbook nor a CSV file", fix)
    if data.startswith(_OLE2):
        raise _ole2(data)
    if data.startswith(b"PK\x03\x04"):
        return Spreadsheet("workbook", digest, _workbook(xml_parts(data)))
    return Spreadsheet("csv", digest, (csv_sheet(data),))


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable("this is a folder, not a file", "give the workbook or CSV file itself")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("this is not a regular file", "copy its content into a file first")
        if status.st_size <= MAX_BYTES:
            with path.open("rb") as file:
                return file.read(status.st_size)
    except FileNotFoundError as error:
        raise Unreadable("there is no such file", "check the spelling of the path") from error
    except (OSError, ValueError) as error:
        why = (
            error.strerror.lower() if isinstance(error, OSError) and error.strerror else "bad name"
        )
        message = f"the file cannot be opened: {why}"
        raise Unreadable(message, "check the path, and that your account may read it") from error
    raise too_large(f"the file is larger than {MAX_BYTES // 1_000_000} MB")


def _ole2(data: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(
            "the workbook is encrypted with a password",
            "open it with the password and save it without one",
        )
    return Unreadable("the file is in the old `.xls` format or another of its age", SAVE_AS_XLSX)


def _workbook(parts: dict[str, bytes]) -> tuple[Sheet, ...]:
    try:
        names, epoch = sheet_names(parts["xl/workbook.xml"])
        targets = worksheet_parts(parts["xl/_rels/workbook.xml.rels"])
        strings = shared_strings(parts.get("xl/sharedStrings.xml", b"<sst/>"))
        dates = date_styles(parts.get("xl/styles.xml", b"<styleSheet/>"))
        sheets = []
        for name, part in names:
            if part in targets:  # a sheet that is only a chart has no cells
                # Taken out, so that no part can be read more than once.
                xml = parts.pop(posixpath.join("/xl", targets[part])[1:])
                sheets.append(worksheet(name, xml, strings, dates, epoch))
        return tuple(sheets)
    except Unreadable:
        raise
    except Exception as error:  # any promise that the parts of a workbook make may be broken
        raise Unreadable(
            "the workbook is damaged inside", "open it in a spreadsheet program and save it again"
        ) from error
