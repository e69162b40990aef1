"""The firmware of one line from new to old, and which one each of them follows.

A firmware follows only what it is newer than: one that it is stated to install over or to
replace, else the likest of those that the answer puts nearest before it.
"""

from __future__ import annotations

from fir.answers import Firmware, History


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
