"""The answer as a sign: a shape, a word and a colour, large on its page and small in rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fir.answer.words import WORDS
from fir.model import Entry
from fir.publish.edition import Edition
from fir.publish.markup import by_bytes, day, esc, icon, table

SHAPES = {
    "latest": "latest",
    "newer-exists": "newer",
    "unclear": "unclear",
    "withdrawn": "withdrawn",
    "removed": "removed",
    "no-longer-listed": "removed",
}
NO_RECORD = "No record yet"
_UNRECORDED = ("norec", NO_RECORD)
SHORT_TYPES = {
    "Communications Hub": "communications hub",
    "Gas Smart Meter": "gas meter",
    "HAN Connected Auxiliary Load Control Switch": "load control switch",
    "Polyphase Electricity Metering Equipment": "polyphase electricity meter",
    "Pre-Payment Interface Device": "prepayment display",
    "Single Element Electricity Metering Equipment": "electricity meter",
    "Twin Element Electricity Metering Equipment": "twin element electricity meter",
}


def small(shape: str, word: str) -> str:
    return f'<span class="st is-{shape}">{icon(shape)}{word}</span>'


def of_answer(answer: str) -> str:
    """The small sign of an answer."""
    return small(SHAPES[answer], WORDS[answer])


def large(shape: str, word: str, said: str, beside: str, facts: Iterable[tuple[str, str]]) -> str:
    """The sign at the head of a page: word, what it means, a drawing, and facts below."""
    told = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in facts)
    return (
        f'<section class="ans is-{shape}" id="answer" aria-label="Answer">'
        f'<div class="sign">{icon(shape)}</div><div class="say"><p class="word">{word}</p>{said}'
        f'</div>{beside}<dl class="facts">{told}</dl></section>'
    )


def marks(edition: Edition, entry: Entry) -> str:
    """What a row says of an entry: the answer, its own status where that differs, no record."""
    return "".join(small(*mark) for mark in _marks(edition, entry))


def counted_marks(edition: Edition, entries: Sequence[Entry]) -> str:
    """What a row says of several entries: each mark, counted where not all of them bear it."""
    found = Counter(mark for entry in entries for mark in _marks(edition, entry))
    found[_UNRECORDED] = found.pop(_UNRECORDED, 0)  # said last
    return "".join(
        small(shape, word if count == len(entries) else f"{word}: {count:,} of {len(entries):,}")
        for (shape, word), count in found.items()
        if count
    )


def _marks(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    answer = edition.answer_of[entry.cpl_number]
    yield SHAPES[answer.answer], WORDS[answer.answer]
    if entry.listing != "current" and answer.listing == "current":
        yield "removed", f"Entry {entry.listing.replace('-', ' ')}"
    if edition.record_of(entry) is None:
        yield _UNRECORDED


def rows(edition: Edition, entries: Iterable[Entry], root: str, *, company: bool = False) -> str:
    """Entries as a table led by the answer; `company` names the manufacturer of each."""
    head = "Manufacturer and device" if company else "Device"
    told = "".join(_row(edition, entry, root, company) for entry in entries)
    return table(("Answer", "Firmware", head, "Listed"), told, "rows")


def _row(edition: Edition, entry: Entry, root: str, company: bool) -> str:
    device, below = esc(product(edition, entry)), to_model(entry.device.device_model, root)
    if company:
        device, below = whose(edition, entry) or "No contact yet", device
    number = entry.cpl_number
    return (
        f"<tr><td>{marks(edition, entry)}</td>"
        f'<td class="id"><a href="{root}cpl/{number}/">{by_bytes(entry.firmware_version)}</a>'
        f"{plate(number)}</td><td>{device}<small>{below}</small></td>"
        f'<td data-l="Listed">{day(entry.first_issued_on) or "day not known"}</td></tr>'
    )


def plate(number: str) -> str:
    """A CPL number in a row, set like a number plate."""
    return f'<span class="cpl">CPL <b>{number}</b></span>'


def to_cpl(number: str, root: str) -> str:
    """A CPL number that leads to its entry."""
    return f'<a class="pn" href="{root}cpl/{number}/">{number}</a>'


def to_entry(entry: Entry, root: str) -> str:
    """A firmware version that leads to its entry."""
    return f'<a href="{root}cpl/{entry.cpl_number}/">{by_bytes(entry.firmware_version)}</a>'


@lru_cache(maxsize=65536)
def to_model(model: str, root: str) -> str:
    """A Device Model that leads to its page."""
    return f'<a class="pn" href="{root}models/{esc(model)}/">{esc(model)}</a>'


def to_issue(edition: Edition, version: str, root: str) -> str:
    """A CPL issue that leads to what it did, where that is told."""
    issue = edition.issues.by_version.get(version)
    return f'<a href="{root}{issue.place}">{esc(version)}</a>' if issue else esc(version)


def whose(edition: Edition, entry: Entry) -> str:
    """The names of the companies the entry may be of; empty where none is known."""
    return " or ".join(f"<bdi>{esc(maker.name)}</bdi>" for maker in edition.makers(entry))


def short_type(device_type: str) -> str:
    return SHORT_TYPES.get(device_type, device_type)


def product(edition: Edition, entry: Entry) -> str:
    """What the device is called: its product name where a record says so, and its type."""
    record = edition.record_of(entry)
    kind = short_type(entry.device_type)
    if record and record.product_name:
        return f"{record.product_name}, {kind}"
    return kind[:1].upper() + kind[1:]
