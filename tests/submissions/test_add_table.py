"""A table of records: a verdict for each row, the good ones written, no zeros guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from around import MANUFACTURER, ROOT, lay
from built import edition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from workbooks import csv_bytes

from fir.schemas import Shapes
from fir.site.downloads import download_files
from fir.strict_yaml.reader import parse
from fir.submissions.columns import by_header, columns
from submissions import CONTACT, FOLDER, GAS, NOTES, WAITING, Desk, findings, statuses

SHAPES = Shapes(ROOT / "schema")
NAMES = [column.name for column in columns(SHAPES)]
DEVICE = {"device_type": GAS["type"], **{k: v for k, v in GAS.items() if k != "type"}}
ROW = {
    "manufacturer": "example-meters",
    "cpl_number": "000041",
    **DEVICE,
    "release_notes": NOTES,
}
HOME = {
    "email": CONTACT["email"],
    "telephone": "+44 (0)1632 960 123",
    "address_lines": "Unit 4, Example Park",
    "locality": "Exampleton",
    "postal_code": "EX1 2MP",
    "country": "UK",
}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(lay(tmp_path / "root"), tmp_path / "inbox", capsys)


def cells(*rows: dict[str, Any]) -> list[list[Any]]:
    return [NAMES, *([row.get(name, "") for name in NAMES] for row in rows)]


def table(desk: Desk, *rows: dict[str, Any], **options: Any) -> Path:
    return desk.file("table.txt", csv_bytes(cells(*rows), **options))


def workbook(desk: Desk, rows: Sequence[Sequence[Any]], above: int = 0) -> Path:
    book = Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append(["Please send this to the Panel"])
    for row in rows:
        sheet.append(list(row))
    path = desk.inbox / "table.xlsx"
    book.save(path)
    return path


def value(desk: Desk, number: str) -> dict[str, Any]:
    return parse((desk.root / FOLDER / f"{number}.yaml").read_bytes())[0]  # type: ignore[no-any-return]


WHOLE = {
    **ROW,
    **HOME,
    "product_name": "EG-5",
    "upgrade_from": "000040 000048",
    "released_on": "14/07/2026",
    "release_notes_url": "https://www.example-meters.example/a",
    "outage_alert_on_activation": "not-expected",
    "outage_note": "None seen.",
    "withdrawn_on": "2026-08-01",
    "withdrawn_reason": "A slip.",
    "replaced_by": "000042",
    "submitter": "Example Agency",
}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_column_reaches_its_field(desk: Desk, separator: str, encoding: str) -> None:
    path = table(desk, WHOLE, delimiter=separator, encoding=encoding)
    code, report = desk.add(path)
    assert (code, statuses(report)) == (0, ["written"])
    assert report["results"][0]["row"] == 2
    assert value(desk, "000041") == {
        "cpl_number": "000041",
        "manufacturer": "example-meters",
        "device": GAS,
        "release_notes": NOTES,
        "product_name": "EG-5",
        "released_on": "2026-07-14",
        "release_notes_url": "https://www.example-meters.example/a",
        "upgrade_from": ["000040", "000048"],
        "outage_alert_on_activation": "not-expected",
        "outage_note": "None seen.",
        "withdrawn": {"on": "2026-08-01", "reason": "A slip.", "replaced_by": "000042"},
    }
    assert report["trailers"][0] == "FIR-Submitter: Example Agency"
    assert desk.check() == 0
    assert statuses(desk.add(path)[1]) == ["unchanged"]


def test_a_workbook_is_a_table_as_well(desk: Desk) -> None:
    days = {"released_on": date(2026, 7, 14), "withdrawn_on": date(2026, 8, 1)}
    rows = [*cells({**WHOLE, **days}), [" "], ["", "\u00a0"]]
    code, report = desk.add(workbook(desk, rows, above=3))
    assert (code, statuses(report)) == (0, ["written"])
    made = value(desk, "000041")
    assert (made["released_on"], made["withdrawn"]["on"]) == ("2026-07-14", "2026-08-01")


def test_headers_may_be_the_titles_that_people_see(desk: Desk) -> None:
    rows = cells(WHOLE)
    rows[0] = [column.title.upper() for column in columns(SHAPES)]
    assert statuses(desk.add(workbook(desk, rows))[1]) == ["written"]


def test_none_is_a_statement_and_a_blank_is_not(desk: Desk) -> None:
    rows = [{**ROW, "upgrade_from": "none"}, {**ROW, "cpl_number": "000040", **OLDER}]
    assert desk.add(table(desk, *rows))[0] == 0
    assert value(desk, "000041")["upgrade_from"] == []
    assert "upgrade_from" not in value(desk, "000040")


OLDER = {"firmware_version": "01070100"}


# Two hundred rows, twenty of them bad

BAD: list[tuple[dict[str, str], str, str]] = [
    ({"cpl_number": "7"}, "cpl_number", 'write "000007"'),
    ({"cpl_number": "999999"}, "cpl_number", "correct the number"),
    ({"manufacturer": "nobody"}, "manufacturer", "add it to `also_known_as`"),
    ({"manufacturer": "exmaple-meters"}, "manufacturer", "write `example-meters`"),
    ({"device_type": "Gas Meter"}, "device_type", 'write "Gas Smart Meter"'),
    ({"manufacturer_identifier": "7F02"}, "manufacturer_identifier", "sample-displays"),
    ({"model_identifier": "6"}, "model_identifier", 'write "0006"'),
    ({"hardware_version": "1F1"}, "hardware_version", "write it like"),
    ({"firmware_version": "1.07E+07"}, "firmware_version", "enter it as text"),
    ({"firmware_version": "01.08.00.00"}, "firmware_version", "write it like"),
    ({"firmware_version": ""}, "firmware_version", "write it like"),
    ({"release_notes": ""}, "release_notes", "say what changed"),
    ({"release_notes": "x\u200by"}, "release_notes", "remove U+200B"),
    ({"release_notes_url": "http://x.example"}, "release_notes_url", "write https://x.example"),
    ({"released_on": "31/02/2026"}, "released_on", "write it like"),
    ({"upgrade_from": "17"}, "upgrade_from", 'write "000017"'),
    ({"outage_alert_on_activation": "maybe"}, "outage_alert_on_activation", "write "),
    ({"gbcs_version": "3.2"}, "gbcs_version", "write it like"),
    ({"email": "Jane <j@x.example>"}, "email", 'write "j@x.example"'),
    ({"withdrawn_on": "2026-01-01"}, "withdrawn_on", "add it, like"),
]


def test_two_hundred_rows_of_which_twenty_are_bad(desk: Desk) -> None:
    assert len(BAD) == 20
    rows, expected = [], []
    for at in range(200):
        good = {**ROW, "cpl_number": "", "firmware_version": f"02{at:06X}"}
        wrong = BAD[at // 10] if at % 10 == 3 else None
        rows.append({**good, **wrong[0]} if wrong else good)
        expected.append("refused" if wrong else "pending")
    path = table(desk, *rows)
    code, report = desk.add(path)
    assert code == 1
    assert statuses(report) == expected
    for at, result in enumerate(report["results"]):
        assert result["row"] > at
        if at % 10 == 3:
            _, column, cure = BAD[at // 10]
            told = [each for each in result["findings"] if cure in each["fix"]]
            assert told, (BAD[at // 10], result["findings"])
            assert told[0]["place"].startswith(f"{path}, line ")
            if column != "withdrawn_on":
                assert told[0]["place"].endswith(f"column `{column}`"), told
    assert len(list((desk.root / WAITING).iterdir())) == 180
    assert desk.check() == 0
    mended = [{**ROW, "cpl_number": "", "firmware_version": f"02{at:06X}"} for at in range(200)]
    code, report = desk.add(table(desk, *mended))
    assert code == 0
    again = {"refused": "pending", "pending": "unchanged"}
    assert statuses(report) == [again[each] for each in expected]
    assert desk.check() == 0


def test_a_company_that_is_new_gives_its_contact(desk: Desk) -> None:
    new = {**ROW, **HOME, "manufacturer": "Fresh Meters Ltd", "manufacturer_identifier": "7F09"}
    rows = [{**new, "cpl_number": "", "firmware_version": f"0{at}000000"} for at in (1, 2)]
    code, report = desk.add(table(desk, *rows))
    assert (code, statuses(report)) == (0, ["pending", "pending"])
    made = parse((desk.root / "records/manufacturers/fresh-meters.yaml").read_bytes())[0]
    assert made["contact"] == CONTACT
    assert desk.check() == 0


@pytest.mark.parametrize("given", [["email"], ["locality", "country"], ["telephone"]])
def test_of_a_known_contact_any_part_may_be_given(desk: Desk, given: list[str]) -> None:
    part = {name: HOME[name] for name in given}
    code, report = desk.add(table(desk, {**ROW, **part}))
    assert (code, statuses(report), findings(report)) == (0, ["written"], [])


def test_a_part_that_differs_is_told_and_taken_with_the_rest_of_what_is_known(desk: Desk) -> None:
    path = table(desk, {**ROW, "email": "new@example-meters.example"})
    code, report = desk.add(path)
    assert (code, statuses(report)) == (1, ["written"])
    [finding] = findings(report)
    assert finding["check"] == "contact-differs" and finding["place"].endswith("column `email`")
    assert desk.add(path, "--take-contact")[0] == 0
    assert contact_on_file(desk) == {**CONTACT, "email": "new@example-meters.example"}


def test_another_street_does_not_keep_the_old_postal_code(desk: Desk) -> None:
    path = table(desk, {**ROW, "address_lines": "1 New Street"})
    _, report = desk.add(path)
    assert "postal_code not given, there `EX1 2MP`" in findings(report)[0]["message"]
    assert desk.add(path, "--take-contact")[0] == 0
    assert contact_on_file(desk)["address"] == {"lines": ["1 New Street"], "country": "GB"}


def contact_on_file(desk: Desk) -> dict[str, Any]:
    made = parse((desk.root / MANUFACTURER).read_bytes())[0]
    return made["contact"]  # type: ignore[no-any-return]


def test_a_manufacturer_that_is_not_named_is_missed_in_its_row(desk: Desk) -> None:
    rows = [["release_notes", "firmware_version"], ["x", "09000000"]]
    paths = desk.file("t.csv", csv_bytes(rows)), workbook(desk, rows)
    for path, where in zip(paths, ("line 2", "sheet `Sheet`, row 2"), strict=True):
        told = {each["message"]: each["place"] for each in findings(desk.add(path)[1])}
        assert told["no manufacturer is named"] == f"{path}, {where}"


def test_a_row_corrects_published_notes(desk: Desk) -> None:
    row = {**ROW, "cpl_number": "000042", "firmware_version": "01070300"}
    assert statuses(desk.add(table(desk, row))[1]) == ["refused"]
    for at, day in enumerate(("02/11/2026", "2026-11-09"), 1):
        said = {"release_notes": f"{at}\n", "corrected_on": day, "correction": "Named the hub."}
        path = table(desk, {**row, **said})
        assert statuses(desk.add(path)[1]) == ["written"]
        assert statuses(desk.add(path)[1]) == ["unchanged"]
    told = [{"on": f"2026-11-{day}", "what": "Named the hub."} for day in ("02", "09")]
    assert value(desk, "000042")["corrections"] == told
    assert value(desk, "000042")["release_notes"] == "2\n"
    assert desk.check() == 0


def test_half_a_correction_is_told_at_its_cell(desk: Desk) -> None:
    row = {**ROW, "cpl_number": "000042", "firmware_version": "01070300", "correction": "x"}
    _, report = desk.add(table(desk, row))
    assert findings(report)[0]["place"].endswith("column `corrected_on`")


# Spreadsheets


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cpl_number": 41}, 0),
        ({"cpl_number": 41, "hardware_version": 2}, 1),
        ({"cpl_number": 40}, 1),
        ({"cpl_number": "", "firmware_version": 1070200}, 1),
        ({"cpl_number": "", "firmware_version": 11070200}, 1),
        ({"cpl_number": "", "firmware_version": "11070200"}, 0),
    ],
)
def test_numbers_of_a_spreadsheet_are_trusted_only_where_the_list_proves_them(
    desk: Desk, changes: dict[str, Any], code: int
) -> None:
    said, _ = desk.add(workbook(desk, cells({**ROW, **changes})))
    assert said == code
    assert desk.check() == 0


def test_digits_that_became_a_number_are_asked_for_again_and_told_once(desk: Desk) -> None:
    new = {**ROW, "manufacturer": "Fresh Meters Ltd", **HOME, "telephone": "+44 01632 960123"}
    _, report = desk.add(workbook(desk, cells({**new, "manufacturer_identifier": 10})))
    (told,) = findings(report)
    assert "device.manufacturer_identifier` is `10`" in told["message"]
    assert told["fix"] == "format the cell as text and type every digit again: it came as a number"
    (read_as,) = [each for each in report["results"][0]["read_as"] if each["field"] == "telephone"]
    assert read_as["read"] == "+441632960123"


def test_a_formula_without_its_result_is_not_text(desk: Desk) -> None:
    code, report = desk.add(workbook(desk, cells({**ROW, "release_notes": "=A1&A2"})))
    assert (code, statuses(report)) == (1, ["refused"])
    assert "is a formula without its result" in findings(report)[0]["message"]


@pytest.mark.parametrize("notes", ["=1+1", "@here", "+44", "-", '<img src=x onerror="x">'])
def test_notes_of_a_csv_are_text_whatever_they_begin_with(desk: Desk, notes: str) -> None:
    assert desk.add(table(desk, {**ROW, "release_notes": notes}))[0] == 0
    assert value(desk, "000041")["release_notes"] == f"{notes}\n"
    assert desk.check() == 0


def test_a_cell_that_is_huge_is_refused(desk: Desk) -> None:
    code, report = desk.add(table(desk, {**ROW, "release_notes": "x" * 100_000}))
    assert (code, statuses(report)) == (1, ["refused"])


# Headers


def test_a_misspelt_header_is_told_before_anything_is_written(desk: Desk) -> None:
    rows = cells(ROW)
    rows[0] = [name.replace("product_name", "prodct_name") for name in rows[0]]
    code, report = desk.add(workbook(desk, rows))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["fix"] == "did you mean `product_name`?"


def test_a_column_twice_is_told(desk: Desk) -> None:
    rows = cells(ROW)
    rows[0] = [name.replace("product_name", "cpl_number") for name in rows[0]]
    code, report = desk.add(workbook(desk, rows))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["message"] == "two columns are headed `cpl_number`"


def test_a_column_that_is_not_ours_is_said_and_not_read(desk: Desk) -> None:
    rows = [[*row, extra] for row, extra in zip(cells(ROW), ("Remarks", "secret"), strict=True)]
    code, report = desk.add(workbook(desk, rows))
    assert (code, statuses(report)) == (0, ["written"])
    assert "the column headed `Remarks` is none of ours" in findings(report)[0]["message"]


@pytest.mark.parametrize("row", [b'"a', b"\xe9"])
def test_a_damaged_table_is_told_as_a_table(desk: Desk, row: bytes) -> None:
    code, report = desk.add(desk.file("x", b"release_notes,cpl_number\n" + row))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["message"].startswith("line 2 is not ")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_without_rows_is_told(desk: Desk, ending: str) -> None:
    path = desk.file("t", published(desk)[f"submission-template.{ending}"])
    code, report = desk.add(path)
    assert (code, findings(report)[0]["message"]) == (1, "the table has no rows")


# The published template and dictionary come from the schema


def published(desk: Desk) -> dict[str, bytes]:
    made = download_files(edition(desk.root))
    return {path.removeprefix("data/"): content for path, content in made}


def dictionary(desk: Desk) -> list[dict[str, str]]:
    text = published(desk)["submission-columns.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_template_and_the_dictionary_name_every_column(desk: Desk) -> None:
    template = published(desk)["submission-template.csv"].decode("utf-8-sig")
    told = dictionary(desk)
    assert next(csv.reader(io.StringIO(template))) == [row["column"] for row in told] == NAMES
    assert all(row["what belongs into it"] for row in told)
    assert {row["column"] for row in told if row["required"] == "yes"} == {
        "manufacturer",
        "release_notes",
    }


def test_the_template_in_excel_keeps_what_is_typed_and_comes_back_as_records(desk: Desk) -> None:
    book = load_workbook(io.BytesIO(published(desk)["submission-template.xlsx"]))
    sheet, explained = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    assert heads == NAMES == [row[0].value for row in explained.iter_rows(min_row=2)]
    # One width may stand for several columns: each column's own format is the one of its group.
    formats = {
        at: group.number_format
        for group in sheet.column_dimensions.values()
        for at in range(group.min, group.max + 1)
    }
    assert [formats[at] for at in range(1, len(NAMES) + 1)] == ["@"] * len(NAMES)
    for at, name in enumerate(NAMES, 1):
        sheet.cell(2, at).value = ROW.get(name)
    book.save(desk.inbox / "filled-in.xlsx")
    code, report = desk.add(desk.inbox / "filled-in.xlsx")
    assert (code, statuses(report), findings(report)) == (0, ["written"], [])
    assert desk.check() == 0


def test_every_record_field_has_a_column() -> None:
    fields = {*SHAPES.field("record", ())["properties"], *SHAPES.field("pending", ())["properties"]}
    reached = {key for column in columns(SHAPES) for key in column.keys}
    assert fields <= reached


def test_no_two_columns_share_a_header() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {column.name for column in by_header(SHAPES).values()} == set(NAMES)


def test_the_examples_of_the_dictionary_make_a_sound_row(desk: Desk) -> None:
    row = {each["column"]: each["example"] for each in dictionary(desk)}
    row |= {"cpl_number": "000041", **OLDER, "firmware_version": "01070200"}
    row |= {"upgrade_from": "000040", "replaced_by": "000042"}
    assert statuses(desk.add(table(desk, row))[1]) == ["written"]


# Whatever is accepted passes

CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=15) | st.sampled_from(
    ["000041", "41", "000040", "01070200", "01080000", "none", "example-meters", "Gas Smart Meter"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    rows=st.lists(st.dictionaries(st.sampled_from(NAMES), CELL, max_size=3), min_size=1, max_size=4)
)
def test_whatever_is_accepted_passes_every_check(desk: Desk, rows: list[dict[str, str]]) -> None:
    before = desk.files()
    _, report = desk.add(table(desk, *({**ROW, **HOME, **row} for row in rows)), "--take-contact")
    assert desk.check() == 0
    for result in report["results"]:
        assert result["status"] != "refused" or result["findings"]
    for each in desk.files().keys() - before.keys():
        (desk.root / each).unlink()
    for each, content in before.items():
        (desk.root / each).write_bytes(content)


# A sheet that somebody kept before: headed as the list and the form are

KEPT = {
    "Entry.number": "000041",
    "Entry.status": "Current",
    "Device_Type.name": GAS["type"],
    "Device_Model.manufacturer_identifier": "7F:01",
    "Device_Model.model_identifier": "00:05",
    "Device_Model.hardware_version.version": "02",
    "Device_Model.hardware_version.revision": "03",
    "Device_Model.model_identifier_concatenated_with_hardware_version": "00050203",
    "Device_Model.firmware_version": "01:07:02:00",
    "Manufacturer_Image.hash": "",
    "Company Name": "Example Meters Ltd",
    "House Number": "",
    "Street": "Unit 4, Example Park",
    "City": "Exampleton",
    "Post Code": "EX1 2MP",
    "Country": "United Kingdom",
    "Telephone Number": "+44 1632 960123",
    "Website": "",
    "Email Address": CONTACT["email"],
    "FIR Release Notes": NOTES.strip(),
}


def kept(*rows: dict[str, str]) -> list[list[str]]:
    return [list(KEPT), *([{**KEPT, **row}[name] for name in KEPT] for row in rows)]


def test_a_kept_sheet_comes_in_as_it_is_headed(desk: Desk) -> None:
    code, report = desk.add(workbook(desk, kept({}, {"Entry.number": "000040", **OLDER_KEPT})))
    assert (code, statuses(report)) == (0, ["written", "written"])
    assert value(desk, "000041") == {
        "cpl_number": "000041",
        "manufacturer": "example-meters",
        "device": GAS,
        "release_notes": NOTES,
    }
    unread = [each["message"] for each in findings(report) if "was not read" in each["message"]]
    assert [each.split("`")[1] for each in unread] == [
        "Entry.status",
        "Device_Model.model_identifier_concatenated_with_hardware_ve…",
        "Manufacturer_Image.hash",
    ]
    assert desk.check() == 0


OLDER_KEPT = {"Device_Model.firmware_version": "01:07:01:00"}


def test_a_kept_sheet_may_be_headed_in_two_rows(desk: Desk) -> None:
    """Group over attribute, the group's name over its first column alone."""
    upper, lower = [], []
    for name in KEPT:
        group, _, attribute = name.partition(".")
        if not attribute:
            notes = name == "FIR Release Notes"
            group, attribute = (
                ("FIR Release Notes", "Description") if notes else (CONTACT_FIR, name)
            )
        upper.append("" if group in upper else group)
        lower.append(attribute)
    code, report = desk.add(workbook(desk, [upper, lower, *kept({})[1:]], above=2))
    assert (code, statuses(report)) == (0, ["written"])
    assert value(desk, "000041")["device"] == GAS


CONTACT_FIR = "Manufacturer Contact FIR"


def test_a_kept_sheet_makes_a_new_manufacturer(desk: Desk) -> None:
    site = "https://www.fresh-meters.example"
    new = {"Company Name": "Fresh Meters Ltd", "House Number": "12", "Street": "Long Street"}
    device = {"Entry.number": "", "Device_Model.manufacturer_identifier": "7F:09"}
    code, report = desk.add(workbook(desk, kept({**new, **device, "Website": site})))
    assert (code, statuses(report)) == (0, ["pending"])
    made = parse((desk.root / "records/manufacturers/fresh-meters.yaml").read_bytes())[0]
    assert made["contact"]["address"]["lines"] == ["12 Long Street"]
    assert made["website"] == site


@pytest.mark.parametrize("other", ["street", "address_lines", "Company Name"])
def test_two_columns_for_one_field_are_told(desk: Desk, other: str) -> None:
    rows = [[*row, extra] for row, extra in zip(kept({}), (other, "x"), strict=True)]
    code, report = desk.add(workbook(desk, rows))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["message"].startswith("two columns ")


def test_the_headings_of_an_issue_are_ours_alone(desk: Desk) -> None:
    """Notes with a heading such as `Description` are not cut in two by it."""
    assert {"description", "street", "city"}.isdisjoint(by_header(SHAPES))
