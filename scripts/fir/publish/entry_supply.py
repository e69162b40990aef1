"""How the record that an entry lacks is supplied, told on the entry's page."""

from __future__ import annotations

from urllib.parse import quote

from fir.coverage import accepted
from fir.model import Entry
from fir.publish.edition import Edition
from fir.publish.markup import Section, esc
from fir.publish.shown import Shown


def lacks_record(page: Shown) -> bool:
    """Whether there is no record, and the Panel would take one."""
    return page.record is None and accepted(page.entry, page.edition.repository.policy)


def how_to_supply(page: Shown) -> Section | None:
    """Steps for whoever has the notes."""
    if not lacks_record(page):
        return None
    panel = esc(page.edition.repository.policy.panel_name)
    letter = f'<a href="{esc(_letter(page.edition, page.entry))}">Write to the {panel}</a>'
    steps = (
        f"{letter}. The letter names this entry and its device already.",
        "Say what this firmware changes, in your own words: what notes hold is at the "
        "manufacturer’s discretion.",
        "Give the email address, telephone number and business address for Parties, unless they "
        "stand here already.",
        "A program compares it with the CPL, a person reviews it, and it is published here.",
    )
    told = "".join(f"<li>{step}</li>" for step in steps)
    lead = "For whoever submitted the entry"
    return Section("supply", "How to supply it", lead, f'<ol class="steps">{told}</ol>')


def _letter(edition: Edition, entry: Entry) -> str:
    """A letter to the Panel that says all that is known."""
    device = entry.device
    body = (
        f"CPL entry: {entry.cpl_number}\r\nDevice type: {entry.device_type}\r\n"
        f"Device Model: {device.device_model}\r\nFirmware version: {entry.firmware_version}\r\n\r\n"
        "Release notes:\r\n\r\nEmail address:\r\nTelephone number:\r\nBusiness address:\r\n"
    )
    subject = quote(f"Record of CPL entry {entry.cpl_number}")
    return f"mailto:{edition.repository.policy.panel_email}?subject={subject}&body={quote(body)}"
