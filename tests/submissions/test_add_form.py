"""The code administrator's form: what is the register's is taken, and nothing that is private."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import forms
import pytest
import workbooks
from around import MANUFACTURER, RECORD, change, lay
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fir.cli import main
from fir.model import Entry
from fir.repository.read import read_repository
from fir.strict_yaml.reader import parse
from fir.submissions.from_file import from_file
from fir.submissions.submission import normalised
from submissions import CONTACT, FOLDER, GAS, NOTES, Desk, findings, statuses

PRIVATE = ("Pri Vate", "960999", "secret.example")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(lay(tmp_path / "root"), tmp_path / "inbox", capsys)


def value(desk: Desk, path: str) -> dict[str, Any]:
    return parse((desk.root / path).read_bytes())[0]  # type: ignore[no-any-return]


def form(desk: Desk, **changes: object) -> Path:
    return forms.save(desk.inbox, **changes)


def test_a_form_becomes_the_record_of_its_entry(desk: Desk) -> None:
    code, report = desk.add(form(desk))
    assert (code, statuses(report), findings(report)) == (0, ["written"], [])
    assert value(desk, f"{FOLDER}/000041.yaml") == {
        "cpl_number": "000041",
        "manufacturer": "example-meters",
        "device": GAS,
        "release_notes": NOTES,
    }
    assert desk.check() == 0
    assert statuses(desk.add(form(desk))[1]) == ["unchanged"]


def test_what_is_private_is_read_into_nothing(desk: Desk) -> None:
    path = form(desk, company="Fresh Meters Ltd", manufacturer_identifier="7F:09", house="x" * 99)
    shapes = read_repository(desk.root).shapes
    for each in from_file(path, shapes):
        assert not any(secret in str(normalised(each, shapes)) for secret in PRIVATE)
    for changes in ({}, {"house": "x" * 99}, {"company": "Fresh", "firmware_version": "01"}):
        _, out, err = desk.text(form(desk, **changes))
        assert not any(secret in out + err for secret in PRIVATE)
    kept = "".join(content.decode("utf-8") for content in desk.files().values())
    assert not any(secret in kept for secret in PRIVATE)


def test_a_new_company_in_a_form_gets_its_file(desk: Desk) -> None:
    sent = form(
        desk,
        company="Fresh Meters Ltd",
        manufacturer_identifier="7f:09",
        house=12,
        street="Sample Street",
        website="www.fresh.example",
    )
    code, report = desk.add(sent)
    assert (code, statuses(report)) == (0, ["pending"])
    assert value(desk, "records/manufacturers/fresh-meters.yaml") == {
        "name": "Fresh Meters Ltd",
        "manufacturer_identifiers": ["7F09"],
        "contact": {
            **CONTACT,
            "address": {**CONTACT["address"], "lines": ["12 Sample Street"]},  # type: ignore[dict-item]
        },
        "website": "https://www.fresh.example",
    }
    read_as = {each["field"]: each["read"] for each in report["results"][0]["read_as"]}
    assert read_as["country"] == "GB"
    assert read_as["telephone"] == "+441632960123"
    assert read_as["website"] == "https://www.fresh.example"
    assert read_as["manufacturer_identifier"] == "7F09"
    assert desk.check() == 0
    assert statuses(desk.add(sent)[1]) == ["unchanged"]


def test_two_forms_of_one_new_company_make_one_file(desk: Desk) -> None:
    new = {"company": "Fresh Meters Ltd", "manufacturer_identifier": "7F:09"}
    first = forms.save(desk.inbox, "1.xlsx", **new)
    again = {**new, "company": "Fresh Meters Limited", "manufacturer_identifier": "7F:0A"}
    second = forms.save(desk.inbox, "2.xlsx", **again)
    assert statuses(desk.add(first, second)[1]) == ["pending", "pending"]
    made = value(desk, "records/manufacturers/fresh-meters.yaml")
    assert made["manufacturer_identifiers"] == ["7F09", "7F0A"]
    assert desk.check() == 0


def test_an_identifier_of_another_company_is_not_taken_for_it(desk: Desk) -> None:
    code, report = desk.add(form(desk, company="Stranger Ltd"))
    assert (code, statuses(report)) == (1, ["refused"])
    assert "its identifier `7F01` is that of `example-meters`" in findings(report)[0]["message"]
    change(desk.root, MANUFACTURER, "contact:\n", 'also_known_as: ["Stranger Limited"]\ncontact:\n')
    main(["fmt", "--root", str(desk.root)])
    assert statuses(desk.add(form(desk, company="Stranger Ltd"))[1]) == ["written"]


def test_the_number_is_taken_where_it_has_been_given(desk: Desk) -> None:
    code, report = desk.add(form(desk, number="000040"))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["check"] == "cpl-mismatch"
    assert statuses(desk.add(form(desk, number="000041"))[1]) == ["written"]


def test_a_record_that_waits_takes_its_number_when_the_list_gives_it(
    desk: Desk, tmp_path: Path
) -> None:
    for path in ("cpl/entries.csv", "cpl/changes.csv", "cpl/snapshot.yaml"):
        (desk.root / "records" / path).unlink()
    (desk.root / RECORD).unlink()
    listed = workbooks.samples()
    meter = listed[0].device
    new = listed[0]._replace(cpl_number="000046", firmware_version="02000000", first_version="")

    def imports(entries: list[Entry], version: str) -> int:
        name = f"{version}.xlsx"
        issue = workbooks.save(workbooks.published(entries, version), tmp_path, name)
        return main(["cpl", "import", str(issue), "--root", str(desk.root)])

    assert imports(listed, "2.051") == 0
    sent = form(desk, **{**meter._asdict(), "firmware_version": "02:00:00:00"})
    assert statuses(desk.add(sent)[1]) == ["pending"]
    assert imports([*listed, new], "2.052") == 0
    assert value(desk, f"{FOLDER}/000046.yaml")["release_notes"] == NOTES
    assert not list((desk.root / "records/pending").rglob("*.yaml"))
    assert statuses(desk.add(sent)[1]) == ["unchanged"]


# What is not filled in

EMPTY: dict[str, object] = dict.fromkeys(forms.FOR_THE_FIR)


@pytest.mark.parametrize(
    ("records", "code", "status"),
    [("required", 1, "refused"), ("optional", 0, "unchanged"), ("not_accepted", 0, "unchanged")],
)
def test_an_empty_part_is_a_fault_only_where_a_record_is_due(
    desk: Desk, records: str, code: int, status: str
) -> None:
    old = 'Gas Smart Meter:\n    records: "required"'
    change(desk.root, "schema/policy.yaml", old, old.replace("required", records))
    before = desk.files()
    said, report = desk.add(form(desk, **EMPTY))
    assert (said, statuses(report)) == (code, [status])
    assert findings(report)[0]["place"].endswith(f"cell E{forms.ROW['notes']}")
    assert desk.files() == before


def test_an_empty_part_is_no_fault_where_the_record_is_there(desk: Desk) -> None:
    recorded = {"firmware_version": "01:07:03:00"}
    assert statuses(desk.add(form(desk, **EMPTY, **recorded))[1]) == ["unchanged"]


def test_an_empty_part_is_no_fault_of_an_entry_older_than_the_duty(desk: Desk) -> None:
    old = 'Gas Smart Meter:\n    records: "required"\n    required_from: "2019-02-28"'
    change(desk.root, "schema/policy.yaml", old, old.replace("2019", "2027"))
    assert statuses(desk.add(form(desk, **EMPTY))[1]) == ["unchanged"]
    unlisted = {"firmware_version": "01:08:00:00"}
    assert statuses(desk.add(form(desk, **EMPTY, **unlisted))[1]) == ["refused"]


def test_a_form_that_nobody_filled_in_is_said(desk: Desk) -> None:
    blank = dict.fromkeys(set(forms.LABELS) - {"number", "status"})
    code, report = desk.add(form(desk, **blank))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["message"] == "the form is not filled in"


@pytest.mark.parametrize(
    ("field", "sent", "words"),
    [
        ("telephone", "01632 960123", "telephone` is `01632 960123`"),
        ("telephone", "+441632960123; +441632960124", "telephone` is `+441632960123; "),
        ("country", "Atlantis", "country` is `Atlantis`"),
        ("city", "x" * 61, "is 61 characters long"),
        ("notes", None, "release notes are blank"),
        ("notes", "a\u202eb", "U+202E"),
        ("type", "Gas Meter", "device.type` is `Gas Meter`"),
        ("type", None, "device.type` is empty"),
        ("model_identifier", "5", "model_identifier` is `5`"),
        ("hardware_version", 2, "hardware_version` is `2`"),
        ("firmware_version", "=1+1", "is a formula without its result"),
        ("firmware_version", 1.5, "is a number where text belongs"),
        ("notes", "=HYPERLINK(1)", "is a formula without its result"),
        ("gbcs_version", "3.2", "gbcs_version` is `3.2`"),
        ("company", "Stranger", "the company is `Stranger`"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    desk: Desk, field: str, sent: object, words: str
) -> None:
    before = desk.files()
    code, report = desk.add(form(desk, **{field: sent}))
    assert (code, statuses(report)) == (1, ["refused"])
    told = [each for each in findings(report) if words in each["message"]]
    assert told, findings(report)
    if field != "company":
        assert told[0]["place"].endswith(f"sheet `CPL - New Entry`, cell E{forms.ROW[field]}")
    assert told[0]["fix"]
    assert desk.files() == before


NEW: dict[str, object] = {"company": "Fresh Meters Ltd", "manufacturer_identifier": "7F:09"}


@pytest.mark.parametrize("field", ["email", "telephone", "country", "house"])
def test_a_blank_of_a_new_companys_contact_is_told_at_its_cell(desk: Desk, field: str) -> None:
    code, report = desk.add(form(desk, **{**NEW, field: None}))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["message"].partition(",")[0].endswith("` is empty")
    assert findings(report)[0]["place"].endswith(f"cell E{forms.ROW[field]}")


def test_an_identifier_whose_only_form_is_refused_stays_out_of_the_new_file(desk: Desk) -> None:
    first = forms.save(desk.inbox, "1.xlsx", **NEW)
    other = {**NEW, "manufacturer_identifier": "7F:0A", "hardware_version": 2}
    for at, changes in enumerate(({}, {"firmware_version": 11070200}, {"notes": "a\u202eb"})):
        second = forms.save(desk.inbox, "2.xlsx", **{**other, **changes})
        _, report = desk.add(first, second)
        assert statuses(report) == ["unchanged" if at else "pending", "refused"]
        made = value(desk, "records/manufacturers/fresh-meters.yaml")
        assert made["manufacturer_identifiers"] == ["7F09"]


def test_a_number_cell_is_not_trusted_where_the_list_does_not_confirm_it(desk: Desk) -> None:
    digits = {"manufacturer_identifier": "7F:01", "firmware_version": 11070200}
    code, report = desk.add(form(desk, **digits))
    assert (code, statuses(report)) == (1, ["refused"])
    assert "came as a number: its zeros may be lost" in findings(report)[0]["message"]
    assert statuses(desk.add(form(desk, **{**digits, "firmware_version": "11070200"}))[1]) == [
        "pending"
    ]


# Recognised by what it holds


def test_the_form_is_found_in_whatever_sheet_and_with_merged_groups(desk: Desk) -> None:
    book = forms.workbook()
    sheet = book["CPL - New Entry"]
    sheet.title = "Sheet2"
    seen = ""
    for row in range(forms.HEADER + 1, sheet.max_row + 1):
        group = sheet.cell(row, 1).value
        if group == seen:
            sheet.cell(row, 1).value = None
        seen = group
    sheet.move_range(f"A{forms.HEADER}:E40", rows=3, cols=2)
    path = desk.inbox / "anything.csv"
    book.save(path)
    assert statuses(desk.add(path)[1]) == ["written"]


def test_the_published_list_alone_is_no_submission(desk: Desk) -> None:
    path = workbooks.save(workbooks.published(workbooks.samples()), desk.inbox)
    code, report = desk.add(path)
    assert (code, statuses(report)) == (1, ["refused"])
    assert "holds neither the CPL New Entry form" in findings(report)[0]["message"]


def test_a_zip_bomb_is_refused(desk: Desk) -> None:
    path = workbooks.repacked(form(desk), {"xl/media/x.xml": b"0" * 120_000_000})
    code, report = desk.add(path)
    assert (code, statuses(report)) == (1, ["refused"])
    assert "unpacks to" in findings(report)[0]["message"]


def test_the_real_form_is_recognised_and_not_filled_in(desk: Desk, real_cpl: Path) -> None:
    _, report = desk.add(real_cpl)
    assert [each["message"] for each in findings(report)] == ["the form is not filled in"]


# Whatever a form says

WRITABLE = st.characters(exclude_categories=["Cc", "Cs"])
CELL = st.none() | st.text(WRITABLE, max_size=12) | st.integers(0, 10**9)
CHANGES = st.dictionaries(st.sampled_from(list(forms.LABELS)), CELL, max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(changes=CHANGES, firmware=st.sampled_from(["01:07:02:00", "01:08:00:00"]))
def test_whatever_is_accepted_passes_every_check(
    desk: Desk, changes: dict[str, object], firmware: str
) -> None:
    before = desk.files()
    desk.add(form(desk, **{"firmware_version": firmware, **changes}), "--take-contact")
    assert desk.check() == 0
    for each in desk.files().keys() - before.keys():
        (desk.root / each).unlink()
    for each, content in before.items():
        (desk.root / each).write_bytes(content)
