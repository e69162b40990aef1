"""What readers will be told otherwise than before: the answers of both states, compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from fir.answer import Answer, Answers
from fir.answer.words import WORDS, installing, sentence
from fir.model import Line, Record, Repository, Snapshot
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
    """The lines of which an entry or a record is not as it was."""
    numbers = {
        number
        for number in before.entries.keys() | after.entries.keys()
        if before.entries.get(number) != after.entries.get(number)
    }
    for each in changes:
        nouns = (each.before, each.after)
        numbers |= {noun.cpl_number for noun in nouns if isinstance(noun, Record)}
    entries = (state.entries.get(number) for state in (before, after) for number in numbers)
    return {entry.line for entry in entries if entry is not None}


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
