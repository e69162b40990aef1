"""Importing a CPL: what is taken, kept, promoted and waived, and what leaves all as it was."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import workbooks
from around import lay_schema, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fir.checks import judge
from fir.cli import main
from fir.cpl.importing import import_cpl
from fir.demonstration import build
from fir.demonstration import write as write_files
from fir.model import Entry
from fir.repository.read import read_repository
from fir.repository.transaction import Transaction, writing
from fir.strict_yaml.writer import to_yaml

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
ENTRIES = workbooks.samples()
METER, OTHER = ENTRIES[0], ENTRIES[2]

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one manufacturer, no record, and no snapshot yet."""
    folder = tmp_path / "repository"
    lay_schema(folder)
    manufacturer = (
        ROOT / "tests/cases/_around/records/manufacturers/example-meters.yaml"
    ).read_bytes()
    write_files(
        folder,
        {
            "records/manufacturers/example-meters.yaml": manufacturer,
            "records/waivers.yaml": b"[]\n",
        },
    )
    return folder


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22

    def run(*words: str | Path) -> tuple[int, str]:
        code = main(["cpl", "import", "--root", str(root), *map(str, words)])
        return code, capsys.readouterr().out

    return run


def workbook(folder: Path, entries: list[Entry], version: str = "2.051", **more: Any) -> Path:
    return workbooks.save(workbooks.published(entries, version, **more), folder, f"{version}.xlsx")


def csv_file(folder: Path, entries: list[Entry], version: str) -> Path:
    path = folder / f"{version}.csv"
    label = f"Version {version} Issued on 28-10-2026"
    path.write_bytes(workbooks.csv_bytes(workbooks.csv_of(entries, label)))
    return path


def changed(number: str, **fields: str) -> list[Entry]:
    """The sample entries, one of them amended."""
    return [e._replace(**fields) if e.cpl_number == number else e for e in ENTRIES]


def rows(root: Path, name: str = "entries.csv") -> list[dict[str, str]]:
    with (root / "records/cpl" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listed(root: Path) -> dict[str, Entry]:
    return {row["cpl_number"]: Entry(**row) for row in rows(root)}


def every_byte(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def errors(root: Path) -> list[str]:
    return [found.check for found in judge(read_repository(root)) if found.level == "error"]


def record_of(entry: Entry, **more: Any) -> dict[str, Any]:
    return {
        "cpl_number": entry.cpl_number,
        "manufacturer": "example-meters",
        "device": entry.device._asdict(),
        "release_notes": "Corrects the half-hour total after a clock change.\n",
        **more,
    }


def put_record(root: Path, entry: Entry) -> Path:
    path = root / f"records/firmware/example-meters/{entry.cpl_number}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_yaml(record_of(entry)), encoding="utf-8", newline="\n")
    return path


def put_pending(root: Path, entry: Entry, comment: str = "", **more: Any) -> Path:
    value = record_of(entry, **more)
    del value["cpl_number"]
    name = f"{entry.device.device_model}-{entry.firmware_version}.yaml"
    path = root / "records/pending/example-meters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    modeline = "../../../schema/pending-record.schema.json"
    path.write_text(comment + to_yaml(value, modeline), encoding="utf-8", newline="\n")
    return path


def test_a_workbook_becomes_the_snapshot_value_for_value(
    root: Path, run: Run, tmp_path: Path
) -> None:
    code, said = run(workbook(tmp_path, ENTRIES))
    assert code == 0
    assert "4 entries, 3 Current, 1 Removed; 4 added" in said
    assert list(listed(root).values()) == ENTRIES
    assert rows(root, "changes.csv") == []
    snapshot = (root / "records/cpl/snapshot.yaml").read_text(encoding="utf-8")
    assert 'version: "2.051"' in snapshot and 'imported_on: "2026-11-22"' in snapshot
    assert judge(read_repository(root)) == []


def test_importing_the_same_rows_again_writes_nothing(root: Path, run: Run, tmp_path: Path) -> None:
    run(workbook(tmp_path, ENTRIES))
    before = every_byte(root)
    again = workbooks.published(ENTRIES)
    again["Central Products List"].sheet_properties.tabColor = "00FF00"
    code, said = run(workbooks.save(again, tmp_path, "saved-again.xlsx"))
    assert (code, every_byte(root)) == (0, before)
    assert "no change" in said


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    root: Path, run: Run, tmp_path: Path
) -> None:
    before = every_byte(root)
    code, said = run(workbook(tmp_path, ENTRIES), "--dry-run", "--format", "json")
    assert (code, every_byte(root)) == (0, before)
    assert json.loads(said)["added"] == [entry.cpl_number for entry in ENTRIES]


def test_amendments_are_listed_and_appended_to_the_changes(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    entries = changed("000043", status="Current", cpa_expiry="2031-01-31")
    entries.append(workbooks.sample("000050"))
    code, said = run(workbook(tmp_path, entries, "2.052"), "--format", "json")
    report = json.loads(said)
    assert code == 0
    assert report["added"] == ["000050"]
    assert report["status_changed"] == [
        {"cpl_number": "000043", "before": "Removed", "after": "Current"}
    ]
    assert report["amended"] == [
        {
            "cpl_number": "000043",
            "field": "cpa_expiry",
            "before": "2029-03-31",
            "after": "2031-01-31",
        }
    ]
    assert [tuple(row.values())[2:] for row in rows(root, "changes.csv")] == [
        ("000043", "status", "Removed", "Current"),
        ("000043", "cpa_expiry", "2029-03-31", "2031-01-31"),
        ("000050", "status", "", "Current"),
    ]


@pytest.mark.parametrize("version", ["1.200", "2.050", "1.99"])
def test_an_older_version_is_refused(root: Path, run: Run, tmp_path: Path, version: str) -> None:
    run(workbook(tmp_path, ENTRIES))
    before = every_byte(root)
    code, said = run(workbook(tmp_path, ENTRIES, version))
    assert (code, every_byte(root)) == (1, before)
    assert f"the file is CPL version {version}, the snapshot is 2.051" in said


def test_one_version_cannot_say_two_things(root: Path, run: Run, tmp_path: Path) -> None:
    run(workbook(tmp_path, ENTRIES))
    before = every_byte(root)
    other = workbook(tmp_path, changed("000042", firmware_version="01000099"))
    code, said = run(other)
    assert (code, every_byte(root)) == (1, before)
    assert "firmware_version of entry `000042` is `01000099`" in said


def test_a_vanished_number_stops_the_import_unless_it_is_allowed(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    before = every_byte(root)
    fewer = workbook(tmp_path, ENTRIES[1:], "2.052")
    code, said = run(fewer)
    assert (code, every_byte(root)) == (1, before)
    assert "entry `000042` was in version 2.051 and is not here" in said

    code, said = run(fewer, "--allow-lost", "--format", "json")
    assert (code, json.loads(said)["lost"]) == (0, ["000042"])
    assert listed(root)["000042"] == METER._replace(last_listed_version="2.051")
    assert run(workbook(tmp_path, ENTRIES[1:], "2.053"))[0] == 0, "it is only lost once"
    assert run(workbook(tmp_path, ENTRIES, "2.054"))[0] == 0
    assert listed(root)["000042"] == METER, "a number that comes back is listed again"


def test_a_csv_keeps_what_it_cannot_say_of_unchanged_entries(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    entries = changed("000042", gbcs_version="GBCS Version 4.0")
    code, said = run(csv_file(tmp_path, entries, "2.052"), "--format", "json")
    report = json.loads(said)
    assert code == 0
    assert listed(root)["000044"] == OTHER
    amended = listed(root)["000042"]
    assert (amended.gbcs_version, amended.cpa_certificate) == ("GBCS Version 4.0", "")
    assert amended.label == METER.label, "facts about the past stay"
    assert "cpa_certificate" in report["carried_over"]
    assert report["emptied"] == ["000042"]
    assert [row["field"] for row in rows(root, "changes.csv")] == ["gbcs_version"]


def test_damage_is_refused_with_every_place_and_the_snapshot_stays(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    before = every_byte(root)
    book = workbooks.published(ENTRIES, "2.052")
    for sheet in (workbooks.FULL, workbooks.FLAT):
        workbooks.cell(book, sheet, "000042", "hardware_version").value = "NaN"
    workbooks.cell(book, workbooks.FLAT, "000044", "firmware_version").value = "1E+52"
    code, said = run(workbooks.save(book, tmp_path))
    assert (code, every_byte(root)) == (1, before)
    for part in ("`NaN`", "`1E+52`", "Central Products List", "CPL - saveable in CSV"):
        assert part in said
    assert said.count("    fix: ") >= 3


def test_a_pending_record_takes_its_number_in_the_same_import(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    new = workbooks.sample("000050")
    pending = put_pending(root, new, gbcs_version=new.gbcs_version)
    pending.write_text(
        pending.read_text(encoding="utf-8") + "# asked for by two suppliers\n",
        encoding="utf-8",
        newline="\n",
    )
    code, said = run(workbook(tmp_path, [*ENTRIES, new], "2.052"), "--format", "json")
    report = json.loads(said)
    assert code == 0 and not pending.exists()
    assert [each["cpl_number"] for each in report["promoted"]] == ["000050"]
    assert report["without_record"] == []
    record = root / "records/firmware/example-meters/000050.yaml"
    text = record.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/firmware-record")
    assert 'cpl_number: "000050"' in text and "gbcs_version" not in text
    assert "# asked for by two suppliers" in text
    assert judge(read_repository(root)) == []


def test_of_several_entries_the_new_one_takes_the_pending_record(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    put_pending(root, METER)
    again = METER._replace(cpl_number="000050", gbcs_version="GBCS Version 4.0")
    code, said = run(workbook(tmp_path, [*ENTRIES, again], "2.052"), "--format", "json")
    assert (code, [each["cpl_number"] for each in json.loads(said)["promoted"]]) == (0, ["000050"])


def test_several_new_entries_of_one_device_are_reported_and_left(
    root: Path, run: Run, tmp_path: Path
) -> None:
    new = workbooks.sample("000050")
    twin = new._replace(cpl_number="000051", gbcs_version="GBCS Version 4.0")
    pending = put_pending(root, new)
    code, said = run(workbook(tmp_path, [*ENTRIES, new, twin]), "--format", "json")
    report = json.loads(said)
    assert code == 0 and pending.exists() and report["promoted"] == []
    assert "`000050`, `000051`" in report["waiting"][0]["reason"]


def test_one_field_off_is_left_with_both_values_shown(root: Path, run: Run, tmp_path: Path) -> None:
    run(workbook(tmp_path, ENTRIES))
    new = workbooks.sample("000050")
    pending = put_pending(root, new._replace(hardware_revision="0B"))
    code, said = run(workbook(tmp_path, [*ENTRIES, new], "2.052"), "--format", "json")
    assert code == 0 and pending.exists()
    (waiting,) = json.loads(said)["waiting"]
    assert waiting["reason"] == "entry `000050` has hardware_revision `0A`, this record `0B`"


def test_a_file_in_the_way_of_a_promotion_is_never_overwritten(
    root: Path, run: Run, tmp_path: Path
) -> None:
    new = workbooks.sample("000050")
    put_pending(root, new)
    broken = put_record(root, new)
    broken.write_text("not: [a record\n", encoding="utf-8")
    code, said = run(workbook(tmp_path, [*ENTRIES, new]), "--format", "json")
    assert code == 0
    assert "already there" in json.loads(said)["waiting"][0]["reason"]
    assert broken.read_text(encoding="utf-8") == "not: [a record\n"


def test_a_mismatch_that_the_import_causes_is_waived_until_a_date(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    put_record(root, METER)
    assert judge(read_repository(root)) == []
    corrected = changed("000042", firmware_version="01000099")
    code, said = run(workbook(tmp_path, corrected, "2.052"), "--format", "json")
    (waiver,) = json.loads(said)["waivers_proposed"]
    assert (code, waiver["check"], waiver["until"]) == (0, "cpl-mismatch", "2026-12-22")
    assert "CPL 2.052 changed firmware_version from `01000042` to `01000099`" in waiver["reason"]
    assert judge(read_repository(root)) == []
    expired = read_repository(root, today=date(2027, 1, 1))
    assert {finding.check for finding in judge(expired)} >= {"cpl-mismatch", "expired-waiver"}

    code, said = run(workbook(tmp_path, ENTRIES, "2.053"), "--format", "json")
    (dropped,) = json.loads(said)["waivers_dropped"]
    assert (code, dropped["path"]) == (0, waiver["path"])
    assert judge(read_repository(root)) == []


def test_a_bulk_amendment_is_waived_whole(root: Path, run: Run, tmp_path: Path) -> None:
    """A thousand waivers are more than any other file may hold, and still only one import."""
    entries = [workbooks.sample(f"{number:06}") for number in range(1, 1_101)]
    run(workbook(tmp_path, entries))
    for entry in entries:
        put_record(root, entry)
    assert errors(root) == []
    recoded = [entry._replace(hardware_revision="0B") for entry in entries]
    code, said = run(workbook(tmp_path, recoded, "2.052"), "--format", "json")
    assert (code, len(json.loads(said)["waivers_proposed"])) == (0, 1_100)
    assert errors(root) == []


DEVICES = st.sampled_from(["01000042", "01000043", "01000044", "01000099"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_import_never_turns_the_repository_red(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For any accepted issue, `fir check` has no error afterwards that it did not have before."""
    folder = tmp_path_factory.mktemp("red")
    root = folder / "repository"
    lay_schema(root)
    shutil.copytree(
        ROOT / "tests/cases/_around/records/manufacturers", root / "records/manufacturers"
    )
    entries = list(ENTRIES)
    for step in range(3):
        issue = [
            entry._replace(
                firmware_version=data.draw(DEVICES),
                status=data.draw(st.sampled_from(["Current", "Removed"])),
                gbcs_version=data.draw(st.sampled_from(["GBCS Version 3.2", "GBCS Version 4.0"])),
            )
            for entry in entries
            if data.draw(st.integers(0, 9)) or step == 0
        ]
        if not issue:
            break
        before = {(f.check, f.path) for f in judge(read_repository(root)) if f.level == "error"}
        path = workbook(folder, issue, f"2.{60 + step:03}")
        imported = import_cpl(root, path, today=TODAY, allow_lost=True)
        write(root, imported)
        after = {(f.check, f.path) for f in judge(read_repository(root)) if f.level == "error"}
        assert after <= before
        for entry in issue:
            if data.draw(st.booleans()):
                put_record(root, entry._replace(manufacturer_identifier="7F01"))
            elif data.draw(st.booleans()):
                put_pending(root, entry._replace(firmware_version=data.draw(DEVICES)))
        entries = [*issue, workbooks.sample(f"0001{step}0")]


def test_a_demonstration_is_only_replaced_when_asked_and_only_whole(
    root: Path, run: Run, tmp_path: Path
) -> None:
    shutil.rmtree(root / "records")
    write_files(root, build())
    issue = workbook(tmp_path, ENTRIES)
    before = every_byte(root)
    code, said = run(issue)
    assert (code, every_byte(root)) == (1, before)
    assert "--replace-demo" in said

    edited = next((root / "records/manufacturers").iterdir())
    edited.write_bytes(edited.read_bytes() + b"# ours\n")
    own = root / "records/firmware/example-meters/000042.yaml"
    own.parent.mkdir()
    own.write_bytes(b"ours\n")
    before = every_byte(root)
    code, said = run(issue, "--replace-demo")
    assert (code, every_byte(root)) == (1, before)
    assert edited.name in said and "example-meters/000042.yaml" in said

    own.unlink()
    edited.write_bytes(edited.read_bytes().removesuffix(b"# ours\n"))
    assert run(issue, "--replace-demo")[0] == 0
    assert list(listed(root)) == [entry.cpl_number for entry in ENTRIES]
    assert judge(read_repository(root)) == []
    assert run(issue, "--replace-demo")[0] == 1, "there is no demonstration any more"


@pytest.mark.parametrize("after", range(5))
def test_a_write_that_fails_leaves_the_old_files(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    write(root, import_cpl(root, workbook(tmp_path, ENTRIES), today=TODAY))
    new = workbooks.sample("000050")
    put_pending(root, new)
    imported = import_cpl(root, workbook(tmp_path, [*ENTRIES, new], "2.052"), today=TODAY)
    before = every_byte(root)
    moved = os.replace
    count = 0

    def failing(path: str, target: str) -> None:
        nonlocal count
        count += not path.endswith(".old")  # which puts back what was there
        if count > after and not path.endswith(".old"):
            raise OSError(28, "No space left on device")
        moved(path, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="No space left"):
        write(root, imported)
    monkeypatch.undo()
    assert every_byte(root) == before


def test_what_a_killed_writer_had_decided_is_completed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = import_cpl(root, workbook(tmp_path, ENTRIES), today=TODAY)
    with killed(monkeypatch):
        write(root, imported)
    assert not (root / "records/cpl").exists()
    with writing(root) as transaction:
        assert set(transaction.completed) == set(imported.files)
    assert list(listed(root)) == [entry.cpl_number for entry in ENTRIES]
    with writing(root) as transaction:
        assert not transaction.completed


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A writer that dies when it has decided what to write and has written nothing of it."""

    def dies(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(Transaction, "_apply", dies)
        patched.setattr(Transaction, "_take_back", lambda *_: None)
        yield


def test_a_damaged_snapshot_is_not_built_on(root: Path, run: Run, tmp_path: Path) -> None:
    run(workbook(tmp_path, ENTRIES))
    path = root / "records/cpl/entries.csv"
    path.write_bytes(path.read_bytes().replace(b"01000042", b"1000042"))
    before = every_byte(root)
    code, said = run(workbook(tmp_path, ENTRIES, "2.052"))
    assert (code, every_byte(root)) == (1, before)
    assert "records/cpl/entries.csv:2:" in said


def test_the_real_list_is_imported_whole(root: Path, run: Run, real_cpl: Path) -> None:
    code, said = run(real_cpl, "--format", "json")
    report = json.loads(said)
    assert code == 0
    assert (report["entries"], report["current"], report["removed"]) == (729, 694, 35)
    assert len({entry.device[1:5] for entry in listed(root).values()}) == 162
    assert judge(read_repository(root)) == []
    before = every_byte(root)
    assert run(real_cpl)[0] == 0
    assert every_byte(root) == before


def test_an_interrupted_import_is_told_and_completed_by_the_next(
    root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = workbook(tmp_path, ENTRIES)
    with killed(monkeypatch):
        write(root, import_cpl(root, issue, today=TODAY))
    assert main(["check", "--root", str(root)]) == 2
    assert run(issue, "--dry-run")[0] == 2
    code, said = run(issue)
    assert (code, "no change" in said) == (0, True)
    assert list(listed(root)) == [entry.cpl_number for entry in ENTRIES]
    assert main(["check", "--root", str(root)]) == 0


def test_filling_in_what_a_csv_could_not_tell_is_no_change_of_the_list(
    root: Path, run: Run, tmp_path: Path
) -> None:
    run(workbook(tmp_path, ENTRIES))
    entries = changed("000042", gbcs_version="GBCS Version 4.0")
    run(csv_file(tmp_path, entries, "2.052"))
    code, said = run(workbook(tmp_path, entries, "2.053"), "--format", "json")
    report = json.loads(said)
    assert (code, report["filled"], report["amended"]) == (0, ["000042"], [])
    assert [row["field"] for row in rows(root, "changes.csv")] == ["gbcs_version"]
    assert listed(root)["000042"].cpa_certificate == METER.cpa_certificate
