"""`fir add` receives submissions: a verdict for each, the good ones written, no duplicates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from around import MANUFACTURER, RECORD, change, lay, put
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fir.editing.notation import country_code
from fir.repository import transaction
from fir.strict_yaml.reader import parse
from fir.strict_yaml.writer import to_yaml
from fir.submissions.match_manufacturer import company_key, slug_of
from submissions import (
    CONTACT,
    FOLDER,
    GAS,
    NOTES,
    UNLISTED,
    WAITING,
    Desk,
    findings,
    statuses,
    submission,
)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(lay(tmp_path / "root"), tmp_path / "inbox", capsys)


def value(desk: Desk, path: str) -> dict[str, Any]:
    return parse((desk.root / path).read_bytes())[0]  # type: ignore[no-any-return]


# Written


@pytest.mark.parametrize("write", [json.dumps, to_yaml])
def test_a_submission_becomes_records_that_pass(desk: Desk, write: Callable[[Any], str]) -> None:
    sent = submission(
        {"cpl_number": "000041", "device": GAS, "product_name": "EG-5"},
        {"cpl_number": "000040", "upgrade_from": []},
        outage_alert_on_activation="not-expected",
    )
    code, report = desk.add(desk.file("named-anyhow.xlsx", write(sent)))
    assert (code, statuses(report)) == (0, ["written", "written"])
    assert [each["row"] for each in report["results"]] == [1, 2]
    assert value(desk, f"{FOLDER}/000041.yaml") == {
        "cpl_number": "000041",
        "manufacturer": "example-meters",
        "device": GAS,
        "release_notes": NOTES,
        "product_name": "EG-5",
        "outage_alert_on_activation": "not-expected",
    }
    assert value(desk, f"{FOLDER}/000040.yaml")["upgrade_from"] == []
    assert desk.check() == 0


def test_line_ends_and_a_mark_at_the_beginning_say_nothing(desk: Desk) -> None:
    sent = to_yaml(submission(release_notes="One.\n\n- two\n")).replace("\n", "\r\n")
    assert statuses(desk.add(desk.file("a", f"\ufeff{sent}"))[1]) == ["written"]
    assert value(desk, f"{FOLDER}/000041.yaml")["release_notes"] == "One.\n\n- two\n"
    sent = json.dumps(submission(release_notes="One.\r\n\r\n- two"), indent=1)
    assert statuses(desk.add(desk.file("b", f"\ufeff{sent}"))[1]) == ["unchanged"]


def test_sent_again_nothing_is_written_and_nothing_is_doubled(desk: Desk) -> None:
    sent = submission(
        {"cpl_number": "000041"},
        {"device": {**GAS, "firmware_version": "01070100"}},
        {"device": UNLISTED},
    )
    files = desk.sent(sent)
    assert statuses(desk.add(*files)[1]) == ["written", "written", "pending"]
    before = desk.files()
    code, report = desk.add(*files)
    assert (code, statuses(report)) == (0, ["unchanged"] * 3)
    assert report["files"] == report["trailers"] == []
    assert desk.files() == before


def test_good_entries_are_written_beside_bad_ones_and_mended_ones_later(desk: Desk) -> None:
    bad = {"cpl_number": "000049"}
    sent = submission({"cpl_number": "000041"}, {**bad, "device": GAS}, {"cpl_number": "0x"})
    code, report = desk.add(*desk.sent(sent))
    assert (code, statuses(report)) == (1, ["written", "refused", "refused"])
    assert [each["check"] for each in findings(report)] == ["cpl-mismatch", "schema"]
    code, report = desk.add(*desk.sent(submission({"cpl_number": "000041"}, bad)))
    assert (code, statuses(report)) == (0, ["unchanged", "written"])
    assert desk.check() == 0


def test_an_entry_that_is_no_fields_is_refused_beside_a_good_one(desk: Desk) -> None:
    sent = submission({"cpl_number": "000041", "device": GAS})
    sent["entries"].insert(0, "x")
    code, report = desk.add(*desk.sent(sent))
    assert (code, statuses(report)) == (1, ["refused", "written"])


def test_the_text_says_where_what_and_what_to_do(desk: Desk) -> None:
    path = desk.file(
        "a.yaml",
        to_yaml(submission({"cpl_number": "000041", "device": {**GAS, "model_identifier": "5"}})),
    )
    code, out, err = desk.text(path)
    assert code == 1
    assert out == (
        f"{path}: refused\n"
        f"    {path}:7:25: error: `entries.device.model_identifier` is `5`, it should be four "
        "hexadecimal digits in capitals, as on the Central Products List, without colons [schema]\n"
        '        fix: write "0005"\n'
    )
    assert err == "1 refused\n"


def test_what_goes_into_the_commit_is_printed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    _, out, _ = desk.text(*desk.sent(submission(submitter="Example Agency")))
    assert out.endswith(
        "\nFor the commit:\n    FIR-Submitter: Example Agency\n    FIR-Received: 2026-11-01\n"
    )
    _, report = desk.add(*desk.sent(submission({"cpl_number": "000040"})))
    assert report["trailers"] == ["FIR-Submitter: Example Meters Ltd", "FIR-Received: 2026-11-01"]


# Which entry


def test_without_a_number_the_device_finds_its_entry(desk: Desk) -> None:
    _, report = desk.add(*desk.sent(submission({"device": GAS})))
    assert report["results"][0]["path"] == f"{FOLDER}/000041.yaml"
    assert report["results"][0]["read_as"][0]["read"] == "000041"


def test_an_unlisted_device_waits(desk: Desk) -> None:
    sent = submission({"device": UNLISTED, "gbcs_version": "GBCS Version 4.1"})
    code, report = desk.add(*desk.sent(sent))
    path = f"{WAITING}/7F01-0005-0203-01080000.yaml"
    assert (code, statuses(report), report["results"][0]["path"]) == (0, ["pending"], path)
    assert value(desk, path)["gbcs_version"] == "GBCS Version 4.1"
    assert desk.check() == 0


def test_an_entry_that_differs_in_its_gbcs_version_alone_is_named(desk: Desk) -> None:
    sent = submission({"device": GAS, "gbcs_version": "GBCS Version 0.9"})
    _, report = desk.add(*desk.sent(sent))
    assert statuses(report) == ["pending"]
    assert "entry `000041` of the CPL is this device and has" in findings(report)[0]["message"]
    recorded = {**GAS, "firmware_version": "01070300"}
    sent = submission({"device": recorded, "gbcs_version": "GBCS Version 0.9"})
    assert findings(desk.add(*desk.sent(sent))[1]) == []


def test_where_nothing_may_wait_nothing_is_written_and_it_is_said(desk: Desk) -> None:
    change(desk.root, "schema/policy.yaml", 'pending: "accepted"', 'pending: "refused"')
    before = desk.files()
    code, report = desk.add(*desk.sent(submission({"device": UNLISTED})))
    assert (code, statuses(report)) == (1, ["refused"])
    assert "lists no such device, and the policy does not accept" in findings(report)[0]["message"]
    assert desk.files() == before


def test_what_the_policy_does_not_accept_is_told_to_its_sender(desk: Desk) -> None:
    old = 'Gas Smart Meter:\n    records: "required"'
    change(desk.root, "schema/policy.yaml", old, old.replace("required", "not_accepted"))
    code, report = desk.add(*desk.sent(submission()))
    assert (code, findings(report)[0]["check"]) == (1, "record-not-accepted")
    assert findings(report)[0]["fix"].startswith("leave it out")


def test_a_waiting_record_takes_its_number_when_it_is_sent_with_it(desk: Desk) -> None:
    put(
        desk.root,
        f"{WAITING}/7F01-0005-0203-01070200.yaml",
        to_yaml({"manufacturer": "example-meters", "device": GAS, "release_notes": NOTES}),
    )
    code, report = desk.add(*desk.sent(submission()))
    assert (code, statuses(report)) == (0, ["written"])
    assert not (desk.root / f"{WAITING}/7F01-0005-0203-01070200.yaml").exists()
    assert desk.check() == 0


def test_the_zeros_of_a_number_come_back_only_where_the_device_proves_it(desk: Desk) -> None:
    code, report = desk.add(*desk.sent(submission({"cpl_number": "41", "device": GAS})))
    assert (code, statuses(report)) == (0, ["written"])
    assert report["results"][0]["read_as"][0]["written"] == "41"
    code, report = desk.add(*desk.sent(submission({"cpl_number": "40"})))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["fix"] == 'write "000040"'
    other = {"cpl_number": "40", "device": GAS}
    assert statuses(desk.add(*desk.sent(submission(other)))[1]) == ["refused"]


@pytest.mark.parametrize("firmware", ["00040A01", "17305601"])
def test_bcd_and_decimal_are_never_guessed(desk: Desk, firmware: str) -> None:
    device = {
        "type": "Single Element Electricity Metering Equipment",
        "manufacturer_identifier": "7F01",
        "model_identifier": "0006",
        "hardware_version": "01",
        "hardware_revision": "00",
        "firmware_version": firmware,
    }
    code, report = desk.add(*desk.sent(submission({"cpl_number": "000044", "device": device})))
    assert (code, statuses(report)) == (1, ["refused"])
    assert findings(report)[0]["check"] == "cpl-mismatch"
    code, report = desk.add(*desk.sent(submission({"device": device})))
    assert statuses(report) == ["pending"]
    if firmware == "00040A01":
        assert "`00041001`, the same number in BCD" in findings(report)[0]["message"]


def test_several_entries_of_one_device_are_named(desk: Desk) -> None:
    path = desk.root / "records/cpl/entries.csv"
    rows = path.read_text(encoding="utf-8")
    twin = next(row for row in rows.splitlines() if row.startswith("000041"))
    twin = twin.replace("000041,", "000050,", 1).replace("GBCS Version 3.2", "GBCS Version 4.0")
    path.write_text(f"{rows}{twin}\n", encoding="utf-8", newline="\n")
    change(desk.root, "records/cpl/snapshot.yaml", 'entries: "10"', 'entries: "11"')
    code, report = desk.add(*desk.sent(submission({"device": GAS})))
    assert (code, statuses(report)) == (1, ["refused"])
    assert "entries `000041`, `000050` are all this device" in findings(report)[0]["message"]
    stated = {"device": GAS, "gbcs_version": "GBCS Version 4.0"}
    _, report = desk.add(*desk.sent(submission(stated)))
    assert report["results"][0]["path"] == f"{FOLDER}/000050.yaml"


# Beside a record that is there

RECORDED = {"cpl_number": "000042"}
THERE = "Corrects the gas day boundary after a clock change.\n"


def test_what_a_record_lacks_is_added_and_shown(desk: Desk) -> None:
    sent = submission({**RECORDED, "product_name": "EG-5"}, release_notes=THERE.strip())
    code, out, _ = desk.text(*desk.sent(sent))
    assert code == 0
    assert f"--- {RECORD}\n+++ {RECORD}\n" in out and '+product_name: "EG-5"\n' in out
    assert value(desk, RECORD)["product_name"] == "EG-5"


def test_other_notes_need_a_correction_that_says_how(desk: Desk) -> None:
    before = desk.files()
    code, report = desk.add(*desk.sent(submission(RECORDED)))
    assert (code, statuses(report)) == (1, ["refused"])
    assert RECORD in findings(report)[0]["message"]
    assert "`corrections`" in findings(report)[0]["fix"]
    assert desk.files() == before
    told = [{"on": "2026-11-02", "what": "Named the tariff table."}]
    code, report = desk.add(*desk.sent(submission(RECORDED, corrections=told)))
    assert (code, statuses(report)) == (0, ["written"])
    assert value(desk, RECORD)["release_notes"] == NOTES
    assert desk.check() == 0


def test_comments_in_a_record_survive(desk: Desk) -> None:
    change(desk.root, RECORD, "manufacturer:", "# by letter\nmanufacturer:")
    sent = submission({**RECORDED, "product_name": "EG-5"}, release_notes=THERE)
    assert desk.add(*desk.sent(sent))[0] == 0
    assert "# by letter\nmanufacturer:" in (desk.root / RECORD).read_text(encoding="utf-8")


def test_a_broken_file_in_the_place_is_not_written_over(desk: Desk) -> None:
    put(desk.root, f"{FOLDER}/000041.yaml", "a: [")
    before = desk.files()
    code, report = desk.add(*desk.sent(submission()))
    assert (code, statuses(report)) == (1, ["refused"])
    assert desk.files() == before


def test_two_statements_of_one_run_are_told_apart(desk: Desk) -> None:
    other = submission(release_notes="Something else.\n")
    code, report = desk.add(*desk.sent(submission(), submission(), other))
    assert (code, statuses(report)) == (1, ["written", "unchanged", "refused"])
    assert "is for the same entry and says something else" in findings(report)[0]["message"]


def test_what_was_sent_twice_and_is_refused_is_refused_twice(desk: Desk) -> None:
    bad = submission(release_notes_url="http://x.example/")
    code, report = desk.add(*desk.sent(bad, bad))
    assert (code, statuses(report)) == (1, ["refused", "refused"])


# Manufacturers and their contacts

NEW = {"name": "Fresh Meters Ltd", "manufacturer_identifiers": ["7F09"], "contact": CONTACT}
FRESH = {**UNLISTED, "manufacturer_identifier": "7F09"}


def test_a_new_manufacturer_gets_its_file(desk: Desk) -> None:
    sent = submission({"device": FRESH}, manufacturer="fresh", new_manufacturer=NEW)
    files = desk.sent(sent)
    code, report = desk.add(*files)
    assert (code, statuses(report)) == (0, ["pending"])
    assert value(desk, "records/manufacturers/fresh.yaml") == NEW
    assert desk.check() == 0
    assert statuses(desk.add(*files)[1]) == ["unchanged"]


def test_a_manufacturer_is_not_written_without_a_record(desk: Desk) -> None:
    sent = submission({"cpl_number": "000041"}, manufacturer="fresh", new_manufacturer=NEW)
    assert statuses(desk.add(*desk.sent(sent))[1]) == ["refused"]
    assert not (desk.root / "records/manufacturers/fresh.yaml").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"manufacturer": "exmaple-meters"}, "there is no manufacturer `exmaple-meters`"),
        ({"new_manufacturer": NEW}, "there is a manufacturer `example-meters` already"),
        ({"manufacturer": "sample-displays"}, "`7F01` is no identifier of `sample-displays`"),
        ({"manufacturer": "../x"}, "`manufacturer` is `../x`"),
    ],
)
def test_another_manufacturer_is_never_guessed(
    desk: Desk, fields: dict[str, Any], words: str
) -> None:
    before = desk.files()
    code, report = desk.add(*desk.sent(submission(**fields)))
    assert (code, statuses(report)) == (1, ["refused"])
    assert words in findings(report)[0]["message"]
    assert desk.files() == before


def test_the_same_contact_is_nothing_to_tell_in_whatever_notation(desk: Desk) -> None:
    address = {**CONTACT["address"], "country": "United Kingdom"}  # type: ignore[dict-item]
    contact = {**CONTACT, "telephone": "0044 (0)1632 960 123", "address": address}
    code, report = desk.add(*desk.sent(submission(contact=contact)))
    assert (code, findings(report)) == (0, [])
    assert [each["read"] for each in report["results"][0]["read_as"]] == ["+441632960123", "GB"]


OTHER = {**CONTACT, "email": "new@example-meters.example"}


def test_another_contact_is_neither_written_nor_dropped(desk: Desk) -> None:
    before = (desk.root / MANUFACTURER).read_bytes()
    code, report = desk.add(*desk.sent(submission(contact=OTHER)))
    assert (code, statuses(report)) == (1, ["written"])
    [finding] = findings(report)
    assert (finding["level"], finding["check"]) == ("warning", "contact-differs")
    assert "email `new@example-meters.example`, there `firmware@" in finding["message"]
    assert "--take-contact" in finding["fix"] and "--contact-for" in finding["fix"]
    assert (desk.root / MANUFACTURER).read_bytes() == before


def test_it_is_taken_when_told_to_also_after_the_records_were_written(desk: Desk) -> None:
    files = desk.sent(submission(contact=OTHER))
    desk.add(*files)
    code, out, _ = desk.text(*files, "--take-contact")
    assert code == 0
    assert "unchanged" in out and '+  email: "new@example-meters.example"\n' in out
    assert value(desk, MANUFACTURER)["contact"] == OTHER
    assert desk.check() == 0


def test_it_is_taken_for_one_type_of_device(desk: Desk) -> None:
    files = desk.sent(submission(contact=OTHER))
    code, report = desk.add(*files, "--contact-for", "Communications Hub")
    assert (code, len(findings(report))) == (1, 1)
    code, report = desk.add(*files, "--contact-for", "gas smart meter")
    assert (code, findings(report)) == (0, [])
    assert value(desk, MANUFACTURER)["contact_by_device_type"] == {"Gas Smart Meter": OTHER}
    assert value(desk, MANUFACTURER)["contact"]["email"] == CONTACT["email"]
    assert desk.check() == 0


def test_two_contacts_of_one_run_are_not_both_taken(desk: Desk) -> None:
    third = {**CONTACT, "email": "third@example-meters.example"}
    sent = desk.sent(submission(contact=OTHER), submission({"cpl_number": "000040"}, contact=third))
    _, report = desk.add(*sent, "--take-contact")
    messages = [each["message"] for each in findings(report)]
    assert any("another contact of `example-meters` was taken" in each for each in messages)
    assert value(desk, MANUFACTURER)["contact"] == OTHER


def test_a_type_of_device_that_is_none_is_an_argument_that_makes_no_sense(desk: Desk) -> None:
    code, out, err = desk.text("x", "--contact-for", "Gas Meter")
    assert (code, out) == (2, "")
    assert "did you mean `Gas Smart Meter`?" in err


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Landis + Gyr Ltd.", "landis & gyr"),
        ("EDMI Europe Limited", "EDMI Europe Ltd"),
        ("Beispiel Zähler GmbH", "Beispiel Zähler"),
    ],
)
def test_two_spellings_are_one_company(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)
    assert company_key(one) != company_key(f"New {other}")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fresh Meters Ltd", "fresh-meters"),
        ("Beispiel Zähler GmbH", "beispiel-zahler"),
        ("CON", "con-manufacturer-7f09"),
        ("公司", "manufacturer-7f09"),
        ("../../etc/passwd", "etc-passwd"),
        ("Example Meters", "example-meters-2"),
        ("x" * 90, "x" * 50),
    ],
)
def test_a_short_name_is_safe_and_nobody_elses(name: str, slug: str) -> None:
    assert slug_of(name, "7F09", {"example-meters"}) == slug


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United Kingdom", "GB"),
        ("uk", "GB"),
        ("U.K.", "GB"),
        ("Great Britain", "GB"),
        ("germany", "DE"),
        ("de", "DE"),
        ("Atlantis", None),
        ("", None),
        ("European Union", None),
    ],
)
def test_a_country_has_a_code(name: str, code: str | None) -> None:
    assert country_code(name, ["GB", "DE", "FR"]) == code


# What cannot be read

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n\n",
    "a list": b"[]",
    "a number in JSON": b'{"manufacturer": 5}',
    "NaN": b'{"manufacturer": NaN}',
    "a long number": b'{"manufacturer": ' + b"9" * 6000 + b"}",
    "twice": b'{"manufacturer": "a", "manufacturer": "b"}',
    "deep JSON": b"{" + b'"a":[' * 90_000,
    "deep values": b'{"a":' * 20 + b"1" + b"}" * 20,
    "deep YAML": b"a: " + b"[" * 100_000,
    "truncated JSON": b'{"manufacturer": "a',
    "a field in a strange place": b'{"contact": {"home": {"country": "x", "released_on": "y"}}}',
    "an alias": b"a: &a [x]\nb: *a\n",
    "a tag": b"a: !!python/object/apply:os.system [x]\n",
    "Latin-1": b"manufacturer: \xe9\n",
    "a lone surrogate": b'{"manufacturer": "\\ud800"}',
    "a web page": b"<!DOCTYPE html><html><body>x</body></html>",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a zip": b"PK\x03\x04" + b"\0" * 40,
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "an unquoted number": b"manufacturer: example-meters\nentries:\n  - cpl_number: 000041\n",
    "control": b'{"manufacturer": "example-meters", "release_notes": "a\\u001bb"}',
    "too much": b"manufacturer: " + b"x" * 3_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_submission_is_refused_in_a_sentence(desk: Desk, name: str) -> None:
    before = desk.files()
    code, report = desk.add(desk.file("a.yaml", HOSTILE[name]))
    assert (code, set(statuses(report))) == (1, {"refused"})
    for finding in findings(report):
        assert finding["place"] and finding["message"] and finding["fix"]
        assert "\x1b" not in finding["message"]
    assert desk.files() == before


@pytest.mark.parametrize("name", ["nothing", "a PDF", "an alias", "deep YAML", "truncated JSON"])
def test_of_what_cannot_be_read_nothing_else_is_said(desk: Desk, name: str) -> None:
    _, report = desk.add(desk.file("a.yaml", HOSTILE[name]))
    assert [each["check"] for each in findings(report) if each["check"] == "schema"] == []
    _, report = desk.add(desk.inbox / "nowhere")
    assert [each["message"] for each in findings(report)] == ["there is no such file"]


def test_an_email_and_a_record_are_told_for_what_they_are(desk: Desk) -> None:
    letter = (
        "From: a@b.example\r\nSubject: x\r\n\ty\r\nMIME-Version: 1.0\r\n\r\nmanufacturer: x\r\n"
    )
    record = (desk.root / RECORD).read_bytes()
    for sent, words in ((letter, "an email"), (record, "a record itself, not a submission")):
        _, report = desk.add(desk.file("sent", sent))
        assert [each["message"] for each in findings(report)] == [f"the file is {words}"]


def test_a_file_that_cannot_be_opened_is_said_beside_the_others(desk: Desk) -> None:
    code, report = desk.add(desk.inbox / "no\x1bwhere", desk.inbox, *desk.sent(submission()))
    assert (code, statuses(report)) == (1, ["refused", "refused", "written"])
    assert report["results"][0]["source"].endswith("no\\x1bwhere")


@pytest.mark.parametrize(
    "notes",
    ['=HYPERLINK("x")', "+1", "-1", "@SUM(1)", "\t=1", "</script><script>", "{{7*7}}", "a\u0301"],
)
def test_whatever_notes_say_is_text(desk: Desk, notes: str) -> None:
    assert desk.add(*desk.sent(submission(release_notes=notes)))[0] == 0
    assert desk.check() == 0


@pytest.mark.parametrize("notes", ["", " \n", "a\u202eb", "a\u200bb", "a\x00b", "x" * 20_001])
def test_notes_that_cannot_be_published_are_refused(desk: Desk, notes: str) -> None:
    code, report = desk.add(*desk.sent(submission(release_notes=notes)))
    assert (code, statuses(report)) == (1, ["refused"])


def test_notes_too_large_for_a_file_are_refused(desk: Desk) -> None:
    code, report = desk.add(*desk.sent(submission(release_notes="\U0001f600" * 19_000)))
    assert (code, statuses(report)) == (1, ["refused"])
    assert "larger than" in findings(report)[0]["message"]


def test_a_link_that_nobody_should_follow_is_refused_at_its_place(desk: Desk) -> None:
    code, report = desk.add(*desk.sent(submission(release_notes_url="https://user:pw@x.example/")))
    assert (code, findings(report)[0]["check"]) == (1, "unsafe-link")
    assert findings(report)[0]["place"].endswith("`release_notes_url`")


def test_nothing_is_written_through_a_link(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (desk.root / FOLDER).rename(outside)
    try:
        (desk.root / FOLDER).symlink_to(outside)
    except OSError:
        pytest.skip("this system does not let us make a symbolic link")
    assert statuses(desk.add(*desk.sent(submission()))[1]) == ["refused"]
    assert not (outside / "000041.yaml").exists()


def test_a_failed_write_leaves_the_old_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = desk.files()
    monkeypatch.setattr(transaction, "_durable", full)
    assert desk.text(*desk.sent(submission(contact=OTHER)), "--take-contact")[0] == 2
    assert desk.files() == before


def test_errors_that_were_there_do_not_stop_what_is_good(desk: Desk) -> None:
    put(desk.root, f"{FOLDER}/000049.yaml", "a: [")
    change(desk.root, RECORD, '"01070300"', '"01070301"')
    assert statuses(desk.add(*desk.sent(submission()))[1]) == ["written"]


# Whatever is accepted passes

LINE = st.text(max_size=30)
NUMBERS = st.sampled_from(["000040", "000041", "000043", "000044", "000046", "41", "999999", "x"])
DEVICES = st.fixed_dictionaries(
    {
        **{name: st.sampled_from([each, each.lower(), f" {each}"]) for name, each in GAS.items()},
        "firmware_version": st.sampled_from(["01070200", "01:07:02:00", "01080000", "1"]),
    }
)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "cpl_number": NUMBERS,
        "device": DEVICES,
        "product_name": LINE,
        "upgrade_from": st.lists(NUMBERS, max_size=2),
        "gbcs_version": st.sampled_from(["GBCS Version 3.2", "GBCS Version 4.1", "3.2"]),
    },
)
SUBMISSIONS = st.fixed_dictionaries(
    {
        "manufacturer": st.sampled_from(["example-meters", "sample-displays", "nobody"]),
        "entries": st.lists(ENTRIES, min_size=1, max_size=3),
        "release_notes": st.text(alphabet="ab\n\t =-#'\"\\|é\r", max_size=40) | LINE,
    },
    optional={
        "released_on": st.sampled_from(["2026-10-01", "2026-02-30", "1.10.2026"]),
        "release_notes_url": st.sampled_from(["https://x.example/a", "javascript:alert(1)"]),
        "outage_note": LINE,
        "contact": st.sampled_from([CONTACT, OTHER, {"email": "x"}]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(sent=st.lists(SUBMISSIONS, min_size=1, max_size=2), take=st.booleans())
def test_whatever_is_accepted_passes_every_check(
    desk: Desk, sent: list[dict[str, Any]], take: bool
) -> None:
    before = desk.files()
    arguments = ["--take-contact"] if take else []
    _, report = desk.add(*desk.sent(*sent), *arguments)
    assert desk.check() == 0
    again = desk.add(*desk.sent(*sent), *arguments)[1]
    assert not {"written", "pending"} & set(statuses(again))
    for result in report["results"]:
        assert (result["status"] == "refused") == (result["path"] is None)
        assert result["status"] != "refused" or result["findings"]
    for path in desk.files().keys() - before.keys():
        (desk.root / path).unlink()
    for path, content in before.items():
        (desk.root / path).write_bytes(content)
