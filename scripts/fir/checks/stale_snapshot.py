"""The CPL snapshot is old.

Why: the Central Products List (CPL) changes every few days. An old copy of it calls firmware
latest that is not, and knows nothing of what was removed.
Mend: download the newest list and import it with `fir cpl import`.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import SNAPSHOT, Repository

STAGE = "upkeep"
LEVEL = "warning"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    snapshot, today = repository.snapshot, repository.today
    if today is None or snapshot is None:
        return
    days = (today - today.fromisoformat(snapshot.issued_on)).days
    limit = repository.policy.limits["stale_snapshot_days"]
    if days > limit:
        issue = f"CPL version {tick(snapshot.version)}"
        message = f"{issue} was issued {days:,} days ago, more than the {limit:,} allowed"
        fix = "download the newest list and run `fir cpl import FILE`"
        yield Diagnostic(*repository.at(SNAPSHOT, "issued_on"), message, fix)
