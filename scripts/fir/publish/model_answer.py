"""The head of a Device Model's page: its latest firmware, its several ends, or nothing on offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fir.answer import Firmware, History
from fir.publish.edition import Edition
from fir.publish.entry_facts import Fact, facts, to_call
from fir.publish.entry_remarks import basis, remark
from fir.publish.fork import fork
from fir.publish.markup import by_bytes, esc
from fir.publish.shown import ROOT, Shown, count, incomplete, listed_on, show
from fir.publish.sign import NO_RECORD, large, short_type, small, to_entry
from fir.publish.tracks import Stop, tracks

_NAMED = 6
"""Ends that a sentence can name."""
_FACTS = 3
"""Ends that have room beside whom to call."""


class Verdict(NamedTuple):
    """What is said of one line, and the entry to ask about."""

    shape: str
    word: str
    said: str
    fork: str
    facts: tuple[Fact, ...]
    of: Shown


def verdict(edition: Edition, history: History) -> Verdict:
    if history.latest:
        return _latest(edition, history.latest)
    if any(each.offered for each in history.firmware):
        return _unclear(edition, history)
    return _none(edition, history)


def _latest(edition: Edition, latest: Firmware) -> Verdict:
    page = show(edition, latest.entry)
    version = esc(edition.snapshot.version)
    part = incomplete(latest.entry)
    said = (
        f"Nothing newer is listed for this exact device in CPL {version}."
        f"{f' It is {part}.' if part else ''}"
    )
    word = f"Latest is {by_bytes(latest.version)}"
    return Verdict("latest", word, said, "", tuple(facts(page)), page)


def _unclear(edition: Edition, history: History) -> Verdict:
    ends = tracks(history).ends
    page = show(edition, (ends[0].firmware if ends else history.firmware[-1]).entry)
    told = (*map(_end, ends[:_FACTS]), ("Whom to call", to_call(page)))
    if len(ends) < 2:
        said = "Statements and listings contradict each other: nobody can say what comes last."
        return Verdict("unclear", "No single latest", said, "", told, page)
    number = count(len(ends))
    said = (
        f"This device has firmware on {number} tracks: {_named(ends)}. "
        "Nobody states which comes after which."
    )
    word = f"{number.capitalize()} ends, no single latest"
    return Verdict("unclear", word, said, fork(tracks(history)), told, page)


def _named(ends: tuple[Stop, ...]) -> str:
    named = [
        f"track {stop.letter} at {to_entry(stop.firmware.entry, ROOT)}" for stop in ends[:_NAMED]
    ]
    more = [f"and {count(len(ends) - _NAMED)} more"] if len(ends) > _NAMED else []
    return ", ".join([*named, *more])


def _end(stop: Stop) -> Fact:
    firmware = stop.firmware
    first = f"first listed {listed_on(firmware)}"
    entry = firmware.entry
    return (
        f"Track {stop.letter} ends at",
        f"{to_entry(entry, ROOT)}<small>CPL {entry.cpl_number}, {first}</small>",
    )


def _none(edition: Edition, history: History) -> Verdict:
    last = history.firmware[-1]
    page = show(edition, last.entry)
    gone = "withdrawn" if any(each.withdrawn for each in history.firmware) else "removed"
    said = "All firmware listed for this exact device is Removed from the CPL or withdrawn."
    listed = f"{to_entry(last.entry, ROOT)}<small>{listed_on(last)}</small>"
    told = (("Listed last", listed), ("Whom to call", to_call(page)))
    return Verdict(gone, "Nothing on offer", said, "", told, page)


def line_name(history: History, lines: tuple[History, ...]) -> str:
    """What tells a line from the others of its Device Model."""
    line = history.line
    types = {each.line.type for each in lines}
    generations = {each.line.generation for each in lines}
    kind = short_type(line.type)
    told = [kind[:1].upper() + kind[1:]] if len(types) > 1 or len(generations) == 1 else []
    return ", ".join([*told, *([line.generation] if len(generations) > 1 else [])])


def sign(edition: Edition, lines: tuple[History, ...], found: list[Verdict]) -> str:
    """The answer for the whole model: of its one line, or of each beside the others."""
    if len(found) == 1:
        only = found[0]
        lacks = only.shape == "latest" and not only.of.this.records
        said = f'<p class="what">{only.said}</p>{small("norec", NO_RECORD) if lacks else ""}'
        rests = basis(only.of) if only.shape in ("latest", "unclear") else ""
        return large(only.shape, only.word, said, only.fork, only.facts) + rests
    shapes = {each.shape for each in found}
    shape = shapes.pop() if len(shapes) == 1 else "note"
    number = count(len(lines))
    several = f"{number.capitalize()} lines, {number} answers"
    word = "A latest in each line" if shape == "latest" else several
    said = (
        f"{number.capitalize()} lines of firmware share these identifiers, and no firmware of one "
        "is compared with another’s. Each has its own answer: know which one yours is."
    )
    return large(shape, word, f'<p class="what">{said}</p>', "", _of_lines(lines, found))


def _of_lines(lines: tuple[History, ...], found: list[Verdict]) -> Iterator[Fact]:
    for history, each in zip(lines, found, strict=True):
        yield line_name(history, lines), small(each.shape, each.word)


def said_of(each: Verdict) -> str:
    """The verdict in a line's own section."""
    return remark(each.shape, each.word, each.said)
