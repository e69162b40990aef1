"""What the blocks of a summary are written with: templates, and values as they need them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

from markupsafe import Markup

from fir.model import Entry, Record
from fir.report import many
from fir.report.markdown import Templates

Blocks = Iterator[Markup]

# Numbers in a row, and texts word by word, as templates show them.

# Beyond this many words a comparison word by word would take seconds.
_MOST_WORDS = 3_000


def runs(found: Iterable[str], most: int) -> tuple[list[tuple[str, str]], int]:
    """CPL numbers, several in a row by their first and last; of `most` rows, and the count left."""
    rows: list[list[str]] = []
    for number in sorted(found):
        last = rows[-1][-1] if rows else ""
        if number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    shown = [(row[0], row[-1] if row[1:] else "") for row in rows[:most]]
    return shown, sum(map(len, rows[most:]))


@cache
def word_by_word(before: str, after: str) -> tuple[tuple[Literal["same", "gone", "new"], str], ...]:
    """Both texts in pieces, each with what happens to it."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[tuple[Literal["same", "gone", "new"], str]] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(("same", "".join(old[a:b])))
        else:
            found += [("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))]
    return tuple((what, text) for what, text in found if text)


def _words(text: str) -> list[str]:
    return re.findall(r"\n|[^\S\n]+|\w+|[^\w\s]", text)


TEMPLATES = Templates(Path(__file__).parent / "templates", runs=runs, difference=word_by_word)
markdown: Callable[..., Markup] = partial(TEMPLATES.part, "blocks.md")
html: Callable[..., Markup] = partial(TEMPLATES.part, "blocks.html")


# Tables: one of many rows is folded, in parts that can be left out one by one.

_IN_SIGHT = 15
_PART = 300


class Part(NamedTuple):
    rows: Sequence[Any]
    title: str = ""
    """Empty where the rows are in plain sight."""


def parts(rows: Iterable[Any], noun: str) -> Iterator[Part]:
    rows = list(rows)
    if len(rows) <= _IN_SIGHT:
        yield Part(rows)
        return
    for start in range(0, len(rows), _PART):
        part = rows[start : start + _PART]
        yield Part(part, many(len(part), f"{'more ' if start else ''}{noun}"))


def tables(macro: str, rows: Iterable[Any], noun: str) -> Blocks:
    return (html(macro, part) for part in parts(rows, noun))


def titled(title: str, blocks: Iterable[Markup]) -> Blocks:
    """Blocks under a heading, which goes with the first of them."""
    for place, block in enumerate(blocks):
        yield block if place else markdown("headed", title, block)


class Fact(NamedTuple):
    words: str
    value: str
    contradicts: bool = False
    """Whether the record says otherwise of the field that `words` names."""


_FACTS = (
    ("status", "", "{}"),
    ("smets_chts_version", "", "{}"),
    ("gbcs_version", "", "{}"),
    ("image_hash", "image ", "{:.8}"),
    ("cpa_expiry", "CPA until ", "{}"),
    ("first_version", "first in ", "{}"),
    ("label", "", "{}"),
)


def facts(entry: Entry, record: Record | None = None) -> Iterator[Fact]:
    """The CPL's facts of an entry; first of all those that contradict the record."""
    if record:
        for name, claimed, listed in zip(
            record.device._fields, record.device, entry.device, strict=True
        ):
            if claimed != listed:
                yield Fact(name, listed, contradicts=True)
    if entry.last_listed_version:
        yield Fact("no longer listed, last in ", entry.last_listed_version)
    for field, words, form in _FACTS:
        if value := getattr(entry, field):
            yield Fact(words, form.format(value))
