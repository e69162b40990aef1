"""The list of manufacturers, with the identifiers on the CPL that nobody has claimed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fir.model import Entry, Manufacturer
from fir.report import many
from fir.site.components import ROOT, Section, follow, icon, identifier
from fir.site.components import entry_table as rows
from fir.site.components import external_link as link
from fir.site.components import issue_link as to_issue
from fir.site.components import latest_firmware as latest
from fir.site.components import manufacturer_link as company
from fir.site.components import model_link as to_model
from fir.site.components import panel_contact as panel
from fir.site.components import suggest_button as suggest
from fir.site.edition import Edition
from fir.site.entry_view import product_name as product
from fir.site.feeds import ALL, manufacturer_feed
from fir.site.html import contact_terms, crumbs, day, esc, numbers, section, table
from fir.site.pages.coverage import SHOWN, bar, gap_rows, key
from fir.site.pages.cpl_issue import excerpt, releases, row, rows_table, the_rest
from fir.site.shell import Page
from fir.site.wording import in_words as count

# What the page of a manufacturer lists: gaps, devices, releases, and every entry by device.


class Theirs(NamedTuple):
    """What one manufacturer has on the CPL."""

    manufacturer: Manufacturer
    entries: tuple[Entry, ...]
    """Newest first."""
    covered: int
    missing: tuple[Entry, ...]
    """Those whose record is required and not there, oldest first."""

    @property
    def devices(self) -> Mapping[tuple[str, ...], list[Entry]]:
        """Their entries by device: Device Model, type and generation; newest first."""
        found: dict[tuple[str, ...], list[Entry]] = {}
        for entry in self.entries:
            found.setdefault((entry.device.device_model, *entry.line), []).append(entry)
        return {key: found[key] for key in sorted(found)}


def lists(edition: Edition, theirs: Theirs) -> Iterator[Section]:
    if theirs.missing:
        due = "Due from whoever submitted the entry (F2.17). Days are counted to this CPL"
        yield Section("missing", "Still missing", due, _missing(edition, theirs.missing))
    if theirs.entries:
        devices = theirs.devices
        told = "".join(_device(edition, entries) for entries in devices.values())
        listed = table(("Device Model", "Product", "Latest", "#Entries"), told)
        models = f"Device {'Model' if len(devices) == 1 else 'Models'}"
        yield Section("devices", "Devices", f"{count(len(devices)).capitalize()} {models}", listed)
        yield Section("releases", "Releases", "Newest first", _releases(edition, theirs.entries))
        by_device = "".join(
            _of_device(edition, entries, open_=len(theirs.entries) <= SHOWN)
            for entries in devices.values()
        )
        yield Section("entries", "Entries", "By device, newest first", by_device)


def _missing(edition: Edition, missing: Sequence[Entry]) -> str:
    told = gap_rows(edition, missing[:SHOWN], ROOT)
    if missing[SHOWN:]:
        told += the_rest(len(missing) - SHOWN, gap_rows(edition, missing[SHOWN:], ROOT))
    return told


def _releases(edition: Edition, entries: Iterable[Entry]) -> str:
    told = [
        row(edition, _listed(edition, each[0]), each[::-1], ROOT, excerpt(edition, each))
        for each in releases(entries)
    ]
    return rows_table(told)


def _listed(edition: Edition, entry: Entry) -> str:
    """In which issue the newest entry of a release came."""
    if not entry.first_version:
        return "Issue not known"
    issue = to_issue(edition, entry.first_version, ROOT)
    return f"{issue}<small>{day(entry.first_issued_on)}</small>"


def _of_device(edition: Edition, entries: Sequence[Entry], *, open_: bool) -> str:
    device = entries[0].device
    return (
        f'<details class="group"{" open" if open_ else ""}><summary>{icon("chev")}'
        f"<b>{identifier(device.device_model)}</b>{esc(_named(edition, entries))}"
        f"<span>{many(len(entries), 'entry')}</span></summary>"
        f"{rows(edition, entries, ROOT)}</details>"
    )


def _named(edition: Edition, entries: Sequence[Entry]) -> str:
    """What the device is called, by the newest of its records."""
    told = next((entry for entry in entries if edition.record_of(entry)), entries[0])
    return product(edition, told)


def _device(edition: Edition, entries: Sequence[Entry]) -> str:
    """One device, and its latest firmware, or why there is none to name."""
    history = edition.answers.histories[entries[0].line]
    generation = "<small>SMETS1</small>" if history.line.generation == "SMETS1" else ""
    return (
        f'<tr><th scope="row">{to_model(entries[0].device.device_model, ROOT)}{generation}</th>'
        f'<td data-l="">{esc(_named(edition, entries))}</td>'
        f'<td data-l="Latest">{latest(history, ROOT)}</td>'
        f'<td class="n" data-l="Entries">{len(entries):,}</td></tr>'
    )


# The page of one manufacturer: contact in full, devices, what is missing, every entry.


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
