"""The tracks of a line drawn: beside its timeline, over it along the years, and as its sign.

A drawing repeats what the timeline says as a list, and is hidden from screen readers. Colours come
from classes (a track's letter is one); shapes are macros of `templates/drawing.svg`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from itertools import pairwise

from markupsafe import Markup

from fir.site.rendering import macro
from fir.site.timeline.tracks import LANES, Link, Stop, Tracks

_shape = partial(macro, "drawing.svg")
_LETTERED = "ABCD"


def _track_class(letter: str) -> str:
    """The class that colours a track."""
    return letter.lower() if letter and letter in _LETTERED else "x"


def _line_class(link: Link) -> str:
    """Solid where the manufacturer states the order."""
    return f"tl {_track_class(link.letter)}{'' if link.stated else ' un'}"


def _gone(stop: Stop) -> bool:
    return stop.firmware.withdrawn or stop.firmware.listing != "current"


def _octagon(stop: Stop, x: int, y: int) -> Markup:
    """The shape of what is withdrawn, with a cross, or removed, with a bar."""
    inside = f"M{x - 3} {y - 3}l6 6m0-6l-6 6" if stop.firmware.withdrawn else f"M{x - 4} {y}h8"
    return _curve("to", f"M{x - 4} {y - 9}h8l5 5v8l-5 5h-8l-5-5v-8Z{inside}")


@lru_cache(maxsize=4096)
def _curve(kind: str, path: str) -> Markup:
    return _shape("curve")(kind, path)


@lru_cache(maxsize=4096)
def _straight(kind: str, x1: str, x2: str, y1: str, y2: str) -> Markup:
    return _shape("straight")(kind, x1, x2, y1, y2)


@lru_cache(maxsize=4096)
def _disc(kind: str, x: str, y: int, radius: int) -> Markup:
    return _shape("disc")(kind, x, y, radius)


@lru_cache(maxsize=4096)
def _letter(kind: str, x: str, y: int, text: str) -> Markup:
    return _shape("letter")(kind, x, y, text)


# Beside a timeline: one drawing a row, so that rows may grow with their notes. Sizes are pixels:
# all lanes together take 72.

_GUTTER_LANES = {1: (16,), 2: (16, 52), 3: (12, 34, 56), 4: (9, 25, 41, 57)}
_ASIDE = 66
"""Where firmware has its mark whose track has no room."""
_Y = 24
_BENT = 44
"""How far down a line has reached its lane after a bend."""


def gutters(tracks: Tracks) -> list[Markup]:
    """The drawing beside each stop."""
    beside: list[list[Link]] = [[] for _ in tracks.stops]
    for link in tracks.links:
        for row in range(link.newer, link.older + 1):
            beside[row].append(link)
    lanes = _GUTTER_LANES[tracks.lanes]
    lettered = len(tracks.ends) > 1
    return [
        _shape("gutter")([*_lines(row, stop, links, lanes), *_mark(stop, lanes, lettered)])
        for row, (stop, links) in enumerate(zip(tracks.stops, beside, strict=True))
    ]


def _lines(row: int, stop: Stop, links: Iterable[Link], lanes: tuple[int, ...]) -> Iterator[Markup]:
    for link in links:
        x = lanes[link.lane]
        kind = _line_class(link)
        if link.newer < row < link.older:
            yield _straight(kind, f"{x}", f"{x}", "0", "102%")
        elif stop.lane == link.lane:
            ends = (str(_Y), "102%") if row == link.newer else ("0", str(_Y))
            yield _straight(kind, f"{x}", f"{x}", *ends)
        elif stop.lane is not None:
            yield from _bent(kind, x, lanes[stop.lane], up=row == link.older)


def _bent(kind: str, x: int, to: int, *, up: bool) -> Iterator[Markup]:
    """From a lane's line into the stop of another lane."""
    near = x - 6 if to < x else x + 6
    if up:
        yield _curve(kind, f"M{x} -1V4C{x} 22 {near} {_Y} {to} {_Y}")
    else:
        yield _curve(kind, f"M{x} {_BENT}C{x} 26 {near} {_Y} {to} {_Y}")
        yield _straight(kind, f"{x}", f"{x}", str(_BENT), "102%")


def _mark(stop: Stop, lanes: tuple[int, ...], lettered: bool) -> Iterator[Markup]:
    x = _ASIDE if stop.lane is None else lanes[stop.lane]
    kind = _track_class(stop.letter)
    ring, end = (4, 6) if stop.lane is None else (6, 8) if len(lanes) > 2 else (8, 11)
    if _gone(stop):
        yield _octagon(stop, x, _Y)
    elif not stop.end:
        yield _disc(f"ts {kind}", f"{x}", _Y, ring)
    else:
        yield _disc(f"te {kind}", f"{x}", _Y, end)
        if lettered:
            yield _letter(f"tt {kind}", f"{x}", _Y, stop.letter)
        else:
            yield _disc("tc", f"{x}", _Y, 4)


# Over a timeline, where there is room: a dot a firmware by the day of its first listing.

_WORTH_DRAWING = 3
_TOP, _BETWEEN, _BELOW = 60, 58, 28
_LEFT, _RIGHT = 4.0, 96.0
_APART, _LABELLED = 1.6, 9.0
"""How far dots, and dots with a label, stand apart in one lane, in hundredths of the width."""


def overview(tracks: Tracks) -> Markup | None:
    """The firmware of a line along the years; none where it would not help."""
    days = {row: day for row, stop in enumerate(tracks.stops) if (day := _day(stop))}
    if len(days) < _WORTH_DRAWING or len(set(days.values())) == 1:
        return None
    across = _across(tracks, days)
    height = _height(max(map(_lane, tracks.stops))) + _BELOW
    shapes = [
        *_years(days, height),
        *(line for link in tracks.links for line in _elbow(tracks, link, across)),
        *(dot for row, x in across.items() for dot in _dot(tracks, row, f"{x:.2f}%")),
        *_labels(tracks, across),
    ]
    return _shape("overview")(shapes, height)


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


def _years(days: dict[int, int], height: int) -> Iterator[Markup]:
    first, last = (date.fromordinal(day).year for day in (min(days.values()), max(days.values())))
    for year in range(first + 1, last + 1):
        x = f"{_scale(days, date(year, 1, 1).toordinal()):.2f}%"
        yield _shape("year")(x, height, year)


def _height(lane: int) -> int:
    return _TOP + _BETWEEN * lane


def _elbow(tracks: Tracks, link: Link, across: dict[int, float]) -> Iterator[Markup]:
    """A link along the years; none where it would run back in time, or where a day is not known."""
    if across.get(link.older, 200.0) > across.get(link.newer, 0.0):
        return
    y = _height(link.lane)
    old, new = across[link.older], across[link.newer]
    corners = [(old, _height(_lane(tracks.stops[link.older]))), (old, y)]
    corners += [(new, y), (new, _height(_lane(tracks.stops[link.newer])))]
    kind = _line_class(link)
    for (x1, y1), (x2, y2) in pairwise(corners):
        if (x1, y1) != (x2, y2):
            yield _straight(kind, f"{x1:.2f}%", f"{x2:.2f}%", f"{y1}", f"{y2}")


def _dot(tracks: Tracks, row: int, x: str) -> Iterator[Markup]:
    stop = tracks.stops[row]
    y, kind = _height(_lane(stop)), _track_class(stop.letter)
    if _gone(stop):
        yield _shape("moved")(x, y, _octagon(stop, 0, 0))
    elif not stop.end:
        yield _disc(f"ts {kind}", x, y, 7)
    else:
        yield _disc(f"te {kind}", x, y, 10)
        if len(tracks.ends) == 1:
            yield _disc("tc", x, y, 4)
        else:
            yield _letter(f"tt {kind}", x, y, stop.letter)


def _labels(tracks: Tracks, across: dict[int, float]) -> Iterator[Markup]:
    """The version over each dot, ends and the newest first, as far as there is room."""
    taken: dict[int, list[float]] = {}
    for row in sorted(across, key=lambda row: (not tracks.stops[row].end, row)):
        stop, x = tracks.stops[row], across[row]
        beside = taken.setdefault(_lane(stop), [])
        if all(abs(x - other) >= _LABELLED for other in beside):
            beside.append(x)
            yield _shape("label")(f"{x:.2f}%", _height(_lane(stop)) - 18, stop.firmware.version)


# The sign of a line without one latest: its tracks from left to right, as they part and join.

_STOPS = 16
_FORK_LANES = {1: (75,), 2: (35, 115), 3: (28, 75, 122), 4: (20, 57, 93, 130)}
_BEND = 36.0


def fork(tracks: Tracks) -> Markup | None:
    """The tracks of a line without one latest, from left to right.

    None where they are many, and where nothing is known to follow anything: dots are no track.
    """
    stops = tracks.stops
    if not tracks.links or len(stops) > _STOPS or any(stop.lane is None for stop in stops):
        return None
    lanes = _FORK_LANES[tracks.lanes]
    step = 252 / max(len(stops) - 1, 1)
    at = [(278 - row * step, lanes[stop.lane or 0]) for row, stop in enumerate(stops)]
    lines = [_fork_line(link, at, lanes[link.lane]) for link in tracks.links]
    small = 8 if len(stops) < 9 else 6
    dots = [
        dot for stop, (x, y) in zip(stops, at, strict=True) for dot in _fork_mark(stop, x, y, small)
    ]
    return _shape("fork")([*lines, *dots])


def _fork_line(link: Link, at: list[tuple[float, int]], y: int) -> Markup:
    (x1, y1), (x2, y2) = at[link.older], at[link.newer]
    bends = (y1 != y) + (y2 != y)
    bend = min(_BEND, (x2 - x1) / max(bends, 1))
    path = f"M{x1:.1f} {y1}"
    if y1 != y:
        path += f"c{bend / 2:.1f} 0 {bend / 2:.1f} {y - y1} {bend:.1f} {y - y1}"
    path += f"H{x2 - bend if y2 != y else x2:.1f}"
    if y2 != y:
        path += f"c{bend / 2:.1f} 0 {bend / 2:.1f} {y2 - y} {bend:.1f} {y2 - y}"
    return _curve(_line_class(link), path)


def _fork_mark(stop: Stop, x: float, y: int, small: int) -> Iterator[Markup]:
    kind = _track_class(stop.letter)
    if _gone(stop):
        yield _octagon(stop, round(x), y)
    elif not stop.end:
        yield _disc(f"ts {kind}", f"{x:.1f}", y, small)
    else:
        yield _disc(f"te {kind}", f"{x:.1f}", y, 13)
        yield _letter(f"tt {kind}", f"{x:.1f}", y, stop.letter)
