"""The XML parts of a workbook, from a zip archive that is judged before it is unpacked."""

from __future__ import annotations

import io
import zipfile

from fir.read.sheet import (
    AGAIN,
    MAX_CELLS,
    SAVE_AS_XLSX,
    Unreadable,
    too_large,
    too_many_cells,
)

MAX_UNPACKED = 100_000_000
MAX_MEMBERS = 1_000
# Workbooks shrink about tenfold when packed; a bomb shrinks a thousandfold.
_MAX_RATIO = 100
# A cell takes about four.
_MAX_TAGS = 5 * MAX_CELLS


def xml_parts(data: bytes) -> dict[str, bytes]:
    """The XML parts under `xl/`, none longer than the archive's directory says."""
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
    except Unreadable:
        raise
    except Exception as error:  # zipfile answers damage with a dozen kinds of exception
        raise Unreadable("the file is a truncated or damaged workbook", AGAIN) from error
    if sum(part.count(b"<") for part in found.values()) > _MAX_TAGS:
        raise too_many_cells()
    return found


def _judge(members: list[zipfile.ZipInfo], size: int) -> None:
    names = {each.filename for each in members}
    if "xl/workbook.bin" in names:
        raise Unreadable("the file is a binary workbook (`.xlsb`)", SAVE_AS_XLSX)
    if "content.xml" in names:
        raise Unreadable("the file is an OpenDocument file", SAVE_AS_XLSX)
    if "xl/workbook.xml" not in names:
        what = "a Word document" if "word/document.xml" in names else "a zip archive"
        raise Unreadable(f"the file is {what}, not a workbook", "give the workbook itself")
    if len(names) < len(members):
        raise Unreadable("the archive holds two files of one name", AGAIN)
    unpacked = sum(each.file_size for each in members)
    if unpacked > MAX_UNPACKED or (unpacked > 10_000_000 and unpacked > size * _MAX_RATIO):
        raise too_large(f"the workbook unpacks to {unpacked // 1_000_000:,} MB")
    for each in members:
        if each.flag_bits & 1:
            raise Unreadable("the archive is encrypted", "save the workbook without a password")
        # The other methods cannot be unpacked piece by piece, so their bombs cannot be stopped.
        if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("the archive is packed in an unusual way", SAVE_AS_XLSX)
