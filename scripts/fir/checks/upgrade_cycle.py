"""Two or more records each say that they can be installed over the other.

Why: the reader follows `upgrade_from` from the firmware a meter runs to the latest; in a circle
there is no latest.
Mend: remove the step that goes from a newer firmware back to an older one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from fir.diagnostics import Diagnostic, tick
from fir.model import Record, Repository

STAGE = "neighbours"
LEVEL = "warning"

_SHOWN = 4


def check(repository: Repository) -> Iterator[Diagnostic]:
    records = repository.by_number
    for cycle in circles({n: r.upgrade_from for n, r in records.items() if r.upgrade_from}):
        # The lowest number is most likely the oldest firmware: the step into it leads back.
        at = cycle.index(min(cycle))
        yield _finding(repository, records[cycle[at]], [*cycle[at:], *cycle[:at]])


def _finding(repository: Repository, record: Record, cycle: list[str]) -> Diagnostic:
    shown = " over ".join(map(tick, cycle[:_SHOWN]))
    more = f" over {len(cycle) - _SHOWN:,} more" if len(cycle) > _SHOWN else ""
    message = f"the upgrades go in a circle: {shown}{more} over {tick(cycle[0])}"
    sources = record.upgrade_from or ()
    place = repository.at(record.path, "upgrade_from", sources.index(cycle[1]))
    fix = f'remove "{cycle[1]}" from `upgrade_from` if it is the newer firmware'
    return Diagnostic(*place, message, fix)


def circles(sources: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Circles that have no member in common with one found before; depth costs no stack.

    A firmware that names itself is no circle here: `unknown-upgrade-source` speaks of it.
    """
    done: set[str] = set()
    reported: set[str] = set()
    for start in sources:
        if start in done:
            continue
        path = [start]
        position = {start: 0}
        waiting = [iter(sources[start])]
        while path:
            here = path[-1]
            source = next(waiting[-1], None)
            if source is None:
                done.add(path.pop())
                del position[here]
                waiting.pop()
            elif source in position:
                if source != here and source not in reported and here not in reported:
                    cycle = path[position[source] :]
                    reported.update(cycle)
                    yield cycle
            elif source in sources and source not in done:
                position[source] = len(path)
                path.append(source)
                waiting.append(iter(sources[source]))
