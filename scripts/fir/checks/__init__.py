"""Finds the checks, runs them over one state of the repository, and applies the waivers.

A check is a module of this package: its name, with hyphens, is the check's id; its docstring is
the manual; `STAGE` says when it speaks; `check(repository)` yields findings. `LEVEL` (error) and
`WAIVABLE` (yes, unless the stage is readable or shaped) stand only where they differ.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import Diagnostic, Level
from fir.model import Repository, Waiver

STAGES = {
    "readable": "The file can be read",
    "shaped": "The file has the right fields",
    "cpl": "It agrees with the Central Products List",
    "neighbours": "It agrees with its neighbours",
    "publish": "It is fit to publish",
    "upkeep": "The repository is kept up",
}
LEVELS = ("error", "warning", "note")


class Check(NamedTuple):
    """One check and its manual."""

    id: str
    stage: str
    level: Level
    waivable: bool
    title: str
    why: str
    mend: str
    run: Callable[[Repository], Iterator[Diagnostic]]
    excuses: Callable[[Repository, Waiver], bool]


@cache
def checks() -> dict[str, Check]:
    """Every check by its id, in the order of stages, then of names."""
    found = [_load(file.stem) for file in sorted(Path(__file__).parent.glob("[!_]*.py"))]
    order = list(STAGES)
    return {check.id: check for check in sorted(found, key=lambda check: order.index(check.stage))}


def _load(name: str) -> Check:
    module = importlib.import_module(f"{__name__}.{name}")
    title, why, mend = _manual(module.__doc__ or "")
    return Check(
        id=name.replace("_", "-"),
        stage=module.STAGE,
        level=getattr(module, "LEVEL", "error"),
        waivable=getattr(module, "WAIVABLE", module.STAGE not in ("readable", "shaped")),
        title=title,
        why=why,
        mend=mend,
        run=module.check,
        excuses=getattr(module, "excuses", lambda repository, waiver: True),
    )


def _manual(docstring: str) -> tuple[str, str, str]:
    """What is wrong, why it matters and how to mend it, from a check's docstring."""
    title, _, rest = docstring.strip().partition("\n\n")
    why, _, mend = rest.partition("Mend:")
    parts = (title, why.strip().removeprefix("Why:"), mend)
    title, why, mend = (" ".join(part.split()) for part in parts)
    return title.rstrip("."), why, mend


def judge(repository: Repository, only: Collection[str] = ()) -> list[Diagnostic]:
    """The findings of every check (or of those in `only`) that no waiver excuses, in order."""
    excused = {
        (waiver.check, waiver.path) for waiver in repository.waivers if holds(repository, waiver)
    }
    wanted = [check for check in checks().values() if not only or check.id in only]
    return sorted(
        (
            finding
            for check in wanted
            for finding in run(check, repository)
            if (finding.check, finding.path) not in excused
        ),
        key=lambda finding: (finding.path, finding.line, finding.column, finding.check),
    )


def run(check: Check, repository: Repository) -> Iterator[Diagnostic]:
    """The findings of one check, waived ones included."""
    for finding in check.run(repository):
        yield finding._replace(check=check.id, level=check.level)


def awaiting_correction(repository: Repository) -> dict[str, tuple[str, ...]]:
    """By record file, how it disagrees with the CPL where a waiver lets it, until it is mended."""
    found: dict[str, tuple[str, ...]] = {}
    for finding in run(checks()["cpl-mismatch"], repository):
        found[finding.path] = (*found.get(finding.path, ()), finding.message)
    return found


def holds(repository: Repository, waiver: Waiver) -> bool:
    """Whether a waiver excuses what it names: its check may be waived, and its date is to come.

    Without a date to compare with, as in every check of a pull request, dates do not count: a
    branch must not turn red by itself.
    """
    check = checks().get(waiver.check)
    if check is None or not check.waivable or not check.excuses(repository, waiver):
        return False
    return repository.today is None or repository.today.isoformat() <= waiver.until
