"""Tables of entries: what a record claims, and the CPL's facts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fir.model import Entry, Record, Repository
from fir.report import many
from fir.report.inert import html_code, table
from fir.review.changes import Changed
from fir.review.room import folded
from fir.review.words import numbers

_IN_SIGHT = 15
_PART = 300
_FACTS = (
    ("status", "{}"),
    ("smets_chts_version", "{}"),
    ("gbcs_version", "{}"),
    ("image_hash", "image {:.8}"),
    ("cpa_expiry", "CPA until {}"),
    ("first_version", "first in {}"),
    ("label", "{}"),
)


def claims(changes: Sequence[Changed], repository: Repository) -> str:
    """What each record says of its device, what the CPL says of its number, and if they agree."""
    records = [each.record for each in changes if each.record]
    pairs = [(record, _entry(record, repository)) for record in records]
    disputed = [record for record, entry in pairs if entry and entry.device != record.device]
    rows = [
        (
            html_code(record.cpl_number or "none yet"),
            html_code(record.device.device_model),
            html_code(record.device.firmware_version),
            html_code(record.device.type),
            facts(entry, record) if entry else "does not list it",
        )
        for record, entry in pairs
    ]
    header = ("CPL number", "Device Model", "Firmware", "Device type", "The CPL says")
    who = "The device agrees" if len(pairs) == 1 else "Every device agrees"
    agreed = not disputed and all(entry for _, entry in pairs)
    agree = f"{who} with the CPL in each field.\n\n" if agreed else ""
    return "".join(listed(header, rows, "entry")) + agree


def _entry(record: Record, repository: Repository) -> Entry | None:
    return repository.entries.get(record.cpl_number) if record.cpl_number else None


def facts(entry: Entry, record: Record | None = None) -> str:
    """The CPL's facts of an entry; first of all those that contradict the record."""
    told = []
    if record:
        pairs = zip(record.device._fields, record.device, entry.device, strict=True)
        told = [
            f"<b>another {html_code(name)}</b>: {html_code(listed)}"
            for name, claimed, listed in pairs
            if claimed != listed
        ]
    if entry.last_listed_version:
        told.append(f"no longer listed, last in {html_code(entry.last_listed_version)}")
    for field, words in _FACTS:
        text = getattr(entry, field)
        if text:
            before, _, after = words.partition("{")
            told.append(f"{before}{html_code(f'{{{after}'.format(text))}")
    return ", ".join(told)


def entries(found: Iterable[str], repository: Repository) -> Iterator[str]:
    """Entries by their numbers, and whether readers find a record."""
    return listed(
        ("CPL number", "Device Model", "Firmware", "Device type", "The CPL says", "Record"),
        _rows(found, repository),
        "entry",
    )


def _rows(found: Iterable[str], repository: Repository) -> Iterator[tuple[str, ...]]:
    for number in found:
        entry = repository.entries[number]
        record = repository.by_number.get(number)
        yield (
            html_code(number),
            html_code(entry.device.device_model),
            html_code(entry.firmware_version),
            html_code(entry.device_type),
            facts(entry),
            html_code(record.manufacturer) if record else "none",
        )


def listed(header: Sequence[str], rows: Iterable[Sequence[str]], noun: str) -> Iterator[str]:
    """A table; a long one is folded, in parts that can be left out one by one."""
    rows = list(rows)
    if len(rows) <= _IN_SIGHT:
        yield table(header, rows) + "\n"
        return
    for start in range(0, len(rows), _PART):
        part = rows[start : start + _PART]
        more = "more " if start else ""
        yield folded(many(len(part), f"{more}{noun}"), [table(header, part) + "\n"])


def titled(title: str, blocks: Iterable[str]) -> Iterator[str]:
    """Blocks under a heading, which goes with the first of them."""
    for place, block in enumerate(blocks):
        yield block if place else f"#### {title}\n\n{block}"


def all_numbers(found: Sequence[str]) -> str:
    """Every number, however many."""
    return numbers(found, len(found))
