"""The list of manufacturers, with the identifiers on the CPL that nobody has claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fir.coverage import required
from fir.model import Entry
from fir.publish.contact import company, panel
from fir.publish.edition import Edition
from fir.publish.manufacturer import Theirs, entries_in_words, identifiers, manufacturer_page
from fir.publish.markup import day, identifier, table
from fir.publish.page import Page
from fir.publish.sign import rows


def manufacturer_pages(edition: Edition) -> Iterator[Page]:
    """The list, then one page each."""
    by_maker, nobodys = _by_maker(edition)
    theirs = [
        _theirs(edition, slug, by_maker.get(slug, ()))
        for slug in sorted(edition.repository.manufacturers)
    ]
    content = _list(theirs) + _without_contact(edition, nobodys)
    yield Page(url="manufacturers/", shell="manufacturers/", content=content)
    for each in theirs:
        yield manufacturer_page(edition, each)


def _by_maker(edition: Edition) -> tuple[Mapping[str, list[Entry]], Mapping[str, list[Entry]]]:
    """Entries by slug, newest first; and by identifier, those that are no manufacturer's."""
    makers: dict[str, list[Entry]] = {}
    nobodys: dict[str, list[Entry]] = {}
    for number in sorted(edition.repository.entries, reverse=True):
        entry = edition.repository.entries[number]
        found = edition.makers(entry)
        for maker in found:
            makers.setdefault(maker.slug, []).append(entry)
        if not found:
            nobodys.setdefault(entry.manufacturer_identifier, []).append(entry)
    return makers, nobodys


def _theirs(edition: Edition, slug: str, entries: Iterable[Entry]) -> Theirs:
    found = tuple(entries)
    lacking = [entry for entry in found if edition.record_of(entry) is None]
    missing = tuple(entry for entry in lacking if required(entry, edition.repository))
    manufacturer = edition.repository.manufacturers[slug]
    return Theirs(manufacturer, found, len(found) - len(lacking), missing)


def _list(theirs: list[Theirs]) -> str:
    if not theirs:
        return "<p>No manufacturer has given its contact yet.</p>"
    ordered = sorted(theirs, key=lambda each: each.manufacturer.name.casefold())
    heads = "Company", "Identifier", "#Entries", "#With a record", "#Required, missing"
    return table((*heads, "Contact confirmed"), "".join(map(_row, ordered)), "list")


def _row(theirs: Theirs) -> str:
    confirmed = theirs.manufacturer.contact.confirmed_on
    return (
        f'<tr><th scope="row">{company(theirs.manufacturer, "../")}</th>'
        f'<td data-l="Identifier">{identifiers(theirs.manufacturer)}</td>'
        f'<td class="n" data-l="Entries">{len(theirs.entries):,}</td>'
        f'<td class="n" data-l="With a record">{theirs.covered:,}</td>'
        f'<td class="n" data-l="Required, missing">{len(theirs.missing):,}</td>'
        f'<td data-l="Contact confirmed">{day(confirmed or "not stated")}</td></tr>'
    )


def _without_contact(edition: Edition, nobodys: Mapping[str, list[Entry]]) -> str:
    """Identifiers that stand on the CPL and in no manufacturer's file, with their entries."""
    if not nobodys:
        return ""
    told = "".join(
        f'<details class="group"><summary>No contact yet: {identifier(stated)}, '
        f"{entries_in_words(len(entries))}</summary>{rows(edition, entries, '../')}</details>"
        for stated, entries in sorted(nobodys.items())
    )
    return (
        '<section class="sec full" id="no-contact"><header><h2>No contact yet</h2>'
        "<p>Manufacturer identifiers on the CPL that no company has claimed here. "
        f"{panel(edition)}</p></header><div>{told}</div></section>"
    )
