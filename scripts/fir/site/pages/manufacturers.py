"""The list of manufacturers, with the identifiers that nobody has claimed, and a page for each."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fir.model import Entry, Manufacturer
from fir.report import many
from fir.site.components import ROOT, Section, external_link, follow, issue_link, suggest_button
from fir.site.contacts import contact_terms, panel_contact
from fir.site.edition import Edition
from fir.site.entry_rows import entry_table, latest_firmware
from fir.site.entry_view import product_name
from fir.site.feeds import ALL, manufacturer_feed
from fir.site.pages.coverage import SHOWN, Bar, bar, missing_rows
from fir.site.pages.cpl_issue import Release, excerpt, release_row, releases
from fir.site.rendering import render
from fir.site.shell import Page
from fir.site.wording import day, in_words


class Theirs(NamedTuple):
    """What one manufacturer has on the CPL."""

    manufacturer: Manufacturer
    entries: tuple[Entry, ...]
    """Newest first."""
    covered: int
    missing: tuple[Entry, ...]
    """Those whose record is required and not there, oldest first."""

    @property
    def devices(self) -> list[list[Entry]]:
        """Their entries by device: Device Model, type and generation; newest first."""
        found: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.entries:
            found.setdefault((entry.device.device_model, *entry.line), []).append(entry)
        return [found[key] for key in sorted(found)]


def manufacturer_pages(edition: Edition) -> Iterator[Page]:
    """The list, then one page each."""
    by_manufacturer, unclaimed = _by_manufacturer(edition)
    required = {each.entry.cpl_number for each in edition.coverage.missing if each.required}
    theirs = [
        _theirs(edition, slug, by_manufacturer.get(slug, ()), required)
        for slug in sorted(edition.repository.manufacturers)
    ]
    content = render(
        "manufacturers.html",
        manufacturers=_listed(theirs),
        unclaimed=[_unclaimed(edition, entries) for _, entries in sorted(unclaimed.items())],
        panel=panel_contact(edition),
    )
    yield Page(url="manufacturers/", shell="manufacturers/", content=content)
    for each in theirs:
        yield _manufacturer_page(edition, each)


def _by_manufacturer(
    edition: Edition,
) -> tuple[Mapping[str, list[Entry]], Mapping[str, list[Entry]]]:
    """Entries by slug, newest first; and by identifier, those that are no manufacturer's."""
    found: dict[str, list[Entry]] = {}
    unclaimed: dict[str, list[Entry]] = {}
    for number in sorted(edition.repository.entries, reverse=True):
        entry = edition.repository.entries[number]
        manufacturers = edition.makers(entry)
        for manufacturer in manufacturers:
            found.setdefault(manufacturer.slug, []).append(entry)
        if not manufacturers:
            unclaimed.setdefault(entry.manufacturer_identifier, []).append(entry)
    return found, unclaimed


def _theirs(
    edition: Edition, slug: str, entries: Iterable[Entry], required: Container[str]
) -> Theirs:
    found = tuple(entries)
    covered = sum(edition.record_of(entry) is not None for entry in found)
    missing = tuple(entry for entry in found[::-1] if entry.cpl_number in required)
    return Theirs(edition.repository.manufacturers[slug], found, covered, missing)


# The list.


class Listed(NamedTuple):
    manufacturer: Manufacturer
    devices: int
    entries: int
    covered: int
    missing: int
    bar: Bar


class Unclaimed(NamedTuple):
    """An identifier that stands on the CPL and in no manufacturer's file, with its entries."""

    identifier: str
    creators: list[str]
    """Whom the CPL names as creator of their images."""
    entries: int
    table: str


def _listed(theirs: Sequence[Theirs]) -> list[Listed]:
    longest = max((len(each.entries) for each in theirs), default=0)
    return [
        Listed(
            each.manufacturer,
            len(each.devices),
            len(each.entries),
            each.covered,
            len(each.missing),
            bar(each.covered, len(each.missing), len(each.entries), longest),
        )
        for each in sorted(theirs, key=lambda each: each.manufacturer.name.casefold())
    ]


def _unclaimed(edition: Edition, entries: Sequence[Entry]) -> Unclaimed:
    creators = dict.fromkeys(entry.image_creator for entry in entries if entry.image_creator)
    table = entry_table(edition, entries, "../")
    return Unclaimed(entries[0].manufacturer_identifier, list(creators), len(entries), table)


# The page of one manufacturer: contact in full, devices, what is missing, every entry.


class Device(NamedTuple):
    model: str
    product: str
    smets1: bool
    latest: str
    """Its latest firmware, or why there is none to name."""
    entries: int
    table: str


def _manufacturer_page(edition: Edition, theirs: Theirs) -> Page:
    manufacturer = theirs.manufacturer
    feed = manufacturer_feed(manufacturer.slug, manufacturer.name)
    contacts = list(_contacts(manufacturer))
    devices = [_device(edition, entries) for entries in theirs.devices]
    last = follow(feed, "this manufacturer", f"manufacturers/{manufacturer.slug}.json", ROOT)
    content = render(
        "manufacturer.html",
        manufacturer=manufacturer,
        successor=edition.repository.manufacturers.get(manufacturer.succeeded_by or ""),
        entries=len(theirs.entries),
        covered=theirs.covered,
        contacts=contacts,
        shown=SHOWN,
        missing=missing_rows(edition, theirs.missing),
        devices=devices,
        devices_in_words=in_words(len(devices)).capitalize(),
        releases=[_release(edition, entries) for entries in releases(theirs.entries)],
        follow=last,
    )
    return Page(
        url=f"manufacturers/{manufacturer.slug}/",
        shell="manufacturers/_shell/",
        title=manufacturer.name,
        description=f"{manufacturer.name}: contact for firmware, and "
        f"{many(len(theirs.entries), 'entry')} on the Central Products List.",
        content=content,
        contents=tuple(_contents(theirs, [*contacts, last])),
        suggest=suggest_button(edition, manufacturer.path, f"Contact of {manufacturer.name}"),
        feeds=(feed, ALL),
    )


def _contents(theirs: Theirs, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """Id and heading of each part, the last of the sections at the end."""
    *contacts, last = ((section.id, section.title) for section in sections)
    yield from contacts
    if theirs.missing:
        yield "missing", "Still missing"
    if theirs.entries:
        yield from (("devices", "Devices"), ("releases", "Releases"), ("entries", "Entries"))
    yield last


def _contacts(manufacturer: Manufacturer) -> Iterator[Section]:
    website = (("Website", external_link(manufacturer.website)),) if manufacturer.website else ()
    body = contact_terms(manufacturer.contact, website)
    yield Section("contact", "Contact", "In full, as F2.15(b) asks", body)
    own = sorted(manufacturer.contact_by_device_type.items())
    for index, (device_type, contact) in enumerate(own, 2):
        lead = "Has a contact of its own"
        yield Section(f"contact-{index}", device_type, lead, contact_terms(contact))


def _device(edition: Edition, entries: Sequence[Entry]) -> Device:
    history = edition.answers.histories[entries[0].line]
    newest_recorded = next((entry for entry in entries if edition.record_of(entry)), entries[0])
    return Device(
        entries[0].device.device_model,
        product_name(edition, newest_recorded),
        history.line.generation == "SMETS1",
        latest_firmware(history, ROOT),
        len(entries),
        entry_table(edition, entries, ROOT),
    )


def _release(edition: Edition, entries: Sequence[Entry]) -> Release:
    """In which issue its newest entry came."""
    newest = entries[0]
    what, on = "Issue not known", ""
    if newest.first_version:
        what = issue_link(edition, newest.first_version, ROOT)
        on = day(newest.first_issued_on)
    row = release_row(edition, what, entries[::-1], on)
    return row._replace(excerpt=excerpt(edition, entries))
