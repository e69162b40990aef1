"""The parts of an entry's page below the answer, in the order in which a reader needs them.

Those that repeat or follow from what the CPL has are in `entry_details`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import Firmware
from fir.answers.coverage import accepted
from fir.answers.sentences import OUTAGE, disagreement
from fir.model import Record
from fir.site.components import (
    ROOT,
    cpl_link,
    entry_link,
    external_link,
    internal_link,
    isolated,
    phrase,
    version_link,
    with_notes,
)
from fir.site.contacts import contacts
from fir.site.entry_view import (
    EntryView,
    first_listed,
    incomplete,
    letter_to_panel,
    supply_url,
)
from fir.site.pages import Part
from fir.site.pages.entry_details import (
    Row,
    certificates,
    changes,
    device,
    image,
    line,
    same_release,
    source,
)
from fir.site.wording import day, version_number


def parts(view: EntryView) -> list[Part]:
    """Those that have something to say."""
    made = (
        _notes,
        _contact,
        _how_to_supply,
        _since,
        _newer,
        _unclear,
        device,
        certificates,
        image,
        same_release,
        line,
        changes,
        source,
    )
    return [found for part in made if (found := part(view))]


class Notes(NamedTuple):
    notes: str
    also: list[Row]


def _notes(view: EntryView) -> Part | None:
    record = view.record or view.this.record
    if record is None:
        return None
    maker = view.edition.repository.manufacturers.get(record.manufacturer)
    lead = phrase("Supplied by {}", isolated(maker.name)) if maker else phrase("")
    if record.released_on:
        lead = phrase("{}, released {}", lead, day(record.released_on))
    if record is not view.record:
        lead = phrase("{} for entry {}, of the same firmware", lead, record.cpl_number or "")
    return Part("notes", "Release notes", lead, Notes(record.release_notes, list(_also(record))))


def _also(record: Record) -> Iterator[Row]:
    """What else the record states."""
    if record.product_name:
        yield "Product", isolated(record.product_name)
    if record.release_notes_url:
        yield "Further notes", external_link(record.release_notes_url)
    alert = record.outage_alert_on_activation
    if alert or record.outage_note:
        stated = OUTAGE[alert] if alert else ""
        yield "Power outage alert", with_notes(stated, record.outage_note or "")
    if record.withdrawn:
        yield "Withdrawn", with_notes(day(record.withdrawn.on), record.withdrawn.reason)
    if record.corrections:
        told = (f"{day(each.on)}: {each.what}" for each in record.corrections)
        yield "Notes corrected", with_notes("", *told)


def _contact(view: EntryView) -> Part:
    target = view.answer.way.target if view.answer.way else None
    stated = any(each and each.record for each in (target, view.this))
    known = bool(view.answer.whom)
    lead = "" if stated or not known else "From the manufacturer identifier, not from a record"
    told = contacts(view.edition, view.answer.whom, view.entry.device_type, ROOT)
    return Part("contact", "Whom to call", lead, told)


def lacks_record(view: EntryView) -> bool:
    """Whether there is no record, and the Panel would take one."""
    return view.record is None and accepted(view.entry, view.edition.repository.policy)


class Supply(NamedTuple):
    """Where the record is made, and a letter to the Panel instead."""

    here: str
    letter: str
    panel: str


def _how_to_supply(view: EntryView) -> Part | None:
    """Steps for whoever has the notes."""
    if not lacks_record(view):
        return None
    shows = Supply(
        supply_url(view.entry, ROOT),
        letter_to_panel(view.edition, view.entry),
        view.edition.repository.policy.panel_name,
    )
    return Part("supply", "How to supply it", "For whoever submitted the entry", shows)


# What comes after this firmware, and what nobody puts before or after it.


class Step(NamedTuple):
    """A firmware with its notes; or with the version whose notes it repeats."""

    drawing: str
    version: Markup
    number: str
    listed: str
    incomplete: str
    notes: str | None
    repeats: str | None = None


def _step(drawing: str, firmware: Firmware, notes: str | None, repeats: str | None = None) -> Step:
    entry = firmware.entry
    version, listed = entry_link(entry, ROOT), first_listed(firmware)
    return Step(drawing, version, entry.cpl_number, listed, incomplete(entry), notes, repeats)


def _since(view: EntryView) -> Part | None:
    way = view.answer.way
    if way is None:
        return None
    steps = [
        _step(
            "end" if step.firmware is way.target else "ring",
            step.firmware,
            step.notes,
            step.repeats,
        )
        for step in way.since
    ]
    lead = "From this firmware to the latest, oldest first"
    return Part("since", "What changed since", lead, steps)


def _newer(view: EntryView) -> Part | None:
    """Newer firmware of which none is the latest."""
    if view.answer.way or not view.answer.newer_firmware:
        return None
    steps = [
        _step("ring", each, each.record.release_notes if each.record else None)
        for each in view.answer.newer_firmware
    ]
    lead = "By CPL number; only the manufacturer can say which is the latest"
    return Part("newer", "Newer firmware", lead, steps)


class Beside(NamedTuple):
    """A firmware in the table of those that nobody puts in order."""

    version: Markup
    number: str
    listed: str
    gbcs: str
    why: str
    incomplete: str


def _unclear(view: EntryView) -> Part | None:
    """This firmware beside those that nobody puts before or after it."""
    others = view.answer.unclear_firmware
    if not others:
        return None
    rows = []
    for firmware in (view.this, *others):
        this = firmware is view.this
        entry = view.entry if this else firmware.entry
        rows.append(
            Beside(
                version_link(firmware, view.this, ROOT),
                entry.cpl_number,
                first_listed(firmware),
                version_number(entry.gbcs_version),
                _this_one(view) if this else disagreement(view.history, view.this, firmware),
                incomplete(entry),
            )
        )
    url = f"{ROOT}models/{view.entry.device.device_model}/"
    words = "Nobody states which comes after which: see {}"
    lead = phrase(words, internal_link("the timeline", url))
    return Part("unclear", "Side by side", lead, rows)


def _this_one(view: EntryView) -> str:
    """This firmware, and the GBCS version it is compared by where that is another entry's."""
    best = view.this.entry
    if best.gbcs_version == view.entry.gbcs_version:
        return "this firmware"
    gbcs, number = version_number(best.gbcs_version), cpl_link(best.cpl_number, ROOT)
    return phrase("this firmware, listed with GBCS {} as {}", gbcs, number)
