"""The timeline of one line: each firmware with its notes, newest first, its tracks beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import Firmware, History
from fir.answers.sentences import OUTAGE, WORDS, withdrawal_of
from fir.model import Entry, Record
from fir.site.components import ROOT, entry_link, external_link, isolated, phrase
from fir.site.edition import Edition
from fir.site.entry_view import SHAPES, incomplete
from fir.site.timeline.drawing import gutters, overview
from fir.site.timeline.tracks import Stop, Tracks, tracks
from fir.site.wording import NO_DAY, NO_RECORD, day, specification, version_number


class Withdrawn(NamedTuple):
    on: str
    reason: str
    instead: Markup | None


class Text(NamedTuple):
    """Release notes; the entries they are for are named where others have other notes."""

    numbers: str
    notes: str


class Row(NamedTuple):
    """One firmware of a timeline."""

    listed: str
    first_version: str
    released: str
    drawing: Markup
    place: str
    """What the drawing shows, in words."""
    version: str
    numbers: list[str]
    texts: list[Text]
    withdrawn: Withdrawn | None
    remarks: list[str]
    specification: str
    smets_chts: str
    gbcs: str
    sources: list[str] | None
    """The CPL numbers it is stated to install directly over."""
    badges: list[tuple[str, str]]


class Timeline(NamedTuple):
    overview: Markup | None
    rows: list[Row]
    occurs: set[str]
    """The marks of the drawing that want an explanation."""
    in_order: bool
    """Whether newest first is also the order of the listings."""


def timeline(edition: Edition, history: History) -> Timeline:
    found = tracks(history)
    listed = [stop.firmware.first_number for stop in found.stops]
    return Timeline(
        overview(found),
        [
            _row(edition, found, stop, drawing)
            for stop, drawing in zip(found.stops, gutters(found), strict=True)
        ],
        _occurs(found),
        listed == sorted(listed, reverse=True),
    )


def _occurs(found: Tracks) -> set[str]:
    occurs = {"stated" if each.stated else "unstated" for each in found.links}
    for stop in found.stops:
        if stop.firmware.withdrawn:
            occurs.add("withdrawn")
        elif stop.firmware.listing != "current":
            occurs.add("removed")
    return occurs


def _row(edition: Edition, found: Tracks, stop: Stop, drawing: Markup) -> Row:
    firmware = stop.firmware
    first, entries = firmware.entries[0], firmware.entries
    return Row(
        listed=day(first.first_issued_on) or NO_DAY,
        first_version=first.first_version,
        released=day(firmware.released_on or ""),
        drawing=drawing,
        place=_place(found, stop),
        version=firmware.version,
        numbers=[each.cpl_number for each in entries],
        texts=_texts(firmware),
        withdrawn=_withdrawn(edition, firmware),
        remarks=list(_remarks(edition, firmware)),
        specification=specification(firmware.entry.smets_chts_version),
        smets_chts=_each_once(each.smets_chts_version for each in entries),
        gbcs=_each_once(each.gbcs_version for each in entries),
        sources=None if firmware.sources is None else sorted(firmware.sources),
        badges=list(_badges(edition, firmware)),
    )


def _place(found: Tracks, stop: Stop) -> str:
    place = [f"Track {stop.letter}"] if stop.letter and len(found.ends) > 1 else []
    if stop.after:
        row, stated = stop.after
        how = "as the manufacturer states" if stated else "order not stated"
        place.append(f"after {found.stops[row].firmware.version}, {how}")
    return f"{', '.join(place)}. " if place else ""


def _texts(firmware: Firmware) -> list[Text]:
    """Each text once, with the entries it was supplied for where they differ."""
    texts: dict[str, list[str]] = {}
    for number, record in firmware.records.items():
        texts.setdefault(record.release_notes, []).append(number)
    named = len(texts) > 1
    return [Text(", ".join(numbers) if named else "", text) for text, numbers in texts.items()]


def _withdrawn(edition: Edition, firmware: Firmware) -> Withdrawn | None:
    withdrawal = withdrawal_of(firmware)
    if withdrawal is None:
        return None
    instead = edition.repository.entries.get(withdrawal.replaced_by or "")
    reason = withdrawal.reason.strip().rstrip(".")
    return Withdrawn(day(withdrawal.on), reason, entry_link(instead, ROOT) if instead else None)


def _remarks(edition: Edition, firmware: Firmware) -> Iterator[str]:
    """What must be known of it beyond its notes."""
    for entry in firmware.entries:
        if entry.listing != "current":
            named = f"{entry.cpl_number}: " if len(firmware.entries) > 1 else ""
            yield f"{named}{_removed(edition, entry)}"
    if part := incomplete(firmware.entry):
        yield part.capitalize()
    record = firmware.record
    if record and record.outage_alert_on_activation:
        yield _outage(record, OUTAGE[record.outage_alert_on_activation].lower())
    if record and record.release_notes_url:
        yield phrase("Further notes: {}", external_link(record.release_notes_url))


def _removed(edition: Edition, entry: Entry) -> str:
    """What became of an entry on the CPL."""
    if entry.last_listed_version:
        return f"Last listed in CPL {entry.last_listed_version}"
    change = edition.removed_in(entry)
    if change is None:
        return "Removed from the CPL, on a day not known here"
    return f"Removed in CPL {change.version}, {day(change.issued_on)}"


def _outage(record: Record, stated: str) -> str:
    if record.outage_note:
        note = isolated(record.outage_note)
        return phrase("Power outage alert on activation: {}: {}", stated, note)
    return f"Power outage alert on activation: {stated}"


def _each_once(versions: Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(map(version_number, versions)))


def _badges(edition: Edition, firmware: Firmware) -> Iterator[tuple[str, str]]:
    """The answer, entries whose own status differs from it, and records that are missing."""
    answer = edition.answer_of[firmware.first_number].answer
    yield SHAPES[answer], WORDS[answer]
    for entry in firmware.entries:
        if firmware.listing == "current" != entry.listing:
            yield "removed", f"{entry.cpl_number} {entry.listing.replace('-', ' ')}"
    missing = [
        each.cpl_number for each in firmware.entries if each.cpl_number not in firmware.records
    ]
    if missing:
        which = f" for {', '.join(missing)}" if firmware.records else ""
        yield "norec", f"{NO_RECORD}{which}"
