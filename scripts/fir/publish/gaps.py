"""Entries without a record, by manufacturer identifier, each with the way to supply it.

The same list is published as a table, for whoever asks the submitters.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from fir.coverage import Missing
from fir.model import Device, Entry
from fir.publish.edition import Edition
from fir.publish.markup import by_bytes, day, esc, icon, identifier, table
from fir.publish.sign import plate, product, whose
from fir.publish.supply import add_record
from fir.report import many

SHOWN = 12
"""How many gaps of a manufacturer are told on the page of all; more have a page of their own."""

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


def grouped(missing: Iterable[Missing]) -> dict[str, list[Entry]]:
    """Those of one manufacturer identifier together, the longest list first."""
    found: dict[str, list[Entry]] = {}
    for each in missing:
        found.setdefault(each.entry.manufacturer_identifier, []).append(each.entry)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def group(edition: Edition, entries: Sequence[Entry], *, open_: bool, more: str) -> str:
    """One manufacturer's gaps, folded; `more` is where the rest of a long list stands."""
    maker = entries[0].manufacturer_identifier
    name = whose(edition, entries[0]) or "no contact yet"
    number = many(len(entries), "entry")
    rest = len(entries) - SHOWN
    all_of = f'<p class="after"><a href="{more}">All {len(entries):,}</a></p>' if rest > 0 else ""
    return (
        f'<details class="group gap"{" open" if open_ else ""}>'
        f"<summary>{icon('chev')}<b>{identifier(maker)}</b><span>{name}</span><span>{number}</span></summary>"
        f"{gap_rows(edition, entries[:SHOWN], '../')}{all_of}</details>"
    )


def gap_rows(edition: Edition, entries: Iterable[Entry], root: str) -> str:
    rows = "".join(_row(edition, entry, root) for entry in entries)
    return table(("Firmware", "Device", "Listed", "#Days listed", "Supply it"), rows, "gaps")


def _row(edition: Edition, entry: Entry, root: str) -> str:
    number = entry.cpl_number
    return (
        f'<tr><th scope="row" class="id"><a href="{root}cpl/{number}/">'
        f"{by_bytes(entry.firmware_version)}</a>{plate(number)}</th>"
        f'<td data-l=""><bdi>{esc(product(edition, entry))}</bdi>'
        f"<small>{entry.device.device_model}</small></td>"
        f'<td data-l="Listed">{day(entry.first_issued_on) or "day not known"}</td>'
        f'<td class="n" data-l="Days listed">{_days(edition, entry)}</td>'
        f"<td>{add_record(entry, root)}</td></tr>"
    )


def _days(edition: Edition, entry: Entry) -> str:
    """From its first listing to the issue of this CPL: no clock decides what a page says."""
    if not entry.first_issued_on:
        return "–"
    listed = date.fromisoformat(entry.first_issued_on)
    return f"{(date.fromisoformat(edition.snapshot.issued_on) - listed).days:,}"


def missing_csv(missing: Iterable[Missing]) -> bytes:
    """Every gap, required ones first; every value quoted, so that no zero is lost."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry, required in missing:
        asked = "required" if required else "optional"
        writer.writerow([asked, *(getattr(entry, column) for column in _COLUMNS[1:])])
    return text.getvalue().encode("utf-8")
