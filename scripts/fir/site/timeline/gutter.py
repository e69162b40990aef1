"""The tracks beside a timeline: one drawing a row, so that rows may grow with their notes.

Colours come from classes (a track's letter is one), sizes are pixels: all lanes together take 72.
"""

from __future__ import annotations

from collections.abc import Iterable

from fir.site.timeline.layout import Link, Stop, Tracks

_LANES = {1: (16,), 2: (16, 52), 3: (12, 34, 56), 4: (9, 25, 41, 57)}
_ASIDE = 66
"""Where firmware has its mark whose track has no room."""
_Y = 24
_BENT = 44
"""How far down a line has reached its lane after a bend."""
_LETTERED = "ABCD"


def track_class(letter: str) -> str:
    """The class that colours a track."""
    return letter.lower() if letter and letter in _LETTERED else "x"


def line_class(link: Link) -> str:
    """Solid where the manufacturer states the order."""
    return f"tl {track_class(link.letter)}{'' if link.stated else ' un'}"


def gutters(tracks: Tracks) -> list[str]:
    """The drawing beside each stop."""
    beside: list[list[Link]] = [[] for _ in tracks.stops]
    for link in tracks.links:
        for row in range(link.newer, link.older + 1):
            beside[row].append(link)
    lanes = _LANES[tracks.lanes]
    lettered = len(tracks.ends) > 1
    return [
        '<svg aria-hidden="true">'
        f"{_lines(row, stop, links, lanes)}{_stop(stop, lanes, lettered)}</svg>"
        for row, (stop, links) in enumerate(zip(tracks.stops, beside, strict=True))
    ]


def _lines(row: int, stop: Stop, links: Iterable[Link], lanes: tuple[int, ...]) -> str:
    told = []
    for link in links:
        x = lanes[link.lane]
        kind = line_class(link)
        if link.newer < row < link.older:
            told.append(_straight(kind, x, "0", "102%"))
        elif stop.lane == link.lane:
            ends = (str(_Y), "102%") if row == link.newer else ("0", str(_Y))
            told.append(_straight(kind, x, *ends))
        elif stop.lane is not None:
            told.append(_bent(kind, x, lanes[stop.lane], up=row == link.older))
    return "".join(told)


def _straight(kind: str, x: int, top: str, bottom: str) -> str:
    return f'<line class="{kind}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'


def _bent(kind: str, x: int, to: int, *, up: bool) -> str:
    """From a lane's line into the stop of another lane."""
    near = x - 6 if to < x else x + 6
    if up:
        return f'<path class="{kind}" d="M{x} -1V4C{x} 22 {near} {_Y} {to} {_Y}"/>'
    below = _straight(kind, x, str(_BENT), "102%")
    return f'<path class="{kind}" d="M{x} {_BENT}C{x} 26 {near} {_Y} {to} {_Y}"/>{below}'


def _stop(stop: Stop, lanes: tuple[int, ...], lettered: bool) -> str:
    x = _ASIDE if stop.lane is None else lanes[stop.lane]
    kind = track_class(stop.letter)
    ring, end = (4, 6) if stop.lane is None else (6, 8) if len(lanes) > 2 else (8, 11)
    if gone(stop):
        return octagon(stop, x, _Y)
    if not stop.end:
        return f'<circle class="ts {kind}" cx="{x}" cy="{_Y}" r="{ring}"/>'
    disc = f'<circle class="te {kind}" cx="{x}" cy="{_Y}" r="{end}"/>'
    if not lettered:
        return f'{disc}<circle class="tc" cx="{x}" cy="{_Y}" r="4"/>'
    return f'{disc}<text class="tt {kind}" x="{x}" y="{_Y}" dy=".36em">{stop.letter}</text>'


def gone(stop: Stop) -> bool:
    return stop.firmware.withdrawn or stop.firmware.listing != "current"


def octagon(stop: Stop, x: int, y: int) -> str:
    """The shape of what is withdrawn, with a cross, or removed, with a bar."""
    inside = f"M{x - 3} {y - 3}l6 6m0-6l-6 6" if stop.firmware.withdrawn else f"M{x - 4} {y}h8"
    return f'<path class="to" d="M{x - 4} {y - 9}h8l5 5v8l-5 5h-8l-5-5v-8Z{inside}"/>'
