"""What differs between two states: each record and manufacturer, comments, and answers to readers.

A record or a manufacturer is new, changed, gone, moved, promoted or unreadable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from fir.answers import Answer, Answers
from fir.answers.sentences import WORDS, installing, sentence
from fir.diagnostics import either, tick, visible
from fir.model import Line, Manufacturer, Record, Repository, Snapshot
from fir.repository.read import most_bytes, open_bytes
from fir.review.kinds import area
from fir.review.states import FileChange, States
from fir.strict_yaml.comments import NotYaml, comments

# A noun as its fields, flat and as text, and how two of them differ. The fields are those of the
# nouns themselves: a new one needs nothing here.

Noun = Record | Manufacturer
# Where a noun's file lies is told by its path.
_PLACE = ("path", "slug")


class FieldChange(NamedTuple):
    """`before` or `after` is None where the field is not stated; a list has an item a line."""

    field: str
    before: str | None
    after: str | None


def flat(noun: Noun | None) -> dict[str, str]:
    """Every field that is stated, such as `contact.address.locality`, by its name."""
    return {} if noun is None else dict(_of_tuple("", noun))


def differences(before: Noun | None, after: Noun | None) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order in which the nouns have them."""
    old, new = flat(before), flat(after)
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )


def _of_tuple(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    for name in value._fields:
        if not (prefix == "" and name in _PLACE):
            stated = getattr(value, name)
            if stated is not None and stated != value._field_defaults.get(name):
                yield from _of_value(f"{prefix}{name}", stated)


def _of_value(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if hasattr(value, "_fields"):
        yield from _of_tuple(f"{name}.", value)
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _of_value(f"{name}.{key}", value[key])
    elif isinstance(value, tuple):
        lines = [
            " ".join(filter(None, item)) if hasattr(item, "_fields") else item for item in value
        ]
        yield name, "\n".join(lines) or "none"
    elif value != "":
        yield name, str(value)


Fate = Literal["new", "changed", "gone", "moved", "renumbered", "promoted", "unreadable"]


class _Changed(NamedTuple):
    path: str
    fate: Fate
    source: str | None = None
    """Where the file lay before, where it lies elsewhere now."""
    before: Noun | None = None
    after: Noun | None = None
    why: str = ""
    """Why the file cannot be read."""


class Changed(_Changed):
    """One record or manufacturer and what happens to it."""

    @cached_property
    def fields(self) -> tuple[FieldChange, ...]:
        return differences(self.before, self.after)

    @property
    def stated(self) -> set[str]:
        """The names of the fields that differ."""
        return {each.field for each in self.fields}

    @property
    def noun(self) -> Noun | None:
        return self.after or self.before

    @property
    def kind(self) -> str:
        """`record`, `pending` or `manufacturer`, by its place."""
        folder = self.path.split("/")[1]
        return "record" if folder == "firmware" else folder.removesuffix("s")

    @property
    def slug(self) -> str:
        """The manufacturer whose file this is, by its place."""
        return slug_of(self.path)

    @property
    def record(self) -> Record | None:
        return self.noun if isinstance(self.noun, Record) else None

    @property
    def was_published(self) -> bool:
        """Whether readers have seen it: a manufacturer, or a record with a number."""
        return isinstance(self.before, Manufacturer) or bool(
            self.before is not None and self.before.cpl_number
        )


def slug_of(path: str) -> str:
    """The manufacturer that a path of a record or of a manufacturer names."""
    return path.split("/")[2].removesuffix(".yaml")


def changed(
    before: Repository, after: Repository, files: Iterable[FileChange]
) -> tuple[Changed, ...]:
    """What happens to each record and manufacturer whose file is among those that differ."""
    old, new, broken = _by_path(before), _by_path(after), _broken(after)
    found = []
    for path, what in files:
        if area(path) != "record":
            continue
        if what != "gone" and path not in new:
            why = broken.get(visible(path), "the file is not read")
            found.append(Changed(path, "unreadable", None, old.get(path), None, why))
        else:
            found.append(Changed(path, what, None, old.get(path), new.get(path)))
    return tuple(sorted(_paired(found)))


def _by_path(repository: Repository) -> dict[str, Noun]:
    records = (*repository.records, *repository.pending)
    misplaced = [each.record for each in repository.misplaced]
    nouns: tuple[Noun, ...] = (*records, *misplaced, *repository.manufacturers.values())
    return {each.path: each for each in nouns}


def _broken(repository: Repository) -> Mapping[str, str]:
    """Why a file could not become a noun, by its path as findings show it."""
    refused = {each.path: f"line {each.line}: {each.message}" for each in repository.refusals[::-1]}
    shapeless = "its fields are not those that the schema asks for"
    return {**{visible(each.path): shapeless for each in repository.misshapen}, **refused}


def _paired(found: list[Changed]) -> list[Changed]:
    """A file that goes here and comes there is one thing that moved."""
    came: dict[object, list[Changed]] = {}
    for each in found:
        for identity in _identities(each.after) if each.fate == "new" else ():
            came.setdefault(identity, []).append(each)
    left = {each.path: each for each in found}
    for gone in [each for each in found if each.fate == "gone"]:
        same = (each for identity in _identities(gone.before) for each in came.get(identity, ()))
        new = next((each for each in same if left[each.path] is each), None)
        if new is not None:
            del left[gone.path]
            fate = _move(gone.before, new.after)
            left[new.path] = Changed(new.path, fate, gone.path, gone.before, new.after)
    return list(left.values())


def _identities(noun: Noun | None) -> Iterator[object]:
    """What makes a record the same one in another place: its number, else its device."""
    if isinstance(noun, Record):
        if noun.cpl_number:
            yield noun.cpl_number
        yield noun.manufacturer, noun.device


def _move(before: Noun | None, after: Noun | None) -> Fate:
    numbers = [each.cpl_number for each in (before, after) if isinstance(each, Record)]
    if numbers[0] == numbers[1]:
        return "moved"
    return "renumbered" if numbers[0] else "promoted"


# The comments that a proposal brings: no page shows them, and everybody can read them. They stand
# in no field, so that nothing else of a review would tell of them.


class Comments(NamedTuple):
    """The comments that a file has now and had not before, each with its `#`."""

    path: str
    comments: tuple[str, ...]


def new_comments(states: States, changes: tuple[Changed, ...]) -> Iterator[Comments]:
    """Those of every file that can be read and is not gone."""
    sources = {each.path: each.source or each.path for each in changes if each.after}
    lists = (each.path for each in states.files if each.path in _LISTS and each.what != "gone")
    for path, source in (*sources.items(), *((path, path) for path in lists)):
        new = _comments_of(states.head.root, path)
        added = new - _comments_of(states.base.root, source) if new else new
        if added:
            yield Comments(path, tuple(added.elements()))


# Editors are told of a schema in a comment that is no remark, unless it says something else.
_MODELINE = re.compile(r"# *yaml-language-server:[^\n]*")
_OURS = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)+schema/[a-z-]+\.schema\.json")
_LISTS = ("records/waivers.yaml", "records/cpl/snapshot.yaml")


def _comments_of(root: str, path: str) -> Counter[str]:
    try:
        text = open_bytes(f"{root}/{path}", most_bytes(path)).decode("utf-8")
        lines = (each[0] for each in _MODELINE.finditer(text) if not _OURS.fullmatch(each[0]))
        return Counter([*(each.text for each in comments(text, {})), *lines])
    except (OSError, UnicodeDecodeError, NotYaml):  # the checks say so
        return Counter()


# What readers will be told otherwise than before: the answers of both states, compared.

_ALERTS = {
    "expected": "Installing is expected to raise outage alerts.",
    "not-expected": "No outage alerts are expected.",
}


Answered = tuple[str, ...]
"""The sentences of an answer; the first begins with the one word for it."""


class ChangedAnswer(NamedTuple):
    """What a reader is told of some entries; `before` or `after` is None where there is none."""

    cpl_numbers: tuple[str, ...]
    before: Answered | None
    after: Answered | None


class Recorded(NamedTuple):
    """The entries that gain a record or lose it, whatever else their answers say."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]


def changed_answers(
    before: Repository, after: Repository, changes: Iterable[Changed]
) -> tuple[list[ChangedAnswer], Recorded]:
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
    return [ChangedAnswer(tuple(numbers), *pair) for pair, numbers in grouped.items()], recorded


def _touched(before: Repository, after: Repository, changes: Iterable[Changed]) -> set[Line]:
    """The lines of which an entry, a record or a manufacturer's identifier is not as it was."""
    nouns = [noun for each in changes for noun in (each.before, each.after)]
    numbers = {noun.cpl_number for noun in nouns if isinstance(noun, Record)}
    manufacturers = (noun for noun in nouns if isinstance(noun, Manufacturer))
    identifiers = {each for noun in manufacturers for each in noun.manufacturer_identifiers}
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
