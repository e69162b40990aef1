"""The firmware of one line laid out as tracks: what follows what, side by side where parallel.

Pure, and the same for the same history. A line that is drawn never says more than the answer does.
A firmware follows only what it is newer than: one that it is stated to install over or to replace,
else the likest of those that the answer puts nearest before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from fir.answers import Firmware, History

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


# Rows from new to old, and which one each of them follows.


class TrackOrder:
    """Rows are counted from the newest; `older` has all rows that a row is newer than."""

    def __init__(self, history: History) -> None:
        self.rows = newest_first(history)
        below = [range(row + 1, len(self.rows)) for row in range(len(self.rows))]
        self.older = [
            {other for other in below[row] if history.newer(self.rows[other], each)}
            for row, each in enumerate(self.rows)
        ]
        self.source = [self._source(row) for row in range(len(self.rows))]
        """The row that each follows."""
        self.ends = [
            row
            for row, each in enumerate(self.rows)
            if each.offered
            and not any(history.newer(each, one) for one in self.rows if one.offered)
        ]
        """What is on offer and has nothing newer on offer."""

    def _source(self, row: int) -> int | None:
        older = self.older[row]
        stated = [other for other in older if self.stated(other, row)]
        if stated:
            return min(stated)
        nearest = older.difference(*(self.older[other] for other in older))
        return min(nearest, key=lambda other: (self._apart(other, row), other), default=None)

    def stated(self, older: int, newer: int) -> bool:
        """Whether the manufacturer itself puts one straight after the other."""
        before, after = self.rows[older], self.rows[newer]
        installs = after.sources is not None and not after.sources.isdisjoint(before.numbers)
        return installs or not before.replaced_by.isdisjoint(after.numbers)

    def _apart(self, one: int, other: int) -> int:
        """How many digits are left of two versions from the first in which they differ."""
        return ((self.rows[one].number ^ self.rows[other].number).bit_length() + 3) // 4

    def goes_on(self) -> dict[int, int]:
        """The one in its track of all that follow a row.

        One that is stated comes first, then what leads to an end, the likest, the oldest.
        """
        lead = self._leading()
        follows: dict[int, list[int]] = {}
        for row, source in enumerate(self.source):
            if source is not None:
                follows.setdefault(source, []).append(row)
        return {
            source: min(
                rows,
                key=lambda row: (
                    not self.stated(source, row),
                    row not in lead,
                    self._apart(source, row),
                    -row,
                ),
            )
            for source, rows in follows.items()
        }

    def _leading(self) -> set[int]:
        """Every end, and what it follows, back to the first."""
        lead: set[int] = set()
        for row in self.ends:
            at: int | None = row
            while at is not None and at not in lead:
                lead.add(at)
                at = self.source[at]
        return lead

    def target(self, row: int) -> int | None:
        """What a track that nothing goes on from joins: the first that is newer than its end."""
        newer = [other for other in range(row) if row in self.older[other]]
        return max(newer, key=lambda other: (self.stated(row, other), other), default=None)


def newest_first(history: History) -> list[Firmware]:
    """No firmware above one that is newer; where neither is, the one first listed later."""
    left = list(reversed(history.firmware))
    ordered = []
    while left:
        following = next(
            (one for one in left if not any(history.newer(one, other) for other in left)), left[0]
        )
        left.remove(following)
        ordered.append(following)
    return ordered
