"""The firmware of a line along the years, drawn over its timeline where there is room.

It repeats what the timeline says as a list, and is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from markupsafe import escape as esc

from fir.site.timeline.gutter import gone, line_class, octagon, track_class
from fir.site.timeline.layout import LANES, Link, Stop, Tracks

_WORTH_DRAWING = 3
_TOP, _BETWEEN, _BELOW = 60, 58, 28
_LEFT, _RIGHT = 4.0, 96.0
_APART, _LABELLED = 1.6, 9.0
"""How far dots, and dots with a label, stand apart in one lane, in hundredths of the width."""


def overview(tracks: Tracks) -> str:
    """One dot a firmware by the day of its first listing; nothing where it would not help."""
    days = {row: day for row, stop in enumerate(tracks.stops) if (day := _day(stop))}
    if len(days) < _WORTH_DRAWING or len(set(days.values())) == 1:
        return ""
    across = _across(tracks, days)
    height = _y(max(map(_lane, tracks.stops))) + _BELOW
    drawn = (
        *_years(days, height),
        *(_elbow(tracks, link, across) for link in tracks.links),
        *(_dot(tracks, row, x) for row, x in across.items()),
        *_labels(tracks, across),
    )
    return f'<svg class="axis" height="{height}" aria-hidden="true">{"".join(drawn)}</svg>'


def _day(stop: Stop) -> int:
    first = stop.firmware.entries[0].first_issued_on
    return date.fromisoformat(first).toordinal() if first else 0


def _lane(stop: Stop) -> int:
    """Firmware without a lane of its own shares the lowest."""
    return LANES if stop.lane is None else stop.lane


def _scale(days: dict[int, int], day: int) -> float:
    first, last = min(days.values()), max(days.values())
    return _LEFT + (_RIGHT - _LEFT) * (day - first) / (last - first)


def _across(tracks: Tracks, days: dict[int, int]) -> dict[int, float]:
    """Where each row's dot stands; dots of one day and lane are moved apart."""
    across: dict[int, float] = {}
    last: dict[int, float] = {}
    for row in sorted(days, key=lambda row: (-days[row], row)):
        lane = _lane(tracks.stops[row])
        across[row] = min(_scale(days, days[row]), last.get(lane, 200.0) - _APART)
        last[lane] = across[row]
    return across


def _years(days: dict[int, int], height: int) -> Iterator[str]:
    first, last = (date.fromordinal(day).year for day in (min(days.values()), max(days.values())))
    for year in range(first + 1, last + 1):
        x = f"{_scale(days, date(year, 1, 1).toordinal()):.2f}%"
        yield f'<line class="ty" x1="{x}" x2="{x}" y1="0" y2="{height}"/>'
        yield f'<text class="ty" x="{x}" y="14" dx="6">{year}</text>'


def _y(lane: int) -> int:
    return _TOP + _BETWEEN * lane


def _elbow(tracks: Tracks, link: Link, across: dict[int, float]) -> str:
    """A link along the years; none where it would run back in time, or where a day is not known."""
    if across.get(link.older, 200.0) > across.get(link.newer, 0.0):
        return ""
    y = _y(link.lane)
    old, new = across[link.older], across[link.newer]
    corners = [(old, _y(_lane(tracks.stops[link.older]))), (old, y)]
    corners += [(new, y), (new, _y(_lane(tracks.stops[link.newer])))]
    kind = line_class(link)
    return "".join(
        f'<line class="{kind}" x1="{x1:.2f}%" x2="{x2:.2f}%" y1="{y1}" y2="{y2}"/>'
        for (x1, y1), (x2, y2) in pairwise(corners)
        if (x1, y1) != (x2, y2)
    )


def _dot(tracks: Tracks, row: int, x: float) -> str:
    stop = tracks.stops[row]
    y, kind = _y(_lane(stop)), track_class(stop.letter)
    if gone(stop):
        return f'<svg class="tm" x="{x:.2f}%" y="{y}">{octagon(stop, 0, 0)}</svg>'
    if not stop.end:
        return f'<circle class="ts {kind}" cx="{x:.2f}%" cy="{y}" r="7"/>'
    disc = f'<circle class="te {kind}" cx="{x:.2f}%" cy="{y}" r="10"/>'
    if len(tracks.ends) == 1:
        return f'{disc}<circle class="tc" cx="{x:.2f}%" cy="{y}" r="4"/>'
    return f'{disc}<text class="tt {kind}" x="{x:.2f}%" y="{y}" dy=".36em">{stop.letter}</text>'


def _labels(tracks: Tracks, across: dict[int, float]) -> Iterator[str]:
    """The version over each dot, ends and the newest first, as far as there is room."""
    taken: dict[int, list[float]] = {}
    for row in sorted(across, key=lambda row: (not tracks.stops[row].end, row)):
        stop, x = tracks.stops[row], across[row]
        beside = taken.setdefault(_lane(stop), [])
        if all(abs(x - other) >= _LABELLED for other in beside):
            beside.append(x)
            y = _y(_lane(stop)) - 18
            yield f'<text class="tv" x="{x:.2f}%" y="{y}">{esc(stop.firmware.version)}</text>'
