"""The four facts below an answer: those a reader acts on, which differ from answer to answer."""

from __future__ import annotations

from collections.abc import Iterator

from fir.answers import Answer, Way
from fir.answers.coverage import accepted
from fir.answers.sentences import withdrawal_of
from fir.model import Entry, Record
from fir.site.components import ROOT, Section, telephone, version_link
from fir.site.components import entry_link as to_entry
from fir.site.components import issue_link as to_issue
from fir.site.components import manufacturer_link as company
from fir.site.edition import Edition
from fir.site.entry_view import EntryView as Shown
from fir.site.entry_view import expiry
from fir.site.entry_view import letter_to_panel as letter
from fir.site.entry_view import supply_url as where_to_supply
from fir.site.html import day, esc
from fir.site.wording import in_words as count
from fir.site.wording import version_number as version

Fact = tuple[str, str]
OUTAGE = {"expected": "Expected", "not-expected": "Not expected", "unknown": "Not stated"}
_DIRECT = {
    "stated-yes": ("Yes", "the manufacturer states it"),
    "stated-no": ("No", "the manufacturer says from what, and it is not this"),
    "not-stated": ("Not stated", "ask before you install"),
}


def facts(page: Shown) -> Iterator[Fact]:
    answer = page.answer
    if answer.answer == "newer-exists" and answer.way:
        yield from _of_way(page.entry, answer.way)
    elif answer.answer in ("newer-exists", "unclear"):
        yield from _of_order(page)
    elif answer.answer == "withdrawn":
        yield from _of_withdrawal(page)
    elif answer.answer == "latest":
        yield "On the CPL", _since(page)
        yield "Power outage alert", _outage(page.this.record)
        yield "Certificate", _certificate(page.edition, page.entry)
    else:
        yield "On the CPL", _since(page)
        yield "Newer listed?", _newer(answer)
        yield "Certificate", _certificate(page.edition, page.entry)
    yield "Whom to call", to_call(page)


def _of_way(entry: Entry, way: Way) -> Iterator[Fact]:
    if way.direct == "via":
        direct, why = f"No, in {count(len(way.steps))} steps", "the manufacturer states the order"
    else:
        direct, why = _DIRECT[way.direct]
    yield "Install directly?", f"{direct}{_small(why)}"
    noted = _small(esc(" ".join(way.outage_notes)))
    yield "Power outage alert", f"{OUTAGE[way.outage_alert]}{noted}"
    yield "Versions change", _versions(entry, way.target.entry)


def _versions(this: Entry, target: Entry) -> str:
    """What changes from this very entry: another of the same firmware may have other versions."""
    after = target.smets_chts_version
    smets_chts = esc(after.split()[0]) if after else "SMETS"
    changes = (
        ("GBCS", this.gbcs_version, target.gbcs_version),
        (smets_chts, this.smets_chts_version, after),
    )
    told = [
        f'{name} {version(before)} <span role="img" aria-label="to">→</span> {version(after)}'
        for name, before, after in changes
        if before != after
    ]
    first, *rest = told or ["None"]
    return f"{first}{''.join(map(_small, rest))}"


def _of_order(page: Shown) -> Iterator[Fact]:
    """Where two orders disagree: which is listed last, and which has the highest version."""
    compared = (page.this, *page.answer.newer_firmware, *page.answer.unclear_firmware)
    for label, firmware in (
        ("Listed last", max(compared, key=lambda each: each.first_number)),
        ("Highest version", max(compared, key=lambda each: each.number)),
    ):
        where = "this one" if firmware is page.this else f"CPL {firmware.first_number}"
        yield label, f"{version_link(firmware, page.this, ROOT)}{_small(where)}"
    stated = any(each.sources is not None for each in compared)
    says = "Not enough" if stated else "Nothing yet"
    yield "Manufacturer says", f"{says}{_small('on what comes after what')}"


def _of_withdrawal(page: Shown) -> Iterator[Fact]:
    withdrawal = withdrawal_of(page.this)
    yield "Reason", f"<small>{esc(withdrawal.reason)}</small>" if withdrawal else "Not stated"
    entries = page.edition.repository.entries
    instead = entries.get(withdrawal.replaced_by or "") if withdrawal else None
    if instead:
        yield "Replaced by", f"{to_entry(instead, ROOT)}{_small(f'CPL {instead.cpl_number}')}"
    else:
        yield "Replaced by", "Nothing yet"
    yield "On the CPL", _since(page)


def _since(page: Shown) -> str:
    """How the CPL has the firmware, since when it listed it, and when it removed it."""
    first, listing = page.this.entries[0], page.this.listing
    told = "first day not known"
    if first.first_issued_on:
        first_in = first.first_version
        issue = f"in {to_issue(page.edition, first_in, ROOT)}, " if first_in else "on "
        told = f"listed first {issue}{day(first.first_issued_on)}"
    removed = _removed(page) if listing == "removed" else ""
    return f"{listing.replace('-', ' ').capitalize()}{_small(told)}{_small(removed)}"


def _removed(page: Shown) -> str:
    change = page.edition.removed_in(page.this.entry)
    if change is None:
        return "when it was removed is not known here"
    issue = to_issue(page.edition, change.version, ROOT)
    return f"removed in {issue}, {day(change.issued_on)}"


def _newer(answer: Answer) -> str:
    if answer.way:
        return f"Yes{_small(to_entry(answer.way.target.entry, ROOT))}"
    if answer.newer == "exists":
        return f"Yes{_small('which is the latest is unclear')}"
    return {"none": "None", "unclear": "Unclear"}[answer.newer]


def _outage(record: Record | None) -> str:
    stated = record.outage_alert_on_activation if record else None
    noted = record.outage_note if record else None
    return f"{OUTAGE[stated or 'unknown']}{_small(esc(noted or ''))}"


def _certificate(edition: Edition, entry: Entry) -> str:
    if not entry.cpa_certificate:
        return "None on the CPL"
    when, *rest = expiry(edition, entry)
    return f"{when}{''.join(map(_small, rest))}"


def to_call(page: Shown) -> str:
    manufacturers = page.edition.repository.manufacturers
    known = [manufacturers[slug] for slug in page.answer.whom if slug in manufacturers]
    if not known:
        panel = '<a href="#contact">write to the Panel</a>'
        return f"Nobody yet{_small(panel)}"
    contact = known[0].contact_for(page.entry.device_type)
    more = f', or <a href="#contact">{count(len(known) - 1)} more</a>' if known[1:] else ""
    return f"{telephone(contact)}{_small(f'{company(known[0], ROOT)}{more}')}"


def _small(word: str) -> str:
    return f"<small>{word}</small>" if word else ""


# How the record that an entry lacks is supplied, told on the entry's page.


def lacks_record(page: Shown) -> bool:
    """Whether there is no record, and the Panel would take one."""
    return page.record is None and accepted(page.entry, page.edition.repository.policy)


def how_to_supply(page: Shown) -> Section | None:
    """Steps for whoever has the notes."""
    if not lacks_record(page):
        return None
    here, mail = where_to_supply(page.entry, ROOT), esc(letter(page.edition, page.entry))
    panel = esc(page.edition.repository.policy.panel_name)
    steps = (
        f'<a href="{here}">Begin the record</a>. The device is filled in already; the firmware '
        "version is for you to type, so that the two can be compared.",
        "Say what this firmware changes, in your own words: what notes hold is at the "
        "manufacturer’s discretion.",
        "Give the email address, telephone number and business address for Parties, unless they "
        "stand here already.",
        "A program compares it with the CPL, a person reviews it, and it is published here.",
    )
    told = "".join(f"<li>{step}</li>" for step in steps)
    lead = "For whoever submitted the entry"
    ways = f'<a href="{ROOT}guides/manufacturers/">other ways to send them in</a>'
    others = f'<p>By hand: <a href="{mail}">write to the {panel}</a>. Many at once: {ways}.</p>'
    return Section("supply", "How to supply it", lead, f'<ol class="steps">{told}</ol>{others}')
