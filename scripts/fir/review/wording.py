"""How values and their changes are written in a summary: numbers, notes, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from fir.model import Record
from fir.report import many
from fir.report.markdown import html_code, lines_of, table
from fir.review.changes import Changed, FieldChange, flat

# Beyond this many words a comparison word by word would take seconds.
_MOST_WORDS = 3_000
_NUMBERS = 12
NOTES = "release_notes"


def numbers(found: Sequence[str], most: int = _NUMBERS) -> str:
    """CPL numbers, several in a row as `000001` to `000015`, as HTML; the rest are counted."""
    runs = list(_runs(found))
    told = [
        html_code(run[0]) + (f" to {html_code(run[-1])}" if run[1:] else "") for run in runs[:most]
    ]
    left = sum(map(len, runs[most:]))
    return ", ".join(told) + (f" and {left:,} more" if left else "")


def _runs(found: Iterable[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for number in sorted(found):
        follows = run and number.isdecimal() and run[-1].isdecimal()
        if follows and int(number) == int(run[-1]) + 1:
            run.append(number)
            continue
        if run:
            yield run
        run = [number]
    if run:
        yield run


def value(text: str | None) -> str:
    """A value in a table cell."""
    return "not stated" if text is None else html_code(text)


def notes(text: str) -> str:
    """Release notes as the plain text that readers will see."""
    return f"<pre>{lines_of(text)}</pre>\n" if text.strip() else "<p>The notes are blank.</p>\n"


def fields(changes: Iterable[FieldChange]) -> str:
    """Each field before and after; longer texts follow, word by word."""
    changes = list(changes)
    short = [each for each in changes if not _is_long(each)]
    rows = [(html_code(each.field), value(each.before), value(each.after)) for each in short]
    said = table(("Field", "Before", "After"), rows) + "\n" if rows else ""
    for each in changes:
        if _is_long(each):
            said += (
                f"{html_code(each.field)}: what goes is struck through, what comes underlined\n\n"
            )
            said += f"<pre>{word_by_word(each.before or '', each.after or '')}</pre>\n\n"
    return said


def _is_long(change: FieldChange) -> bool:
    both = change.before is not None and change.after is not None
    return both and (change.field == NOTES or change.field.endswith(("note", "reason")))


@cache
def word_by_word(before: str, after: str) -> str:
    """The text with what goes in `del` and what comes in `ins`, as HTML for a `pre`."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    said = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            said.append(lines_of("".join(old[a:b])))
            continue
        said += [
            f"<{tag}>{lines_of(''.join(part))}</{tag}>"
            for tag, part in (("del", old[a:b]), ("ins", new[c:d]))
            if part
        ]
    return "".join(said)


def _words(text: str) -> list[str]:
    return re.findall(r"\n|[^\S\n]+|\w+|[^\w\s]", text)


# Changes that are one change to a reader: told once, with all the entries they hold for.

# What tells the entries of one release apart.
_OWN = ("cpl_number", "device.")
_OF_A_NUMBER = ("cpl_number", "smets_chts_version", "gbcs_version")
_TOLD = ("manufacturer", "release_notes")


class Group(NamedTuple):
    """Records of one manufacturer with one fate and one text, or with the same fields changed."""

    changes: tuple[Changed, ...]

    @property
    def first(self) -> Changed:
        return self.changes[0]

    @property
    def text(self) -> str:
        record = self.first.record
        return record.release_notes if record else ""

    def stated(self) -> dict[str, dict[str, list[str]]]:
        """By field and value, those that state it: without notes and what tells them apart."""
        found: dict[str, dict[str, list[str]]] = {}
        for each in self.changes:
            for field, text in flat(each.noun).items():
                if field not in _TOLD and not field.startswith(_OWN):
                    found.setdefault(field, {}).setdefault(text, []).append(number_of(each))
        return found


def number_of(each: Changed) -> str:
    """The CPL number, or the name of a file that has none."""
    record = each.record
    return (record.cpl_number if record else "") or each.path.rpartition("/")[2]


def grouped(changes: Iterable[Changed]) -> list[Group]:
    """Records in groups, in the order of their first; manufacturers are no part of it."""
    found: dict[object, list[Changed]] = {}
    for each in changes:
        if each.record is not None:
            found.setdefault(_identity(each), []).append(each)
    return [Group(tuple(group)) for group in found.values()]


def _identity(each: Changed) -> tuple[object, ...]:
    same: tuple[FieldChange, ...] | str
    if each.fate in ("new", "gone") and isinstance(each.record, Record):
        same = each.record.release_notes
    else:
        same = other_fields(each)
    return each.fate, each.kind, each.slug, same


def other_fields(each: Changed) -> tuple[FieldChange, ...]:
    """What differs besides that a waiting record has its number now."""
    expected = _OF_A_NUMBER if each.fate == "promoted" else ()
    return tuple(field for field in each.fields if field.field not in expected)


# What fits into a summary: some in plain sight, more folded, and the rest counted.

# GitHub throws away a summary of more than 1 MiB, and other steps may add to the same one.
MOST_BYTES = 900_000
IN_SIGHT = 5
# No section takes all that is left: those after it have something to say as well.
_SHARE = 0.75


class Room:
    """How many bytes are left, and what had no room, by its noun."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.cut: dict[str, int] = {}

    def section(self, title: str, blocks: Iterable[str], noun: str, *, fold: bool = True) -> str:
        """The blocks under a title, as many as there is room for; empty where there are none."""
        blocks = list(blocks)
        if not blocks:
            return ""
        head = f"### {title}\n\n"
        self.left -= len(head)
        fitting = blocks[: self._fitting(blocks, int(self.left * _SHARE))]
        if len(fitting) < len(blocks):
            self.cut[noun] = len(blocks) - len(fitting)
        in_sight = IN_SIGHT if fold else len(fitting)
        seen, more = fitting[:in_sight], fitting[in_sight:]
        return (
            head + "".join(seen) + (folded(many(len(more), f"more {noun}"), more) if more else "")
        )

    def _fitting(self, blocks: list[str], most: int) -> int:
        for place, block in enumerate(blocks):
            most -= len(block.encode())
            if most < 0:
                return place
            self.left -= len(block.encode())
        return len(blocks)

    def said_of_the_cut(self) -> str:
        if not self.cut:
            return ""
        told = ", ".join(many(count, noun) for noun, count in self.cut.items())
        return f"**Left out for want of room:** {told}. `fir summary --format json` has them.\n\n"


def folded(title: str, blocks: Iterable[str]) -> str:
    """What is opened by those who want to see it; the title is HTML of ours."""
    return f"<details><summary>{title}</summary>\n\n{''.join(blocks)}\n</details>\n\n"
