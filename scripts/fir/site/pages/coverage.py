"""`/coverage/`: what has a record and what is due, in figures, and every record that is missing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from fir.answers.coverage import Counts, Missing
from fir.model import Device, Entry, Manufacturer, Record, Waiver
from fir.site.components import manufacturer_link, manufacturer_names
from fir.site.edition import Edition
from fir.site.entry_view import product_name
from fir.site.pages.home import share
from fir.site.rendering import render
from fir.site.shell import Page
from fir.site.wording import NO_DAY, day, sentence_case, short_type

SHOWN = 12
"""How many missing records of a manufacturer stand on the page of all; more have their own page."""
_OPEN = 40
"""Up to so many missing records, every list of them stands open."""
_DUE = "Due from whoever submitted the entry (Section F2.17). Days are counted to this CPL."
_WELCOME = "No record is due for these entries; one is welcome."


def coverage_pages(edition: Edition) -> Iterator[Page]:
    """The whole, then a page for each manufacturer identifier with more missing than it shows."""
    yield Page(url="coverage/", shell="coverage/", content=_whole(edition))
    for identifier, missing in _by_identifier(edition.coverage.missing).items():
        if any(len(part) > SHOWN for part in _parts(missing)):
            yield _of_identifier(edition, identifier, missing)


def _whole(edition: Edition) -> str:
    found = edition.coverage
    required, others = _parts(found.missing)
    return render(
        "coverage.html",
        all=_figures(found.counts, len(required), 0),
        covered_share=share(found.counts["covered"], found.counts["entries"]),
        asked=found.counts["required"],
        types=_by_type(edition),
        manufacturers=_by_manufacturer(edition),
        due=_DUE,
        welcome=_WELCOME,
        missing=len(found.missing),
        opened=len(found.missing) <= _OPEN,
        required=_groups(edition, required),
        others=_groups(edition, others),
        waivers=[_waiver(edition, waiver) for waiver in edition.repository.waivers],
        pending=_pending(edition),
    )


def _parts(missing: Sequence[Missing]) -> tuple[list[Missing], list[Missing]]:
    """The required ones, and the others."""
    return [each for each in missing if each.required], [m for m in missing if not m.required]


# Coverage as two charts, by device type and by manufacturer, each with its figures beside it.


class Bar(NamedTuple):
    """Widths of what is drawn, in hundredths of the longest bar; empty where there is nothing."""

    of: str
    there: str
    due: str


def bar(there: int, due: int, of: int, longest: int) -> Bar:
    """`there` and `due` out of `of`; as wide as `of` is beside the longest bar of the chart."""
    return Bar(
        _percent(of, longest),
        _percent(there, longest) if there else "",
        _percent(due, longest) if due else "",
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"


class Figures(NamedTuple):
    entries: int
    covered: int
    due: int
    bar: Bar | None


class TypeRow(NamedTuple):
    name: str
    asked: str
    """Whether records of this device type are required."""
    since: str
    figures: Figures


class ManufacturerRow(NamedTuple):
    identifier: str
    manufacturers: Sequence[Manufacturer]
    """The CPL names no companies: those whose files state the identifier."""
    figures: Figures


_ORDER = ("required", "optional", "not_accepted")


def _figures(counts: Counts, due: int, longest: int) -> Figures:
    drawn = bar(counts["covered"], due, counts["entries"], longest) if longest else None
    return Figures(counts["entries"], counts["covered"], due, drawn)


def _by_type(edition: Edition) -> list[TypeRow]:
    """Those of which a record is required first, the most entries first."""
    found = edition.coverage
    due = Counter(each.entry.device_type for each in found.missing if each.required)
    policies = edition.repository.policy.device_types
    longest = max((counts["entries"] for counts in found.by_type.values()), default=0)

    def place(name: str) -> tuple[int, int, str]:
        asked = _ORDER.index(policies[name].records) if name in policies else len(_ORDER)
        return asked, -found.by_type[name]["entries"], name

    return [
        TypeRow(name, *_asked(edition, name), _figures(found.by_type[name], due[name], longest))
        for name in sorted(found.by_type, key=place)
    ]


def _asked(edition: Edition, device_type: str) -> tuple[str, str]:
    """Whether its records are required, and since which day of listing."""
    policy = edition.repository.policy.device_types.get(device_type)
    if policy is None:
        return "Not decided", ""
    since = policy.required_from if policy.records == "required" else ""
    return policy.records.replace("_", " ").capitalize(), since or ""


def _by_manufacturer(edition: Edition) -> list[ManufacturerRow]:
    """The most missing first."""
    found = edition.coverage
    due = Counter(each.entry.manufacturer_identifier for each in found.missing if each.required)
    longest = max((counts["entries"] for counts in found.by_manufacturer.values()), default=0)
    return [
        ManufacturerRow(
            identifier,
            edition.users.get(identifier, ()),
            _figures(found.by_manufacturer[identifier], due[identifier], longest),
        )
        for identifier in sorted(found.by_manufacturer, key=lambda name: (-due[name], name))
    ]


# Entries without a record, by manufacturer identifier. The same list is published as a table, for
# whoever asks the submitters.


class MissingRow(NamedTuple):
    entry: Entry
    number: str
    version: str
    product: str
    model: str
    listed: str
    days: str


class Group(NamedTuple):
    """What one manufacturer identifier has not, and as much of it as is shown."""

    identifier: str
    name: str
    entries: int
    rows: list[MissingRow]


class Part(NamedTuple):
    id: str
    title: str
    lead: str
    rows: list[MissingRow]


def missing_rows(edition: Edition, entries: Iterable[Entry]) -> list[MissingRow]:
    return [
        MissingRow(
            entry,
            entry.cpl_number,
            entry.firmware_version,
            product_name(edition, entry),
            entry.device.device_model,
            day(entry.first_issued_on) or NO_DAY,
            _days(edition, entry),
        )
        for entry in entries
    ]


def _days(edition: Edition, entry: Entry) -> str:
    """From its first listing to the issue of this CPL: no clock decides what a page says."""
    if not entry.first_issued_on:
        return "–"
    listed = date.fromisoformat(entry.first_issued_on)
    return f"{(date.fromisoformat(edition.snapshot.issued_on) - listed).days:,}"


def _by_identifier(missing: Iterable[Missing]) -> dict[str, list[Missing]]:
    found: dict[str, list[Missing]] = {}
    for each in missing:
        found.setdefault(each.entry.manufacturer_identifier, []).append(each)
    return found


def _groups(edition: Edition, missing: Iterable[Missing]) -> list[Group]:
    """The longest first."""
    return [
        Group(
            identifier,
            manufacturer_names(edition, theirs[0].entry),
            len(theirs),
            missing_rows(edition, (each.entry for each in theirs[:SHOWN])),
        )
        for identifier, theirs in sorted(
            _by_identifier(missing).items(), key=lambda item: (-len(item[1]), item[0])
        )
    ]


def _of_identifier(edition: Edition, identifier: str, missing: Sequence[Missing]) -> Page:
    required, others = (
        missing_rows(edition, (each.entry for each in part)) for part in _parts(missing)
    )
    parts = [
        part
        for part in (
            Part("required", "Required and missing", _DUE, required),
            Part("others", "Not required, no record", _WELCOME, others),
        )
        if part.rows
    ]
    title = f"Missing records of {identifier}"
    content = render(
        "coverage_manufacturer.html",
        identifier=identifier,
        title=title,
        count=len(missing),
        name=manufacturer_names(edition, missing[0].entry),
        parts=parts,
    )
    return Page(
        url=f"coverage/{identifier}/",
        shell="coverage/_shell/",
        title=title,
        description=f"Entries of manufacturer identifier {identifier} on the Central Products List "
        "that have no firmware record yet.",
        content=content,
        contents=tuple((part.id, part.title) for part in parts),
    )


_COLUMNS = (
    "record",
    "cpl_number",
    "status",
    *Device._fields[1:],
    "device_type",
    "label",
    "first_version",
    "first_issued_on",
)


def missing_csv(missing: Iterable[Missing]) -> bytes:
    """Every missing record, required ones first; all values quoted, so that no zero is lost."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry, required in missing:
        asked = "required" if required else "optional"
        writer.writerow([asked, *(getattr(entry, column) for column in _COLUMNS[1:])])
    return text.getvalue().encode("utf-8")


# What waits: records for their CPL number, and records that a waiver lets wait for correction.


class File(NamedTuple):
    path: str
    url: str
    """Where it can be read; empty while nothing says where."""


class PendingRow(NamedTuple):
    version: str
    name: str
    model: str
    manufacturer: str
    file: File


class WaiverRow(NamedTuple):
    number: str
    """Of the entry, where the record is there."""
    file: File
    check: str
    wrong: list[str]
    reason: str
    approved_by: str
    until: str


def _pending(edition: Edition) -> list[PendingRow]:
    records = sorted(edition.repository.pending, key=lambda record: record.path)
    return [_pending_row(edition, record) for record in records]


def _pending_row(edition: Edition, record: Record) -> PendingRow:
    device = record.device
    name = ", ".join(filter(None, (record.product_name, short_type(device.type))))
    manufacturer = edition.repository.manufacturers.get(record.manufacturer)
    return PendingRow(
        device.firmware_version,
        name,
        device.device_model,
        manufacturer_link(manufacturer, "../") if manufacturer else record.manufacturer,
        _file(edition, record.path),
    )


def _waiver(edition: Edition, waiver: Waiver) -> WaiverRow:
    record = next((r for r in edition.repository.records if r.path == waiver.path), None)
    wrong = edition.awaiting.get(waiver.path, ()) if waiver.check == "cpl-mismatch" else ()
    return WaiverRow(
        record.cpl_number if record else "",
        _file(edition, waiver.path),
        waiver.check,
        [sentence_case(each) for each in wrong],
        waiver.reason,
        waiver.approved_by,
        waiver.until,
    )


def _file(edition: Edition, path: str) -> File:
    return File(path, edition.source(path, "blob"))
