"""A waiver excuses nothing.

Why: a waiver excuses a fault until a day; it is a promise to mend it. One whose fault is gone
would hide the next one.
Mend: remove the waiver from `records/waivers.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fir.checks import Check, checks, run
from fir.diagnostics import Diagnostic, nearest, tick
from fir.model import WAIVERS, Repository, Waiver

STAGE = "upkeep"
# A pull request is judged with the waivers of the main branch: one that mends what a waiver
# excuses must not turn red for it.
LEVEL = "warning"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    @cache
    def found(check: Check) -> frozenset[str]:
        return frozenset(finding.path for finding in run(check, repository))

    for index, waiver in enumerate(repository.waivers):
        if repository.today and waiver.until < repository.today.isoformat():
            continue  # `expired-waiver` speaks of it
        waived = checks().get(waiver.check)
        if waived is None or not waived.waivable:
            message, fix = _unwaivable(waiver, waived)
        elif waiver.path not in found(waived):
            if not _all_judged(repository):
                continue
            message = f"{tick(waiver.check)} finds nothing in {tick(waiver.path)}"
            fix = "remove the waiver"
        elif not waived.excuses(repository, waiver):
            message = f"{tick(waiver.check)} does not accept this waiver"
            fix = f"mend the file and remove the waiver; `fir explain {waiver.check}` says more"
        else:
            continue
        yield Diagnostic(*repository.at(WAIVERS, index, "check"), message, fix)


def _unwaivable(waiver: Waiver, check: Check | None) -> tuple[str, str]:
    if check is not None:
        return f"{tick(check.id)} cannot be waived", "mend the file and remove the waiver"
    meant = nearest(waiver.check, checks())
    fix = f"did you mean {tick(meant)}?" if meant else "remove the waiver; `fir explain` lists them"
    return f"there is no check {tick(waiver.check)}", fix


def _all_judged(repository: Repository) -> bool:
    """Whether every check had everything before it: else one may be silent for want of a file."""
    return not (repository.refusals or repository.misshapen or repository.misplaced)
