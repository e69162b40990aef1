"""What becomes of the contacts that submissions bring: told where they differ, taken when told to.

A contact that is not the one on file is neither dropped nor written unasked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fir.contribute.contact import (
    Difference,
    completed,
    confirmation,
    differences,
    on_file,
    shown,
    taken,
)
from fir.contribute.makers import Makers
from fir.contribute.submission import Remark, Submission
from fir.model import Repository
from fir.wording import tick


class Orders(NamedTuple):
    """What is to be done with a contact that is not the one on file."""

    take: bool = False
    for_type: str = ""

    def takes(self, device_type: str) -> bool:
        return self.take or (bool(self.for_type) and self.for_type == device_type)


class Contacts:
    """The contacts received so far."""

    def __init__(self, repository: Repository, makers: Makers, orders: Orders) -> None:
        self._repository, self._makers, self._orders = repository, makers, orders
        self._taken_from: dict[tuple[str, str], tuple[Any, str]] = {}

    def completed(self, submission: Submission) -> Submission:
        """The submission with its contact whole, where people were free to give a part of it."""
        value = submission.value
        if not submission.company or "contact" not in value or "new_manufacturer" in value:
            return submission
        known = on_file(self._makers.value(value["manufacturer"]), self.device_type(submission))
        whole = completed(value["contact"], known)
        return submission._replace(value={**value, "contact": whole})

    def device_type(self, submission: Submission) -> str:
        """The type of the first device; of a contact alone, what is stated or ordered, if any."""
        first = submission.first_entry
        listed = self._repository.entries.get(first.get("cpl_number", ""))
        stated = first.get("device", {}).get("type", "")
        return str(stated or (listed.device_type if listed else self._orders.for_type))

    def remarks(self, submission: Submission, device_type: str) -> Iterator[Remark]:
        """Says where the contact differs, or takes it."""
        sent = submission.value
        value = self._makers.value(sent["manufacturer"])
        found = list(differences(sent, value, device_type))
        if submission.is_contact_alone:
            found += confirmation(sent, value, device_type)
        if found and self._orders.takes(device_type):
            yield from self._take(submission, device_type, value)
        elif found:
            yield self._differs(submission, device_type, found)

    @staticmethod
    def _differs(submission: Submission, device_type: str, found: list[Difference]) -> Remark:
        message = shown(found, submission.value["manufacturer"])
        fix = "if it is right, run again with `--take-contact`"
        if device_type:
            fix += f', or for this type alone with `--contact-for "{device_type}"`'
        place = submission.place(*found[0].keys)
        return Remark(place, "warning", "contact-differs", message, f"{fix}; else leave it")

    def _take(
        self, submission: Submission, device_type: str, value: Mapping[str, Any]
    ) -> Iterator[Remark]:
        sent, slug = submission.value, submission.value["manufacturer"]
        for_type = device_type != "" and device_type == self._orders.for_type
        changed = taken(value, sent, device_type, for_type=for_type)
        key = slug, device_type if "contact_by_device_type" in changed else ""
        told = {name: sent.get(name) for name in ("contact", "website")}
        before, source = self._taken_from.setdefault(key, (told, submission.source))
        if before != told:
            message = f"another contact of {tick(slug)} was taken from {source} already"
            fix = "settle which one holds, and send that one alone with `--take-contact`"
            place = submission.place("contact")
            yield Remark(place, "warning", "contact-differs", message, fix)
        else:
            self._makers.planned[slug] = changed
