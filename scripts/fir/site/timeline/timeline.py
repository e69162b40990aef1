"""The timeline of one line: each firmware with its notes, newest first, its tracks beside it."""

from __future__ import annotations

from collections.abc import Iterator

from fir.answers import Firmware, History
from fir.answers.sentences import withdrawal_of
from fir.model import Entry, Record
from fir.site.components import ROOT, by_bytes, notes
from fir.site.components import answer_badge as of_answer
from fir.site.components import cpl_link as to_cpl
from fir.site.components import entry_link as to_entry
from fir.site.components import external_link as link
from fir.site.edition import Edition
from fir.site.entry_view import incomplete
from fir.site.html import badge as small
from fir.site.html import day, esc
from fir.site.pages.entry_facts import OUTAGE
from fir.site.timeline.gutter import gutters
from fir.site.timeline.layout import Stop, Tracks, tracks
from fir.site.timeline.overview import overview
from fir.site.wording import NO_RECORD
from fir.site.wording import version_number as version

# What a row of a timeline says of one firmware: its notes in full, and what else must be known.


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


_HEADS = ("Listed", "Track", "Firmware and notes", "Versions", "Installs directly over", "Answer")
_OCTAGON = "M14 1h6l4.5 4.5v5L20 15h-6l-4.5-4.5v-5Z"
_KEY = {
    "stated": ('<path class="tl a" d="M0 8h34"/>', "stated by the manufacturer"),
    "unstated": ('<path class="tl a un" d="M0 8h34"/>', "same track, order not stated"),
    "removed": (f'<path class="to" d="{_OCTAGON}M13 8h8"/>', "removed"),
    "withdrawn": (f'<path class="to" d="{_OCTAGON}M14 5l6 6m0-6-6 6"/>', "withdrawn"),
}


def timeline(edition: Edition, history: History) -> str:
    found = tracks(history)
    heads = "".join(f"<span>{head}</span>" for head in _HEADS)
    rows = "".join(
        _row(edition, found, stop, drawing)
        for stop, drawing in zip(found.stops, gutters(found), strict=True)
    )
    return (
        f'{overview(found)}<div class="metro-h" aria-hidden="true">{heads}</div>'
        f'<ol class="metro">{rows}</ol>'
    )


def lead(history: History) -> str:
    """What the order is, where it is not that of the listings."""
    listed = [stop.firmware.first_number for stop in tracks(history).stops]
    in_order = listed == sorted(listed, reverse=True)
    return "" if in_order else "Newest first, which here is not the order in which they were listed"


def key(history: History) -> str:
    """What the drawing's marks mean, of those that occur."""
    found = tracks(history)
    occurs = {"stated" if each.stated else "unstated" for each in found.links}
    for stop in found.stops:
        if stop.firmware.withdrawn:
            occurs.add("withdrawn")
        elif stop.firmware.listing != "current":
            occurs.add("removed")
    marks = "".join(
        f'<span><svg viewBox="0 0 34 16" aria-hidden="true">{drawing}</svg>{word}</span>'
        for name, (drawing, word) in _KEY.items()
        if name in occurs
    )
    return f'<p class="key">{marks}</p>' if marks else ""


def _row(edition: Edition, found: Tracks, stop: Stop, drawing: str) -> str:
    firmware = stop.firmware
    return (
        f'<li><div class="when">{_when(firmware)}</div>'
        f'<div class="gut">{drawing}<span class="vh">{_place(found, stop)}</span></div>'
        f'<div class="body"><h3>{by_bytes(firmware.version)}{_plates(firmware)}</h3>'
        f"{told(edition, firmware)}</div>"
        f'<div class="col"><span class="k">Versions </span>{_versions(firmware)}</div>'
        f'<div class="col"><span class="k">Installs directly over </span>{_sources(firmware)}</div>'
        f'<div class="stat">{"".join(_marks(edition, firmware))}</div></li>'
    )


def _when(firmware: Firmware) -> str:
    first = firmware.entries[0]
    issue = f" <small>CPL {esc(first.first_version)}</small>" if first.first_version else ""
    released = (
        f" <small>released {day(firmware.released_on)}</small>" if firmware.released_on else ""
    )
    return f"{day(first.first_issued_on) or 'day not known'}{issue}{released}"


def _place(found: Tracks, stop: Stop) -> str:
    """What the drawing shows, in words."""
    place = [f"Track {stop.letter}"] if stop.letter and len(found.ends) > 1 else []
    if stop.after:
        row, stated = stop.after
        how = "as the manufacturer states" if stated else "order not stated"
        place.append(f"after {found.stops[row].firmware.version}, {how}")
    return f"{', '.join(place)}. " if place else ""


def _plates(firmware: Firmware) -> str:
    """Each entry that lists it, as a link."""
    return "".join(
        f' <a class="cpl" href="{ROOT}cpl/{each.cpl_number}/">CPL <b>{each.cpl_number}</b></a>'
        for each in firmware.entries
    )


def _sources(firmware: Firmware) -> str:
    """The CPL numbers it is stated to install directly over."""
    if firmware.sources is None:
        return '<span class="q">not stated</span>'
    return " ".join(to_cpl(number, ROOT) for number in sorted(firmware.sources)) or "none"


def _versions(firmware: Firmware) -> str:
    """Every version of the technical specification and of GBCS that it is listed with."""
    first = firmware.entry.smets_chts_version
    name = esc(first.split()[0]) if first else "SMETS"
    meets = dict.fromkeys(version(each.smets_chts_version) for each in firmware.entries)
    speaks = dict.fromkeys(version(each.gbcs_version) for each in firmware.entries)
    return f"{name} {', '.join(meets)} <br>GBCS {', '.join(speaks)}"


def _marks(edition: Edition, firmware: Firmware) -> Iterator[str]:
    """The answer, entries whose own status differs from it, and records that are missing."""
    yield of_answer(edition.answer_of[firmware.first_number].answer)
    for entry in firmware.entries:
        if firmware.listing == "current" != entry.listing:
            yield small("removed", f"{entry.cpl_number} {entry.listing.replace('-', ' ')}")
    missing = [
        each.cpl_number for each in firmware.entries if each.cpl_number not in firmware.records
    ]
    if missing:
        which = f" for {', '.join(missing)}" if firmware.records else ""
        yield small("norec", f"{NO_RECORD}{which}")
