"""Writing: all or nothing, by one writer at a time, and nothing that came with a tree is obeyed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import workbooks
from around import MANUFACTURER, RECORD, ROOT, change, lay, put

from fir.cli import commands as verbs
from fir.cli import main
from fir.repository import state, transaction
from fir.repository.state import NotWritten, locked
from fir.repository.transaction import Transaction, unfinished, writing
from fir.workflows.judge import Proposal, judge
from submissions import submission

FOLDER = "records/firmware/example-meters"
OTHER = "records/manufacturers/sample-displays.yaml"
NEW = f"{FOLDER}/000041.yaml"
WRITTEN: dict[str, bytes | None] = {RECORD: b"a: b\n", NEW: b"c: d\n", OTHER: None}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


@pytest.fixture
def clone(root: Path) -> Path:
    """The same with git, committed."""
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def git(root: Path, *words: str) -> str:
    known = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "core.autocrlf=false"]
    command = ["git", "-C", str(root), *known, *words]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def commit(root: Path) -> None:
    git(root, "add", "--all", "--force")
    git(root, "commit", "-qm", "state")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def records(root: Path) -> dict[str, bytes]:
    return everything(root / "records")


def state_of(root: Path) -> Path:
    return Path(state.state_of(os.path.realpath(root)))


def write(root: Path, files: dict[str, bytes | None]) -> None:
    with writing(root) as held:
        held.write(files)


def after(root: Path, files: dict[str, bytes | None] = WRITTEN) -> dict[str, bytes]:
    """The records as they will be."""
    changed = {path.removeprefix("records/"): content for path, content in files.items()}
    found = {**records(root), **changed}
    return {path: content for path, content in sorted(found.items()) if content is not None}


@contextmanager
def killed() -> Iterator[None]:
    """A writer that dies when it has decided what to write and has written nothing of it."""

    def dies(*_: object) -> None:
        raise SystemExit

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Transaction, "_apply", dies)
        patched.setattr(Transaction, "_take_back", lambda *_: None)
        yield


def break_off(root: Path, files: dict[str, bytes | None] = WRITTEN) -> None:
    with killed(), pytest.raises(SystemExit):
        write(root, files)


def said_by(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(list(map(str, words)))
    return code, *capsys.readouterr()


# What a tree carries


def words_of(verb: str, tmp_path: Path) -> list[str]:
    """Arguments with which each command would do something."""
    notes, sent = tmp_path / "notes.txt", tmp_path / "sent.json"
    notes.write_text("Corrects the clock.\n", encoding="utf-8")
    sent.write_text(json.dumps(submission()), encoding="utf-8")
    issue = workbooks.save(workbooks.published(workbooks.samples()), tmp_path, "list.xlsx")
    return {
        "add": [str(sent)],
        "check": [],
        "check --fix": ["--fix"],
        "correct": ["000042", "--notes-from", str(notes), "--what", "The clock."],
        "coverage": [],
        "cpl import": [str(issue)],
        "explain": ["unsafe-file"],
        "export": [str(tmp_path / "out")],
        "find": ["000042"],
        "fmt": [],
        "new": ["000041", "--manufacturer", "example-meters", "--notes-from", str(notes)],
        "summary": ["--base", "main"],
    }[verb]


WRITERS = ("add", "check --fix", "correct", "cpl import", "fmt", "new")
REFUSING = {"check": 1, "summary": 1, "export": 1, **dict.fromkeys(WRITERS, 2)}
"""The others read the records, and leave the orders alone."""


@pytest.mark.parametrize("verb", [*verbs.names(), "check --fix"])
@pytest.mark.parametrize("where", ["relative", "absolute", "hook", "records"])
def test_orders_that_a_tree_carries_are_refused_and_never_obeyed(
    clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str, where: str
) -> None:
    victim = {
        "relative": "../victim",
        "absolute": str(tmp_path / "victim"),
        "hook": ".git/hooks/post-commit",
        "records": "records/firmware/example-meters/000049.yaml",
    }[where]
    git(clone, "switch", "-qc", "proposal")
    put(clone, ".fir-write/journal.json", json.dumps([{"path": victim, "staged": "0"}]))
    put(clone, ".fir-write/0", "owned\n")
    (clone / RECORD).write_bytes((clone / RECORD).read_bytes() + b"# a comment\n")
    commit(clone)
    given = words_of(verb, tmp_path)
    before = everything(tmp_path)
    code, out, err = said_by(capsys, *verb.split()[: 2 if verb[:3] == "cpl" else 1], *given,
                             *(() if verb == "explain" else ("--root", clone)))  # fmt: skip
    assert code == REFUSING.get(verb, 0)
    assert "a fault of fir" not in err
    if verb in REFUSING:
        assert ".fir-write" in out + err
        assert "git rm -r --cached --ignore-unmatch .fir-write" in (out + err)
    now = {path: each for path, each in everything(tmp_path).items() if "/fir/" not in path}
    assert now == before


def carried(root: Path, how: str) -> str:
    """Orders in a tree, in one of the ways in which a tree can hold them; where they lie."""
    place = f"{FOLDER}/.fir-write" if "below" in how else ".fir-write"
    if "link" in how:
        (root / ".fir-write").symlink_to(root.parent)
    elif "file" in how:
        put(root, place, "x")
    else:
        put(root, f"{place}/journal.json", "[]")
    if "index" in how:
        commit(root)
        shutil.rmtree(root / place)
    return place


@pytest.mark.parametrize(
    "how", ["folder", "file", "link", "index", "folder below", "file below", "index below"]
)
def test_wherever_a_tree_holds_orders_it_is_refused(
    clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    git(clone, "worktree", "add", "-q", "--detach", str(tmp_path / "base"), "main")
    put(clone, ".git/info/exclude", ".fir-write\n")
    git(clone, "switch", "-qc", "proposal")
    place = carried(clone, how)
    code, out, _ = said_by(capsys, "check", "--root", clone)
    assert code == 1
    assert out.startswith(f"{place}:1:1: error: the folder holds orders to write files")
    assert out.count("error:") == 1
    code, out, _ = said_by(capsys, "summary", "--root", clone, "--base", "main")
    assert code == 1
    assert f"`{place}` must go" in out and "--ignore-unmatch" in out
    told = said_by(capsys, "summary", "--root", clone, "--base", "main", "--format", "json")[1]
    said = json.loads(told)
    assert said["refused"]["split"] and said["risk"] == "high"
    assert "write-orders" in {each["risk"] for each in said["risks"]}
    verdict = judge(Proposal(tmp_path / "base", clone, ""))
    assert not verdict.passes and not verdict.sound and "Orders to write" in verdict.refused


def test_many_orders_leave_room_for_the_rest_of_the_summary(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(50):
        put(clone, f"records/firmware/maker-{number}/.fir-write/journal.json", "[]")
    out = said_by(capsys, "summary", "--root", clone, "--base", "main")[1]
    assert "and 47 more must go" in out


# A journal where it belongs


DAMAGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "empty": lambda told: b"",
    "no JSON": lambda told: b"{",
    "not UTF-8": lambda told: b"\xff",
    "too deep": lambda told: b"[" * 100_000,
    "of an older fir": lambda told: [{"path": RECORD, "staged": "0"}],
    "nothing in it": lambda told: {},
    "text for moves": lambda told: {**told, "moves": "abc"},
    "no moves": lambda told: {**told, "moves": None},
    "no digest": lambda told: with_move(told, after="../x"),
    "a number": lambda told: with_move(told, before=7),
    "a path that is none": lambda told: with_move(told, path=["x"]),
    "a spare name with a path": lambda told: {**told, "spare": "../../../../x.fir"},
    "twice": lambda told: {**told, "moves": [told["moves"][0], told["moves"][0]]},
    "another folder": lambda told: {**told, "root": "/elsewhere"},
    "a copy": lambda told: {**told, "folder": [1, 2]},
    **{
        f"to {path}": lambda told, path=path: with_move(told, path=path)
        for path in (
            "../victim", "/tmp/victim", "records/../../victim", "records/./x", "records//x",
            "records", "schema/policy.yaml", ".git/hooks/post-commit", "records/.git/hooks/x",
            "records\\..\\..\\x", "records/a:b", "records/x\0y", "records/x\ny", "C:/x", "",
        )
    },
}  # fmt: skip


def with_move(told: dict[str, Any], **fields: object) -> dict[str, Any]:
    first, *rest = told["moves"]
    return {**told, "moves": [{**first, **fields}, *rest]}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_journal_that_does_not_fit_is_refused_with_its_cure(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    break_off(root)
    stage = state_of(root) / "stage"
    journal = stage / "journal.json"
    spoilt = DAMAGED[name](json.loads(journal.read_bytes()))
    journal.write_bytes(spoilt if isinstance(spoilt, bytes) else json.dumps(spoilt).encode())
    before = everything(tmp_path)
    for words in (["fmt"], ["check"], ["check", "--fix"], ["find", "000042"]):
        code, out, err = said_by(capsys, *words, "--root", root)
        assert (code, out) == (2, "")
        assert err.startswith("fir: ") and err.count("\n") == 1
        assert f"delete the folder `{stage}`" in err and "a fault of fir" not in err
    assert everything(tmp_path) == before
    shutil.rmtree(stage)
    assert main(["fmt", "--root", str(root)]) == 0


def test_a_stale_journal_is_not_applied_after_a_branch_switch(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(clone, "switch", "-qc", "other")
    change(clone, RECORD, '"000042"', '"000042" ')
    commit(clone)
    git(clone, "switch", "-q", "main")
    break_off(clone)
    git(clone, "switch", "-q", "other")
    before = records(clone)
    code, _, err = said_by(capsys, "fmt", "--root", clone)
    stage = state_of(clone) / "stage"
    assert code == 2 and f"`{RECORD}` has changed since" in err and str(stage) in err
    assert records(clone) == before
    git(clone, "switch", "-q", "main")
    code, _, err = said_by(capsys, "fmt", "--root", clone)
    assert code == 0 and "completed an interrupted write of 3 files: " in err


def test_a_link_on_the_way_stops_a_recovery(root: Path, tmp_path: Path) -> None:
    break_off(root)
    (root / FOLDER).rename(tmp_path / "outside")
    link(root / FOLDER, tmp_path / "outside")
    before = everything(tmp_path / "outside")
    with pytest.raises(NotWritten, match="is a link"):
        write(root, {})
    assert everything(tmp_path / "outside") == before


def link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target, target_is_directory=True)
    except OSError:
        pytest.skip("this system does not let us make a symbolic link")


def test_staged_files_that_were_damaged_are_not_written(root: Path) -> None:
    break_off(root)
    before = records(root)
    (state_of(root) / "stage/0.new").write_bytes(b"")
    with pytest.raises(NotWritten, match="what it had staged is damaged"):
        write(root, {})
    assert records(root) == before


# Kills


DRIVER = """
import errno, os, sys
root, step, across = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "across"
from fir.repository import transaction

def steps(module, name):
    real = getattr(module, name)
    def counted(*given, **more):
        global step
        if across and name == "replace" and given[0].endswith((".new", ".old")):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        step -= 1
        if step == 0:
            os._exit(9)
        done = real(*given, **more)
        step -= 1
        if step == 0:
            os._exit(9)
        return done
    setattr(module, name, counted)

for name in ("replace", "unlink", "mkdir", "rmdir"):
    steps(os, name)
steps(transaction, "_durable")
files = eval(sys.argv[4])
with transaction.writing(root) as held:
    if held.completed:
        sys.exit("completed")
    held.write(files)
"""


def driven(root: Path, step: int, across: str) -> int:
    command = [sys.executable, "-c", DRIVER, str(root), str(step), across, repr(WRITTEN)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    return subprocess.run(command, env=environment).returncode


@pytest.mark.parametrize("across", ["within", "across"])
def test_a_kill_at_any_step_leaves_all_or_nothing(tmp_path: Path, across: str) -> None:
    fates = set()
    for step in count(1):
        root = lay(tmp_path / str(step))
        before, wanted = records(root), after(root)
        code = driven(root, step, across)
        if code == 0:
            assert records(root) == wanted
            break
        assert code == 9
        broken = unfinished(root)
        with writing(root) as held:
            completed = held.completed
        assert bool(completed) == bool(broken)
        if completed:
            assert set(completed) == set(WRITTEN)
        assert records(root) == (wanted if completed else records(root))
        assert records(root) in (before, wanted)
        assert not unfinished(root) and not (state_of(root) / "stage").exists()
        fates.add((bool(completed), records(root) == wanted))
        shutil.rmtree(root)
    assert step > 20
    assert fates == {(False, False), (True, True), (False, True)}


def test_a_kill_while_recovering_is_recovered_from(tmp_path: Path) -> None:
    for step in count(1):
        root = lay(tmp_path / str(step))
        wanted = after(root)
        break_off(root)
        code = driven(root, step, "within")
        if code == 1:  # completed, as it says
            break
        assert code == 9
        write(root, {})
        assert records(root) == wanted
    assert step > 5


def test_a_rerun_after_a_kill_tells_the_truth(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["new", *words_of("new", tmp_path), "--root", str(root)]
    with killed():
        main(words)
    assert not (root / NEW).exists()
    code, out, err = said_by(capsys, *words)
    assert code == 1 and "has a record already" in out
    assert err == (
        f"completed an interrupted write of 1 file: {NEW}\n"
        "refused: 1 reason; nothing more is written\n"
    )
    code, _, err = said_by(capsys, *words)
    assert err == "refused: 1 reason; nothing is written\n"


def test_what_was_completed_is_told_whatever_comes_after(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = {f"{FOLDER}/0000{number}.yaml": b"a: [" for number in range(50, 60)}
    break_off(root, many)
    code, _, err = said_by(capsys, "cpl", "import", "nowhere.xlsx", "--root", root)
    assert code == 1
    assert err.startswith("completed an interrupted write of 10 files: ")
    assert f"{FOLDER}/000054.yaml and 5 more\n" in err


# Failures


@pytest.mark.parametrize("at", ["mkdir", "_durable", "replace", "unlink"])
def test_a_failure_is_one_sentence_and_harms_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    change(root, RECORD, 'cpl_number: "000042"', "cpl_number: '000042'")
    write(root, {})
    before = records(root)
    where = transaction if at == "_durable" else os
    real, failed = getattr(where, at), []

    def full(path: str, *more: Any) -> Any:
        if "stage" in str(path) and not failed:
            failed.append(path)
            raise OSError(28, "No space left on device", str(path))
        return real(path, *more)

    monkeypatch.setattr(where, at, full)
    code, _, err = said_by(capsys, "fmt", "--root", root)
    monkeypatch.undo()
    assert failed
    if at == "unlink":  # what clears up comes when all is done
        return
    assert (code, err.count("\n")) == (2, 1) and "No space left on device" in err
    assert records(root) == before
    assert main(["fmt", "--root", str(root)]) == 0


def test_a_git_directory_that_cannot_be_written_is_told(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def mkdir(path: str, *more: Any) -> None:
        if "/.git/" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        real(path, *more)

    monkeypatch.setattr(os, "mkdir", mkdir)
    before = records(clone)
    code, out, err = said_by(capsys, "fmt", "--root", clone)
    assert (code, out, err) == (2, "", f"fir: {clone}/.git/fir: Permission denied\n")
    assert records(clone) == before


def test_what_cannot_be_put_back_is_completed_later(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, replace, unlink = after(root), os.replace, os.unlink

    def failing(path: str, *more: str) -> None:
        if path.endswith("/1.new") or path.endswith(NEW):
            raise OSError(5, "Input/output error")
        (replace if more else unlink)(path, *more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing)
        patched.setattr(os, "unlink", failing)
        with pytest.raises(NotWritten, match="the next command that writes completes it"):
            write(root, WRITTEN)
    assert unfinished(root)
    write(root, {})
    assert records(root) == wanted


def test_only_files_below_records_are_written(root: Path, tmp_path: Path) -> None:
    before = everything(tmp_path)
    for path in ("schema/policy.yaml", "../x", f"{root}/records/x.yaml", "records/.git/x"):
        with pytest.raises(NotWritten, match="nothing is written"):
            write(root, {RECORD: b"x", path: b"x"})
    assert everything(root) == {
        path.removeprefix("root/"): each for path, each in before.items() if path[:5] == "root/"
    }


def test_nothing_is_written_through_a_link_nor_over_one(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (root / FOLDER).rename(outside)
    link(root / FOLDER, outside)
    with pytest.raises(NotWritten, match=f"`{FOLDER}` is a link"):
        write(root, {NEW: b"x"})
    (root / OTHER).unlink()
    link(root / OTHER, outside / "000042.yaml")
    before = everything(outside)
    with pytest.raises(NotWritten, match="is no plain file"):
        write(root, {OTHER: b"x"})
    assert everything(outside) == before


# Two at once


COUNTER = """
import sys
from pathlib import Path
from fir.repository.transaction import writing
for _ in range(15):
    with writing(sys.argv[1]) as held:
        path = Path(sys.argv[1], sys.argv[2])
        held.write({sys.argv[2]: b"%d" % (int(path.read_bytes()) + 1)})
"""


def started(*words: str | Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    return subprocess.Popen(
        [sys.executable, *map(str, words)], env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_two_writers_lose_nothing(root: Path) -> None:
    put(root, "records/counter", "0")
    running = [started("-c", COUNTER, root, "records/counter") for _ in range(2)]
    assert [each.wait() for each in running] == [0, 0]
    assert (root / "records/counter").read_bytes() == b"30"


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    contact = tmp_path / "sent.json"
    told = submission()
    told["contact"] = {**CONTACT, "email": "new@example-meters.example"}
    contact.write_text(json.dumps(told), encoding="utf-8")
    for attempt in range(4):
        root = lay(tmp_path / str(attempt))
        change(root, MANUFACTURER, 'name: "Example Meters Ltd"', "name: 'Example Meters Ltd'")
        both = [
            started("-m", "fir", "add", "--take-contact", contact, "--root", root),
            started("-m", "fir", "fmt", "--root", root),
        ]
        assert [each.wait() for each in both] == [0, 0]
        text = (root / MANUFACTURER).read_text(encoding="utf-8")
        assert "new@example-meters.example" in text and 'name: "Example Meters Ltd"' in text
        assert (root / NEW).is_file()


CONTACT = {
    "email": "firmware@example-meters.example",
    "telephone": "+441632960123",
    "address": {"lines": ["Unit 4"], "locality": "Exampleton", "postal_code": "EX1 2MP",
                "country": "GB"},
}  # fmt: skip


def test_a_second_writer_waits_for_a_bounded_time(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "WAIT", 0.2)
    write(root, {})
    with locked(str(state_of(root) / "lock")) as held:
        assert held
        code, out, err = said_by(capsys, "fmt", "--root", root)
        assert (code, out) == (2, "")
        assert err.startswith("fir: another `fir` has been writing here for")
        assert main(["check", "--root", str(root)]) == 0, "who reads waits for nobody"
    assert main(["fmt", "--root", str(root)]) == 0


def test_who_only_reads_needs_no_place_to_write(root: Path) -> None:
    for words in (["check"], ["find", "000042"], ["coverage"], ["fmt", "--check"]):
        assert main([*words, "--root", str(root)]) == 0
    assert not state_of(root).exists()


def test_what_an_editor_saved_meanwhile_is_not_written_over(root: Path) -> None:
    with writing(root) as held:
        put(root, RECORD, "saved: now\n")
        put(root, NEW, "saved: now\n")
        for path in (RECORD, NEW):
            with pytest.raises(NotWritten, match=f"another program has changed `{path}`"):
                held.write({path: b"x", OTHER: None})
        held.write({MANUFACTURER: b"x"})
        held.write({MANUFACTURER: b"y"})
    assert (root / RECORD).read_bytes() == (root / NEW).read_bytes() == b"saved: now\n"
    assert (root / OTHER).exists() and (root / MANUFACTURER).read_bytes() == b"y"


# Where a write is kept


def test_the_git_directory_keeps_it(clone: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    git(clone, "worktree", "add", "-q", str(linked))
    for root in (clone, linked):
        place = Path(git(root, "rev-parse", "--absolute-git-dir"))
        assert state_of(root).is_relative_to(place.resolve() / "fir")
        break_off(root)
        assert git(root, "status", "--porcelain", "--ignored") == ""
        wanted = after(root)
        write(root, {})
        assert records(root) == wanted
    assert state_of(clone) != state_of(linked)


def test_without_git_a_folder_of_the_user_keeps_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    write(root, WRITTEN)
    place = state_of(root)
    assert place.parent == (tmp_path / "state/fir").resolve()
    if os.name != "nt":
        assert place.stat().st_mode & 0o777 == place.parent.stat().st_mode & 0o777 == 0o700
    assert not (root / ".git").exists()
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    assert state_of(copy) != place


def test_a_folder_of_the_user_within_the_tree_is_not_taken(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(root / "records/state"))
    code, _, err = said_by(capsys, "fmt", "--root", root)
    assert code == 2 and "set `XDG_STATE_HOME` to one" in err
    assert not (root / "records/state").exists()
    assert main(["check", "--root", str(root)]) == 0


def _elsewhere(root: Path, other: Path) -> None:
    put(root, ".git", f"gitdir: {other}/.git\n")


def _within(root: Path, other: Path) -> None:
    put(root, ".git", "gitdir: carried\n")
    put(root, "carried/HEAD", "ref: refs/heads/main\n")
    put(root, "carried/gitdir", "../.git\n")


def _link(root: Path, other: Path) -> None:
    link(root / ".git", other / ".git")


def _no_head(root: Path, other: Path) -> None:
    put(root, ".git/objects/x", "")


def _garbage(root: Path, other: Path) -> None:
    (root / ".git").write_bytes(b"gitdir: \0\xff")


@pytest.mark.parametrize("odd", [_elsewhere, _within, _link, _no_head, _garbage])
def test_an_odd_git_directory_is_not_believed(
    clone: Path, tmp_path: Path, odd: Callable[[Path, Path], None]
) -> None:
    root = lay(tmp_path / "odd")
    odd(root, clone)
    before = everything(clone)
    wanted = after(root)
    write(root, WRITTEN)
    assert records(root) == wanted
    assert everything(clone) == before
    assert not list(root.rglob("fir"))


def test_a_journal_unpacked_with_its_git_directory_is_refused(
    clone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_off(clone)
    copy = tmp_path / "copy"
    shutil.copytree(clone, copy)
    shutil.rmtree(clone)
    shutil.copytree(copy, clone)
    for root, why in ((copy, "another folder"), (clone, "another folder")):
        before = records(root)
        code, _, err = said_by(capsys, "fmt", "--root", root)
        assert code == 2 and why in err
        assert records(root) == before


def test_hooks_and_settings_of_git_are_not_run(clone: Path, tmp_path: Path) -> None:
    for name in ("core.fsmonitor", "core.hooksPath", "core.editor"):
        git(clone, "config", name, f"touch {tmp_path}/ran; false")
    write(clone, WRITTEN)
    assert not (tmp_path / "ran").exists()


def test_it_is_read_where_there_is_no_fcntl() -> None:
    words = (
        "import sys, types; sys.platform = 'win32'; sys.modules['fcntl'] = None\n"
        "sys.modules['msvcrt'] = types.ModuleType('msvcrt')\n"
        "import fir.repository.transaction"
    )
    assert started("-c", words).wait() == 0
