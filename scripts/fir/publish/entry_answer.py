"""The head of an entry's page: the answer as a sign, a sentence, the way to the latest."""

from __future__ import annotations

from fir.answer import Firmware, Way
from fir.answer.words import WORDS, withdrawal_of
from fir.model import Entry
from fir.publish.entry_facts import facts
from fir.publish.markup import by_bytes, day, esc, icon
from fir.publish.shown import ROOT, Shown, clash, count, listed_on
from fir.publish.sign import NO_RECORD, SHAPES, large, small, to_entry

_FORK = '<svg class="fork" viewBox="0 0 300 150" aria-hidden="true"><use href="#s-fork"/></svg>'

_IN_A_ROW = 6  # stops that have room beside each other


def sign(page: Shown) -> str:
    answer = page.answer
    beside = _stops(page, answer.way) if answer.way else ""
    if answer.answer == "unclear":
        beside = _FORK
    missing = "" if page.record else small("norec", NO_RECORD)
    said = f'{missing}<p class="what">{_said(page)}</p>'
    return large(SHAPES[answer.answer], WORDS[answer.answer], said, beside, facts(page))


def _said(page: Shown) -> str:
    answer = page.answer
    if answer.answer == "withdrawn":
        withdrawal = withdrawal_of(page.this)
        on = f" on {day(withdrawal.on)}" if withdrawal else ""
        return f"The manufacturer withdrew this firmware{on}. {_other(page)}"
    if answer.answer == "removed":
        change = page.edition.removed_in(page.this.entry)
        since = f" since CPL {esc(change.version)}, {day(change.issued_on)}" if change else ""
        return f"The CPL has this firmware as Removed{since}. {_other(page)}"
    if answer.answer == "no-longer-listed":
        last = esc(page.this.entry.last_listed_version)
        return f"The CPL has not listed this firmware since version {last}. {_other(page)}"
    return _other(page)


def _other(page: Shown) -> str:
    """What else is listed for this exact device, and how it stands to this firmware."""
    answer = page.answer
    if answer.newer == "exists":
        listed = f"{_many(len(answer.newer_firmware), 'newer')} listed for this exact device."
        if answer.way is None:
            return f"{listed} Only the manufacturer can say which is the latest."
        latest = to_entry(answer.way.target.entry, ROOT)
        return f"{listed} The latest is {latest}.{_order(answer.way)}"
    if answer.newer == "unclear":
        if len(answer.unclear_firmware) > 1:
            others = _many(len(answer.unclear_firmware), "other")
            return f"{others} listed for this exact device. Nobody states which comes after which."
        other = answer.unclear_firmware[0]
        return f"Another firmware, {to_entry(other.entry, ROOT)}, {clash(page, other)}."
    version = esc(page.edition.snapshot.version)
    return f"Nothing newer is listed for this exact device in CPL {version}."


def _many(number: int, which: str) -> str:
    verb = "firmware is" if number == 1 else "firmwares are"
    return f"{count(number).capitalize()} {which} {verb}"


def _order(way: Way) -> str:
    if way.direct == "stated-yes":
        return " It may be installed directly."
    if way.direct == "via":
        first = ", then ".join(to_entry(each.entry, ROOT) for each in way.steps[:-1])
        return f" Go through {first} first."
    return ""


def _stops(page: Shown, way: Way) -> str:
    """The line from this firmware to the latest: solid where the manufacturer states the order."""
    told = [_stop("here", by_bytes(page.this.version), "this firmware", page.entry, page.this)]
    for drawing, word, firmware in (
        *(("ring", "install this first", each) for each in way.steps[:-1]),
        ("end", "the latest", way.target),
    ):
        entry = firmware.entry
        told.append(_stop(drawing, to_entry(entry, ROOT), word, entry, firmware))
    kind = "stops" if way.steps else "stops unstated"
    if len(told) > _IN_A_ROW:
        kind += " many"
    return f'<div class="way"><ol class="{kind}">{"".join(told)}</ol></div>'


def _stop(drawing: str, version: str, word: str, entry: Entry, firmware: Firmware) -> str:
    known = firmware.entries[0].first_issued_on
    listed = f" · first listed {listed_on(firmware)}" if known else ""
    return (
        f"<li>{icon(drawing)}<b>{version}</b><span>{word}</span>"
        f"<span>CPL {entry.cpl_number}{listed}</span></li>"
    )
