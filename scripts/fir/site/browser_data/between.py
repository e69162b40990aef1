"""Any two firmware of a Device Model side by side: what its page's script shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fir.answers import Firmware, History, way_between
from fir.site.browser_data.find_index import compact
from fir.site.browser_data.portfolio import way_row
from fir.site.edition import Edition


def between_files(edition: Edition, models: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """`models/<id>/between.json` of each Device Model that has two firmware of one line."""
    for model in models:
        if comparable(edition.models[model]):
            yield f"models/{model}/between.json", compact(_told(edition.models[model]))


def comparable(lines: Iterable[History]) -> bool:
    return any(len(history.firmware) > 1 for history in lines)


def _told(lines: Iterable[History]) -> dict[str, Any]:
    """The firmware of all lines, and how each stands to the others of its line."""
    rows: list[dict[str, Any]] = []
    for history in lines:
        place = {each: len(rows) + number for number, each in enumerate(history.firmware)}
        rows += [_row(history, each, place) for each in history.firmware]
    return {"rows": rows}


def _row(history: History, this: Firmware, place: Mapping[Firmware, int]) -> dict[str, Any]:
    to = {}
    for other in history.firmware:
        if other is not this:
            relation = history.compare(this, other).relation
            way = way_between(history, this, other) if relation != "older" else None
            to[place[other]] = (relation, way and way_row(way, place))
    return {
        "version": this.version,
        "numbers": [this.entry.cpl_number, *sorted(this.numbers - {this.entry.cpl_number})],
        "smets_chts": this.entry.smets_chts_version,
        "gbcs": this.entry.gbcs_version,
        "notes": this.record.release_notes if this.record else None,
        "to": to,
    }
