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
            "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT / "scripts")]),
            "FIR_REQUIRE_BROWSER": "",
            **environment,
        },
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("workers", [("-n0",), ("-n2",)], ids=" ".join)
def test_a_driver_that_does_not_start_is_one_failure_or_a_skip(
    tmp_path: Path, workers: tuple[str]
) -> None:
    if os.name == "nt":
        pytest.skip("Windows starts no shell script")
    broken = {"PLAYWRIGHT_NODEJS_PATH": str(tmp_path / "node")}
    sentence = "Playwright's driver does not start (library.so is missing): "
    code, output = run(tmp_path, *workers, **broken)
    assert code == 0 and "1 passed, 2 skipped" in output
    assert f"SKIPPED [2] tests/browser: {sentence}" in output
    code, output = run(tmp_path, *workers, **broken, FIR_REQUIRE_BROWSER="1")
    assert code == 1 and "1 passed, 1 skipped, 1 error" in output
    assert output.count(sentence) == 2 and "Traceback" not in output


def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    code, output = run(tmp_path, "-n0", FIR_CHROMIUM=str(ROOT / "README.md"))
    assert code == 0 and "1 passed, 2 skipped" in output
    assert f"SKIPPED [2] tests/browser: `{ROOT / 'README.md'}` does not start (" in output


def test_the_cause_is_what_the_program_said() -> None:
    log = "closed\n\n<launched> pid=7\n[pid=7][err] \n[pid=7][err] libnss3.so is missing\nCall log:"
    assert cause(log) == "libnss3.so is missing"
    assert cause("\n  spawn EACCES\nCall log:") == "spawn EACCES"
    assert cause("") == "it gives no reason"
    assert issubclass(NoBrowserError, pytest.skip.Exception)
