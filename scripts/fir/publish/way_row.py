"""A way from one firmware to another as a browser shows it: firmware by its place in a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fir.answer import Firmware, Way
from fir.answer.words import installing


def way_row(way: Way, place: Mapping[Firmware, int]) -> tuple[Any, ...]:
    """To, direct, the same in words, steps, what comes between, outage alert, its notes, image."""
    return (
        place[way.target],
        way.direct,
        installing(way),
        tuple(place[each] for each in way.steps),
        tuple((place[each.firmware], each.repeats) for each in way.since),
        way.outage_alert,
        way.outage_notes,
        way.image,
    )
