"""Whom to call: F2.15(b) in full, with what a reader can do with each part."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from babel import Locale

from fir.model import Address, Contact, Manufacturer
from fir.publish.edition import Edition
from fir.publish.markup import copy, day, esc, link
from fir.publish.remembered import once_an_edition
from fir.publish.telephone import readable


def company(manufacturer: Manufacturer, root: str) -> str:
    return (
        f'<a href="{root}manufacturers/{esc(manufacturer.slug)}/">'
        f"<bdi>{esc(manufacturer.name)}</bdi></a>"
    )


def telephone(contact: Contact) -> str:
    number = contact.telephone
    return f'<a class="tel" href="tel:{esc(number)}">{esc(readable(number))}</a>'


def contact_terms(contact: Contact, beside: Iterable[tuple[str, str]] = ()) -> str:
    """Email, telephone and address, each to be copied, and when they were last confirmed.

    `beside` is what else is told of the company: labels and values, those without a value left out.
    """
    email = esc(contact.email)
    mail = f'<a href="mailto:{email}">{email.replace("@", "<wbr>@")}</a>'
    address = _postal(contact.address)
    lines = "<br>".join(f"<bdi>{esc(line)}</bdi>" for line in address)
    cells = (
        ("Email", mail, copy(contact.email, "the email address")),
        ("Telephone", telephone(contact), copy(contact.telephone, "the number")),
        ("Business address", lines, copy("\n".join(address), "the address")),
    )
    told = "".join(
        f"<div><dt>{label}{button}</dt><dd>{value}</dd></div>" for label, value, button in cells
    )
    confirmed = day(contact.confirmed_on) if contact.confirmed_on else "not stated"
    facts = (*beside, ("Last confirmed", confirmed))
    under = "".join(f"<li>{label} <span>{value}</span></li>" for label, value in facts if value)
    return f'<dl class="cards contact">{told}</dl><ul class="under-cards">{under}</ul>'


def _postal(address: Address) -> list[str]:
    """The lines of a label on a letter."""
    town = " ".join(filter(None, (address.locality, address.postal_code)))
    return [*address.lines, *filter(None, (town, _country(address.country)))]


@lru_cache(maxsize=256)
def _country(code: str) -> str:
    """`GB` as `United Kingdom`; a code that nobody has given a name as it is."""
    return str(Locale("en", "GB").territories.get(code, code))


@once_an_edition
def whom(edition: Edition, slugs: tuple[str, ...], device_type: str, root: str) -> str:
    """The contact of each manufacturer for a type of device, or the Panel's where none is known."""
    manufacturers = edition.repository.manufacturers
    known = [manufacturers[slug] for slug in slugs if slug in manufacturers]
    if not known:
        return f"<p>Nobody has given a contact for this device yet. {panel(edition)}</p>"
    return "".join(
        contact_terms(
            each.contact_for(device_type),
            (
                ("Company", company(each, root)),
                ("Website", link(each.website) if each.website else ""),
                ("Succeeded by", _successor(edition, each, root)),
            ),
        )
        for each in known
    )


def _successor(edition: Edition, manufacturer: Manufacturer, root: str) -> str:
    successor = edition.repository.manufacturers.get(manufacturer.succeeded_by or "")
    return company(successor, root) if successor else ""


def panel(edition: Edition) -> str:
    """How to reach the Panel, as a sentence."""
    policy = edition.repository.policy
    email = esc(policy.panel_email)
    return f'Write to the {esc(policy.panel_name)}: <a href="mailto:{email}">{email}</a>.'


def suggest(edition: Edition, path: str, subject: str) -> str:
    """Where a change to a file is proposed: in the repository, else by a letter to the Panel."""
    url = edition.source(path, "edit") if path else ""
    if not url:
        url = f"mailto:{edition.repository.policy.panel_email}?subject={quote(subject)}"
    return f'<a class="btn" href="{esc(url)}">Suggest a change</a>'
