"""The page of one manufacturer: contact in full, devices, what is missing, every entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fir.model import Entry, Manufacturer
from fir.publish.contact import company, contact_terms, suggest
from fir.publish.edition import Edition
from fir.publish.latest import latest
from fir.publish.markup import (
    Section,
    crumbs,
    day,
    esc,
    identifier,
    link,
    numbers,
    section,
    table,
)
from fir.publish.page import Page
from fir.publish.shown import ROOT, count
from fir.publish.sign import product, rows, to_model


class Theirs(NamedTuple):
    """What one manufacturer has on the CPL."""

    manufacturer: Manufacturer
    entries: tuple[Entry, ...]
    """Newest first."""
    covered: int
    missing: tuple[Entry, ...]
    """Those whose record is required and not there."""


def identifiers(manufacturer: Manufacturer) -> str:
    return ", ".join(map(identifier, manufacturer.manufacturer_identifiers))


def entries_in_words(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def manufacturer_page(edition: Edition, theirs: Theirs) -> Page:
    manufacturer = theirs.manufacturer
    name = f"<bdi>{esc(manufacturer.name)}</bdi>"
    parts = [*_contacts(manufacturer), *_entries(edition, theirs)]
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
        f"{entries_in_words(len(theirs.entries))} on the Central Products List.",
        content=content,
        contents=tuple((part.id, part.title) for part in parts),
        suggest=suggest(edition, manufacturer.path, f"Contact of {manufacturer.name}"),
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


def _entries(edition: Edition, theirs: Theirs) -> Iterator[Section]:
    if not theirs.entries:
        return
    lines: dict[tuple[str, ...], list[Entry]] = {}
    for entry in theirs.entries:
        lines.setdefault((entry.device.device_model, *entry.line), []).append(entry)
    told = "".join(_device(edition, lines[key]) for key in sorted(lines))
    devices = table(("Device Model", "Product", "Latest", "#Entries"), told)
    words = f"{count(len(lines)).capitalize()} Device {'Model' if len(lines) == 1 else 'Models'}"
    yield Section("devices", "Devices", words, devices)
    if theirs.missing:
        due = "Due from whoever submitted the entry (F2.17)"
        yield Section("missing", "Still missing", due, rows(edition, theirs.missing, ROOT))
    yield Section("entries", "Entries", "Newest first", rows(edition, theirs.entries, ROOT))


def _device(edition: Edition, entries: list[Entry]) -> str:
    """One device, and its latest firmware, or why there is none to name."""
    history = edition.answers.histories[entries[0].line]
    told = next((entry for entry in entries if edition.record_of(entry)), entries[0])
    generation = "<small>SMETS1</small>" if history.line.generation == "SMETS1" else ""
    return (
        f'<tr><th scope="row">{to_model(entries[0].device.device_model, ROOT)}{generation}</th>'
        f'<td data-l="">{esc(product(edition, told))}</td>'
        f'<td data-l="Latest">{latest(history, ROOT)}</td>'
        f'<td class="n" data-l="Entries">{len(entries):,}</td></tr>'
    )
