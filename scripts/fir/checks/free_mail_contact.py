"""A contact's email address is at a free mail provider.

Why: such a mailbox belongs to a person and leaves with that person, and nobody can tell from it
that it is the manufacturer's; years later it may be someone else's.
Mend: give a shared mailbox at the company's own domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Repository

STAGE = "publish"
LEVEL = "note"

_PROVIDERS = frozenset(
    "126 163 aol blueyonder btinternet fastmail gmail gmx googlemail hotmail hushmail icloud "
    "laposte libero live mail mailbox me msn ntlworld outlook posteo proton protonmail qq "
    "rediffmail rocketmail sina sky talktalk tutanota virginmedia web yahoo yandex yeah ymail "
    "zoho".split()
)


def check(repository: Repository) -> Iterator[Diagnostic]:
    for manufacturer in repository.manufacturers.values():
        contacts = [(("contact", "email"), manufacturer.contact)] + [
            (("contact_by_device_type", device_type, "email"), contact)
            for device_type, contact in manufacturer.contact_by_device_type.items()
        ]
        for keys, contact in contacts:
            domain = contact.email.rpartition("@")[2]
            if _is_free(domain):
                message = f"{tick(domain)} is a free mail provider, not the manufacturer's domain"
                fix = "give a shared mailbox at the company's own domain"
                yield Diagnostic(*repository.at(manufacturer.path, *keys), message, fix)


def _is_free(domain: str) -> bool:
    """A provider's name and nothing but the ending of a country: `gmx.net`, `yahoo.co.uk`."""
    name, _, ending = domain.lower().partition(".")
    return name in _PROVIDERS and re.fullmatch(r"(?:com?\.)?[a-z]+", ending) is not None
