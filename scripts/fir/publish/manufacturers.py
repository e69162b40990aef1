"""The list of manufacturers, with the identifiers on the CPL that nobody has claimed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from fir.model import Entry
from fir.publish.bars import bar, key
from fir.publish.contact import company, panel
from fir.publish.edition import Edition
from fir.publish.manufacturer import identifiers, manufacturer_page
from fir.publish.manufacturer_lists import Theirs
from fir.publish.markup import day, esc, icon, identifier, table
from fir.publish.page import Page
from fir.publish.sign import rows
from fir.report import many


def manufacturer_pages(edition: Edition) -> Iterator[Page]:
    """The list, then one page each."""
    by_maker, nobodys = _by_maker(edition)
    required = {each.entry.cpl_number for each in edition.coverage.missing if each.required}
    theirs = [
        _theirs(edition, slug, by_maker.get(slug, ()), required)
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


def _theirs(
    edition: Edition, slug: str, entries: Iterable[Entry], required: Container[str]
) -> Theirs:
    found = tuple(entries)
    covered = sum(edition.record_of(entry) is not None for entry in found)
    missing = tuple(entry for entry in found[::-1] if entry.cpl_number in required)
    return Theirs(edition.repository.manufacturers[slug], found, covered, missing)


def _list(theirs: list[Theirs]) -> str:
    if not theirs:
        return "<p>No manufacturer has given its contact yet.</p>"
    ordered = sorted(theirs, key=lambda each: each.manufacturer.name.casefold())
    longest = max(len(each.entries) for each in theirs)
    told = "".join(_row(each, longest) for each in ordered)
    return f"{key()}{table(_HEADS, told, 'charted makers')}"


_HEADS = (
    "Company",
    "Identifier",
    "#Devices",
    "#Entries",
    "#With a record",
    "#Required, missing",
    '<span class="vh">Share</span>',
    "Contact confirmed",
)


def _row(theirs: Theirs, longest: int) -> str:
    confirmed = theirs.manufacturer.contact.confirmed_on
    due = len(theirs.missing)
    figures = (
        ("Devices", len(theirs.devices)),
        ("Entries", len(theirs.entries)),
        ("With a record", theirs.covered),
        ("Missing", due),
    )
    told = "".join(f'<td class="n" data-l="{label}">{figure:,}</td>' for label, figure in figures)
    return (
        f'<tr><th scope="row">{company(theirs.manufacturer, "../")}</th>'
        f'<td data-l="">{identifiers(theirs.manufacturer)}</td>{told}'
        f'<td class="bars">{bar(theirs.covered, due, len(theirs.entries), longest)}</td>'
        f'<td data-l="Contact confirmed">{day(confirmed or "not stated")}</td></tr>'
    )


def _without_contact(edition: Edition, nobodys: Mapping[str, list[Entry]]) -> str:
    """Identifiers that stand on the CPL and in no manufacturer's file, with their entries."""
    if not nobodys:
        return ""
    told = "".join(_unclaimed(edition, nobodys[stated]) for stated in sorted(nobodys))
    return (
        '<section class="sec full" id="no-contact"><header><h2>No contact yet</h2>'
        "<p>Manufacturer identifiers on the CPL that no company has claimed here, with whom the "
        "CPL names as creator of their images. "
        f"{panel(edition)}</p></header><div>{told}</div></section>"
    )


def _unclaimed(edition: Edition, entries: Sequence[Entry]) -> str:
    creators = dict.fromkeys(entry.image_creator for entry in entries if entry.image_creator)
    named = ", ".join(f"<bdi>{esc(creator)}</bdi>" for creator in creators)
    return (
        f'<details class="group"><summary>{icon("chev")}'
        f"<b>{identifier(entries[0].manufacturer_identifier)}</b>"
        f"<span>{f'images by {named}' if named else 'no creator named'}</span>"
        f"<span>{many(len(entries), 'entry')}</span></summary>"
        f"{rows(edition, entries, '../')}</details>"
    )
