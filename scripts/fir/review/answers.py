"""What readers will be told otherwise than before: the answers of both states, compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from fir.answers import Answer, Answers
from fir.answers.sentences import WORDS, installing, sentence
from fir.diagnostics import either, tick
from fir.model import Line, Manufacturer, Record, Repository, Snapshot
from fir.review.changes import Changed

_ALERTS = {
    "expected": "Installing is expected to raise outage alerts.",
    "not-expected": "No outage alerts are expected.",
}


Answered = tuple[str, ...]
"""The sentences of an answer; the first begins with the one word for it."""


class Told(NamedTuple):
    """What a reader is told of some entries; `before` or `after` is None where there is none."""

    cpl_numbers: tuple[str, ...]
    before: Answered | None
    after: Answered | None


class Recorded(NamedTuple):
    """The entries that gain a record or lose it, whatever else their answers say."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def told_otherwise(
    before: Repository, after: Repository, changes: Iterable[Changed]
) -> tuple[list[Told], Recorded]:
    """The entries whose answer changes, those with the same change together."""
    snapshot = after.snapshot or before.snapshot
    if snapshot is None:
        return [], Recorded((), ())
    lines = _touched(before, after, changes)
    old, new = (_of_lines(state, lines, snapshot) for state in (before, after))
    grouped: dict[tuple[Answered | None, Answered | None], list[str]] = {}
    for number in sorted({*old, *new}):
        pair = old.get(number), new.get(number)
        if pair[0] != pair[1]:
            grouped.setdefault(pair, []).append(number)
    recorded = Recorded(
        *(
            tuple(sorted((those.by_number.keys() - others.by_number.keys()) & after.entries.keys()))
            for those, others in ((after, before), (before, after))
        )
    )
    return [Told(tuple(numbers), *pair) for pair, numbers in grouped.items()], recorded


def _touched(before: Repository, after: Repository, changes: Iterable[Changed]) -> set[Line]:
    """The lines of which an entry, a record or a manufacturer's identifier is not as it was."""
    nouns = [noun for each in changes for noun in (each.before, each.after)]
    numbers = {noun.cpl_number for noun in nouns if isinstance(noun, Record)}
    makers = (noun for noun in nouns if isinstance(noun, Manufacturer))
    identifiers = {each for noun in makers for each in noun.manufacturer_identifiers}
    return {
        entry.line
        for state, other in ((before, after), (after, before))
        for number, entry in state.entries.items()
        if number in numbers
        or entry.manufacturer_identifier in identifiers
        or entry != other.entries.get(number)
    }


def _of_lines(
    state: Repository, lines: Collection[Line], snapshot: Snapshot
) -> dict[str, Answered]:
    entries = {number: each for number, each in state.entries.items() if each.line in lines}
    answers = Answers(state._replace(entries=entries))
    return {
        number: tuple(_sentences(answers.of_entry(each), snapshot))
        for number, each in entries.items()
    }


NOT_LISTED = "Not on the CPL"


def _sentences(answer: Answer, snapshot: Snapshot) -> Iterator[str]:
    yield f"{WORDS[answer.answer]}: {sentence(answer, snapshot)}"
    if answer.way:
        yield f"Installing it directly: {installing(answer.way)}."
        if answer.way.outage_alert in _ALERTS:
            yield _ALERTS[answer.way.outage_alert]
    yield f"Whom to call: {either(map(tick, answer.whom)) if answer.whom else 'nobody known'}."
