"""What becomes of the contacts that submissions bring: told where they differ, taken when told to.

A contact that is not the one on file is neither dropped nor written unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from fir.diagnostics import tick
from fir.model import Repository
from fir.submissions.match_manufacturer import Makers
from fir.submissions.submission import Remark, Submission

# The contact of a submission beside the one on file: completed, compared, put in its place.


class Difference(NamedTuple):
    """A field in which the two differ, as the way to it in a submission, and both values."""

    keys: tuple[str, ...]
    sent: str
    on_file: str


def on_file(maker: Mapping[str, Any], device_type: str) -> Mapping[str, Any]:
    """The contact that is published for a type of device."""
    found: Mapping[str, Any] = maker.get("contact_by_device_type", {}).get(
        device_type, maker["contact"]
    )
    return found


def completed(sent: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """A contact with what it leaves blank taken from the one on file.

    Of an address that differs, only what must be there: nobody stated that the old postal code
    belongs to the new street.
    """
    given = {name: each for name, each in sent.get("address", {}).items() if each}
    old = known["address"]
    if any(old.get(name) != each for name, each in given.items()):
        old = {name: old[name] for name in ("lines", "country")}
    kept = {name: known[name] for name in ("email", "telephone")}
    said = {name: each for name, each in sent.items() if each}
    return {**kept, **said, "address": {**old, **given}}


def differences(
    sent: Mapping[str, Any], maker: Mapping[str, Any], device_type: str
) -> Iterator[Difference]:
    """Where the contact and website of a submission are others than those on file.

    A day of confirmation alone is no difference, nor is anything the submission does not say.
    """
    theirs = _flat(sent.get("contact", {}), ("contact",))
    ours = _flat(on_file(maker, device_type), ("contact",))
    for keys in dict.fromkeys((*theirs, *ours)) if theirs else ():
        if theirs.get(keys, "") != ours.get(keys, ""):
            yield Difference(keys, theirs.get(keys, ""), ours.get(keys, ""))
    website = sent.get("website", "")
    if website and website != maker.get("website", ""):
        yield Difference(("website",), website, maker.get("website", ""))


def confirmation(
    sent: Mapping[str, Any], maker: Mapping[str, Any], device_type: str
) -> Iterator[Difference]:
    """A later day on which the contact was confirmed, which is all that some send in."""
    day = sent.get("contact", {}).get("confirmed_on", "")
    known = on_file(maker, device_type).get("confirmed_on", "")
    if day > known:
        yield Difference(("contact", "confirmed_on"), day, known)


def _flat(contact: Mapping[str, Any], keys: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for name, value in contact.items():
        if isinstance(value, Mapping):
            found |= _flat(value, (*keys, name))
        elif name != "confirmed_on":
            found[*keys, name] = value if isinstance(value, str) else "; ".join(value)
    return found


def taken(
    maker: Mapping[str, Any], sent: Mapping[str, Any], device_type: str, *, for_type: bool
) -> dict[str, Any]:
    """The manufacturer with the contact of a submission: for one type of device, or in the place
    of the one that is published for it now."""
    changed = dict(maker)
    by_type = dict(maker.get("contact_by_device_type", {}))
    if "contact" in sent:
        if for_type or device_type in by_type:
            changed["contact_by_device_type"] = {**by_type, device_type: sent["contact"]}
        else:
            changed["contact"] = sent["contact"]
    if "website" in sent and not for_type:
        changed["website"] = sent["website"]
    return changed


def shown(found: Iterable[Difference], slug: str) -> str:
    """Every difference with both values, in one sentence."""
    parts = []
    for each in found:
        field = ".".join(each.keys).removeprefix("contact.").removeprefix("address.")
        sent = tick(each.sent) if each.sent else "not given"
        parts.append(f"{field} {sent}, there {tick(each.on_file) if each.on_file else 'none'}")
    return f"the contact is not the one on file for {tick(slug)}: {'; '.join(parts)}"


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
