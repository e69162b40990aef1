"""Any two firmware of a Device Model side by side: what a browser shows, and where it is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fir.answer import Firmware, History, way_between
from fir.publish.edition import Edition
from fir.publish.find_index import compact
from fir.publish.markup import Section, esc, icon
from fir.publish.model_answer import line_name
from fir.publish.shown import listed_on
from fir.publish.way_row import way_row

_FILE = "between.json"
# A page has the signs that its content uses: these, for what the script says.
_SHAPES = ("here", "ring", "end", "latest", "newer", "removed", "norec", "unclear", "off")
_SIGNS = "".join(map(icon, _SHAPES))


def between_files(edition: Edition, models: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """`models/<id>/between.json` of each Device Model that has two firmware of one line."""
    for model in models:
        if _comparable(edition.models[model]):
            yield f"models/{model}/{_FILE}", compact(_told(edition.models[model]))


def _comparable(lines: Iterable[History]) -> bool:
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


def choice(lines: tuple[History, ...]) -> Iterator[Section]:
    """Two lists to choose from; a script does the rest, and without one they are not shown.

    Until it listens they cannot be used: a choice made too early would be lost.
    """
    if not _comparable(lines):
        return
    options = "".join(_options(history, lines) for history in lines)
    boxes = "".join(
        f'<div class="pick"><label for="{name}">{label}</label>'
        f'<select id="{name}" name="{name}" disabled>{options}</select></div>'
        for name, label in (("from", "From"), ("to", "To"))
    )
    body = (
        f'<form class="between" data-between="{_FILE}">{boxes}</form>'
        f'<div role="status" class="compared"></div><template>{_SIGNS}</template>'
    )
    yield Section("compare", "Compare two", "The address holds your choice", body)


def _options(history: History, lines: tuple[History, ...]) -> str:
    told = "".join(
        f'<option value="{each.entry.cpl_number}">{esc(each.version)}, '
        f"CPL {each.entry.cpl_number}, {listed_on(each)}</option>"
        for each in history.firmware
    )
    if len(lines) == 1:
        return told
    return f'<optgroup label="{line_name(history, lines)}">{told}</optgroup>'
