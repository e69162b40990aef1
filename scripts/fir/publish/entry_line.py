"""Where a firmware stands in its line: what is before it, what after, what installs over what."""

from __future__ import annotations

from collections.abc import Iterable

from fir.answer import Firmware, History
from fir.publish.markup import Section, terms
from fir.publish.shown import ROOT, Shown, count, listed_on
from fir.publish.sign import plate, to_cpl, to_entry


def line(page: Shown) -> Section | None:
    """The neighbours, and what is stated of them; none where there is nothing of either."""
    others = [each for each in page.history.firmware if each is not page.this]
    record = page.record or page.this.record
    if not others and (record is None or record.upgrade_from is None):
        return None
    older, newer, unclear = _sorted(page.history, page.this, others)
    rows = (
        ("Previous", _named(_nearest(page.history, older, beyond="older"))),
        ("Next", _named(_nearest(page.history, newer, beyond="newer"))),
        ("Order not known", _unordered(page, unclear)),
        ("May be installed over", _sources(page)),
        ("May be updated straight to", _numbers(_updates(page))),
    )
    return Section("line", "Before and after", "Firmware of this exact device", terms(rows))


def _sorted(
    history: History, this: Firmware, others: Iterable[Firmware]
) -> tuple[list[Firmware], list[Firmware], list[Firmware]]:
    """What is older than this firmware, what newer, and what nobody puts before or after it."""
    found: dict[str, list[Firmware]] = {"older": [], "newer": [], "unclear": []}
    for each in others:
        found[history.compare(this, each).relation].append(each)
    return found["older"], found["newer"], found["unclear"]


def _nearest(history: History, side: list[Firmware], beyond: str) -> list[Firmware]:
    """Those of one side that are not beyond another of it."""
    if len(side) < 2:
        return side
    return [
        each
        for each in side
        if not any(
            history.compare(other, each).relation == beyond for other in side if other is not each
        )
    ]


def _named(firmware: Iterable[Firmware]) -> str:
    return "<br>".join(
        f"{to_entry(each.entry, ROOT)}{plate(each.entry.cpl_number)} "
        f'<span class="dated">first listed {listed_on(each)}</span>'
        for each in firmware
    )


def _unordered(page: Shown, unclear: Iterable[Firmware]) -> str:
    """What an earlier part of the page sets side by side is not listed again."""
    compared = page.answer.unclear_firmware
    rest = _named(each for each in unclear if each not in compared)
    if not compared:
        return rest
    many = "one other" if len(compared) == 1 else f"{count(len(compared))} others"
    seen = f'{many}, <a href="#unclear">side by side</a>'
    return f"{seen}<br>{rest}" if rest else seen


def _sources(page: Shown) -> str:
    """What the record states; the record of another entry of the same firmware, if need be."""
    record = page.record or page.this.record
    if record is None or record.upgrade_from is None:
        return "not stated"
    return _numbers(record.upgrade_from) or "no earlier firmware"


def _updates(page: Shown) -> list[str]:
    """A statement that names another entry of this firmware is about this firmware too."""
    updates = page.edition.updates
    return sorted({each for number in page.this.numbers for each in updates.get(number, ())})


def _numbers(numbers: Iterable[str]) -> str:
    return ", ".join(to_cpl(number, ROOT) for number in numbers)
