"""`fir export`: what the site publishes for machines, all of it or nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from around import RECORD, ROOT, change, lay
from built import build_site, demonstration

from fir.cli import main
from fir.site.files import FOLDERS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


def run(root: Path, folder: Path) -> int:
    return main(["export", "--root", str(root), str(folder)])


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_files_are_those_of_the_site_to_the_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = demonstration(tmp_path / "root")
    (root / ".gitignore").write_text("mkdocs.yml\n", encoding="utf-8")
    words = ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "state"]
    for arguments in (["init", "-q"], ["add", "-A"], words):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    site = build_site(root, tmp_path / "site")
    assert run(root, tmp_path / "out") == 0
    exported = files(tmp_path / "out")
    published = files(site)
    of_machines = {path for path in published if path.partition("/")[0] in FOLDERS}
    pages = {path for path in of_machines if path.endswith("index.html")}
    assert set(exported) == of_machines - pages
    assert {path: published[path] for path in exported} == exported
    size = sum(map(len, exported.values()))
    said = capsys.readouterr().out
    assert said.startswith(f"{len(exported):,} files, {size:,} bytes, from CPL 0.088, commit ")
    commit = json.loads(exported["api/v1/index.json"])["commit"]
    assert said.endswith(f"commit {commit[:7]}\n")


def test_an_earlier_export_gives_way_and_nothing_of_it_is_left(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert run(root, out) == 0
    before = files(out)
    (root / RECORD).unlink()
    assert run(root, out) == 0
    after = files(out)
    assert set(after) == set(before)
    assert b'"record":null' in after["api/v1/entries/000042.json"]
    (out / "api/v1/entries/000099.json").write_bytes(b"{}")
    assert run(root, out) == 0
    assert files(out) == after
    assert names(out) == set(FOLDERS)


@pytest.mark.parametrize("name", ["notes.txt", "data/fir.csv", "api/v1/index.json"])
def test_a_folder_that_is_no_export_is_left_alone(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True)
    (out / name).write_text('{"title": "mine"}', encoding="utf-8")
    assert run(root, out) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"fir: {out} is no earlier export: it holds ")
    assert error.endswith("; give another folder\n")
    assert set(files(out)) == {name}


def test_the_root_of_the_repository_and_a_file_are_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, root) == 2
    assert "is no earlier export: it holds `records`" in capsys.readouterr().err
    assert run(root, root / RECORD) == 2
    assert "is a file, not a folder" in capsys.readouterr().err


def test_an_empty_folder_is_used(root: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run(root, tmp_path / "out") == 0
    assert (tmp_path / "out/data/fir.csv").is_file()


def test_a_repository_with_errors_is_not_exported(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root, RECORD, '"01070300"', '"01070301"')
    assert run(root, tmp_path / "out") == 1
    said = capsys.readouterr()
    assert f"{RECORD}:10:" in said.out and "[cpl-mismatch]" in said.out
    assert said.err.startswith("a repository with errors is not published: 1 error")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("moves", range(2))
def test_a_run_that_is_broken_off_leaves_what_was_there(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    out = tmp_path / "out"
    assert run(root, out) == 0
    before = files(out)
    (root / RECORD).unlink()
    real, left = Path.rename, [moves]

    def rename(path: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == -1:
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert run(root, out) == 130
    assert left[0] < 0
    monkeypatch.undo()
    assert files(out) == before
    assert run(root, out) == 0
    assert files(out) != before and names(out) == set(FOLDERS)


KILLED = """
import os, pathlib, sys
step, real = int(sys.argv[1]), pathlib.Path.rename
def rename(path, target):
    global step
    step -= 1
    if step == 0:
        os._exit(9)
    return real(path, target)
pathlib.Path.rename = rename
from fir.cli import main
sys.exit(main(["export", "--root", sys.argv[2], sys.argv[3]]))
"""


@pytest.mark.parametrize("step", [1, 2])
def test_a_killed_run_leaves_no_half_and_is_cleared(root: Path, tmp_path: Path, step: int) -> None:
    out, link = tmp_path / "parent/out", tmp_path / "parent/.fir-export-out-link"
    assert run(root, out) == 0
    whole, another = files(out), tmp_path / "parent/.fir-export-other-x"
    another.mkdir()
    link.symlink_to(tmp_path)
    command = [sys.executable, "-c", KILLED, str(step), str(root), str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    assert subprocess.run(command, env=environment).returncode == 9
    assert (files(out) if out.exists() else whole) == whole
    assert len(names(out.parent)) == 4 - (not out.exists())
    assert run(root, out) == 0
    assert files(out) == whole
    assert names(out.parent) == {"out", another.name, link.name}
    assert not (tmp_path / "lock").exists(), "a link is not followed"


def test_the_folder_where_one_stands_is_not_swapped_away(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run(root, out) == 0
    monkeypatch.chdir(out / "api")
    assert run(root, out) == 2
    assert "is where you are: run this from outside it" in capsys.readouterr().err


def test_a_link_to_the_folder_stays_one_and_the_folder_can_be_read_by_others(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    mode = (tmp_path / "out").stat().st_mode
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "out")
    assert run(root, link) == 0
    assert link.is_symlink() and (tmp_path / "out/data/fir.csv").is_file()
    assert (tmp_path / "out").stat().st_mode == mode
    assert names(tmp_path) == {"root", "out", "link"}
