"""Atom feeds of what happens: to everything, to one manufacturer's devices, to one Device Model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from fir.model import Entry
from fir.site.edition import Edition
from fir.site.feeds.feed import (
    ALL,
    TEMPLATES,
    Feed,
    Told,
    discovery,
    feed_xml,
    manufacturer_feed,
    model_feed,
)
from fir.site.feeds.item import Item, Site, item_xml
from fir.site.feeds.news import of_entry, of_manufacturer
from fir.site.well_known import site_address

__all__ = [
    "ALL",
    "TEMPLATES",
    "Feed",
    "Source",
    "discovery",
    "feeds_of_entry",
    "manufacturer_feed",
    "model_feed",
    "of_model",
    "wide_feeds",
]

File = tuple[str, bytes]


def feeds_of_entry(edition: Edition, entry: Entry) -> list[Feed]:
    """The feeds that tell of an entry: its Device Model's, its manufacturers', and everything's."""
    makers = [manufacturer_feed(maker.slug, maker.name) for maker in edition.makers(entry)]
    return [model_feed(entry.device.device_model), *makers, ALL]


class Source:
    """The items of each entry, put into words once for all feeds that hold them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        address = site_address(edition.repository.shapes)
        self.site = Site(address, urlsplit(address).hostname or "")
        self._told: dict[str, list[Told]] = {}

    def told(self, entry: Entry) -> list[Told]:
        number = entry.cpl_number
        if number not in self._told:
            self._told[number] = [self.put(item) for item in of_entry(self.edition, entry)]
        return self._told[number]

    def put(self, item: Item) -> Told:
        return Told(item.updated, item.name, item_xml(self.site, item))

    def file(self, feed: Feed, items: Iterable[Told]) -> File:
        return feed.path, feed_xml(self.edition, self.site, feed, items)


def of_model(source: Source, model: str) -> File:
    items = (
        item
        for history in source.edition.models[model]
        for firmware in history.firmware
        for entry in firmware.entries
        for item in source.told(entry)
    )
    return source.file(model_feed(model), items)


def wide_feeds(source: Source) -> Iterator[File]:
    """Everything, and each manufacturer with its contact and its devices."""
    edition = source.edition
    everything: list[Told] = []
    of_maker: dict[str, list[Told]] = {}
    for _, entry in sorted(edition.repository.entries.items()):
        everything += source.told(entry)
        for maker in edition.makers(entry):
            of_maker.setdefault(maker.slug, []).extend(source.told(entry))
    for slug, manufacturer in sorted(edition.repository.manufacturers.items()):
        contact = source.put(of_manufacturer(edition, manufacturer))
        everything.append(contact)
        items = [*of_maker.get(slug, ()), contact]
        yield source.file(manufacturer_feed(slug, manufacturer.name), items)
    yield source.file(ALL, everything)
