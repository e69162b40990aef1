"""A contact's email address is at a free mail provider.

Why: such a mailbox belongs to a person and leaves with that person, and nobody can tell from it
that it is the manufacturer's; years later it may be someone else's.
Mend: give a shared mailbox at the company's own domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fir.model import Finding, Repository
from fir.wording import tick

STAGE = "publish"
LEVEL = "note"

# A provider's name and nothing but the ending of a country: `gmx.net`, `yahoo.co.uk`.
_FREE = re.compile(
    r"(?:126|163|aol|blueyonder|btinternet|fastmail|gmail|gmx|googlemail|hotmail|hushmail|icloud"
    r"|laposte|libero|live|mail|mailbox|me|msn|ntlworld|outlook|posteo|proton|protonmail|qq"
    r"|rediffmail|rocketmail|sina|sky|talktalk|tutanota|virginmedia|web|yahoo|yandex|yeah|ymail"
    r"|zoho)\.(?:com?\.)?[a-z]+",
    re.IGNORECASE,
)


def check(repository: Repository) -> Iterator[Finding]:
    for manufacturer in repository.manufacturers.values():
        contacts = [(("contact", "email"), manufacturer.contact)] + [
            (("contact_by_device_type", device_type, "email"), contact)
            for device_type, contact in manufacturer.contact_by_device_type.items()
        ]
        for keys, contact in contacts:
            domain = contact.email.rpartition("@")[2]
            if _FREE.fullmatch(domain):
                message = f"{tick(domain)} is a free mail provider, not the manufacturer's domain"
                fix = "give a shared mailbox at the company's own domain"
                yield Finding(*repository.at(manufacturer.path, *keys), message, fix)
