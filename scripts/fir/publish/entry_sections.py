"""The parts of an entry's page below the answer, in the order a reader needs them."""

from __future__ import annotations

from collections.abc import Iterator

from fir.answer import Firmware
from fir.model import Record
from fir.publish.contact import whom
from fir.publish.entry_facts import OUTAGE
from fir.publish.entry_supply import how_to_supply
from fir.publish.markup import Section, by_bytes, day, esc, icon, link, table, terms
from fir.publish.markup import notes as notes_block
from fir.publish.shown import ROOT, Shown, clash, incomplete, listed_on, named, version
from fir.publish.sign import plate, to_cpl, to_entry


def sections(page: Shown) -> Iterator[Section]:
    """Those that have something to say."""
    for part in (_notes, _contact, how_to_supply, _since, _newer, _unclear):
        found = part(page)
        if found:
            yield found


def _notes(page: Shown) -> Section | None:
    record = page.record or page.this.record
    if record is None:
        return None
    maker = page.edition.repository.manufacturers.get(record.manufacturer)
    lead = f"Supplied by <bdi>{esc(maker.name)}</bdi>" if maker else ""
    if record.released_on:
        lead += f", released {day(record.released_on)}"
    if record is not page.record:
        lead += f" for entry {record.cpl_number}, of the same firmware"
    return Section(
        "notes", "Release notes", lead, notes_block(record.release_notes) + _also(record)
    )


def _also(record: Record) -> str:
    """What else the record states; nothing where it states no more."""
    alert = record.outage_alert_on_activation
    outage = OUTAGE[alert] if alert else ""
    if record.outage_note:
        outage += f"<small>{esc(record.outage_note)}</small>"
    withdrawn = ""
    if record.withdrawn:
        withdrawn = f"{day(record.withdrawn.on)}<small>{esc(record.withdrawn.reason)}</small>"
    corrections = "".join(f"<small>{day(c.on)}: {esc(c.what)}</small>" for c in record.corrections)
    rows = (
        ("Product", f"<bdi>{esc(record.product_name)}</bdi>" if record.product_name else ""),
        ("Further notes", link(record.release_notes_url) if record.release_notes_url else ""),
        ("Power outage alert", outage),
        ("Withdrawn", withdrawn),
        ("Notes corrected", corrections),
    )
    return f'<div class="also">{terms(rows)}</div>' if any(value for _, value in rows) else ""


def _since(page: Shown) -> Section | None:
    way = page.answer.way
    if way is None:
        return None
    told = []
    for step in way.since:
        drawing = "end" if step.firmware is way.target else "ring"
        if step.repeats:
            text = f'<p class="q">The same notes as {by_bytes(step.repeats)}.</p>'
        else:
            text = _text(step.notes)
        told.append(f"<li>{icon(drawing)}{_heading(step.firmware)}{text}</li>")
    return Section(
        "since",
        "What changed since",
        "From this firmware to the latest, oldest first",
        f'<ol class="since">{"".join(told)}</ol>',
    )


def _newer(page: Shown) -> Section | None:
    """Newer firmware of which none is the latest."""
    if page.answer.way or not page.answer.newer_firmware:
        return None
    told = []
    for firmware in page.answer.newer_firmware:
        text = _text(firmware.record.release_notes if firmware.record else None)
        told.append(f"<li>{icon('ring')}{_heading(firmware)}{text}</li>")
    return Section(
        "newer",
        "Newer firmware",
        "By CPL number; only the manufacturer can say which is the latest",
        f'<ol class="since loose">{"".join(told)}</ol>',
    )


def _heading(firmware: Firmware) -> str:
    entry = firmware.entry
    part = incomplete(entry)
    return (
        f"<h3>{to_entry(entry, ROOT)}{plate(entry.cpl_number)}<span>first listed "
        f"{listed_on(firmware)}{f' · {part}' if part else ''}</span></h3>"
    )


def _text(text: str | None) -> str:
    if text is None:
        return '<p class="q">No record yet: nobody has supplied notes.</p>'
    return notes_block(text)


def _unclear(page: Shown) -> Section | None:
    """This firmware beside those that nobody puts before or after it."""
    others = page.answer.unclear_firmware
    if not others:
        return None
    told = []
    for firmware in (page.this, *others):
        this = firmware is page.this
        entry = page.entry if this else firmware.entry
        why = _this_one(page) if this else clash(page, firmware)
        part = incomplete(entry)
        told.append(
            f'<tr><th scope="row">{named(page, firmware)}</th><td data-l="CPL">{entry.cpl_number}'
            f'</td><td data-l="Listed">{listed_on(firmware)}</td>'
            f'<td data-l="GBCS">{version(entry.gbcs_version)}</td><td data-l="">{why}'
            f"{f'<small>{part}</small>' if part else ''}</td></tr>"
        )
    heads = ("Firmware", "CPL number", "First listed", "GBCS", "Beside this one")
    beside = table(heads, "".join(told))
    timeline = f'<a href="{ROOT}models/{page.entry.device.device_model}/">the timeline</a>'
    lead = f"Nobody states which comes after which: see {timeline}"
    return Section("unclear", "Side by side", lead, beside)


def _this_one(page: Shown) -> str:
    """This firmware, and the GBCS version it is compared by where that is another entry's."""
    best = page.this.entry
    if best.gbcs_version == page.entry.gbcs_version:
        return "this firmware"
    gbcs = version(best.gbcs_version)
    return f"this firmware, listed with GBCS {gbcs} as {to_cpl(best.cpl_number, ROOT)}"


def _contact(page: Shown) -> Section:
    target = page.answer.way.target if page.answer.way else None
    stated = any(each and each.record for each in (target, page.this))
    known = bool(page.answer.whom)
    lead = "" if stated or not known else "From the manufacturer identifier, not from a record"
    told = whom(page.edition, page.answer.whom, page.entry.device_type, ROOT)
    return Section("contact", "Whom to call", lead, told)
