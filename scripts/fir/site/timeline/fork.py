"""The sign of a line without one latest: its tracks from left to right, as they part and join.

It repeats what the timeline says, and is hidden from screen readers.
"""

from __future__ import annotations

from fir.site.timeline.gutter import gone, line_class, octagon, track_class
from fir.site.timeline.layout import Link, Stop, Tracks

_STOPS = 16
_LANES = {1: (75,), 2: (35, 115), 3: (28, 75, 122), 4: (20, 57, 93, 130)}
_BEND = 36.0


def fork(tracks: Tracks) -> str:
    """The tracks of a line without one latest, from left to right.

    Empty where they are many, and where nothing is known to follow anything: dots are no track.
    """
    stops = tracks.stops
    if not tracks.links or len(stops) > _STOPS or any(stop.lane is None for stop in stops):
        return ""
    lanes = _LANES[tracks.lanes]
    step = 252 / max(len(stops) - 1, 1)
    at = [(278 - row * step, lanes[stop.lane or 0]) for row, stop in enumerate(stops)]
    lines = (_curve(link, at, lanes[link.lane]) for link in tracks.links)
    small = 8 if len(stops) < 9 else 6
    dots = (_mark(stop, x, y, small) for stop, (x, y) in zip(stops, at, strict=True))
    told = "".join((*lines, *dots))
    return f'<svg class="fork" viewBox="0 0 300 150" aria-hidden="true">{told}</svg>'


def _curve(link: Link, at: list[tuple[float, int]], y: int) -> str:
    (x1, y1), (x2, y2) = at[link.older], at[link.newer]
    bends = (y1 != y) + (y2 != y)
    bend = min(_BEND, (x2 - x1) / max(bends, 1))
    path = f"M{x1:.1f} {y1}"
    if y1 != y:
        path += f"c{bend / 2:.1f} 0 {bend / 2:.1f} {y - y1} {bend:.1f} {y - y1}"
    path += f"H{x2 - bend if y2 != y else x2:.1f}"
    if y2 != y:
        path += f"c{bend / 2:.1f} 0 {bend / 2:.1f} {y2 - y} {bend:.1f} {y2 - y}"
    return f'<path class="{line_class(link)}" d="{path}"/>'


def _mark(stop: Stop, x: float, y: int, small: int) -> str:
    kind = track_class(stop.letter)
    if gone(stop):
        return octagon(stop, round(x), y)
    if not stop.end:
        return f'<circle class="ts {kind}" cx="{x:.1f}" cy="{y}" r="{small}"/>'
    return (
        f'<circle class="te {kind}" cx="{x:.1f}" cy="{y}" r="13"/>'
        f'<text class="tt {kind}" x="{x:.1f}" y="{y}" dy=".36em">{stop.letter}</text>'
    )
