"""What an analyst does when a CPL and its forms have come, from the inbox to a passing branch."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import forms
import pytest
import workbooks
from around import ROOT, change, lay

from fir.cli import main
from fir.model import SNAPSHOT, Entry
from fir.repository.read import read_repository
from fir.strict_yaml.reader import parse
from submissions import FOLDER, GAS, NOTES, Desk, findings, statuses

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PENDING = "records/pending/example-meters"
METER = {
    "type": "Single Element Electricity Metering Equipment",
    "manufacturer_identifier": "7F01",
    "model_identifier": "0006",
    "hardware_version": "01",
    "hardware_revision": "00",
    "firmware_version": "00041001",
}
HUB = {
    "type": "Communications Hub",
    "manufacturer_identifier": "7F02",
    "model_identifier": "0020",
    "hardware_version": "01",
    "hardware_revision": "00",
    "firmware_version": "03010000",
}
SAMPLE_DISPLAYS = {
    "company": "Sample Displays",
    "house": 12,
    "street": "Sample Street",
    "city": "Sampleham",
    "post_code": "SA2 3LE",
    "telephone": "+44 1632 960456",
    "email": "firmware@sample-displays.example",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = lay(tmp_path / "root")
    change(root, SNAPSHOT, 'demonstration: "true"', 'demonstration: "false"')
    return root


def next_issue(root: Path, folder: Path, *devices: dict[str, str]) -> tuple[Path, list[str]]:
    """The next CPL: all that there is, and an entry for each device; with their numbers."""
    listed = [each for each in read_repository(root).entries.values() if not each[-1]]
    shape = listed[0]._replace(cpa_certificate="", first_version="", first_issued_on="", label="")
    added: list[Entry] = []
    for number, device in enumerate(devices, 100):
        new = {"device_type": device["type"], **{k: v for k, v in device.items() if k != "type"}}
        hashed = f"{number:064X}"
        added.append(shape._replace(cpl_number=f"{number:06}", image_hash=hashed, **new))
    book = workbooks.published([*listed, *added], "0.004", "2026-11-20")
    return workbooks.save(book, folder, "central-products-list.xlsx"), [
        each.cpl_number for each in added
    ]


def files(root: Path) -> set[str]:
    found = {path.relative_to(root).as_posix() for path in root.glob("records/*/*/*.yaml")}
    return {path for path in found if not path.startswith("records/manufacturers")}


def test_three_forms_of_three_types_become_their_files_and_the_next_cpl_promotes_one(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, before = Desk(root, tmp_path / "inbox", capsys), files(root)
    unlisted = {**GAS, "type": "Polyphase Electricity Metering Equipment"}
    sent = [
        forms.save(desk.inbox, "meter.xlsm", **METER),
        forms.save(
            desk.inbox, "hub.xlsm", **HUB, **SAMPLE_DISPLAYS, smets_chts_version="CHTS V1.3"
        ),
        forms.save(desk.inbox, "new.xlsm", **unlisted),
    ]
    code, report = desk.add(*sent)
    assert (code, statuses(report), findings(report)) == (0, ["written", "written", "pending"], [])
    paths = [
        f"{FOLDER}/000044.yaml",
        "records/firmware/sample-displays/000047.yaml",
        f"{PENDING}/7F01-0005-0203-01070200.yaml",
    ]
    assert [each["path"] for each in report["results"]] == paths
    assert files(root) == before | set(paths)
    for path, device in zip(paths, (METER, HUB, unlisted), strict=True):
        value = parse((root / path).read_bytes())[0]
        assert (value["device"], value["release_notes"]) == (device, NOTES)
    assert desk.check() == 0
    issue, [number] = next_issue(root, tmp_path, unlisted)
    assert main(["cpl", "import", str(issue), "--root", str(root)]) == 0
    promoted = f"{FOLDER}/{number}.yaml"
    assert files(root) == before | {*paths[:2], promoted}
    assert parse((root / promoted).read_bytes())[0]["cpl_number"] == number
    assert desk.check() == 0
    assert statuses(desk.add(*sent)[1]) == ["unchanged"] * 3


def printed() -> str:
    """The commands of the section, as they stand there."""
    section = CONTRIBUTING[CONTRIBUTING.index("## An analyst’s afternoon") :]
    found = re.search("^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_commands_of_the_afternoon_make_a_branch_that_passes(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sixteen new entries and as many forms, of two companies that are known and a new one."""
    if os.name == "nt" or not (shutil.which("git") and shutil.which("bash")):
        pytest.skip("the commands are for a POSIX shell with git")
    devices = [{**METER, "firmware_version": f"0005{at:04X}"} for at in range(6)]
    devices += [{**HUB, "firmware_version": f"0302{at:04X}"} for at in range(5)]
    fresh = {**GAS, "manufacturer_identifier": "7F09"}
    devices += [{**fresh, "firmware_version": f"0100{at:04X}"} for at in range(5)]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    _, numbers = next_issue(root, inbox, *devices)
    for at, device in enumerate(devices):
        company = SAMPLE_DISPLAYS if device["manufacturer_identifier"] == "7F02" else {}
        company = {"company": "Fresh Meters Ltd"} if at > 10 else company
        forms.save(inbox, f"{at}.xlsm", **device, **company, notes=f"Release {at}.")
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin/fir"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fir "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    environment = {
        **{name: each for name, each in os.environ.items() if not name.startswith("GIT_")},
        "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "scripts"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"GIT_{who}_{what}": "x@x.example" for who in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")},
    }  # fmt: skip

    def shell(commands: str) -> str:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=root, env=environment, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    shell("git init -q -b main && git add . && git commit -qm begin")
    shell(printed())
    assert shell("git status --porcelain --ignored") == ""
    assert shell("git rev-list --count main..HEAD").strip() == "2"
    changed = shell("git diff --name-only main HEAD").split()
    records = {f"{number}.yaml" for number in numbers}
    assert {Path(each).name for each in changed if "/firmware/" in each} == records
    assert "records/manufacturers/fresh-meters.yaml" in changed
    told = shell("git log -1 --format='%(trailers:key=FIR-Submitter,valueonly)'")
    companies = {"Example Meters Ltd", "Sample Displays Ltd", "Fresh Meters Ltd"}
    assert set(told.strip().split("\n")) == companies
    assert main(["check", "--root", str(root)]) == 0
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    with_record = read_repository(root).by_number
    assert {with_record[number].release_notes for number in numbers} == {
        f"Release {at}.\n" for at in range(16)
    }
