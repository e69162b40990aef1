"""Whom to call: F2.15(b) in full, with what a reader can do with each part."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial

from babel import Locale
from markupsafe import Markup

from fir.model import Address, Contact, Manufacturer
from fir.site.components import external_link, manufacturer_link, phrase
from fir.site.edition import Edition, once_an_edition
from fir.site.rendering import macro
from fir.site.wording import day, readable

_piece = partial(macro, "contacts.html")


def telephone(contact: Contact) -> Markup:
    return _piece("telephone")(contact.telephone, readable(contact.telephone))


def contact_terms(contact: Contact, beside: Iterable[tuple[str, str]] = ()) -> Markup:
    """Email, telephone and address, each to be copied, and when they were last confirmed.

    `beside` is what else is told of the company: labels and values, those without a value left out.
    """
    confirmed = day(contact.confirmed_on) if contact.confirmed_on else "not stated"
    return _piece("contact_terms")(
        contact.email,
        telephone(contact),
        contact.telephone,
        _postal(contact.address),
        (*beside, ("Last confirmed", confirmed)),
    )


def _postal(address: Address) -> list[str]:
    """The lines of a label on a letter."""
    town = " ".join(filter(None, (address.locality, address.postal_code)))
    return [*address.lines, *filter(None, (town, _country(address.country)))]


@lru_cache(maxsize=256)
def _country(code: str) -> str:
    """`GB` as `United Kingdom`; a code that nobody has given a name as it is."""
    return str(Locale("en", "GB").territories.get(code, code))


@once_an_edition
def contacts(edition: Edition, slugs: tuple[str, ...], device_type: str, root: str) -> Markup:
    """The contact of each manufacturer for a type of device, or the Panel's where none is known."""
    manufacturers = edition.repository.manufacturers
    known = [manufacturers[slug] for slug in slugs if slug in manufacturers]
    if not known:
        return _piece("nobody_to_call")(panel_contact(edition))
    return phrase("").join(
        contact_terms(
            each.contact_for(device_type),
            (
                ("Company", manufacturer_link(each, root)),
                ("Website", external_link(each.website) if each.website else ""),
                ("Succeeded by", _successor(edition, each, root)),
            ),
        )
        for each in known
    )


def _successor(edition: Edition, manufacturer: Manufacturer, root: str) -> str:
    successor = edition.repository.manufacturers.get(manufacturer.succeeded_by or "")
    return manufacturer_link(successor, root) if successor else ""


def panel_contact(edition: Edition) -> Markup:
    """How to reach the Panel, as a sentence."""
    policy = edition.repository.policy
    return _piece("panel_contact")(policy.panel_name, policy.panel_email)
