"""How values and their changes are written in a summary: numbers, notes, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from fir.report.inert import html_code, lines_of, table
from fir.review.fields import FieldChange

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
