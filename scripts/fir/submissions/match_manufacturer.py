"""Match, first half: which manufacturer a submission is from, by short name, name or identifier.

A company that the register does not have yet gets a short name and a file. The files as a run
leaves them are a value, `Manufacturers`, of which each step that adds something returns a new one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic, Refused, either, nearest, tick
from fir.model import Manufacturer, Repository
from fir.repository.read import manufacturer_of
from fir.repository.tree import SLUG, odd_name
from fir.strict_yaml.reader import parse
from fir.submissions.submission import Submission, shape_errors

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


def named(manufacturers: Iterable[Manufacturer], name: str) -> list[Manufacturer]:
    """The manufacturers that have this short name, or this name or an earlier one."""
    found = []
    key = company_key(name)
    for each in manufacturers:
        if each.slug == name:
            return [each]
        if key and key in map(company_key, (each.name, *each.also_known_as)):
            found.append(each)
    return found


def owners(manufacturers: Iterable[Manufacturer], identifier: str) -> Iterator[Manufacturer]:
    """The manufacturers with a manufacturer identifier."""
    return (each for each in manufacturers if identifier in each.manufacturer_identifiers)


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


def path_of(slug: str) -> str:
    return f"records/manufacturers/{slug}.yaml"


class ContactOrders(NamedTuple):
    """What is to be done with a contact that is not the one on file."""

    take: bool = False
    for_type: str = ""

    def takes(self, device_type: str) -> bool:
        return self.take or (bool(self.for_type) and self.for_type == device_type)


Value = Mapping[str, Any]


@dataclass(frozen=True)
class Manufacturers:
    """The manufacturer files as they are, and as the submissions received so far leave them."""

    root: Path
    repository: Repository
    planned: Mapping[str, Value] = field(default_factory=dict)
    """The files that are new or change, by short name."""
    from_devices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Identifiers of new manufacturers that nobody stated but the devices of their records."""
    contacts_from: Mapping[tuple[str, str], tuple[Value, str]] = field(default_factory=dict)
    """Each contact that was taken, and from which file, by short name and type of device."""

    @cached_property
    def all(self) -> tuple[Manufacturer, ...]:
        planned = [
            manufacturer_of(path_of(slug), dict(value)) for slug, value in self.planned.items()
        ]
        there = self.repository.manufacturers.items()
        return (*planned, *(each for slug, each in there if slug not in self.planned))

    def called(self, slug: str) -> Manufacturer | None:
        return next((each for each in self.all if each.slug == slug), None)

    def value(self, slug: str) -> Value:
        """The file of a manufacturer that there is, as it is or as it is planned."""
        if slug in self.planned:
            return self.planned[slug]
        return _parsed((self.root / path_of(slug)).read_bytes())

    def with_new(self, submission: Submission) -> Manufacturers:
        """With the file of a new manufacturer; of one that this run has made, with what is new."""
        slug, described = submission.value["manufacturer"], submission.value.get("new_manufacturer")
        identifiers = frozenset(_identifiers(submission, self.repository))
        if described:
            from_devices = identifiers if submission.company else frozenset[str]()
            value = dict(described)
        elif slug in self.planned and slug not in self.repository.manufacturers:
            known = self.planned[slug]["manufacturer_identifiers"]
            from_devices = self.from_devices[slug] | (identifiers - set(known))
            more = [each for each in sorted(identifiers) if each not in known]
            value = {**self.planned[slug], "manufacturer_identifiers": [*known, *more]}
        else:
            return self
        return replace(
            self,
            planned={**self.planned, slug: value},
            from_devices={**self.from_devices, slug: from_devices},
        )

    def needed(self, identifiers: Mapping[str, Collection[str]]) -> Manufacturers:
        """Only what records bring that are written after all, by short name and identifier."""
        planned = {}
        for slug, value in self.planned.items():
            if slug in identifiers:
                gone = self.from_devices.get(slug, frozenset()) - set(identifiers[slug])
                planned[slug] = _without(value, gone) if gone else value
        return replace(self, planned=planned)


@lru_cache(maxsize=64)
def _parsed(content: bytes) -> Value:
    value: Value = parse(content)[0]
    return value


def _without(value: Value, gone: Collection[str]) -> Value:
    kept = [each for each in value["manufacturer_identifiers"] if each not in gone]
    return {**value, "manufacturer_identifiers": kept}


def _identifiers(submission: Submission, repository: Repository) -> Iterator[str]:
    """The manufacturer identifiers of the devices, however broken the rest may be."""
    entries = submission.value.get("entries", ())
    for each in entries if isinstance(entries, list) else ():
        if not isinstance(each, dict):
            continue
        device = each.get("device")
        stated = device.get("manufacturer_identifier") if isinstance(device, dict) else None
        listed = repository.entries.get(str(each.get("cpl_number", "")))
        if stated or listed:
            yield str(stated or (listed and listed.manufacturer_identifier))


class MatchedManufacturer(NamedTuple):
    """A submission with the short name of its manufacturer, and what is wrong with its shape."""

    submission: Submission
    errors: tuple[Diagnostic, ...]


def match_manufacturer(
    submission: Submission, manufacturers: Manufacturers, orders: ContactOrders
) -> MatchedManufacturer:
    """Whatever is wrong is said in the same run, whether or not the manufacturer is found."""
    shapes = manufacturers.repository.shapes
    errors = () if submission.company else tuple(shape_errors(submission, shapes))
    if submission.unreadable or any(each.keys[:1] != ("entries",) for each in errors):
        return MatchedManufacturer(submission, errors or submission.unreadable)
    try:
        matched = _resolved(submission, manufacturers)
    except Refused as refused:
        value = {**submission.value, "manufacturer": "unknown"}
        others = shape_errors(submission._replace(value=value), shapes)
        return MatchedManufacturer(submission, (*refused.diagnostics, *others))
    whole = _with_whole_contact(matched, manufacturers, orders)
    return MatchedManufacturer(whole, tuple(shape_errors(whole, shapes)))


def _resolved(submission: Submission, manufacturers: Manufacturers) -> Submission:
    """The submission with the short name of its manufacturer, described if it is new.

    Raises Refused. What is new is planned by `with_new`, once the submission has its shape.
    """
    if submission.company:
        return _by_company(submission, manufacturers)
    slug, described = submission.value["manufacturer"], submission.value.get("new_manufacturer")
    known = manufacturers.called(slug)
    if known and described:
        return _described_again(submission, known, described)
    if not known and (not described or slug in manufacturers.repository.slugs):
        raise Refused([_unknown(submission, slug, manufacturers.repository)])
    reason = None if known else odd_name(slug)
    if reason:
        raise Refused([submission.error(*reason, "manufacturer", check="unsafe-file")])
    return submission


def _by_company(submission: Submission, manufacturers: Manufacturers) -> Submission:
    called = str(submission.value.get("manufacturer", ""))
    identifiers = list(dict.fromkeys(_identifiers(submission, manufacturers.repository)))
    owning = [each for one in identifiers for each in owners(manufacturers.all, one)]
    known = named(manufacturers.all, called) if called else owning
    if len(known) > 1 and called:
        known = [each for each in known if each in owning]
    slugs = {each.slug for each in known}
    if len(slugs) == 1:
        return _with(submission, manufacturer=known[0].slug)
    if slugs or not called:
        raise Refused([_ambiguous(submission, called, sorted(slugs))])
    if owning:
        raise Refused([_of_another_name(submission, called, owning[0], identifiers[0])])
    return _of_new(submission, called, identifiers, manufacturers)


def _of_new(
    submission: Submission, called: str, identifiers: list[str], manufacturers: Manufacturers
) -> Submission:
    if not identifiers or "contact" not in submission.value:
        raise Refused([_unknown(submission, called, manufacturers.repository)])
    value = dict(submission.value)
    described = {
        "name": " ".join(called.split()),
        "manufacturer_identifiers": identifiers,
        "contact": value.pop("contact"),
    }
    if "website" in value:
        described["website"] = value.pop("website")
    taken_slugs = {*manufacturers.repository.slugs, *manufacturers.planned}
    value["manufacturer"] = slug_of(called, identifiers[0], taken_slugs)
    value["new_manufacturer"] = described
    places = {
        **submission.places,
        **{("new_manufacturer", *keys): at for keys, at in submission.places.items()},
        ("new_manufacturer", "name"): submission.place("manufacturer"),
    }
    return submission._replace(value=value, places=places)


def _described_again(submission: Submission, known: Manufacturer, described: Value) -> Submission:
    """A company that describes itself once more is compared as any contact is."""
    if company_key(known.name) != company_key(described["name"]):
        message = f"there is a manufacturer {tick(known.slug)} already, {tick(known.name)}"
        fix = "choose another short name, or leave `new_manufacturer` out"
        raise Refused([submission.error(message, fix, "manufacturer")])
    value = {k: v for k, v in submission.value.items() if k != "new_manufacturer"}
    again = {k: v for k, v in described.items() if k in ("contact", "website")}
    places = {
        keys[1:] if keys[:1] == ("new_manufacturer",) else keys: at
        for keys, at in submission.places.items()
    }
    return submission._replace(value={**value, **again}, places=places)


def _with(submission: Submission, **fields: Any) -> Submission:
    return submission._replace(value={**submission.value, **fields})


def contact_on_file(manufacturer: Value, device_type: str) -> Value:
    """The contact that is published for a type of device."""
    found: Value = manufacturer.get("contact_by_device_type", {}).get(
        device_type, manufacturer["contact"]
    )
    return found


def device_type_of(submission: Submission, repository: Repository, orders: ContactOrders) -> str:
    """The type of the first device; of a contact alone, what is stated or ordered, if any."""
    first = submission.first_entry
    listed = repository.entries.get(first.get("cpl_number", ""))
    stated = first.get("device", {}).get("type", "")
    return str(stated or (listed.device_type if listed else orders.for_type))


def _with_whole_contact(
    submission: Submission, manufacturers: Manufacturers, orders: ContactOrders
) -> Submission:
    """The submission with its contact whole, where people were free to give a part of it."""
    value = submission.value
    if not submission.company or "contact" not in value or "new_manufacturer" in value:
        return submission
    device_type = device_type_of(submission, manufacturers.repository, orders)
    known = contact_on_file(manufacturers.value(value["manufacturer"]), device_type)
    return _with(submission, contact=_completed(value["contact"], known))


def _completed(sent: Value, known: Value) -> dict[str, Any]:
    """A contact with what it leaves blank taken from the one on file.

    Of an address that differs, only what must be there: nobody stated that the old postal code
    belongs to the new street.
    """
    given = {name: each for name, each in sent.get("address", {}).items() if each}
    old = known["address"]
    if any(old.get(name) != each for name, each in given.items()):
        old = {name: old[name] for name in ("lines", "country")}
    kept = {name: known[name] for name in ("email", "telephone")}
    stated = {name: each for name, each in sent.items() if each}
    return {**kept, **stated, "address": {**old, **given}}


def _unknown(submission: Submission, called: str, repository: Repository) -> Diagnostic:
    if called in repository.slugs:
        message, fix = (
            f"the file of {tick(called)} has errors",
            "run `fir check`, and mend it first",
        )
        return submission.error(message, fix, "manufacturer")
    message = f"there is no manufacturer {tick(called)}"
    guess = nearest(called, sorted(repository.manufacturers))
    meant = f"write {tick(guess)}, or " if guess else ""
    fix = f"{meant}give the contact details of a new one, with the device of each entry"
    return submission.error(message, fix, "manufacturer", check="unknown-manufacturer")


def _ambiguous(submission: Submission, called: str, slugs: Sequence[str]) -> Diagnostic:
    if not slugs:
        message, fix = "no manufacturer is named", "name the company, or its short name"
    else:
        message = f"{tick(called) if called else 'the identifier'} may be {either(slugs)}"
        fix = "write the short name of the one that is meant"
    return submission.error(message, fix, "manufacturer")


def _of_another_name(
    submission: Submission, called: str, owner: Manufacturer, identifier: str
) -> Diagnostic:
    message = (
        f"the company is {tick(called)}, and its identifier {tick(identifier)} is that of "
        f"{tick(owner.slug)}, {tick(owner.name)}"
    )
    fix = (
        f"write {tick(owner.slug)} if it was mistyped; if that company has another name now, "
        f"add it to `also_known_as` in {owner.path}; else add the new company's file first"
    )
    return submission.error(message, fix, "manufacturer")
