"""What the page of a manufacturer lists: gaps, devices, releases, and every entry by device."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fir.model import Entry, Manufacturer
from fir.publish.edition import Edition
from fir.publish.gaps import SHOWN, gap_rows
from fir.publish.latest import latest
from fir.publish.markup import Section, day, esc, icon, identifier, table
from fir.publish.release_rows import excerpt, releases, row, rows_table, the_rest
from fir.publish.shown import ROOT, count
from fir.publish.sign import product, rows, to_issue, to_model
from fir.report import many


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
