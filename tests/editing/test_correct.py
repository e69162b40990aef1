"""`fir correct` changes published notes in every record of a release, all or none, and says how."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from around import RECORD, change, lay, put
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fir.cli import main
from fir.repository import transaction
from fir.strict_yaml.reader import parse

FOLDER = "records/firmware/example-meters"
OLD = "Corrects the gas day boundary after a clock change.\n"
NEW = "Corrects the gas day boundary.\nThe clock is not concerned.\n"
WHAT = "Left the clock out."
ON = "2026-11-02"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two entries of one image with one text, and a record of another firmware."""
    root = lay(tmp_path / "root")
    for number in ("000043", "000041"):
        given = ["--manufacturer", "example-meters", "--from", "000042"]
        assert main(["new", number, *given, "--root", str(root)]) == 0
    put(tmp_path, "notes.txt", NEW)
    return root


def correct(root: Path, *numbers: str, **options: str) -> int:
    notes = {"notes_from": str(root.parent / "notes.txt"), "what": WHAT, "on": ON}
    given = [
        each
        for name, value in {**notes, **options}.items()
        for each in (f"--{name.replace('_', '-')}", value)
    ]
    return main(["correct", *numbers, *given, "--root", str(root)])


def value(root: Path, number: str) -> dict[str, Any]:
    return parse((root / FOLDER / f"{number}.yaml").read_bytes())[0]  # type: ignore[no-any-return]


def files(root: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def test_one_number_corrects_the_release_and_no_other_firmware(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root, RECORD, "manufacturer:", "# by letter\nmanufacturer:")
    before = (root / FOLDER / "000041.yaml").read_bytes()
    capsys.readouterr()
    assert correct(root, "000043") == 0
    for number in ("000042", "000043"):
        assert value(root, number)["release_notes"] == NEW
        assert value(root, number)["corrections"] == [{"on": ON, "what": WHAT}]
    assert (root / FOLDER / "000041.yaml").read_bytes() == before
    assert "# by letter\n" in (root / RECORD).read_text(encoding="utf-8")
    said = capsys.readouterr()
    assert f"--- {RECORD}\n+++ {RECORD}\n" in said.out
    assert f"-  {OLD}+  Corrects the gas day boundary.\n" in said.out
    assert said.err == "2 records corrected\n"
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    assert main(["check", "--strict", "--root", str(root)]) == 0


def test_a_second_correction_stands_below_the_first(root: Path) -> None:
    assert correct(root, "000042") == 0
    put(root.parent, "notes.txt", OLD)
    assert correct(root, "000042", on="2026-11-09", what="Named the clock again.") == 0
    assert [each["on"] for each in value(root, "000043")["corrections"]] == [ON, "2026-11-09"]


def test_the_day_is_that_of_the_build_where_none_is_given(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793491200")
    notes = str(root.parent / "notes.txt")
    given = ["000042", "--notes-from", notes, "--what", WHAT, "--root", str(root)]
    assert main(["correct", *given]) == 0
    assert value(root, "000042")["corrections"][0]["on"] == "2026-11-01"


def test_other_notes_of_the_release_are_left_alone_and_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root, f"{FOLDER}/000043.yaml", "after a clock change", "twice a year")
    assert correct(root, "000042") == 0
    assert "corrections" not in value(root, "000043")
    left = "1 record corrected\nleft alone: `000043`, of the same release with other notes\n"
    assert capsys.readouterr().err.endswith(left)
    assert correct(root, "000043") == 0
    assert value(root, "000043")["release_notes"] == NEW


def test_several_numbers_are_corrected_together(root: Path) -> None:
    assert correct(root, "000041", "000042") == 0
    assert all(value(root, each)["corrections"] for each in ("000041", "000042", "000043"))


def test_a_dry_run_shows_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(root)
    capsys.readouterr()
    given = ["--notes-from", str(root.parent / "notes.txt"), "--what", WHAT, "--on", ON]
    assert main(["correct", "000042", *given, "--dry-run", "--root", str(root)]) == 0
    assert files(root) == before
    said = capsys.readouterr()
    assert f'+  - "on": "{ON}"\n+    what: "{WHAT}"\n' in said.out
    assert said.err == "2 records would be corrected\n"


REFUSED: dict[str, tuple[list[str], dict[str, str], str, str, str]] = {
    "no record": (["000040"], {}, "000040", "entry `000040` has no record", "did you mean"),
    "lost zeros": (["42"], {}, "42", "entry `42` has no record", "did you mean `000042`?"),
    "nothing changed": (["000042"], {"notes_from": OLD}, "000042", "are these already", "leave"),
    "no notes": (["000042"], {"notes_from": " \n"}, "notes.txt", "holds no notes", "say what"),
    "nothing said": (
        ["000042"],
        {"what": ""},
        "--what",
        "`corrections.what` is empty",
        "write it like",
    ),
    "two lines": (["000042"], {"what": "a\nb"}, "--what", "should be one line", 'write "a b"'),
    "too long": (["000042"], {"what": "x" * 501}, "--what", "501 characters long", "shorten"),
    "hidden": (["000042"], {"what": "a\u202eb"}, "--what", "U+202E", "remove"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_corrected_is_refused_with_place_and_cure(
    name: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers, options, place, message, cure = REFUSED[name]
    others = [] if name == "nothing changed" else ["000041"]
    if "notes_from" in options:
        put(root.parent, "notes.txt", options["notes_from"])
        options = {}
    before = files(root)
    capsys.readouterr()
    assert correct(root, *numbers, *others, **options) == 1
    said = capsys.readouterr()
    first, second = said.out.splitlines()[:2]
    assert f"{place}: error: " in first and message in first
    assert second.startswith("    fix: ") and cure in second
    assert said.err.startswith("refused: 1 reason; nothing is written")
    assert files(root) == before


def test_a_day_that_is_none_is_an_argument_that_makes_no_sense(root: Path) -> None:
    assert correct(root, "000042", on="2026-02-30") == 2
    assert correct(root, "000042", on="today") == 2


def test_a_failed_write_leaves_the_old_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(root)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(transaction, "_durable", full)
    assert correct(root, "000042") == 2
    assert files(root) == before


# Whatever is accepted passes

NOTES = st.text(alphabet="ab\n\t =-#'\"\\|:é\r", max_size=30) | st.text(max_size=20)
SAID = st.sampled_from([WHAT, "é: #1", " x", ""])
NUMBERS = st.lists(st.sampled_from(["000040", "000044", "000049", "40", "000042"]), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(numbers=NUMBERS, notes=NOTES, others=NOTES, what=SAID, source=st.booleans())
def test_whatever_new_and_correct_accept_passes_every_check(
    root: Path, numbers: list[str], notes: str, others: str, what: str, source: bool
) -> None:
    before = files(root)
    put(root.parent, "notes.txt", notes)
    given = ["--manufacturer", "example-meters", "--notes-from", str(root.parent / "notes.txt")]
    given += ["--from", "000041"] if source else []
    code = main(["new", *numbers, *given, "--root", str(root)]) if numbers else 1
    assert (files(root) != before) == (code == 0)
    put(root.parent, "notes.txt", others)
    correct(root, *(numbers if code == 0 else ["000042"]), what=what)
    assert main(["check", "--root", str(root)]) == 0
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    for path in files(root).keys() - before.keys():
        Path(path).unlink()
    for path, content in before.items():
        Path(path).write_bytes(content)
