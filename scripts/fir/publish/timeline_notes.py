"""What a row of a timeline says of one firmware: its notes in full, and what else must be known."""

from __future__ import annotations

from collections.abc import Iterator

from fir.answer import Firmware
from fir.answer.words import withdrawal_of
from fir.model import Entry, Record
from fir.publish.edition import Edition
from fir.publish.entry_facts import OUTAGE
from fir.publish.markup import day, esc, link, notes
from fir.publish.shown import ROOT, incomplete
from fir.publish.sign import to_entry


def told(edition: Edition, firmware: Firmware) -> str:
    remarks = (f'<p class="aside">{each}</p>' for each in _remarks(edition, firmware) if each)
    return f"{_texts(firmware)}{''.join(remarks)}"


def _texts(firmware: Firmware) -> str:
    """Each text once, with the entries it was supplied for where they differ."""
    texts: dict[str, list[str]] = {}
    for number, record in firmware.records.items():
        texts.setdefault(record.release_notes, []).append(number)
    if not texts:
        return '<p class="q">No record yet: nobody has supplied notes.</p>'
    named = len(texts) > 1
    return "".join(
        (f'<p class="q">For entry {", ".join(numbers)}:</p>' if named else "") + notes(text)
        for text, numbers in texts.items()
    )


def _remarks(edition: Edition, firmware: Firmware) -> Iterator[str]:
    """What must be known of it beyond its notes."""
    yield _withdrawn(edition, firmware)
    for entry in firmware.entries:
        yield _removed(edition, entry, named=len(firmware.entries) > 1)
    yield incomplete(firmware.entry).capitalize()
    yield _outage(firmware.record)
    url = firmware.record.release_notes_url if firmware.record else None
    yield f"Further notes: {link(url)}" if url else ""


def _withdrawn(edition: Edition, firmware: Firmware) -> str:
    withdrawal = withdrawal_of(firmware)
    if withdrawal is None:
        return ""
    instead = edition.repository.entries.get(withdrawal.replaced_by or "")
    replaced = f" Replaced by {to_entry(instead, ROOT)}." if instead else ""
    reason = esc(withdrawal.reason.strip().rstrip("."))
    return f"<b>Withdrawn {day(withdrawal.on)}:</b> <bdi>{reason}.</bdi>{replaced}"


def _removed(edition: Edition, entry: Entry, *, named: bool) -> str:
    """What became of an entry on the CPL; `named` says of which."""
    if entry.listing == "current":
        return ""
    told = f"{entry.cpl_number}: " if named else ""
    if entry.last_listed_version:
        return f"{told}Last listed in CPL {esc(entry.last_listed_version)}"
    change = edition.removed_in(entry)
    if change is None:
        return f"{told}Removed from the CPL, on a day not known here"
    return f"{told}Removed in CPL {esc(change.version)}, {day(change.issued_on)}"


def _outage(record: Record | None) -> str:
    if record is None or not record.outage_alert_on_activation:
        return ""
    stated = OUTAGE[record.outage_alert_on_activation].lower()
    noted = f": <bdi>{esc(record.outage_note)}</bdi>" if record.outage_note else ""
    return f"Power outage alert on activation: {stated}{noted}"
