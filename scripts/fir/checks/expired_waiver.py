"""A waiver has come to its end.

Why: a waiver excuses a fault until a day, so that it would be mended by then.
Mend: mend the file and remove the waiver, or have whoever approved it set a later day.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import WAIVERS, Repository

STAGE = "upkeep"
LEVEL = "warning"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    if repository.today is None:
        return
    for index, waiver in enumerate(repository.waivers):
        if waiver.until < repository.today.isoformat():
            message = f"the waiver of {tick(waiver.check)} for {tick(waiver.path)} has expired"
            fix = "mend the file and remove the waiver, or have a later day approved"
            yield Diagnostic(*repository.at(WAIVERS, index, "until"), message, fix)
