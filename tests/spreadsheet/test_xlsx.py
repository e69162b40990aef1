"""Any file becomes sheets of cells, or one sentence that says what it is and what to do."""

from __future__ import annotations

import io
import os
import re
import struct
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from workbooks import FORM, part, published, repacked, samples, save

from fir.diagnostics import Diagnostic, Refused
from fir.spreadsheet.sheet import Number, letters
from fir.spreadsheet.xlsx import MAX_BYTES, read_spreadsheet

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> Diagnostic:
    with pytest.raises(Refused) as caught:
        read_spreadsheet(path)
    (error,) = caught.value.diagnostics
    assert error.fix and not error.message.endswith(".")
    assert error.message[0].islower()
    return error


def refused(folder: Path, data: bytes) -> str:
    path = folder / "list.xlsx"
    path.write_bytes(data)
    return refusal(path).message


def zipped(*names: str, content: bytes = b"<x/>", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name in names:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of one small sheet."""
    made = Workbook()
    made.active.append(["first", "second"])
    return save(made, tmp_path)


def with_sheet(book: Path, cells: str) -> Path:
    """The workbook with other rows in its sheet."""
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    return repacked(book, {SHEET: xml.encode()})


def row_of(book: Path) -> dict[int, object]:
    return dict(read_spreadsheet(book).sheets[0].rows[1])


FOREIGN = [
    (b"", "the file is empty"),
    (b" \r\n\n", "the file is empty"),
    (b"<!DOCTYPE html><title>Not found</title>", "a web page"),
    (b"\xef\xbb\xbf\n <html>", "a web page"),
    (b"<?xml version='1.0'?><Workbook/>", "XML"),
    (b"%PDF-1.7\n", "a PDF document"),
    (OLE2 + "Workbook".encode("utf-16-le"), "the old `.xls` format"),
    (OLE2 + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither a workbook nor a CSV file"),
    (b"a,b\0,c", "neither a workbook nor a CSV file"),
    (b"Version,caf\xe9\n", "line 1 is not UTF-8 text"),
    (b"\xff\xfea\0b", "line 1 is not UTF-16 text"),
    (b'a,b\n"c,d\n', "line 2 is not CSV"),
    (b'"' + b"x" * 200_000 + b'"', "line 1 is not CSV"),
    (zipped(), "an empty zip archive"),
    (zipped("letter.txt"), "a zip archive, not a workbook"),
    (zipped("word/document.xml"), "a Word document"),
    (zipped("content.xml", "mimetype"), "an OpenDocument file"),
    (zipped("xl/workbook.bin"), "a binary workbook (`.xlsb`)"),
    (zipped("xl/workbook.xml"), "the workbook is damaged inside"),
    (zipped("xl/workbook.xml", method=zipfile.ZIP_BZIP2), "packed in an unusual way"),
    (zipped("xl/workbook.xml", *map(str, range(1_001))), "more than 1,000 files"),
    (zipped("xl/workbook.xml", content=b" " * 20_000_000), "unpacks to 20 MB"),
    (b"ab," * 500_000, "more than 400,000 cells"),
    (b"x" * 10_000_001, "the CSV file is larger than 10 MB"),
]


@pytest.mark.parametrize(("data", "what"), FOREIGN, ids=[what for _, what in FOREIGN])
def test_what_is_no_spreadsheet_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    assert what in refused(tmp_path, data)


def test_the_name_of_a_file_means_nothing(tmp_path: Path) -> None:
    made = save(Workbook(), tmp_path, "book.xlsx").rename(tmp_path / "table.csv")
    assert read_spreadsheet(made).kind == "workbook"
    (tmp_path / "table.xlsx").write_bytes(b"a,b\n")
    assert read_spreadsheet(tmp_path / "table.xlsx").kind == "csv"


def test_a_path_that_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).message == "this is a folder, not a file"
    assert refusal(tmp_path / "none.xlsx").message == "there is no such file"
    assert "cannot be opened" in refusal(tmp_path / ("x" * 5_000)).message
    assert "cannot be opened" in refusal(tmp_path / "a\0b").message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").message == "this is not a regular file"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file"
)
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"a,b")
    (tmp_path / "list.xlsx").chmod(0)
    assert "permission denied" in refusal(tmp_path / "list.xlsx").message


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.xlsx").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert refusal(tmp_path / "huge.xlsx").message == "the file is larger than 50 MB"


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_truncated_workbook_is_refused(tmp_path: Path, tenths: int) -> None:
    data = save(published(samples()), tmp_path).read_bytes()
    message = refused(tmp_path, data[: len(data) * tenths // 10])
    assert message == "the file is a truncated or damaged workbook"


def test_a_part_longer_than_declared_is_not_unpacked(tmp_path: Path, book: Path) -> None:
    size = 30_000_000
    repacked(book, {SHEET: b"<worksheet>" + b" " * (size - 11)})
    lying = book.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 1_000))
    tracemalloc.start()
    assert refused(tmp_path, lying) == "the file is a truncated or damaged workbook"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < size / 10


def test_two_parts_of_one_name_are_refused(tmp_path: Path, book: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(book, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    assert refusal(book).message == "the archive holds two files of one name"


def test_two_sheets_of_one_part_are_refused(book: Path) -> None:
    xml = part(book, "xl/workbook.xml")
    sheet = re.search(rb"<sheet [^>]*>", xml)
    assert sheet
    repacked(book, {"xl/workbook.xml": xml.replace(sheet[0], sheet[0] * 1_000)})
    assert refusal(book).message == "the workbook is damaged inside"


def test_an_entity_bomb_is_refused(book: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><sst><si><t>&b;</t></si></sst>'
    repacked(book, {"xl/sharedStrings.xml": bomb})
    assert refusal(book).message == "the workbook is damaged inside"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>9</v></c></row>',
        '<row r="1"><c r="A0"><v>9</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
        f'<row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v>',
    ],
)
def test_broken_cells_are_refused(book: Path, cells: str) -> None:
    assert refusal(with_sheet(book, cells)).message == "the workbook is damaged inside"


def test_too_many_cells_are_refused(book: Path) -> None:
    path = with_sheet(book, "<c/>" * 410_000)
    assert refusal(path).message == "the file holds more than 400,000 cells"


def test_endless_markup_is_refused(book: Path) -> None:
    path = with_sheet(book, "<x/>" * 2_000_000)
    assert refusal(path).message == "the file holds more than 400,000 cells"


def test_cells_far_apart_cost_nothing(book: Path) -> None:
    path = with_sheet(book, '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c>')
    rows = read_spreadsheet(path).sheets[0].rows
    assert rows == {1: {1: "1"}, 1_048_576: {16_384: "2"}}


def test_errors_and_formulas_do_not_turn_into_blanks(book: Path) -> None:
    cells = (
        '<c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>A2</f><v>text</v></c><c r="E1" t="str"><f>A2</f><v></v></c>'
        '<c r="F1" t="b"><v>1</v></c>'
    )
    assert row_of(with_sheet(book, cells)) == {
        1: "#N/A",
        2: "=1+1",
        3: "=1+1",
        4: "text",
        6: "TRUE",
    }


def test_cells_without_addresses_follow_one_another(book: Path) -> None:
    path = with_sheet(book, "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert read_spreadsheet(path).sheets[0].rows == {1: {1: "1", 2: "2"}, 2: {1: "3"}}


def test_rich_and_inline_text_is_whole_and_without_phonetic_hints(book: Path) -> None:
    text = "<r><t>one </t></r><r><t>two</t></r><rPh><t>hint</t></rPh>"
    repacked(book, {"xl/sharedStrings.xml": f"<sst><si>{text}</si></sst>".encode()})
    cells = f'<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>{text}</is></c>'
    assert row_of(with_sheet(book, cells)) == {1: "one two", 2: "one two"}


def test_numbers_dates_and_text_are_told_apart(tmp_path: Path) -> None:
    made = Workbook()
    moment = datetime(2029, 3, 31, 12)
    made.active.append(["0042", 42, 1.5, date(2029, 3, 31), moment, "31/03/2029", 1e52])
    made.active["B1"].number_format = '"dated" 0.00 [Red]\\d'
    cells = list(row_of(save(made, tmp_path)).values())
    assert cells == ["0042", "42", "1.5", date(2029, 3, 31), moment, "31/03/2029", "1e+52"]
    assert [isinstance(cell, Number) for cell in cells] == [False, True, True, *[False] * 3, True]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    made = Workbook()
    made.epoch = datetime(1904, 1, 1)
    made.active.append([date(2029, 3, 31)])
    assert row_of(save(made, tmp_path)) == {1: date(2029, 3, 31)}


def test_a_date_that_cannot_be_stays_a_number(book: Path) -> None:
    made = Workbook()
    made.active["A1"].number_format = "dd/mm/yyyy"
    made.active["A1"] = 1
    path = save(made, book.parent)
    xml = part(path, SHEET)
    assert b"<v>1</v>" in xml
    repacked(path, {SHEET: xml.replace(b"<v>1</v>", b"<v>1E300</v>")})
    assert row_of(path) == {1: "1E300"}


def test_merged_areas_and_every_sheet_are_kept(tmp_path: Path) -> None:
    made = published(samples())
    made[FORM].merge_cells("B2:C4")
    sheets = read_spreadsheet(save(made, tmp_path)).sheets
    assert [sheet.name for sheet in sheets] == made.sheetnames
    assert sheets[1].merged == ((2, 2, 4, 3),)
    assert sheets[1].place(4, 28) == "sheet `CPL - New Entry`, cell AB4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_of_every_usual_kind_is_read(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    lines = ["first,second,third", "", '1,"two\n2",3', " ,4,"]
    text = end.join(lines).replace(",", separator)
    (tmp_path / "table").write_bytes(text.encode(encoding))
    (sheet,) = read_spreadsheet(tmp_path / "table").sheets
    assert sheet.rows == {
        1: {1: "first", 2: "second", 3: "third"},
        3: {1: "1", 2: "two\n2", 3: "3"},
        5: {2: "4"},
    }
    assert sheet.place(3, 2, "second") == "line 3, column `second`"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [letters(column) for column in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
