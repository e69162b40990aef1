"""History is read alike whatever a user, a shell or a repository has set up."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from around import MANUFACTURER, RECORD, ROOT, change, lay

from fir.cli import main
from fir.repository.git import GitFailed, git
from fir.site.commits import Commit, Commits, read_commits

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

NOON = "2026-03-02T12:00:00 +0000"
LATE = "2026-03-01T05:00:00 +0530"  # 23:30 on the day before, in UTC
ZONES = ("UTC", "Asia/Kolkata", "America/New_York")
PROGRAM = "touch ran-a-program; false"
# One line each: what a user, a machine or a copied repository might hold.
HOSTILE = (
    {"log.showSignature": "true"},
    {"log.showRoot": "false"},
    {"log.follow": "true"},
    {"log.mailmap": "true", "mailmap.file": "{root}/.mailmap"},
    {"log.diffMerges": "combined"},
    {"log.date": "relative", "log.decorate": "full", "log.abbrevCommit": "true"},
    {"color.ui": "always", "color.diff": "always", "color.status": "always"},
    {"core.autocrlf": "true", "core.safecrlf": "true"},
    {"core.quotePath": "true", "core.abbrev": "4"},
    {"core.fsmonitor": PROGRAM},
    {"core.hooksPath": "{root}/.git/programs"},
    {"core.pager": PROGRAM, "pager.log": PROGRAM, "pager.status": "true"},
    {"core.worktree": "/"},
    {"core.bare": "true"},
    {"diff.external": PROGRAM},
    {"diff.orderFile": "{root}/no-such-file"},
    {"diff.noprefix": "true", "diff.relative": "true", "diff.mnemonicPrefix": "true"},
    {"diff.renames": "copies", "status.renames": "copies", "diff.ignoreSubmodules": "all"},
    {"diff.text.textconv": PROGRAM, "diff.text.command": PROGRAM},
    {"format.pretty": "short", "notes.displayRef": "refs/notes/*"},
    {"i18n.logOutputEncoding": "UTF-16", "i18n.commitEncoding": "latin1"},
    {"status.showUntrackedFiles": "no", "status.branch": "true", "status.short": "false"},
    {"submodule.recurse": "true", "advice.graftFileDeprecated": "true", "column.ui": "always"},
)


def run(root: Path, *arguments: str, given: str = "", when: str = NOON) -> str:
    """Git as the test's repository is made with, whatever is set up here."""
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "T"), ("EMAIL", "t@panel.example"), ("DATE", when))
    }
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments],
        cwd=root,
        input=given,
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], **who, **nothing},
    )
    return done.stdout.strip()


def commit(root: Path, message: str, when: str = NOON) -> str:
    run(root, "add", "--all")
    run(root, "commit", "--quiet", "--allow-empty", f"--message={message}", when=when)
    return run(root, "rev-parse", "HEAD")


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of whoever runs this, empty yet."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home/.gitconfig"


@pytest.fixture
def root(tmp_path: Path, user: Path) -> Path:
    """Two commits: all files, then one record, late in the evening by UTC."""
    root = lay(tmp_path / "root")
    run(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "all", LATE)
    change(root, RECORD, "gas day", "day")
    commit(root, "a record")
    return root


def set_up(file: Path, root: Path, settings: dict[str, str]) -> None:
    """Adds settings to a file of configuration."""
    with file.open("a", encoding="utf-8") as opened:
        for key, value in settings.items():
            section, *inner, name = key.split(".")
            head = f'[{section} "{inner[0]}"]' if inner else f"[{section}]"
            opened.write(f'{head}\n{name} = "{value.replace("{root}", str(root))}"\n')


def exported(root: Path, folder: Path) -> dict[str, bytes]:
    assert main(["export", "--root", str(root), str(folder)]) == 0
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def zone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    import time

    monkeypatch.setenv("TZ", name)
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(autouse=True)
def _zone_of_before() -> Iterator[None]:
    import time

    yield
    if hasattr(time, "tzset"):
        time.tzset()


def test_a_day_is_the_day_in_utc(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ZONES:
        zone(monkeypatch, name)
        found = read_commits(root)
        first = found.last[MANUFACTURER]
        assert (first.on, first.at) == ("2026-02-28", "2026-02-28T23:30:00Z")
        assert found.head and (found.head.on, found.day) == ("2026-03-02", "2026-03-02")
        assert found.last[RECORD] == found.head


@pytest.mark.parametrize("place", ["user", "repository"])
def test_no_configuration_changes_what_is_read_or_runs_a_program(
    root: Path, user: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    expected = read_commits(root)
    assert expected.last.keys() >= {RECORD, MANUFACTURER} and not expected.changed
    programs = root / ".git/programs"
    programs.mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman"):
        (programs / hook).write_text(f"#!/bin/sh\n{PROGRAM}\n", encoding="utf-8")
        (programs / hook).chmod(0o755)
    info = root / ".git/info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("* diff=text\n", encoding="utf-8")
    (info / "exclude").write_text(".mailmap\nran-a-program\n", encoding="utf-8")
    (root / ".mailmap").write_text("Other <other@panel.example> <t@panel.example>\n", "utf-8")
    os.utime(root / RECORD)  # git has to look into it
    file = user if place == "user" else root / ".git/config"
    before = file.read_bytes() if file.exists() else b""
    for number, settings in enumerate(HOSTILE):
        file.write_bytes(before)
        set_up(file, root, settings)
        zone(monkeypatch, ZONES[number % len(ZONES)])
        assert read_commits(root) == expected, settings
        assert not (root / "ran-a-program").exists(), settings


def test_an_export_is_the_same_to_the_byte_under_every_configuration(
    root: Path, user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = exported(root, tmp_path / "expected")
    settings = {key: value for each in HOSTILE for key, value in each.items()}
    set_up(user, root, settings)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF"):
        monkeypatch.setenv(name, "/nowhere")
    for number, name in enumerate(ZONES):
        zone(monkeypatch, name)
        assert exported(root, tmp_path / f"out{number}") == expected


def test_a_signed_history_is_read_by_a_user_who_wants_to_see_signatures(
    root: Path, user: Path
) -> None:
    signed = run(root, "cat-file", "commit", "HEAD").replace(
        "\n\n",
        "\ngpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAAAQ==\n"
        " -----END SSH SIGNATURE-----\n\n",
        1,
    )
    name = run(root, "hash-object", "-t", "commit", "-w", "--stdin", given=f"{signed}\n")
    run(root, "reset", "--quiet", "--hard", name)
    plain = read_commits(root)
    set_up(user, root, {"log.showSignature": "true"})
    assert read_commits(root) == plain
    assert plain.head and plain.head.name == name


def test_what_replaces_a_commit_is_not_obeyed(root: Path) -> None:
    expected = read_commits(root)
    other = run(root, "commit-tree", "HEAD^{tree}", "-m", "other", when="2001-01-01T00:00:00Z")
    run(root, "replace", run(root, "rev-parse", "HEAD"), other)
    assert read_commits(root) == expected
    run(root, "replace", "--delete", run(root, "rev-parse", "HEAD"))
    grafts = root / ".git/info/grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{run(root, 'rev-parse', 'HEAD')}\n", encoding="utf-8")
    assert read_commits(root) == expected


def test_a_change_is_dated_by_the_merge_that_brought_it(root: Path) -> None:
    run(root, "switch", "--quiet", "--create=branch")
    change(root, RECORD, "day", "night")
    commit(root, "on a branch", "2026-03-03T12:00:00Z")
    run(root, "switch", "--quiet", "main")
    commit(root, "main moves on", "2026-03-04T12:00:00Z")
    run(root, "merge", "--quiet", "--no-ff", "--no-commit", "branch")
    change(root, MANUFACTURER, "Example Meters", "Exemplary Meters")
    merge = commit(root, "merged, and more", "2026-03-05T12:00:00Z")
    last = read_commits(root).last
    assert last[RECORD] == last[MANUFACTURER] == Commit(merge, "2026-03-05", "2026-03-05T12:00:00Z")


def test_a_shallow_clone_knows_no_last_change(root: Path, tmp_path: Path) -> None:
    run(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    whole, shallow = read_commits(root), read_commits(tmp_path / "shallow")
    assert shallow == Commits(whole.head, False, {}, whole.day)


def test_a_partial_clone_gives_the_same_or_could_not_run(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, "config", "uploadpack.allowFilter", "true")
    run(tmp_path, "clone", "--quiet", "--filter=tree:0", root.as_uri(), "partial")
    partial = tmp_path / "partial"
    assert read_commits(partial) == read_commits(root)
    shutil.rmtree(partial)
    run(tmp_path, "clone", "--quiet", "--filter=tree:0", root.as_uri(), "partial")
    root.rename(tmp_path / "gone")
    assert main(["export", "--root", str(partial), str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith("fir: git cannot read this repository: `fatal: ")
    assert not (tmp_path / "out").exists()


def test_crlf_in_the_work_tree_is_no_change(root: Path, tmp_path: Path) -> None:
    (root / ".gitattributes").write_text("* text=auto\n", encoding="utf-8")
    commit(root, "attributes")
    run(tmp_path, "clone", "--quiet", "--config=core.autocrlf=true", root.as_uri(), "crlf")
    assert b"\r\n" in (tmp_path / "crlf" / RECORD).read_bytes()
    assert read_commits(tmp_path / "crlf") == read_commits(root)


def test_a_folder_without_git_and_one_without_commits_have_none(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(root / ".git")
    assert read_commits(root) == Commits()
    run(root, "init", "--quiet")
    assert read_commits(root) == Commits()
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert read_commits(root) == Commits()


@pytest.mark.parametrize("verb", ["export", "summary"])
@pytest.mark.parametrize("damage", ["head", "branch", "objects", "config"])
def test_a_repository_that_git_cannot_read_is_one_sentence(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str, verb: str
) -> None:
    if damage == "head":
        (root / ".git/HEAD").unlink()
    elif damage == "branch":
        (root / ".git/refs/heads/main").write_text("no name of a commit\n", encoding="utf-8")
    elif damage == "objects":
        shutil.rmtree(root / ".git/objects")
        (root / ".git/objects").mkdir()
    else:
        (root / ".git/config").write_text("[core\n", encoding="utf-8")
    last = [str(tmp_path / "out")] if verb == "export" else ["--base=main"]
    assert main([verb, "--root", str(root), *last]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("fir: ") and told.err.count("\n") == 1
    assert "fault of fir" not in told.err
    if verb == "export":
        assert "git cannot read this repository: `" in told.err
        assert not (tmp_path / "out").exists()
    with pytest.raises(GitFailed):
        git(root, "log", "-1")


def test_a_branch_without_commits_is_compared_with_the_commit_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, "switch", "--quiet", "--orphan", "fresh")
    run(root, "checkout", "main", "--", ".")
    assert main(["summary", "--root", str(root), "--base=main", "--format=json"]) == 0
    assert '"kind": "none"' in capsys.readouterr().out


def test_a_commit_of_no_day_is_one_sentence(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = run(root, "cat-file", "commit", "HEAD")
    odd = "\n".join(
        f"{line.rpartition('>')[0]}> 9999999999999999 +0000"
        if line.startswith("committer")
        else line
        for line in content.split("\n")
    )
    command = ("hash-object", "--literally", "-t", "commit", "-w", "--stdin")
    run(root, "update-ref", "HEAD", run(root, *command, given=f"{odd}\n"))
    assert main(["export", "--root", str(root), str(tmp_path / "out")]) == 2
    assert "has no date that can be told" in capsys.readouterr().err


def test_the_environment_hides_nothing_from_the_checks(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(root, "update-index", "--chmod=+x", RECORD)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, "/nowhere")
    assert main(["check", "--root", str(root)]) == 1
    assert "the file is marked as a program [unsafe-file]" in capsys.readouterr().out


def test_one_module_asks_git() -> None:
    programs = ROOT / "scripts/fir"
    starting = {
        path.relative_to(programs).as_posix()
        for path in programs.rglob("*.py")
        if "import subprocess" in path.read_text(encoding="utf-8")
    }
    assert starting == {
        "repository/git.py",
        "workflows/preview.py",
        "site/browser_data/text_index.py",
    }
