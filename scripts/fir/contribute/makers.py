"""The manufacturers of submissions: which file each means, what is new, what contact it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fir.contribute.company import company_key, named, owners, slug_of
from fir.contribute.contact import differences, shown, taken
from fir.contribute.placing import Entered
from fir.contribute.submission import Remark, Submission
from fir.model import Device, Manufacturer, Repository
from fir.read.nouns import manufacturer_of
from fir.read.yaml_text import parse
from fir.wording import either, nearest, tick


def path_of(slug: str) -> str:
    return f"records/manufacturers/{slug}.yaml"


class Contacts(NamedTuple):
    """What is to be done with a contact that is not the one on file."""

    take: bool = False
    for_type: str = ""


class NoMaker(Exception):
    """Which manufacturer is meant cannot be told; holds the reason."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark
        super().__init__(remark.message)


class Makers:
    """The manufacturer files as they are, and as the submissions received so far leave them."""

    def __init__(self, root: Path, repository: Repository, contacts: Contacts) -> None:
        self._root, self._repository, self._contacts = root, repository, contacts
        self.planned: dict[str, dict[str, Any]] = {}
        """The files that are new or change, by short name."""
        self._on_disk: dict[str, dict[str, Any]] = {}
        self._contact_from: dict[tuple[str, str], tuple[Any, str]] = {}

    def nouns(self) -> list[Manufacturer]:
        planned = [manufacturer_of(path_of(slug), value) for slug, value in self.planned.items()]
        kept = self._repository.manufacturers.items()
        return [*planned, *(maker for slug, maker in kept if slug not in self.planned)]

    def resolved(self, submission: Submission) -> Submission:
        """The submission with the short name of its manufacturer, described if it is new.

        Raises NoMaker. What is new is planned by `plan`, once the submission has its shape.
        """
        if submission.company:
            return self._by_company(submission)
        slug, described = submission.value["manufacturer"], submission.value.get("new_manufacturer")
        known = next((maker for maker in self.nouns() if maker.slug == slug), None)
        if known and described:
            return self._described_again(submission, known, described)
        if not known and (not described or slug in self._repository.slugs):
            raise NoMaker(self._unknown(submission, slug))
        return submission

    def _by_company(self, submission: Submission) -> Submission:
        called = str(submission.value.get("manufacturer", ""))
        identifiers = list(dict.fromkeys(self._identifiers(submission)))
        makers = self.nouns()
        owning = [each for identifier in identifiers for each in owners(makers, identifier)]
        known = named(makers, called) if called else owning
        if len(known) > 1:
            known = [each for each in known if each in owning] if called else known
        slugs = {maker.slug for maker in known}
        if len(slugs) == 1:
            return _with(submission, manufacturer=known[0].slug)
        if slugs or not called:
            raise NoMaker(self._not_told(submission, called, sorted(slugs)))
        if owning:
            raise NoMaker(self._other_name(submission, called, owning[0], identifiers))
        return self._new(submission, called, identifiers)

    def _new(self, submission: Submission, called: str, identifiers: list[str]) -> Submission:
        if not identifiers or "contact" not in submission.value:
            raise NoMaker(self._unknown(submission, called))
        value = dict(submission.value)
        described = {
            "name": " ".join(called.split()),
            "manufacturer_identifiers": identifiers,
            "contact": value.pop("contact"),
        }
        if "website" in value:
            described["website"] = value.pop("website")
        taken_slugs = {*self._repository.slugs, *self.planned}
        value["manufacturer"] = slug_of(called, identifiers[0], taken_slugs)
        value["new_manufacturer"] = described
        places = {
            **submission.places,
            **{("new_manufacturer", *keys): at for keys, at in submission.places.items()},
            ("new_manufacturer", "name"): submission.place("manufacturer"),
        }
        return submission._replace(value=value, places=places)

    def _described_again(
        self, submission: Submission, known: Manufacturer, described: Mapping[str, Any]
    ) -> Submission:
        """A company that describes itself once more is compared as any contact is."""
        if company_key(known.name) != company_key(described["name"]):
            message = f"there is a manufacturer {tick(known.slug)} already, {tick(known.name)}"
            fix = "choose another short name, or leave `new_manufacturer` out"
            raise NoMaker(Remark(submission.place("manufacturer"), "error", "", message, fix))
        value = {k: v for k, v in submission.value.items() if k != "new_manufacturer"}
        again = {k: v for k, v in described.items() if k in ("contact", "website")}
        places = {
            keys[1:] if keys[:1] == ("new_manufacturer",) else keys: at
            for keys, at in submission.places.items()
        }
        return submission._replace(value={**value, **again}, places=places)

    def plan(self, submission: Submission) -> None:
        """Plans the file of a new manufacturer; of one that this run has made, adds what is new."""
        slug, described = submission.value["manufacturer"], submission.value.get("new_manufacturer")
        if described:
            self.planned[slug] = dict(described)
        elif slug in self.planned and slug not in self._repository.manufacturers:
            planned = self.planned[slug]
            known = planned["manufacturer_identifiers"]
            more = [each for each in self._identifiers(submission) if each not in known]
            planned["manufacturer_identifiers"] = [*known, *dict.fromkeys(more)]

    def remarks(self, entered: Entered, device: Device) -> Iterator[Remark]:
        """What an entry's manufacturer makes one say: a foreign identifier, another contact."""
        slug = entered.submission.value["manufacturer"]
        maker = next(each for each in self.nouns() if each.slug == slug)
        if device.manufacturer_identifier not in maker.manufacturer_identifiers:
            yield self._foreign(entered, device.manufacturer_identifier, maker)
            return
        value = self._value(slug)
        sent = entered.submission.value
        found = list(differences(sent, value, device.type))
        if found and self._takes(device.type):
            yield from self._take(entered, device, value)
        elif found:
            place = entered.submission.place(*found[0].keys)
            message, fix = shown(found, slug), self._cure(device.type)
            yield Remark(place, "warning", "contact-differs", message, fix)

    def _value(self, slug: str) -> dict[str, Any]:
        if slug in self.planned:
            return self.planned[slug]
        if slug not in self._on_disk:
            self._on_disk[slug] = parse((self._root / path_of(slug)).read_bytes())[0]
        return self._on_disk[slug]

    def _takes(self, device_type: str) -> bool:
        return self._contacts.take or self._contacts.for_type == device_type

    def _take(self, entered: Entered, device: Device, value: Mapping[str, Any]) -> Iterator[Remark]:
        sent = entered.submission.value
        slug = sent["manufacturer"]
        for_type = self._contacts.for_type == device.type
        changed = taken(value, sent, device.type, for_type=for_type)
        key = slug, device.type if "contact_by_device_type" in changed else ""
        told = {name: sent.get(name) for name in ("contact", "website")}
        before, source = self._contact_from.setdefault(key, (told, entered.submission.source))
        if before != told:
            message = f"another contact of {tick(slug)} was taken from {source} already"
            fix = "settle which one holds, and send that one alone with `--take-contact`"
            place = entered.submission.place("contact")
            yield Remark(place, "warning", "contact-differs", message, fix)
        else:
            self.planned[slug] = changed

    @staticmethod
    def _cure(device_type: str) -> str:
        return (
            "if it is right, run again with `--take-contact`, or for this type alone with "
            f'`--contact-for "{device_type}"`; else leave it'
        )

    def _identifiers(self, submission: Submission) -> Iterator[str]:
        """The manufacturer identifiers of the devices, however broken the rest may be."""
        entries = submission.value.get("entries", ())
        for each in entries if isinstance(entries, list) else ():
            device = each.get("device") if isinstance(each, dict) else None
            stated = device.get("manufacturer_identifier") if isinstance(device, dict) else None
            listed = self._repository.entries.get(str(each.get("cpl_number", "")))
            if stated or listed:
                yield str(stated or (listed and listed.manufacturer_identifier))

    def _unknown(self, submission: Submission, called: str) -> Remark:
        place = submission.place("manufacturer")
        if called in self._repository.slugs:
            message = f"the file of {tick(called)} has errors"
            return Remark(place, "error", "", message, "run `fir check`, and mend it first")
        message = f"there is no manufacturer {tick(called)}"
        guess = nearest(called, sorted(self._repository.manufacturers))
        meant = f"write {tick(guess)}, or " if guess else ""
        fix = f"{meant}give the contact details of a new one, with the device of each entry"
        return Remark(place, "error", "unknown-manufacturer", message, fix)

    @staticmethod
    def _not_told(submission: Submission, called: str, slugs: list[str]) -> Remark:
        if not slugs:
            message, fix = "no manufacturer is named", "name the company, or its short name"
        else:
            message = f"{tick(called) if called else 'the identifier'} may be {either(slugs)}"
            fix = "write the short name of the one that is meant"
        return Remark(submission.place("manufacturer"), "error", "", message, fix)

    @staticmethod
    def _other_name(
        submission: Submission, called: str, owner: Manufacturer, identifiers: list[str]
    ) -> Remark:
        message = (
            f"the company is {tick(called)}, and its identifier {tick(identifiers[0])} is that of "
            f"{tick(owner.slug)}, {tick(owner.name)}"
        )
        fix = (
            f"write {tick(owner.slug)} if it was mistyped; if that company has another name now, "
            f"add it to `also_known_as` in {owner.path}; else add the new company's file first"
        )
        return Remark(submission.place("manufacturer"), "error", "", message, fix)

    def _foreign(self, entered: Entered, identifier: str, maker: Manufacturer) -> Remark:
        message = f"{tick(identifier)} is no identifier of {tick(maker.slug)}"
        theirs = [each.slug for each in owners(self.nouns(), identifier)]
        fix = f'add "{identifier}" to `manufacturer_identifiers` in {maker.path}, if it is theirs'
        if theirs:
            fix = f"correct it, or name the manufacturer {either(map(tick, theirs))}; or {fix}"
        keys = ("device", "manufacturer_identifier")
        return entered.error("foreign-identifier", message, fix, *keys)


def _with(submission: Submission, **fields: Any) -> Submission:
    return submission._replace(value={**submission.value, **fields})
