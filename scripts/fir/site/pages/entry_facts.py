"""The four facts below an answer: those a reader acts on, which differ from answer to answer."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from fir.answers import Answer, Way
from fir.answers.sentences import DIRECT, OUTAGE, withdrawal_of
from fir.model import Entry, Record
from fir.site.components import (
    ROOT,
    entry_link,
    internal_link,
    issue_link,
    manufacturer_link,
    phrase,
    version_change,
    version_link,
    with_notes,
)
from fir.site.contacts import telephone
from fir.site.edition import Edition
from fir.site.entry_view import EntryView, expiry
from fir.site.wording import day, in_words, specification, version_number

Fact = tuple[str, str]


def facts(view: EntryView) -> Iterator[Fact]:
    answer = view.answer
    if answer.answer == "newer-exists" and answer.way:
        yield from _of_way(view.entry, answer.way)
    elif answer.answer in ("newer-exists", "unclear"):
        yield from _of_order(view)
    elif answer.answer == "withdrawn":
        yield from _of_withdrawal(view)
    elif answer.answer == "latest":
        yield "On the CPL", _since(view)
        yield "Power outage alert", _outage(view.this.record)
        yield "Certificate", _certificate(view.edition, view.entry)
    else:
        yield "On the CPL", _since(view)
        yield "Newer listed?", _newer(answer)
        yield "Certificate", _certificate(view.edition, view.entry)
    yield "Whom to call", to_call(view)


def _of_way(entry: Entry, way: Way) -> Iterator[Fact]:
    if way.direct == "via":
        steps = f"No, in {in_words(len(way.steps))} steps"
        yield "Install directly?", with_notes(steps, "the manufacturer states the order")
    else:
        yield "Install directly?", with_notes(*DIRECT[way.direct])
    yield "Power outage alert", with_notes(OUTAGE[way.outage_alert], " ".join(way.outage_notes))
    yield "Versions change", _versions(entry, way.target.entry)


def _versions(this: Entry, target: Entry) -> Markup:
    """What changes from this very entry: another of the same firmware may have other versions."""
    after = target.smets_chts_version
    changes = (
        ("GBCS", this.gbcs_version, target.gbcs_version),
        (specification(after), this.smets_chts_version, after),
    )
    told: list[str] = [
        version_change(name, version_number(before), version_number(after))
        for name, before, after in changes
        if before != after
    ]
    return with_notes(*(told or ["None"]))


def _of_order(view: EntryView) -> Iterator[Fact]:
    """Where two orders disagree: which is listed last, and which has the highest version."""
    compared = (view.this, *view.answer.newer_firmware, *view.answer.unclear_firmware)
    for label, firmware in (
        ("Listed last", max(compared, key=lambda each: each.first_number)),
        ("Highest version", max(compared, key=lambda each: each.number)),
    ):
        where = "this one" if firmware is view.this else f"CPL {firmware.first_number}"
        yield label, with_notes(version_link(firmware, view.this, ROOT), where)
    stated = any(each.sources is not None for each in compared)
    says = "Not enough" if stated else "Nothing yet"
    yield "Manufacturer says", with_notes(says, "on what comes after what")


def _of_withdrawal(view: EntryView) -> Iterator[Fact]:
    withdrawal = withdrawal_of(view.this)
    yield "Reason", with_notes("", withdrawal.reason) if withdrawal else "Not stated"
    entries = view.edition.repository.entries
    instead = entries.get(withdrawal.replaced_by or "") if withdrawal else None
    if instead:
        yield "Replaced by", with_notes(entry_link(instead, ROOT), f"CPL {instead.cpl_number}")
    else:
        yield "Replaced by", "Nothing yet"
    yield "On the CPL", _since(view)


def _since(view: EntryView) -> Markup:
    """How the CPL has the firmware, since when it listed it, and when it removed it."""
    first, listing = view.this.entries[0], view.this.listing
    on = day(first.first_issued_on)
    told: str = "first day not known"
    if on and first.first_version:
        issue = issue_link(view.edition, first.first_version, ROOT)
        told = phrase("listed first in {}, {}", issue, on)
    elif on:
        told = f"listed first on {on}"
    removed = _removed(view) if listing == "removed" else ""
    return with_notes(listing.replace("-", " ").capitalize(), told, removed)


def _removed(view: EntryView) -> str:
    change = view.edition.removed_in(view.this.entry)
    if change is None:
        return "when it was removed is not known here"
    issue = issue_link(view.edition, change.version, ROOT)
    return phrase("removed in {}, {}", issue, day(change.issued_on))


def _newer(answer: Answer) -> str:
    if answer.way:
        return with_notes("Yes", entry_link(answer.way.target.entry, ROOT))
    if answer.newer == "exists":
        return with_notes("Yes", "which is the latest is unclear")
    return {"none": "None", "unclear": "Unclear"}[answer.newer]


def _outage(record: Record | None) -> Markup:
    stated = record.outage_alert_on_activation if record else None
    noted = record.outage_note if record else None
    return with_notes(OUTAGE[stated or "unknown"], noted or "")


def _certificate(edition: Edition, entry: Entry) -> str:
    return with_notes(*expiry(edition, entry)) if entry.cpa_certificate else "None on the CPL"


def to_call(view: EntryView) -> Markup:
    manufacturers = view.edition.repository.manufacturers
    known = [manufacturers[slug] for slug in view.answer.whom if slug in manufacturers]
    if not known:
        return with_notes("Nobody yet", internal_link("write to the Panel", "#contact"))
    company: Markup = manufacturer_link(known[0], ROOT)
    if known[1:]:
        more = internal_link(f"{in_words(len(known) - 1)} more", "#contact")
        company = phrase("{}, or {}", company, more)
    return with_notes(telephone(known[0].contact_for(view.entry.device_type)), company)
