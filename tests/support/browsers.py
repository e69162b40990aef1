"""Starts the browser that tests share, or says in one sentence why there is none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev import TaskError, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


class NoBrowserError(pytest.skip.Exception):
    """One sentence, what does not start and the cure; it skips the test that raises it."""

    fails = False  # whether the next test that raises it fails instead


def start_browser(stack: ExitStack) -> Browser:
    """The machine's Chromium or Chrome, else Playwright's own; `stack` ends it."""
    playwright = start_driver(stack)
    try:
        path = find_browser() or playwright.chromium.executable_path
    except TaskError as error:
        raise NoBrowserError(str(error)) from None
    if not Path(path).is_file():
        raise NoBrowserError("no Chromium or Chrome: install one, or name it in FIR_CHROMIUM")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if as_root else [])]
    try:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
    except Exception as error:
        raise NoBrowserError(
            f"`{path}` does not start ({cause(str(error))}): run `{path} --headless` "
            "to see why, or name another in FIR_CHROMIUM"
        ) from None
    stack.callback(started.close)
    return started


def start_driver(stack: ExitStack) -> Playwright:
    from playwright.sync_api import sync_playwright

    try:
        return stack.enter_context(sync_playwright())
    except Exception as error:
        # Playwright says no more than that the connection is closed: its Node.js knows the reason.
        asked = subprocess.run(
            [sys.executable, "-m", "playwright", "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        raise NoBrowserError(
            f"Playwright's driver does not start ({cause(asked.stderr or str(error))}): "
            "on Debian or Ubuntu run `.ci/run`, which installs what it needs"
        ) from None


def cause(output: str) -> str:
    """What a program said when it did not start: within Playwright's log, else at the beginning."""
    said = re.search(r"(?<=\[err\] )\S.*", output) or re.search(r"\S.*", output)
    return said[0] if said else "it gives no reason"
