"""Times two commands in turn, A B A B, as whole processes, and keeps the medians."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """One command: what it is called, its words, and where it runs."""

    name: str
    command: Sequence[str]
    folder: Path
    ok: tuple[int, ...] = (0,)
    environment: dict[str, str] | None = None
    makes: Path | None = None
    """A folder that is taken away before each run: a site is published from a clean clone."""


class Measured(NamedTuple):
    """`seconds` by the clock, `busy` of every process together, `mebibytes` of the largest one."""

    seconds: float
    busy: float
    mebibytes: float


# What a developer's shell may say of Python is not what a user's says.
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def once(run: Run) -> Measured:
    """One run from start to end; stops the benchmark if the command did not do its work."""
    if run.makes:
        shutil.rmtree(run.makes, ignore_errors=True)
    started = time.perf_counter()
    process = subprocess.Popen(
        run.command,
        cwd=run.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, **(run.environment or {})},
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code not in run.ok:
        sys.exit(f"{run.name} ended with {code}: {said.decode('utf-8', 'replace')[-2000:]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(runs: Sequence[Run], times: int) -> list[Measured]:
    """The medians of each command over `times` rounds, after one that is not counted."""
    for run in runs:
        once(run)
    rounds = [[once(run) for run in runs] for _ in range(times)]
    return [
        Measured(*(statistics.median(values) for values in zip(*column, strict=True)))
        for column in zip(*rounds, strict=True)
    ]
