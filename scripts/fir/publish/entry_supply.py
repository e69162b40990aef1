"""How the record that an entry lacks is supplied, told on the entry's page."""

from __future__ import annotations

from fir.coverage import accepted
from fir.publish.markup import Section, esc
from fir.publish.shown import ROOT, Shown
from fir.publish.supply import where_to_supply


def lacks_record(page: Shown) -> bool:
    """Whether there is no record, and the Panel would take one."""
    return page.record is None and accepted(page.entry, page.edition.repository.policy)


def how_to_supply(page: Shown) -> Section | None:
    """Steps for whoever has the notes."""
    if not lacks_record(page):
        return None
    steps = (
        _begin(page),
        "Say what this firmware changes, in your own words: what notes hold is at the "
        "manufacturer’s discretion.",
        "Give the email address, telephone number and business address for Parties, unless they "
        "stand here already.",
        "A program compares it with the CPL, a person reviews it, and it is published here.",
    )
    told = "".join(f"<li>{step}</li>" for step in steps)
    lead = "For whoever submitted the entry"
    ways = f'<a href="{ROOT}guides/manufacturers/">four ways to send them in</a>'
    others = f"<p>By a form, or many at once: {ways}.</p>"
    return Section("supply", "How to supply it", lead, f'<ol class="steps">{told}</ol>{others}')


def _begin(page: Shown) -> str:
    where = where_to_supply(page.edition, page.entry)
    if where.startswith("mailto:"):
        panel = esc(page.edition.repository.policy.panel_name)
        begin, filled_in = f"Write to the {panel}", "The letter names this entry and its device"
    else:
        begin, filled_in = "Begin the record", "Its device is filled in"
    return f'<a href="{esc(where)}">{begin}</a>. {filled_in} already.'
