"""The manufacturers of submissions: which file each means, and what is new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fir.diagnostics import either, nearest, tick
from fir.model import Manufacturer, Repository
from fir.repository.read import manufacturer_of
from fir.repository.tree import SLUG, odd_name
from fir.strict_yaml.reader import parse
from fir.submissions.submission import Entered, Remark, Submission

# Which manufacturer a company's name means, and the short name of one that is new.

LEGAL_FORMS = frozenset(
    "ab ag as bv co company corp corporation gmbh inc incorporated kft kg limited llc llp ltd nv "
    "oy plc pty pvt sa sarl sas se spa srl".split()
)
# Names that Windows keeps for devices.
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def company_key(name: str) -> tuple[str, ...]:
    """What two spellings of one company have in common: `Landis + Gyr Ltd.`, `Landis and Gyr`."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = re.findall(r"[^\W_]+", plain.replace("+", " and ").replace(".", ""))
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return tuple(words)


def named(makers: Iterable[Manufacturer], name: str) -> list[Manufacturer]:
    """The manufacturers that have this short name, or this name or an earlier one."""
    found = []
    key = company_key(name)
    for maker in makers:
        if maker.slug == name:
            return [maker]
        if key and key in map(company_key, (maker.name, *maker.also_known_as)):
            found.append(maker)
    return found


def owners(makers: Iterable[Manufacturer], identifier: str) -> Iterator[Manufacturer]:
    """The manufacturers with a manufacturer identifier."""
    return (maker for maker in makers if identifier in maker.manufacturer_identifiers)


def slug_of(name: str, identifier: str, taken: Collection[str]) -> str:
    """A short name for a company that has none yet, unlike every other."""
    latin = unicodedata.normalize("NFKD", " ".join(company_key(name)))
    words = re.findall("[a-z0-9]+", latin.encode("ascii", "ignore").decode("ascii"))
    slug = "-".join(words)[:50].strip("-")
    if not SLUG.fullmatch(slug) or RESERVED.fullmatch(slug):
        slug = "-".join(filter(None, (slug, f"manufacturer-{identifier.lower()}")))
    number = 1
    unique = slug
    while unique in taken:
        number += 1
        unique = f"{slug}-{number}"
    return unique


# Why it cannot be told whose a submission is, each with its cure.


class NoMaker(Exception):
    """Which manufacturer is meant cannot be told; holds the reason."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark
        super().__init__(remark.message)


def unknown(submission: Submission, called: str, repository: Repository) -> Remark:
    if called in repository.slugs:
        message, fix = (
            f"the file of {tick(called)} has errors",
            "run `fir check`, and mend it first",
        )
        return Remark(submission.place("manufacturer"), "error", "", message, fix)
    message = f"there is no manufacturer {tick(called)}"
    guess = nearest(called, sorted(repository.manufacturers))
    meant = f"write {tick(guess)}, or " if guess else ""
    fix = f"{meant}give the contact details of a new one, with the device of each entry"
    place = submission.place("manufacturer")
    return Remark(place, "error", "unknown-manufacturer", message, fix)


def not_told(submission: Submission, called: str, slugs: Sequence[str]) -> Remark:
    if not slugs:
        message, fix = "no manufacturer is named", "name the company, or its short name"
    else:
        message = f"{tick(called) if called else 'the identifier'} may be {either(slugs)}"
        fix = "write the short name of the one that is meant"
    return Remark(submission.place("manufacturer"), "error", "", message, fix)


def other_name(submission: Submission, called: str, owner: Manufacturer, identifier: str) -> Remark:
    message = (
        f"the company is {tick(called)}, and its identifier {tick(identifier)} is that of "
        f"{tick(owner.slug)}, {tick(owner.name)}"
    )
    fix = (
        f"write {tick(owner.slug)} if it was mistyped; if that company has another name now, "
        f"add it to `also_known_as` in {owner.path}; else add the new company's file first"
    )
    return Remark(submission.place("manufacturer"), "error", "", message, fix)


def foreign(
    entered: Entered, identifier: str, maker: Manufacturer, makers: Iterable[Manufacturer]
) -> Remark:
    """The entry's identifier is none of the manufacturer that is named."""
    message = f"{tick(identifier)} is no identifier of {tick(maker.slug)}"
    theirs = [each.slug for each in owners(makers, identifier)]
    fix = f'add "{identifier}" to `manufacturer_identifiers` in {maker.path}, if it is theirs'
    if theirs:
        fix = f"correct it, or name the manufacturer {either(map(tick, theirs))}; or {fix}"
    keys = ("device", "manufacturer_identifier")
    return entered.error("foreign-identifier", message, fix, *keys)


def path_of(slug: str) -> str:
    return f"records/manufacturers/{slug}.yaml"


class Makers:
    """The manufacturer files as they are, and as the submissions received so far leave them."""

    def __init__(self, root: Path, repository: Repository) -> None:
        self._root, self._repository = root, repository
        self.planned: dict[str, dict[str, Any]] = {}
        """The files that are new or change, by short name."""
        self._on_disk: dict[str, dict[str, Any]] = {}
        self._from_devices: dict[str, set[str]] = {}
        """Identifiers of new manufacturers that nobody stated but the devices of their records."""

    def nouns(self) -> list[Manufacturer]:
        planned = [manufacturer_of(path_of(slug), value) for slug, value in self.planned.items()]
        kept = self._repository.manufacturers.items()
        return [*planned, *(maker for slug, maker in kept if slug not in self.planned)]

    def value(self, slug: str) -> dict[str, Any]:
        """The file of a manufacturer that there is, as it is or as it is planned."""
        if slug in self.planned:
            return self.planned[slug]
        if slug not in self._on_disk:
            self._on_disk[slug] = parse((self._root / path_of(slug)).read_bytes())[0]
        return self._on_disk[slug]

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
            raise NoMaker(unknown(submission, slug, self._repository))
        reason = None if known else odd_name(slug)
        if reason:
            raise NoMaker(Remark(submission.place("manufacturer"), "error", "unsafe-file", *reason))
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
            raise NoMaker(not_told(submission, called, sorted(slugs)))
        if owning:
            raise NoMaker(other_name(submission, called, owning[0], identifiers[0]))
        return self._new(submission, called, identifiers)

    def _new(self, submission: Submission, called: str, identifiers: list[str]) -> Submission:
        if not identifiers or "contact" not in submission.value:
            raise NoMaker(unknown(submission, called, self._repository))
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
        identifiers = set(self._identifiers(submission))
        if described:
            self.planned[slug] = dict(described)
            self._from_devices[slug] = identifiers if submission.company else set()
        elif slug in self.planned and slug not in self._repository.manufacturers:
            known = self.planned[slug]["manufacturer_identifiers"]
            self._from_devices[slug] |= identifiers - set(known)
            self.planned[slug]["manufacturer_identifiers"] = [
                *known,
                *(each for each in sorted(identifiers) if each not in known),
            ]

    def keep(self, slug: str, identifiers: Collection[str]) -> None:
        """Takes back the identifiers of devices none of whose records is written after all."""
        gone = self._from_devices.get(slug, set()) - set(identifiers)
        if gone:
            value = self.planned[slug]
            kept = [each for each in value["manufacturer_identifiers"] if each not in gone]
            self.planned[slug] = {**value, "manufacturer_identifiers": kept}

    def _identifiers(self, submission: Submission) -> Iterator[str]:
        """The manufacturer identifiers of the devices, however broken the rest may be."""
        entries = submission.value.get("entries", ())
        for each in entries if isinstance(entries, list) else ():
            if not isinstance(each, dict):
                continue
            device = each.get("device")
            stated = device.get("manufacturer_identifier") if isinstance(device, dict) else None
            listed = self._repository.entries.get(str(each.get("cpl_number", "")))
            if stated or listed:
                yield str(stated or (listed and listed.manufacturer_identifier))


def _with(submission: Submission, **fields: Any) -> Submission:
    return submission._replace(value={**submission.value, **fields})
