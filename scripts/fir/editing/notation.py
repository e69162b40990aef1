"""Values and notes in other people's notation, written as the register does where that is certain.

Colons, capitals, blanks and `(0)` carry no value. Leading zeros, BCD and decimal do: nothing of
that is read into a number here.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from fir.cpl.cells import iso_day
from fir.diagnostics import Refused, refusal
from fir.strict_yaml.characters import MAX_BYTES, odd_characters

_BYTES = re.compile(r"(?:0[xX])?((?:[0-9A-Fa-f]{2})+|[0-9A-Fa-f]{2}(?:[: ][0-9A-Fa-f]{2})+)")
_ONLY_WITHIN = re.compile(r"\(0\)")
_SEPARATORS = re.compile(r"[ ()./\u00a0\u2010-\u2015-]")

_NAMED_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}) (20[0-9]{2})")
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
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

_BLANK_LINES_FIRST = re.compile(r"\A(?: *\n)+")
_BLANKS_LAST = re.compile(r" +$", re.MULTILINE)


def renoted(field: Mapping[str, Any], text: str) -> str | None:
    """The text as a field of the schema asks for it, where only the notation differs."""
    if _fits(field, text):
        return None
    return next((each for each in _notations(field, text) if _fits(field, each)), None)


def _fits(field: Mapping[str, Any], text: str) -> bool:
    if "enum" in field:
        return text in field["enum"]
    longest = field.get("maxLength", len(text))
    return len(text) <= longest and _pattern(field.get("pattern", "")).search(text) is not None


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _notations(field: Mapping[str, Any], text: str) -> Iterator[str]:
    yield text.strip(" ")
    one_line = " ".join(text.split())
    for choice in field.get("enum", ()):
        if _plain(choice) == _plain(one_line):
            yield choice
    yield hexadecimal(one_line)
    yield telephone(one_line)


def _plain(choice: str) -> str:
    return re.sub("[-_ ]+", " ", choice.lower())


def hexadecimal(text: str) -> str:
    """`7f:01` or `0x7F01` as `7F01`; anything else as it is."""
    digits = _BYTES.fullmatch(text)
    return re.sub("[: ]", "", digits[1]).upper() if digits else text


def telephone(text: str) -> str:
    """`+44 (0)20 7946 0000` or `0044 20 …` as `+44207946…`; a number without a country as it is.

    No number of Great Britain has a 0 after the 44: it is dialled only within the country.
    """
    digits = _SEPARATORS.sub("", _ONLY_WITHIN.sub("", text))
    digits = re.sub(r"\A00(?=[1-9])", "+", digits)
    digits = re.sub(r"\A\+440", "+44", digits)
    return digits if re.fullmatch(r"\+[1-9][0-9]{6,14}", digits) else text


def day(text: str) -> str | None:
    """A day as it is written in Great Britain, `14/07/2026` or `14 July 2026`, year first."""
    named = _NAMED_DAY.fullmatch(" ".join(text.lower().split()))
    if named:
        months = [at for at, each in enumerate(_MONTHS, 1) if each.startswith(named[2])]
        text = f"{named[1]:0>2}/{months[0]:02}/{named[3]}" if months else text
    try:
        return iso_day(text)
    except Refused:
        return None


def country_code(name: str, codes: Collection[str]) -> str | None:
    """`United Kingdom`, `UK` or `gb` as `GB`; None where the name is no country's of `codes`."""
    name = " ".join(name.split())
    if name.upper() in codes:
        return name.upper()
    code = _by_name().get(name.casefold().removesuffix("."))
    return code if code in codes else None


@cache
def _by_name() -> dict[str, str]:
    names = {name.casefold(): code for code, name in Locale("en", "GB").territories.items()}
    return {**names, **ALSO}


def tidy(text: str) -> str:
    """The notes with one kind of line end, no tabs and no blanks at the end; the words stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    text = _BLANKS_LAST.sub("", unicodedata.normalize("NFC", text))
    text = _BLANK_LINES_FIRST.sub("", text).rstrip("\n")
    return f"{text}\n" if text else ""


def read_notes(file: Path) -> str:
    """The release notes in a text file, or on standard input (`-`); raises Refused."""
    place = "standard input" if str(file) == "-" else str(file)
    try:
        with sys.stdin.buffer if str(file) == "-" else file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"the file cannot be opened: {(error.strerror or 'no reason given').lower()}"
        raise refusal(place, why, "check the path of the notes") from error
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes"
        raise refusal(place, message, "shorten the notes")
    try:
        notes = tidy(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = "the file is not UTF-8 text"
        raise refusal(place, message, "save it as text in UTF-8") from error
    if not notes.strip():
        raise refusal(place, "the file holds no notes", "say what changed")
    odd = [each._replace(path=place) for each in odd_characters(notes)]
    if odd:
        raise Refused(odd)
    return notes
