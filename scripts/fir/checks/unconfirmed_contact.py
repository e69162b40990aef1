"""Nobody has confirmed a contact for a long time, or ever.

Why: people and telephone numbers change; a Party that needs the contact needs one that answers.
Mend: ask the manufacturer whether the contact is still right, and write the day of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Contact, Manufacturer, Repository

STAGE = "upkeep"
LEVEL = "warning"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    today = repository.today
    if today is None:
        return
    limit = repository.policy.limits["unconfirmed_contact_days"]
    for manufacturer in repository.manufacturers.values():
        for keys, contact in _contacts(manufacturer):
            if contact.confirmed_on is None:
                place = repository.at(manufacturer.path, *keys)
                message = f"nobody has confirmed {tick('.'.join(keys))} yet"
            elif (today - today.fromisoformat(contact.confirmed_on)).days > limit:
                place = repository.at(manufacturer.path, *keys, "confirmed_on")
                confirmed = f"was confirmed on {contact.confirmed_on}"
                message = f"{tick('.'.join(keys))} {confirmed}, more than {limit:,} days ago"
            else:
                continue
            fix = f'ask the manufacturer, then write `confirmed_on: "{today}"`'
            yield Diagnostic(*place, message, fix)


def _contacts(manufacturer: Manufacturer) -> Iterator[tuple[tuple[str, ...], Contact]]:
    """The general contact and that of each device type, with the way to it."""
    yield ("contact",), manufacturer.contact
    for device_type, contact in manufacturer.contact_by_device_type.items():
        yield ("contact_by_device_type", device_type), contact
