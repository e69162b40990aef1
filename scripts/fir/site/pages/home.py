"""What stands on the home page below its box: examples, counts, the newest entries, the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from typing import NamedTuple
from urllib.parse import urlencode

from fir.answers.sentences import MEANINGS, WORDS
from fir.model import Entry
from fir.site.browser_data.find_index import index_version
from fir.site.edition import Edition
from fir.site.entry_rows import entry_table
from fir.site.entry_view import SHAPES, UNRECORDED
from fir.site.rendering import render
from fir.site.shell import Page

_NEWEST = 8
_BEGINNING = 8


class Example(NamedTuple):
    """Something that the box takes, and that this edition holds."""

    label: str
    url: str
    shown: str


class Tally(NamedTuple):
    """How many entries bear a badge, and where they are listed."""

    shape: str
    word: str
    entries: int
    url: str


def home_page(edition: Edition) -> Page:
    counts, entries = edition.coverage.counts, edition.repository.entries
    newest = [entries[number] for number in nlargest(_NEWEST, entries)]
    content = render(
        "home.html",
        index=index_version(edition),
        examples=list(_examples(edition)),
        entries=counts["entries"],
        covered=counts["covered"],
        share=share(counts["covered"], counts["entries"]),
        required=counts["required"],
        missing=sum(each.required for each in edition.coverage.missing),
        pending=len(edition.repository.pending),
        tally=list(_tally(edition)),
        newest=entry_table(edition, newest, "", company=True),
        legend=list(_legend()),
    )
    return Page(url="", shell="", content=content)


def share(part: int, whole: int) -> str:
    """In hundredths, rounded down; empty where there is nothing to have a share of."""
    return f"{100 * part // whole} %" if whole else ""


def _examples(edition: Edition) -> Iterator[Example]:
    """The newest entry that says most, by each of its names."""
    by_device = edition.repository.by_device
    known = [
        entry
        for _, entry in sorted(edition.repository.entries.items(), reverse=True)
        if len(by_device[entry.device]) == 1
    ]
    if not known:
        return
    entry = max(known, key=lambda each: _says(edition, each))
    strings = " ".join(entry.device.inventory_strings)
    yield Example("Central Products List number", _find(q=entry.cpl_number), entry.cpl_number)
    yield Example("Inventory strings, any order", _find(q=strings), strings)
    if entry.image_hash:
        beginning = entry.image_hash[:_BEGINNING]
        yield Example("Image hash, or its beginning", _find(q=beginning), f"{beginning}…")
    for maker in edition.makers(entry)[:1]:
        yield Example("Product or company", _find(q=maker.name), maker.name)


def _says(edition: Edition, entry: Entry) -> tuple[bool, ...]:
    answer = edition.answer_of[entry.cpl_number].answer
    return answer == "newer-exists", edition.record_of(entry) is not None, bool(entry.image_hash)


def _find(**filters: str) -> str:
    return f"find/?{urlencode(filters)}"


def _tally(edition: Edition) -> Iterator[Tally]:
    """How many entries have each answer, and how many no record."""
    found = Counter(answer.answer for answer in edition.answer_of.values())
    for answer, shape in SHAPES.items():
        if found[answer] or answer != "no-longer-listed":
            yield Tally(shape, WORDS[answer], found[answer], _find(answer=answer))
    lacking = sum(edition.record_of(each) is None for each in edition.repository.entries.values())
    yield Tally(*UNRECORDED, lacking, _find(record="none"))


def _legend() -> Iterator[tuple[str, str, str]]:
    """Shape and word of each badge, and what it means."""
    for answer, shape in SHAPES.items():
        yield shape, WORDS[answer], MEANINGS[answer]
    yield *UNRECORDED, MEANINGS["no-record"]
    yield "off", WORDS["unknown-firmware"], MEANINGS["unknown-firmware"]
