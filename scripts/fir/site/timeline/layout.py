"""The firmware of one line laid out as tracks: what follows what, side by side where parallel.

Pure, and the same for the same history. A line that is drawn never says more than the answer does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from fir.answers import Firmware, History
from fir.site.timeline.order import TrackOrder

LANES = 4
"""Tracks that have room beside each other; the firmware of further ones stands by itself."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Stop(NamedTuple):
    """One firmware, in its row."""

    firmware: Firmware
    lane: int | None
    """None where there is no room to draw its track."""
    letter: str
    """Of its track, where that has an end."""
    end: bool
    """On offer, and nothing on offer is newer."""
    after: tuple[int, bool] | None
    """The row of the firmware it follows, and whether the manufacturer states that."""


class Link(NamedTuple):
    """A line from one row down to an older one; it leaves its lane only to reach a stop."""

    newer: int
    older: int
    lane: int
    letter: str
    stated: bool


class Tracks(NamedTuple):
    """Stops newest first, and the lines between them."""

    stops: tuple[Stop, ...]
    links: tuple[Link, ...]

    @property
    def lanes(self) -> int:
        return 1 + max((stop.lane for stop in self.stops if stop.lane is not None), default=0)

    @property
    def ends(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.end)


class _Track(NamedTuple):
    """Rows from old to new, where it branches off, where it joins another, and its letter."""

    rows: list[int]
    source: int | None
    target: int | None
    letter: str

    @property
    def span(self) -> range:
        """The rows in which it needs a lane; what has an end stands beside all that is newer."""
        top = self.rows[-1] if self.target is None else self.target
        bottom = self.rows[0] if self.source is None else self.source
        return range(0 if self.letter else top, bottom + 1)

    @property
    def lines(self) -> list[tuple[int, int]]:
        """Newer and older row of each."""
        before = [] if self.source is None else [self.source]
        after = [] if self.target is None else [self.target]
        rows = [*before, *self.rows, *after]
        return list(zip(rows[1:], rows, strict=False))


@lru_cache(maxsize=64)
def tracks(history: History) -> Tracks:
    order = TrackOrder(history)
    found = sorted(_found(order), key=lambda track: (not track.letter, -track.rows[0]))
    stops: dict[int, Stop] = {}
    links = []
    for track, lane in zip(found, _lanes(found), strict=True):
        for row in track.rows:
            source = order.source[row]
            after = None if source is None else (source, order.stated(source, row))
            stops[row] = Stop(order.rows[row], lane, track.letter, row in order.ends, after)
        if lane is not None:
            links += [
                Link(newer, older, lane, track.letter, order.stated(older, newer))
                for newer, older in track.lines
            ]
    drawn = {row for row, stop in stops.items() if stop.lane is not None}
    return Tracks(
        tuple(stops[row] for row in sorted(stops)),
        tuple(link for link in links if {link.newer, link.older} <= drawn),
    )


def _found(order: TrackOrder) -> list[_Track]:
    """The rows parted into tracks."""
    letters = dict(zip(order.ends, _LETTERS, strict=False))
    goes_on = order.goes_on()
    inner = set(goes_on.values())
    found = []
    for first, source in enumerate(order.source):
        if first in inner:
            continue
        rows = [first]
        while rows[-1] in goes_on:
            rows.append(goes_on[rows[-1]])
        letter = next((letters[row] for row in reversed(rows) if row in letters), "")
        found.append(_Track(rows, source, order.target(rows[-1]), letter))
    return found


def _lanes(found: Iterable[_Track]) -> list[int | None]:
    """The first lane that is free along each track's rows."""
    taken: list[set[int]] = [set() for _ in range(LANES)]
    lanes: list[int | None] = []
    for track in found:
        lane = next((at for at, rows in enumerate(taken) if rows.isdisjoint(track.span)), None)
        if lane is not None:
            taken[lane].update(track.span)
        lanes.append(lane)
    return lanes
