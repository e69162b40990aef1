"""Whom to call, for a browser: each contact once, by its place in a list."""

from __future__ import annotations

from collections.abc import Iterable

from fir.publish.edition import Edition
from fir.publish.telephone import readable
from fir.table import business_address


class Contacts:
    """The contacts that answers name, in the order in which they are first named."""

    def __init__(self, edition: Edition) -> None:
        self._manufacturers = edition.repository.manufacturers
        self._place: dict[tuple[str, ...], int] = {}

    @property
    def told(self) -> list[tuple[str, ...]]:
        """Slug, name, email, telephone to dial and to read, and address, of each."""
        return list(self._place)

    def of(self, slugs: Iterable[str], device_type: str) -> tuple[int, ...]:
        """The places of the contacts for a type of device; any type where it is empty."""
        known = (self._manufacturers[slug] for slug in slugs if slug in self._manufacturers)
        return tuple(self._placed(each.slug, each.name, device_type) for each in known)

    def _placed(self, slug: str, name: str, device_type: str) -> int:
        contact = self._manufacturers[slug].contact_for(device_type)
        phone = contact.telephone
        told = (slug, name, contact.email, phone, readable(phone), business_address(contact))
        return self._place.setdefault(told, len(self._place))
