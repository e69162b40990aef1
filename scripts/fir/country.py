"""The name of a country as a code: every English name, and what people call the United Kingdom."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

# Parts of the United Kingdom, and names in use that the table of names does not have.
ALSO = {
    "uk": "GB",
    "u.k": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "usa": "US",
    "united states of america": "US",
    "republic of ireland": "IE",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "prc": "CN",
    "people's republic of china": "CN",
}


def country_code(name: str, codes: Collection[str]) -> str | None:
    """`United Kingdom`, `UK` or `gb` as `GB`; None where the name is no country's of `codes`."""
    name = " ".join(name.split())
    if name.upper() in codes:
        return name.upper()
    code = _by_name().get(name.casefold().removesuffix("."))
    return code if code in codes else None


@cache
def _by_name() -> dict[str, str]:
    from babel import Locale

    names = {name.casefold(): code for code, name in Locale("en", "GB").territories.items()}
    return {**names, **ALSO}
