"""One CPL issue as a section of a page: what it added, removed, reinstated and amended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from fir.model import Change, Entry
from fir.site.components import manufacturer_names
from fir.site.edition import Edition, release
from fir.site.entry_rows import counted_badges
from fir.site.entry_view import field_title, product_name
from fir.site.issues import Issue
from fir.site.wording import NO_DAY, day, short_type

NO_CONTACT = "No contact yet"
_EXCERPT = 160
_AMENDED = 3
"""Up to so many entries whose field an issue changed have a row each."""
_ORDER = ("Added", "First seen", "Reinstated", "Removed", "No longer listed", "Listed again")

# Firmware releases as rows of a table: the entries that share one image stand in one row.


class Device(NamedTuple):
    number: str
    model: str
    type: str
    """Only where the devices of the release are of several types."""


class Amendment(NamedTuple):
    field: str
    before: str
    after: str
    waits: bool
    """The record of the entry does not say so yet."""


class Release(NamedTuple):
    """What happened to a release, on which devices, and the answer now."""

    what: str
    on: str
    versions: list[str]
    shared: str
    """What its entries share: `image`, or `version`."""
    names: list[str]
    """What its devices are called."""
    model: str
    """Where there is but one."""
    devices: list[Device]
    badges: str
    company: str = ""
    excerpt: str = ""
    amendment: Amendment | None = None


def releases(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """The entries of each release together, in the order in which they come."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault(release(entry), []).append(entry)
    return [tuple(each) for each in found.values()]


def release_row(edition: Edition, what: str, entries: Sequence[Entry], on: str = "") -> Release:
    """`what` happened to these entries of one release, and on which day where that is told."""
    recorded = [entry for entry in entries if edition.record_of(entry)]
    types = {entry.device_type for entry in recorded}
    unnamed = (entry for entry in entries if entry.device_type not in types)
    names = dict.fromkeys(product_name(edition, entry) for entry in (*recorded, *unnamed))
    models = dict.fromkeys(entry.device.device_model for entry in entries)
    return Release(
        what,
        on,
        list(dict.fromkeys(entry.firmware_version for entry in entries)),
        "image" if entries[0].image_hash else "version",
        list(names),
        "" if len(models) > 1 else next(iter(models)),
        list(_devices(entries)),
        counted_badges(edition, entries),
    )


def _devices(entries: Sequence[Entry]) -> Iterator[Device]:
    several = len({entry.device_type for entry in entries}) > 1
    for entry in entries:
        kind = short_type(entry.device_type) if several else ""
        yield Device(entry.cpl_number, entry.device.device_model, kind)


def company(edition: Edition, entries: Sequence[Entry]) -> str:
    """Whose they are: a record says it more surely than an identifier."""
    told = next((entry for entry in entries if edition.record_of(entry)), entries[0])
    return manufacturer_names(edition, told) or NO_CONTACT


def excerpt(edition: Edition, entries: Iterable[Entry]) -> str:
    """How the release notes begin, if anybody has supplied them."""
    records = (edition.record_of(entry) for entry in entries)
    text = next((record.release_notes for record in records if record), "")
    words = " ".join(text.split())
    if len(words) > _EXCERPT:
        words = words[:_EXCERPT].rpartition(" ")[0] or words[:_EXCERPT]
        words += "…"
    return words


# An issue: its releases, then each field of many entries.


class AmendedEntry(NamedTuple):
    number: str
    version: str
    model: str
    before: str
    after: str


class AmendedField(NamedTuple):
    """One field that an issue changed of many entries."""

    field: str
    companies: list[str]
    changes: list[AmendedEntry]


class IssueView(NamedTuple):
    version: str
    place: str
    """Where it is told, below the site's address."""
    on: str
    counts: list[str]
    """`2 added`, `48 changed`, in the order in which they are told."""
    rows: list[Release]
    amended: list[AmendedField]


def issue_view(edition: Edition, issue: Issue) -> IssueView:
    happened: dict[str, list[Entry]] = {"Added": [*issue.added], "First seen": [*issue.seen]}
    amended: dict[str, list[Change]] = {}
    for change in issue.changes:
        kind = _kind(change)
        if kind == "Changed":
            amended.setdefault(change.field, []).append(change)
        else:
            happened.setdefault(kind, []).append(edition.repository.entries[change.cpl_number])
    rows = [
        _happened(edition, kind, entries)
        for kind in _ORDER
        for entries in releases(happened.get(kind, ()))
    ]
    few = [changes for changes in amended.values() if len(changes) <= _AMENDED]
    rows += [_amendment(edition, change) for changes in few for change in changes]
    many = [changes for changes in amended.values() if len(changes) > _AMENDED]
    return IssueView(
        issue.version,
        issue.place,
        day(issue.issued_on) or NO_DAY,
        list(_counts(issue)),
        rows,
        [_amended_field(edition, changes) for changes in many],
    )


def entries_changed(issue: Issue) -> int:
    """How many entries it amended, removed or reinstated."""
    return len({change.cpl_number for change in issue.changes})


def _counts(issue: Issue) -> Iterator[str]:
    numbers: dict[str, set[str]] = {
        "Added": {entry.cpl_number for entry in issue.added},
        "First seen": {entry.cpl_number for entry in issue.seen},
    }
    for change in issue.changes:
        numbers.setdefault(_kind(change), set()).add(change.cpl_number)
    for kind in (*_ORDER, "Changed"):
        if numbers.get(kind):
            yield f"{len(numbers[kind]):,} {kind.lower()}"


def _kind(change: Change) -> str:
    if change.field == "last_listed_version":
        return "No longer listed" if change.after else "Listed again"
    if change.field != "status":
        return "Changed"
    return {"Removed": "Removed", "Current": "Reinstated"}.get(change.after, "Changed")


def _happened(edition: Edition, kind: str, entries: Sequence[Entry]) -> Release:
    return release_row(edition, kind, entries)._replace(
        company=company(edition, entries),
        excerpt=excerpt(edition, entries) if kind == "Added" else "",
    )


def _amendment(edition: Edition, change: Change) -> Release:
    entry = edition.repository.entries[change.cpl_number]
    record = edition.record_of(entry)
    return release_row(edition, "Changed", (entry,))._replace(
        company=company(edition, (entry,)),
        amendment=Amendment(
            field_title(edition, change.field),
            change.before,
            change.after,
            record is not None and record.path in edition.awaiting,
        ),
    )


def _amended_field(edition: Edition, changes: Sequence[Change]) -> AmendedField:
    entries = [edition.repository.entries[change.cpl_number] for change in changes]
    names = [manufacturer_names(edition, entry) or NO_CONTACT.lower() for entry in entries]
    return AmendedField(
        field_title(edition, changes[0].field),
        list(dict.fromkeys(names)),
        [
            AmendedEntry(
                change.cpl_number,
                entry.firmware_version,
                entry.device.device_model,
                change.before,
                change.after,
            )
            for change, entry in zip(changes, entries, strict=True)
        ],
    )
