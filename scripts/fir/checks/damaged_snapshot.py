"""The CPL snapshot is not as an import wrote it.

Why: the snapshot, the folder `records/cpl`, is this repository's copy of the Central Products List
(CPL), and every record is judged against it. Half a copy would accuse good records and let bad
ones pass, so nothing is judged by it until it is whole.
Mend: restore the folder from the main branch, and leave it to `fir cpl import`; never edit it by
hand.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "upkeep"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    unsafe = {finding.path for finding in repository.refused("unsafe-file")}
    for finding in repository.refused("damaged-snapshot"):
        steps = finding.path.split("/")
        if unsafe.isdisjoint("/".join(steps[: n + 1]) for n in range(len(steps))):
            yield finding
