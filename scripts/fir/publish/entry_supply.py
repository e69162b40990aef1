"""How the record that an entry lacks is supplied, told on the entry's page."""

from __future__ import annotations

from fir.coverage import accepted
from fir.publish.markup import Section, esc
from fir.publish.shown import ROOT, Shown
from fir.publish.supply import letter, where_to_supply


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
