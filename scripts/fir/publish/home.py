"""What stands on the home page below its question: the counts, the newest entries, the answers."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest

from fir.answer.words import WORDS
from fir.publish.edition import Edition
from fir.publish.markup import icon, numbers
from fir.publish.page import Page
from fir.publish.sign import NO_RECORD, SHAPES, of_answer, rows, small

_NEWEST = 8
_MEANINGS = {
    "latest": "Nothing newer is listed for this exact device.",
    "newer-exists": "At least one newer firmware is listed. We show the way there.",
    "unclear": "Number and version disagree. Only the manufacturer can say.",
    "withdrawn": "The manufacturer has taken this firmware back.",
    "removed": "No longer a Current entry on the CPL.",
    "no-longer-listed": "The CPL had it once and has dropped its number.",
}
_DOORS = (
    (
        "manufacturers/",
        "Look up a manufacturer",
        "Every device and firmware of it on the CPL, with the answer, and whom to call.",
    ),
    ("data/", "Take the table", "Every record with its contact as one CSV file, for your own use."),
    ("checks/", "See what we check", "Each check with its reason, its cure and its examples."),
)


def home_page(edition: Edition) -> Page:
    return Page(
        url="", shell="", content=f"{_counts(edition)}{_tally(edition)}{_lists(edition)}{_doors()}"
    )


def _counts(edition: Edition) -> str:
    found = edition.coverage
    entries, covered = found.counts["entries"], found.counts["covered"]
    share = f"{100 * covered // entries} %" if entries else ""
    missing = sum(each.required for each in found.missing)
    return numbers(
        (
            ("Entries on the CPL", f"{entries:,}", ""),
            ("With a firmware record", f"{covered:,}", share),
            (
                "Required, still missing",
                f"{missing:,}",
                f"of {found.counts['required']:,} required",
            ),
            ("Waiting for a CPL number", f"{len(edition.repository.pending):,}", ""),
        )
    )


def _tally(edition: Edition) -> str:
    """How many entries have each answer."""
    found = Counter(answer.answer for answer in edition.answer_of.values())
    cells = "".join(
        f"<div><dt>{of_answer(answer)}</dt><dd>{found[answer]:,}</dd></div>"
        for answer in SHAPES
        if found[answer] or answer != "no-longer-listed"
    )
    return f'<section><h2 class="vh">Entries by answer</h2><dl class="tally">{cells}</dl></section>'


def _lists(edition: Edition) -> str:
    entries = edition.repository.entries
    newest = [entries[number] for number in nlargest(_NEWEST, entries)]
    marks = [(of_answer(answer), meaning) for answer, meaning in _MEANINGS.items()]
    marks.append((small("norec", NO_RECORD), "Listed, but nobody has supplied its notes yet."))
    marks.append((small("off", WORDS["unknown-firmware"]), "We know no entry with these values."))
    legend = "".join(f"<li>{sign}<span>{meaning}</span></li>" for sign, meaning in marks)
    return (
        '<div class="two"><section><h2 class="hd">Newest on the CPL</h2>'
        f"{rows(edition, newest, '', company=True)}</section>"
        '<section><h2 class="hd">What the answers mean</h2>'
        f'<ul class="legend">{legend}</ul></section></div>'
    )


def _doors() -> str:
    told = "".join(
        f'<a href="{url}"><b>{title}{icon("chev")}</b>{text}</a>' for url, title, text in _DOORS
    )
    return f'<nav class="doors" aria-label="Start here">{told}</nav>'
