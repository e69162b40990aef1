"""The page of one manufacturer: contact in full, devices, what is missing, every entry."""

from __future__ import annotations

from collections.abc import Iterator

from fir.model import Manufacturer
from fir.publish.contact import company, contact_terms, suggest
from fir.publish.edition import Edition
from fir.publish.feeds import ALL, manufacturer_feed
from fir.publish.follow import follow
from fir.publish.manufacturer_lists import Theirs, lists
from fir.publish.markup import Section, crumbs, day, esc, identifier, link, numbers, section
from fir.publish.page import Page
from fir.publish.shown import ROOT
from fir.report import many


def identifiers(manufacturer: Manufacturer) -> str:
    return ", ".join(map(identifier, manufacturer.manufacturer_identifiers))


def manufacturer_page(edition: Edition, theirs: Theirs) -> Page:
    manufacturer = theirs.manufacturer
    name = f"<bdi>{esc(manufacturer.name)}</bdi>"
    feed = manufacturer_feed(manufacturer.slug, manufacturer.name)
    followed = follow(feed, "this manufacturer", f"manufacturers/{manufacturer.slug}.json", ROOT)
    parts = [*_contacts(manufacturer), *lists(edition, theirs), followed]
    content = "".join(
        (
            crumbs(f'<a href="{ROOT}manufacturers/">Manufacturers</a>', name),
            f'<h1 id="content">{name}</h1>',
            f'<p class="under">{_under(edition, manufacturer)}</p>',
            _numbers(theirs),
            *map(section, parts),
        )
    )
    return Page(
        url=f"manufacturers/{manufacturer.slug}/",
        shell="manufacturers/_shell/",
        title=manufacturer.name,
        description=f"{manufacturer.name}: contact for firmware, and "
        f"{many(len(theirs.entries), 'entry')} on the Central Products List.",
        content=content,
        contents=tuple((part.id, part.title) for part in parts),
        suggest=suggest(edition, manufacturer.path, f"Contact of {manufacturer.name}"),
        feeds=(feed, ALL),
    )


def _under(edition: Edition, manufacturer: Manufacturer) -> str:
    plural = "s" if manufacturer.manufacturer_identifiers[1:] else ""
    told = [f"Manufacturer identifier{plural} {identifiers(manufacturer)}."]
    if manufacturer.also_known_as:
        names = ", ".join(f"<bdi>{esc(other)}</bdi>" for other in manufacturer.also_known_as)
        told.append(f"Also known as {names}.")
    successor = edition.repository.manufacturers.get(manufacturer.succeeded_by or "")
    if successor:
        told.append(f"Succeeded by {company(successor, ROOT)}.")
    return " ".join(told)


def _numbers(theirs: Theirs) -> str:
    confirmed = theirs.manufacturer.contact.confirmed_on or "not stated"
    return numbers(
        (
            ("Entries on the CPL", f"{len(theirs.entries):,}", ""),
            ("With a record", f"{theirs.covered:,}", ""),
            ("Required, missing", f"{len(theirs.missing):,}", ""),
            ("Contact confirmed", f'<span class="on">{day(confirmed)}</span>', ""),
        )
    )


def _contacts(manufacturer: Manufacturer) -> Iterator[Section]:
    website = (("Website", link(manufacturer.website)),) if manufacturer.website else ()
    body = contact_terms(manufacturer.contact, website)
    yield Section("contact", "Contact", "In full, as F2.15(b) asks", body)
    own = sorted(manufacturer.contact_by_device_type.items())
    for index, (kind, contact) in enumerate(own, 2):
        lead = "Has a contact of its own"
        yield Section(f"contact-{index}", esc(kind), lead, contact_terms(contact))
