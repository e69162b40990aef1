"""What the scan takes and refuses, and that each cure it prints cures."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from around import RECORD, lay, put

from fir.cli import main
from fir.repository.read import read_repository
from fir.repository.tree import SLUG, scan

PLACES = {
    "records/cpl/changes.csv": "changes",
    "records/cpl/entries.csv": "entries",
    "records/cpl/snapshot.yaml": "snapshot",
    "records/firmware/example-meters/000042.yaml": "record",
    "records/manufacturers/example-meters.yaml": "manufacturer",
    "records/manufacturers/sample-displays.yaml": "manufacturer",
    "records/waivers.yaml": "waivers",
}
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


def reasons(root: Path) -> dict[str, str]:
    return {refusal.path: refusal.message for refusal in scan(root)[1]}


def git(root: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@panel.example", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def cure(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The only fix that the check prints."""
    assert main(["check", "--root", str(root)]) == 1
    fixes = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    fix: ")]
    assert len(fixes) == 1, fixes
    return fixes[0].removeprefix("    fix: ")


def test_every_file_has_its_kind(root: Path) -> None:
    found, refusals = scan(root)
    assert dict(found) == PLACES
    assert list(dict(found)) == sorted(PLACES)
    assert refusals == []


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert [refusal.path for refusal in scan(tmp_path)[1]] == ["records"]


def test_a_refused_folder_is_not_entered(root: Path) -> None:
    for folder in ("firmware/Odd Name", "firmware/Example-Meters/deep", "old/deep/deeper"):
        inner = root / "records" / folder
        inner.mkdir(parents=True)
        (inner / "000041.yaml").write_text("a: [", encoding="utf-8", newline="\n")
    taken = {"records/firmware/Odd Name", "records/firmware/Example-Meters", "records/old"}
    assert set(reasons(root)) == taken


def test_the_name_that_fits_keeps_its_place(root: Path) -> None:
    twin = root / "records/firmware/Example-Meters"
    if twin.exists():
        pytest.skip("this system does not tell capitals in file names")
    twin.mkdir()
    assert list(reasons(root)) == ["records/firmware/Example-Meters"]
    assert RECORD in dict(scan(root)[0])


def test_a_folder_that_cannot_be_opened_is_not_passed_over(root: Path) -> None:
    folder = root / "records/firmware/example-meters"
    folder.chmod(0)
    try:
        if os.access(folder, os.R_OK):
            pytest.skip("this user may open every folder")
        assert reasons(root) == {
            "records/firmware/example-meters": "the folder cannot be opened",
        }
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("slug", ["a", "7", "example-meters", "a1-b2-c3", "a" * 60])
def test_short_names_of_manufacturers(slug: str) -> None:
    assert SLUG.fullmatch(slug)


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "A", "a_b", "a b", "é", "a" * 61, "a\n"])
def test_what_is_no_short_name(slug: str) -> None:
    assert not SLUG.fullmatch(slug)


def test_a_name_reaches_the_terminal_as_letters_only(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "\x1b]0;owned\x07\n::error::.yaml"
    try:
        (root / "records" / name).touch()
    except OSError:
        pytest.skip("this system takes no such file names")
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(r"records/\x1b]0;owned\x07\n::error::.yaml:1:1: error: ")
    assert said.isascii() and all(line.isprintable() for line in said.splitlines())
    assert len(said.splitlines()) == 2


# The cures


@needs_git
@pytest.mark.parametrize("ending", ["yml", "yaml.txt", "YAML"])
def test_another_ending_is_cured_as_printed(
    ending: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = root / RECORD
    right.rename(right.with_suffix(f".{ending}"))
    git(root, "init")
    git(root, "add", ".")
    subprocess.run(cure(root, capsys), shell=True, cwd=root, check=True)
    assert main(["check", "--root", str(root)]) == 0


@needs_git
def test_a_program_is_cured_as_printed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "init")
    git(root, "add", ".")
    git(root, "update-index", "--chmod=+x", RECORD)
    subprocess.run(cure(root, capsys), shell=True, cwd=root, check=True)
    assert main(["check", "--root", str(root)]) == 0


@needs_git
@pytest.mark.parametrize(
    "wrong", ["example-meters/000024.yaml", "sample-displays/000042.yaml", "new/000001.yaml"]
)
def test_a_record_in_the_wrong_place_is_cured_as_printed(
    wrong: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "records/firmware" / wrong
    path.parent.mkdir(exist_ok=True)
    (root / RECORD).rename(path)
    git(root, "init")
    git(root, "add", ".")
    subprocess.run(cure(root, capsys), shell=True, cwd=root, check=True)
    assert main(["check", "--root", str(root)]) == 0
    assert (root / RECORD).exists()


@needs_git
def test_a_damaged_snapshot_is_restored_as_printed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "init", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--message", "Records")
    entries = root / "records/cpl/entries.csv"
    entries.write_bytes(entries.read_bytes().replace(b"\n000043,", b"\n43,"))
    command = cure(root, capsys).split("`")[1]
    subprocess.run(command, shell=True, cwd=root, check=True)
    assert main(["check", "--root", str(root)]) == 0


# What a link leads to

WAIVER = f"""\
- check: "foreign-identifier"
  path: "{RECORD}"
  reason: "The identifier is being transferred"
  approved_by: "SEC Panel"
  until: "2026-12-22"
"""


@pytest.mark.parametrize("linked", ["records", "records/cpl", "records/cpl/entries.csv"])
def test_nothing_behind_a_link_is_read(linked: str, root: Path) -> None:
    put(root, "records/waivers.yaml", WAIVER)
    (root / linked).rename(root / "elsewhere")
    try:
        (root / linked).symlink_to(root / "elsewhere")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    repository = read_repository(root)
    assert repository.snapshot is None
    assert repository.entries == {}
    assert len(repository.waivers) == (linked != "records")
