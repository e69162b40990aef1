"""Years of the invented list: issues and numbers in order of date, then what amended them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from fir.demonstration.catalogue import Amendment
from fir.demonstration.listing import Listing
from fir.model import Change, Entry

# Numbers that never appear, as on the real list.
UNUSED = frozenset({29, 71})
_COLUMN = {name: column for column, name in enumerate(Entry._fields)}


class Published(NamedTuple):
    """The list as it stands; `listings` tells where each number came from."""

    entries: Mapping[str, Entry]
    changes: tuple[Change, ...]
    listings: Mapping[str, Listing]
    version: str
    issued_on: str


def publish(listings: Iterable[Listing], amendments: Iterable[Amendment]) -> Published:
    """Numbers the listings by date. No real issue is below 1.0, so these are 0.001 and so on."""
    ordered = sorted(listings, key=lambda listing: listing.release.listed_on)
    amendments = sorted(amendments, key=lambda amendment: amendment.on)
    dates = {listing.release.listed_on for listing in ordered} | {item.on for item in amendments}
    versions = {date: f"0.{number:03}" for number, date in enumerate(sorted(dates), 1)}
    numbers = (f"{number:06}" for number in count(1) if number not in UNUSED)
    listed = dict(zip(numbers, ordered, strict=False))
    entries = {
        number: _first(number, listing, versions, amendments) for number, listing in listed.items()
    }
    listed_on = {number: listing.release.listed_on for number, listing in listed.items()}
    changes = [
        Change(versions[on], on, number, "status", "", entries[number].status)
        for number, on in listed_on.items()
    ]
    for amendment in amendments:
        for change in _amend(amendment, entries, listed, versions):
            entry = entries[change.cpl_number]
            entries[change.cpl_number] = entry._replace(**{change.field: change.after})
            changes.append(change)
    issued_on = max(versions)
    changes.sort(key=lambda each: (each.issued_on, each.cpl_number, _COLUMN[each.field]))
    return Published(entries, tuple(changes), listed, versions[issued_on], issued_on)


def _first(
    number: str, listing: Listing, versions: Mapping[str, str], amendments: Iterable[Amendment]
) -> Entry:
    """The entry as first listed, with the errors that a later issue corrected."""
    entry = listing.entry._replace(cpl_number=number)
    if listing.release.labelled:
        firmware = listing.release.firmware
        spaced = ":".join(firmware[i : i + 2] for i in range(0, len(firmware), 2))
        entry = entry._replace(
            first_version=versions[listing.release.listed_on],
            first_issued_on=listing.release.listed_on,
            label=f"{listing.product.label} {spaced}",
        )
    for amendment in amendments:
        if amendment.first and _concerns(amendment, listing):
            entry = entry._replace(**amendment.first)
    return entry


def _amend(
    amendment: Amendment,
    entries: Mapping[str, Entry],
    listed: Mapping[str, Listing],
    versions: Mapping[str, str],
) -> Iterator[Change]:
    for number, listing in listed.items():
        entry = entries[number]
        if not _concerns(amendment, listing):
            continue
        if entry.status == "Removed" and "status" not in amendment.set:
            continue
        after = dict(amendment.set)
        after |= {field: getattr(listing.entry, field) for field in amendment.first}
        if amendment.lost:
            after["last_listed_version"] = max(v for on, v in versions.items() if on < amendment.on)
        for field, value in after.items():
            if getattr(entry, field) != value:
                before = getattr(entry, field)
                yield Change(versions[amendment.on], amendment.on, number, field, before, value)


def _concerns(amendment: Amendment, listing: Listing) -> bool:
    entry = listing.entry
    return (
        listing.product.name in amendment.products
        and listing.release.listed_on < amendment.on
        and (not amendment.firmware or entry.firmware_version in amendment.firmware)
        and (
            not amendment.hardware
            or entry.hardware_version + entry.hardware_revision in amendment.hardware
        )
    )
