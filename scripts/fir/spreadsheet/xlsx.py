"""A spreadsheet file as sheets of cells: recognised by its content, read without trusting it."""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import stat
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from fir.diagnostics import Refused
from fir.spreadsheet.csv import csv_sheet
from fir.spreadsheet.sheet import (
    AGAIN,
    MAX_CELLS,
    SAVE_AS_XLSX,
    Cell,
    Number,
    Sheet,
    too_large,
    too_many_cells,
    unreadable,
)

MAX_BYTES = 50_000_000
MAX_UNPACKED = 100_000_000
MAX_MEMBERS = 1_000
# Workbooks shrink about tenfold when packed; a bomb shrinks a thousandfold.
_MAX_RATIO = 100
# A cell takes about four.
_MAX_TAGS = 5 * MAX_CELLS


def xml_parts(data: bytes) -> dict[str, bytes]:
    """The XML parts under `xl/`, none longer than the archive's directory says.

    The archive is judged before anything of it is unpacked.
    """
    try:
        # Before zipfile builds an object for each of perhaps a million entries.
        if data.count(b"PK\x01\x02") > MAX_MEMBERS:
            raise too_large(f"the archive holds more than {MAX_MEMBERS:,} files")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _judge(members, len(data))
            found = {
                each.filename: archive.open(each).read(each.file_size)
                for each in members
                if each.filename.startswith("xl/") and each.filename.endswith((".xml", ".rels"))
            }
    except Refused:
        raise
    except Exception as error:  # zipfile answers damage with a dozen kinds of exception
        raise unreadable("the file is a truncated or damaged workbook", AGAIN) from error
    if sum(part.count(b"<") for part in found.values()) > _MAX_TAGS:
        raise too_many_cells()
    return found


def _judge(members: list[zipfile.ZipInfo], size: int) -> None:
    names = {each.filename for each in members}
    if "xl/workbook.bin" in names:
        raise unreadable("the file is a binary workbook (`.xlsb`)", SAVE_AS_XLSX)
    if "content.xml" in names:
        raise unreadable("the file is an OpenDocument file", SAVE_AS_XLSX)
    if "xl/workbook.xml" not in names:
        what = "a Word document" if "word/document.xml" in names else "a zip archive"
        raise unreadable(f"the file is {what}, not a workbook", "give the workbook itself")
    if len(names) < len(members):
        raise unreadable("the archive holds two files of one name", AGAIN)
    unpacked = sum(each.file_size for each in members)
    if unpacked > MAX_UNPACKED or (unpacked > 10_000_000 and unpacked > size * _MAX_RATIO):
        raise too_large(f"the workbook unpacks to {unpacked // 1_000_000:,} MB")
    for each in members:
        if each.flag_bits & 1:
            raise unreadable("the archive is encrypted", "save the workbook without a password")
        # The other methods cannot be unpacked piece by piece, so their bombs cannot be stopped.
        if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise unreadable("the archive is packed in an unusual way", SAVE_AS_XLSX)


_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_PLACEHOLDERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
Attributes = Mapping[str, str]


def parse(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Calls back with names less their namespace; that of an attribute stays, as `URI name`.

    Nothing is built before it is looked at, and a document type declaration, the door to entity
    bombs, is refused.
    """

    def refuse(*_: object) -> None:
        raise ValueError("a document type declaration")

    local = _LocalNames()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
    if end:
        parser.EndElementHandler = lambda name: end(local[name])
    parser.CharacterDataHandler = data
    # In one piece: fed in chunks, expat scans a long unfinished token again each time.
    parser.Parse(xml, True)


class _LocalNames(dict[str, str]):
    """Each `URI name` that was met with its name alone, worked out once."""

    def __missing__(self, name: str) -> str:
        self[name] = name[name.rfind(" ") + 1 :]
        return self[name]


def index(digits: str) -> int:
    """A count or position; int() alone would take signs, blanks and underscores too."""
    if not (digits.isascii() and digits.isdecimal()):
        raise ValueError("not a whole number")
    return int(digits)


def sheet_names(workbook: bytes) -> tuple[list[tuple[str, str]], date]:
    """The sheets of `xl/workbook.xml` with the ids of their parts, and the day dates count from."""
    found: list[tuple[str, str]] = []
    epoch = date(1899, 12, 30)

    def start(name: str, attributes: Attributes) -> None:
        nonlocal epoch
        if name == "sheet":
            part = next(value for key, value in attributes.items() if key.endswith(" id"))
            found.append((attributes["name"] or "without a name", part))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)

    parse(workbook, start)
    return found, epoch


def worksheet_parts(relationships: bytes) -> dict[str, str]:
    """The target of every worksheet in `xl/_rels/workbook.xml.rels`, by its id."""
    found: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes["Type"].endswith("/worksheet"):
            found[attributes["Id"]] = attributes["Target"]

    parse(relationships, start)
    return found


def shared_strings(xml: bytes) -> list[str]:
    """The texts of `xl/sharedStrings.xml`, without their formatting and phonetic hints."""
    found: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            pieces.clear()
        elif name in ("t", "rPh"):
            inside.append(name)

    def data(piece: str) -> None:
        if inside == ["t"]:
            pieces.append(piece)

    def end(name: str) -> None:
        if name == "si":
            found.append("".join(pieces))
        elif name in ("t", "rPh"):
            inside.pop()

    parse(xml, start, end, data)
    return found


def date_styles(styles: bytes) -> list[bool]:
    """Of every cell style of `xl/styles.xml`, whether it shows a number as a date."""
    codes: dict[str, str] = {}
    found: list[bool] = []
    inside = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name in ("cellXfs", "cellStyleXfs"):
            inside = name
        elif name == "numFmt":
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        elif name == "xf" and inside == "cellXfs":
            number = attributes.get("numFmtId", "0")
            code = _NOT_PLACEHOLDERS.sub("", codes.get(number, "")).lower()
            found.append(index(number) in _DATE_FORMATS or bool(set(code) & set("dmyhs")))

    parse(styles, start)
    return found


_LONGEST = 32_767
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def worksheet(
    name: str, xml: bytes, strings: Sequence[str], dates: Sequence[bool], epoch: date
) -> Sheet:
    """One sheet; `dates` says of every style whether it shows dates, counted from `epoch`."""
    cells = _Cells(strings, dates, epoch)
    parse(xml, cells.start, cells.end, cells.data)
    return Sheet(name, cells.rows, tuple(cells.merged))


class _Cells:
    """What has been met of a worksheet so far, kept sparsely and as written.

    Two cells a million rows apart, or one string used a million times, cost nothing, and an error
    or a formula without a result does not turn into a blank. A reader that lays a sheet out as one
    block can be made to exhaust memory by 600 bytes.
    """

    def __init__(self, strings: Sequence[str], dates: Sequence[bool], epoch: date) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self._strings, self._dates = strings, dates
        self._epoch = datetime.combine(epoch, time.min)
        self._met = self._row = self._column = 0
        self._type = self._style = self._inside = ""
        self._phonetic = False
        self._written: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._met += 1
            if self._met > MAX_CELLS:
                raise too_many_cells()
            if "r" in attributes:
                self._row, self._column = _address(attributes["r"])
            else:
                self._column += 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._written = {}
        elif name in ("v", "t", "f"):
            self._inside = "" if self._phonetic else name
            self._written.setdefault(self._inside, "")
        elif name == "row":
            self._row = index(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((*_address(first), *_address(last or first)))
        elif name == "rPh":
            self._phonetic = True

    def data(self, piece: str) -> None:
        if self._inside:
            written = self._written[self._inside] + piece
            if len(written) > _LONGEST:
                raise ValueError("more than a cell can hold")
            self._written[self._inside] = written

    def end(self, name: str) -> None:
        if name in ("v", "t", "f"):
            self._inside = ""
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            value = self._value()
            row = self.rows.setdefault(self._row, {})
            if self._column in row:
                raise ValueError("one cell twice")
            if not isinstance(value, str) or value.strip():
                row[self._column] = value

    def _value(self) -> Cell:
        written = self._written.get("v", "")
        if "f" in self._written and not written and self._type != "str":
            return "=" + self._written["f"]
        if self._type == "s":
            return self._strings[index(written)] if written else ""
        if self._type == "inlineStr":
            return self._written.get("t", "")
        if self._type == "b":
            return "TRUE" if written == "1" else "FALSE"
        if not written:
            return ""
        if self._type == "d":
            return _day(datetime.fromisoformat(written))
        return self._number(written) if self._type == "n" else written

    def _number(self, written: str) -> Cell:
        style = index(self._style)
        if style >= len(self._dates) or not self._dates[style]:
            return Number(written.strip())
        try:
            return _day(self._epoch + timedelta(float(written)))
        except (OverflowError, ValueError):
            return Number(written.strip())


def _day(moment: datetime) -> date:
    """A date, or the moment itself where there is a time of day."""
    return moment.date() if moment.time() == time.min else moment


def _address(reference: str) -> tuple[int, int]:
    """Row and column of `B12`."""
    found = _ADDRESS.fullmatch(reference)
    if not found:
        raise ValueError("not a cell address")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


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
    """A workbook (`.xlsx`, `.xlsm`) or a CSV file; raises Refused, whatever the bytes are."""
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise unreadable("the file is empty", AGAIN)
    for magic, what, fix in _FOREIGN:
        if data.startswith(magic):
            raise unreadable(f"the file is {what}, neither a workbook nor a CSV file", fix)
    if data.startswith(_OLE2):
        raise _ole2(data)
    if data.startswith(b"PK\x03\x04"):
        return Spreadsheet("workbook", digest, _workbook(xml_parts(data)))
    return Spreadsheet("csv", digest, (csv_sheet(data),))


def _bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise unreadable("this is a folder, not a file", "give the workbook or CSV file itself")
        if not stat.S_ISREG(status.st_mode):
            raise unreadable("this is not a regular file", "copy its content into a file first")
        if status.st_size <= MAX_BYTES:
            with path.open("rb") as file:
                return file.read(status.st_size)
    except FileNotFoundError as error:
        raise unreadable("there is no such file", "check the spelling of the path") from error
    except (OSError, ValueError) as error:
        why = (
            error.strerror.lower() if isinstance(error, OSError) and error.strerror else "bad name"
        )
        message = f"the file cannot be opened: {why}"
        raise unreadable(message, "check the path, and that your account may read it") from error
    raise too_large(f"the file is larger than {MAX_BYTES // 1_000_000} MB")


def _ole2(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return unreadable(
            "the workbook is encrypted with a password",
            "open it with the password and save it without one",
        )
    return unreadable("the file is in the old `.xls` format or another of its age", SAVE_AS_XLSX)


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
    except Refused:
        raise
    except Exception as error:  # any promise that the parts of a workbook make may be broken
        raise unreadable(
            "the workbook is damaged inside", "open it in a spreadsheet program and save it again"
        ) from error
