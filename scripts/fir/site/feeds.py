"""Atom feeds of what happens: to everything, to one manufacturer's devices, to one Device Model.

An item is what happened to an entry, its record or a manufacturer's contact, and keeps its id for
ever. What changes what it tells, a correction or a withdrawal, gives it a new `updated`, by which a
feed reader knows to show it again. All days come from the data and from the history of the files,
never from the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from fir.model import Change, Entry, Manufacturer, Record
from fir.repository_entry import business_address
from fir.site.as_json import NAME
from fir.site.edition import Edition
from fir.site.rendering import render
from fir.site.well_known import site_address

MOST_ITEMS = 200
FEED_PATHS = ("feeds/all.xml", "feeds/manufacturers/{slug}.xml", "feeds/models/{id}.xml")
File = tuple[str, bytes]


class Feed(NamedTuple):
    path: str
    title: str
    url: str
    """Of the page it belongs to, below the site's address."""


ALL = Feed(FEED_PATHS[0], NAME, "")


def manufacturer_feed(slug: str, name: str) -> Feed:
    path = FEED_PATHS[1].format(slug=slug)
    return Feed(path, f"{name}: {NAME}", f"manufacturers/{slug}/")


def model_feed(device_model: str) -> Feed:
    path = FEED_PATHS[2].format(id=device_model)
    return Feed(path, f"{device_model}: {NAME}", f"models/{device_model}/")


def feeds_of_entry(edition: Edition, entry: Entry) -> tuple[Feed, ...]:
    """The feeds that tell of an entry: its Device Model's, its manufacturers', and everything's."""
    makers = [manufacturer_feed(maker.slug, maker.name) for maker in edition.makers(entry)]
    return (model_feed(entry.device.device_model), *makers, ALL)


class Item(NamedTuple):
    name: str
    """What its id ends with, such as `record/000042`."""
    kind: str
    title: str
    updated: str
    url: str
    """Of its page, below the site's address."""
    content: str


class RenderedItem(NamedTuple):
    """An item as XML, with what its order depends on."""

    updated: str
    name: str
    xml: Markup


class Source:
    """The items of each entry, rendered once for all feeds that hold them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._address = site_address(edition.repository.shapes)
        self._host = urlsplit(self._address).hostname or ""
        self._known: dict[str, list[RenderedItem]] = {}

    def of_entry(self, entry: Entry) -> list[RenderedItem]:
        number = entry.cpl_number
        if number not in self._known:
            self._known[number] = [self.render(item) for item in _entry_items(self.edition, entry)]
        return self._known[number]

    def render(self, item: Item) -> RenderedItem:
        page = self._address + item.url
        xml = render("atom_entry.xml", id=self._tag(item.name), page=page, item=item)
        return RenderedItem(item.updated, item.name, xml)

    def file(self, feed: Feed, items: Iterable[RenderedItem]) -> File:
        """The newest items, as many as a feed may hold."""
        snapshot = self.edition.snapshot
        newest = sorted(items, key=lambda item: item.name)
        newest = sorted(newest, key=lambda item: item.updated, reverse=True)[:MOST_ITEMS]
        content = render(
            "atom.xml",
            id=self._tag(feed.path.removesuffix(".xml")),
            title=feed.title,
            cpl_version=snapshot.version,
            issued=self.edition.issued,
            commit=self.edition.commit,
            demonstration=snapshot.demonstration,
            updated=newest[0].updated if newest else _moment(snapshot.issued_on),
            url=self._address + feed.path,
            page=self._address + feed.url,
            author=NAME,
            items=[item.xml for item in newest],
        )
        return feed.path, content.encode()

    def _tag(self, name: str) -> str:
        """An id that stays the same for ever (RFC 4151)."""
        return f"tag:{self._host},2026:{name}"


def of_model(source: Source, model: str) -> File:
    items = (
        item
        for history in source.edition.models[model]
        for firmware in history.firmware
        for entry in firmware.entries
        for item in source.of_entry(entry)
    )
    return source.file(model_feed(model), items)


def wide_feeds(source: Source) -> Iterator[File]:
    """Everything, and each manufacturer with its contact and its devices."""
    edition = source.edition
    everything: list[RenderedItem] = []
    by_manufacturer: dict[str, list[RenderedItem]] = {}
    for _, entry in sorted(edition.repository.entries.items()):
        everything += source.of_entry(entry)
        for manufacturer in edition.makers(entry):
            by_manufacturer.setdefault(manufacturer.slug, []).extend(source.of_entry(entry))
    for slug, manufacturer in sorted(edition.repository.manufacturers.items()):
        contact = source.render(_contact_item(edition, manufacturer))
        everything.append(contact)
        items = [*by_manufacturer.get(slug, ()), contact]
        yield source.file(manufacturer_feed(slug, manufacturer.name), items)
    yield source.file(ALL, everything)


# What there is to tell of an entry and of a manufacturer.

_WORDS = {
    "listed": "lists this entry for the first time",
    "listed-again": "lists this entry as Current again",
    "removed": "lists this entry as Removed",
    "no-longer-listed": "has dropped this number",
    "amended": "changes what it says of this entry",
}


def _entry_items(edition: Edition, entry: Entry) -> Iterator[Item]:
    """What each issue of the CPL did to it, and its record."""
    name = f"{entry.device.device_model} {entry.firmware_version}"
    issues: dict[str, list[Change]] = {}
    for change in edition.told(entry):
        issues.setdefault(change.version, []).append(change)
    for version, changes in issues.items():
        yield _issue_item(edition, name, version, changes)
    record = edition.record_of(entry)
    if record:
        yield _record_item(edition, name, entry, record)


def _issue_item(edition: Edition, name: str, version: str, changes: list[Change]) -> Item:
    number, issued_on = changes[0].cpl_number, changes[0].issued_on
    kind = _kind(changes)
    fields = "".join(
        f"{_title(edition, each.field)}: {each.before or 'none'} → {each.after or 'none'}\n"
        for each in reversed(changes)
        if kind != "listed" or each.before
    )
    return Item(
        f"cpl/{version}/{number}",
        kind,
        f"CPL {number} {kind.replace('-', ' ')}: {name}",
        _moment(issued_on),
        f"cpl/{number}/",
        f"CPL {version}, issued {issued_on}, {_WORDS[kind]}.\n{fields}",
    )


def _kind(changes: list[Change]) -> str:
    for each in changes:
        if each.field == "last_listed_version":
            return "no-longer-listed" if each.after else "listed-again"
        if each.field == "status":
            if not each.before:
                return "listed"
            return "removed" if each.after == "Removed" else "listed-again"
    return "amended"


def _title(edition: Edition, field: str) -> str:
    return str(edition.repository.shapes.field("entry", [field]).get("title", field))


def _record_item(edition: Edition, name: str, entry: Entry, record: Record) -> Item:
    number, withdrawn = record.cpl_number, record.withdrawn
    kind = "withdrawn" if withdrawn else "corrected" if record.corrections else "recorded"
    titles = {"withdrawn": "firmware withdrawn", "corrected": "release notes corrected"}
    parts = [record.release_notes]
    if withdrawn:
        instead = f" Use CPL {withdrawn.replaced_by} instead." if withdrawn.replaced_by else ""
        parts.insert(0, f"Withdrawn on {withdrawn.on}: {withdrawn.reason}{instead}\n\n")
    parts += [f"\nCorrected on {each.on}: {each.what}" for each in record.corrections]
    days = [each.on for each in record.corrections] + ([withdrawn.on] if withdrawn else [])
    return Item(
        f"record/{number}",
        kind,
        f"CPL {number} {titles.get(kind, 'release notes')}: {name}",
        _changed(edition, record.path, [*days, _first_day(edition, entry)]),
        f"cpl/{number}/",
        "".join(parts),
    )


def _first_day(edition: Edition, entry: Entry) -> str:
    changes = edition.changes.get(entry.cpl_number, ())
    first = changes[-1].issued_on if changes else ""
    return entry.first_issued_on or first or edition.snapshot.issued_on


def _changed(edition: Edition, path: str, days: list[str]) -> str:
    """When git last saw the file change; without its history, the last day that the data tells."""
    last = edition.commits.last.get(path)
    return _moment(last.at or last.on if last else max(days))


def _contact_item(edition: Edition, manufacturer: Manufacturer) -> Item:
    """Its contact: a feed tells when that changes."""
    contacts = {"": manufacturer.contact, **manufacturer.contact_by_device_type}
    lines = "".join(
        f"{f'{device_type}: ' if device_type else ''}{contact.email}, {contact.telephone}, "
        f"{business_address(contact)}\n"
        for device_type, contact in sorted(contacts.items())
    )
    confirmed = manufacturer.contact.confirmed_on
    return Item(
        f"manufacturer/{manufacturer.slug}",
        "contact",
        f"Contact: {manufacturer.name}",
        _changed(edition, manufacturer.path, [confirmed or edition.snapshot.issued_on]),
        f"manufacturers/{manufacturer.slug}/",
        lines,
    )


def _moment(day: str) -> str:
    """A day, or a moment that git tells, as Atom wants it."""
    return day if "T" in day else f"{day}T00:00:00Z"
