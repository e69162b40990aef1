"""Every check, by its own examples: good cases are silent, bad ones say exactly what is expected.

A case is a folder laid over `cases/_around`; its files are what the check's page shows. Beside a
bad case stands `<case>.out`, all that `fir check --format text` prints: so a case also shows that
one mistake makes one finding. `case.py` (a function `build(root)`) makes what git cannot hold, and
a file named `arguments` holds further arguments.
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest
from around import lay_schema

from fir.checks import checks
from fir.cli import main

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases"
AROUND = CASES / "_around"
GOOD = sorted(path for path in CASES.glob("*/good/*") if path.is_dir())
BAD = sorted(path for path in CASES.glob("*/bad/*") if path.is_dir())


def build(case: Path, root: Path) -> list[str]:
    """Lays the case over its surroundings in `root`; returns the arguments it asks for."""
    shutil.copytree(AROUND, root, dirs_exist_ok=True)
    lay_schema(root)
    skip = shutil.ignore_patterns("case.py", "arguments", "__pycache__")
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=skip)
    if (case / "case.py").exists():
        spec = importlib.util.spec_from_file_location("case", case / "case.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.build(root)
    arguments = case / "arguments"
    return arguments.read_text(encoding="utf-8").split() if arguments.exists() else []


def name(case: Path) -> str:
    return "/".join(case.parts[-3:])


def test_the_surroundings_of_the_cases_are_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(AROUND, tmp_path / "root")
    assert main(["check", "--root", str(tmp_path / "root")]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("case", GOOD, ids=name)
def test_good_case_is_silent(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = build(case, tmp_path / "root")
    assert main(["check", "--root", str(tmp_path / "root"), *arguments]) == 0
    assert f"[{case.parts[-3]}]" not in capsys.readouterr().out


@pytest.mark.parametrize("case", BAD, ids=name)
def test_bad_case_says_what_is_expected(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    pytestconfig: pytest.Config,
) -> None:
    arguments = build(case, tmp_path / "root")
    code = main(["check", "--root", str(tmp_path / "root"), *arguments])
    said = capsys.readouterr().out
    golden = case.with_name(case.name + ".out")
    if pytestconfig.getoption("--update-golden"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")
    assert f"[{case.parts[-3]}]" in said
    assert code == (1 if ": error: " in said else 0)
    for line in said.splitlines()[1::2]:
        assert line.startswith("    fix: ") and len(line) > len("    fix: ")


def test_every_check_has_a_manual_a_good_case_and_a_bad_one() -> None:
    for check in checks().values():
        assert check.title and check.why and check.mend, check.id
        assert list((CASES / check.id / "good").iterdir()), check.id
        assert list((CASES / check.id / "bad").glob("*.out")), check.id


def test_every_case_folder_has_its_check() -> None:
    assert {path.name for path in CASES.iterdir()} - {"_around"} == set(checks())
