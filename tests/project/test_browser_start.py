"""A browser that does not start: one sentence, a skip, or one failure where it is demanded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from browsers import NoBrowserError, cause

from dev import ROOT

TWO_TESTS = """
def test_one(browser): pass
def test_two(browser): pass
def test_none(): pass
"""
SENTENCE = "Playwright's driver does not start (library.so is missing): "


def run(folder: Path, *workers: str, **environment: str) -> tuple[int, str]:
    """The exit code and the output of three tests, of which two need a browser."""
    (folder / "test_three.py").write_text(TWO_TESTS, encoding="utf-8")
    (folder / "node").write_text("#!/bin/sh\necho library.so is missing >&2\nexit 1\n", "utf-8")
    (folder / "node").chmod(0o755)
    command = [sys.executable, "-m", "pytest", "-q", "-ra", "-p", "conftest", *workers]
    done = subprocess.run(
        [*command, f"--rootdir={folder}", "--basetemp", str(folder / "temp"), str(folder)],
        env={
            **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
            "PYTHONPATH": os.pathsep.join(
                str(ROOT / folder) for folder in ("tests", "tests/support", "scripts")
            ),
            "FIR_REQUIRE_BROWSER": "",
            **environment,
        },
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


@pytest.fixture
def broken(tmp_path: Path) -> dict[str, str]:
    if os.name == "nt":
        pytest.skip("Windows starts no shell script")
    return {"PLAYWRIGHT_NODEJS_PATH": str(tmp_path / "node")}


def test_tests_are_skipped_in_one_line(tmp_path: Path, broken: dict[str, str]) -> None:
    code, output = run(tmp_path, "-n0", **broken)
    assert code == 0 and "1 passed, 2 skipped" in output
    assert f"SKIPPED [2] tests/browser: {SENTENCE}" in output


def test_where_a_browser_is_demanded_one_of_all_workers_fails(
    tmp_path: Path, broken: dict[str, str]
) -> None:
    code, output = run(tmp_path, "-n2", **broken, FIR_REQUIRE_BROWSER="1")
    assert code == 1 and "1 passed, 1 skipped, 1 error" in output
    assert f"\n{SENTENCE}" in output and "Traceback" not in output


def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    code, output = run(tmp_path, "-n0", FIR_CHROMIUM=str(ROOT / "README.md"))
    if "Playwright's driver does not start" in output:
        pytest.skip("Playwright's driver, which starts browsers, does not start itself")
    assert code == 0 and "1 passed, 2 skipped" in output
    assert f"SKIPPED [2] tests/browser: `{ROOT / 'README.md'}` does not start (" in output


def test_the_cause_is_what_the_program_said() -> None:
    log = "closed\n\n<launched> pid=7\n[pid=7][err] \n[pid=7][err] libnss3.so is missing\nCall log:"
    assert cause(log) == "libnss3.so is missing"
    assert cause("\n  spawn EACCES\nCall log:") == "spawn EACCES"
    assert cause("") == "it gives no reason"
    assert issubclass(NoBrowserError, pytest.skip.Exception)
