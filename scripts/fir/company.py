"""Which manufacturer a company's name means, and the short name of one that is new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from fir.model import Manufacturer
from fir.read.tree import SLUG

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
