"""`fir new` writes records filled in from the CPL, all or none, which `fir check` then takes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from around import RECORD, lay, put

from fir.cli import main
from fir.repository import transaction
from fir.strict_yaml.reader import parse

FOLDER = "records/firmware/example-meters"
NOTES = "Corrects the tariff table after a restart.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    return path


def new(root: Path, *arguments: str | Path) -> int:
    given = list(map(str, arguments))
    if "--manufacturer" not in given:
        given += ["--manufacturer", "example-meters"]
    return main(["new", *given, "--root", str(root)])


def value(root: Path, number: str) -> dict[str, Any]:
    return parse((root / FOLDER / f"{number}.yaml").read_bytes())[0]  # type: ignore[no-any-return]


def files(root: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def test_several_entries_are_filled_in_and_pass(
    root: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, "000041", "000043", "--notes-from", notes) == 0
    said = capsys.readouterr()
    assert value(root, "000043") == {
        "cpl_number": "000043",
        "manufacturer": "example-meters",
        "device": {
            "type": "Gas Smart Meter",
            "manufacturer_identifier": "7F01",
            "model_identifier": "0005",
            "hardware_version": "02",
            "hardware_revision": "04",
            "firmware_version": "01070300",
        },
        "release_notes": NOTES,
    }
    assert f"+++ {FOLDER}/000041.yaml\n" in said.out
    assert said.err == "2 records written\n"
    assert main(["check", "--root", str(root)]) == 0
    assert main(["fmt", "--check", "--root", str(root)]) == 0


def test_notes_may_come_from_standard_input(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"\xef\xbb\xbf\r\n  One\tline.  \r\n\r\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    assert new(root, "000041", "--notes-from", "-") == 0
    assert value(root, "000041")["release_notes"] == "  One   line.\n"


def test_without_notes_the_file_waits_for_them_and_says_so(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, "000041") == 1
    said = capsys.readouterr()
    assert f"{FOLDER}/000041.yaml:11:16: error: the release notes are blank" in said.out
    assert said.err.endswith("the release notes are blank: write them into the files\n")
    text = (root / FOLDER / "000041.yaml").read_text(encoding="utf-8")
    assert text.endswith("release_notes: |\n  \n")
    put(root, f"{FOLDER}/000041.yaml", text.removesuffix("\n") + NOTES)
    assert main(["check", "--root", str(root)]) == 0


STATED = (
    "product_name: EG-5\n"
    'released_on: "2026-05-01"\n'
    "outage_alert_on_activation: not-expected\n"
    'upgrade_from: ["000041"]\n'
    "corrections:\n"
    '  - "on": "2026-06-01"\n'
    "    what: Named the right hub.\n"
)


def test_what_holds_for_the_same_firmware_is_copied_and_one_entrys_own_story_is_not(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(root, RECORD, (root / RECORD).read_text(encoding="utf-8") + STATED)
    assert new(root, "000043", "--from", "000042") == 0
    made = value(root, "000043")
    assert made["product_name"] == "EG-5"
    assert made["released_on"] == "2026-05-01"
    assert made["outage_alert_on_activation"] == "not-expected"
    assert made["release_notes"] == value(root, "000042")["release_notes"]
    assert not {"upgrade_from", "corrections"} & made.keys()
    assert capsys.readouterr().err == (
        "1 record written\n"
        "copied from 000042: `outage_alert_on_activation`, `product_name`, `release_notes`, "
        "`released_on`\n"
        "left out of 000042: `upgrade_from`, `corrections`, which may not hold for another entry\n"
    )


def test_of_another_firmware_only_notes_and_name_are_copied_and_that_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(root, RECORD, (root / RECORD).read_text(encoding="utf-8") + STATED)
    assert new(root, "000041", "000044", "--from", "000042") == 0
    assert "released_on" not in value(root, "000041")
    assert value(root, "000041")["product_name"] == "EG-5"
    assert "product_name" not in value(root, "000044")
    said = capsys.readouterr().err
    assert "the notes are those of firmware 01070300: change what differs\n" in said


def test_own_notes_come_before_copied_ones(root: Path, notes: Path) -> None:
    assert new(root, "000043", "--from", "000042", "--notes-from", notes) == 0
    assert value(root, "000043")["release_notes"] == NOTES


REFUSED = {
    "41": ("41", "the CPL, version 0.003, has no entry `41`", "write 000041, a Gas Smart Meter"),
    "000490": ("000490", "has no entry `000490`", "write 000049"),
    "999999": ("999999", "has no entry", "import the CPL that lists it first"),
    "../../x": ("../../x", "has no entry `../../x`", "correct the number"),
    "000042": ("000042", f"has a record already: {RECORD}", "edit that file"),
    "000046": ("000046", "`7F02` is no identifier of", "`--manufacturer sample-displays`"),
    "000041 --manufacturer nobody": ("--manufacturer", "no manufacturer `nobody`", "write one of"),
    "000041 --manufacturer example-meter": (
        "--manufacturer",
        "no manufacturer",
        "write `--manufacturer example-meters`",
    ),
    "000041 --from 000043": ("--from 000043", "`000043` has no record", "give the number"),
    "000046 --manufacturer sample-displays --from 000042": (
        "--from 000042",
        "is of another manufacturer, example-meters",
        "name a record of the same one",
    ),
    "000041 --notes-from nowhere.txt": ("nowhere.txt", "no such file", "check the path"),
}


@pytest.mark.parametrize("given", REFUSED)
def test_what_cannot_be_filled_in_is_refused_with_place_and_cure(
    given: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, message, cure = REFUSED[given]
    before = files(root)
    assert new(root, *given.split()) == 1
    said = capsys.readouterr()
    first, second = said.out.splitlines()
    assert first.startswith(f"{place}: error: ") and message in first
    assert second.startswith("    fix: ") and cure in second
    assert said.err == "refused: 1 reason; nothing is written\n"
    assert files(root) == before


def test_every_reason_is_told_at_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root)
    assert new(root, "000040", "999999", "000042", "000046") == 1
    assert files(root) == before
    assert capsys.readouterr().out.count(": error: ") == 3


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"\xff", "zero\u200bwidth".encode(), b"x" * 70_000]
)
def test_notes_that_cannot_be_published_are_refused(
    content: bytes, root: Path, notes: Path
) -> None:
    notes.write_bytes(content)
    before = files(root)
    assert new(root, "000041", "--notes-from", notes) == 1
    assert files(root) == before


def test_what_the_policy_does_not_accept_is_refused_in_the_words_of_the_check(
    root: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "schema/policy.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            'Smart Meter:\n    records: "required"', 'Smart Meter:\n    records: "not_accepted"'
        ),
        encoding="utf-8",
    )
    assert new(root, "000041", "--notes-from", notes) == 1
    assert "the policy does not accept records of the type" in capsys.readouterr().out


def test_a_file_that_is_there_and_broken_is_not_written_over(root: Path, notes: Path) -> None:
    put(root, f"{FOLDER}/000041.yaml", "a: [")
    assert new(root, "000041", "--notes-from", notes) == 1
    assert (root / FOLDER / "000041.yaml").read_bytes() == b"a: ["


def test_nothing_is_written_through_a_link(root: Path, notes: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (root / FOLDER).rename(outside)
    try:
        (root / FOLDER).symlink_to(outside)
    except OSError:
        pytest.skip("this system does not let us make a symbolic link")
    assert new(root, "000041", "--notes-from", notes) == 1
    assert not (outside / "000041.yaml").exists()


def test_an_error_that_was_there_before_does_not_stop_it(root: Path, notes: Path) -> None:
    put(root, "records/firmware/example-meters/000049.yaml", "a: [")
    assert new(root, "000041", "--notes-from", notes) == 0


def test_a_failed_write_leaves_the_old_files(
    root: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(root)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(transaction, "_durable", full)
    assert new(root, "000041", "000043", "--notes-from", notes) == 2
    assert files(root) == before
