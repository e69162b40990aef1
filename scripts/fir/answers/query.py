"""What the parts of a look-up may mean: number, inventory strings, image hash, device type, words.

Pure text work, no repository; the site's look-up follows the same rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from fir.answers import INVENTORY_TYPES

LONGEST = 1_000
MOST_PARTS = 20
# What identifies a firmware, written in a row: manufacturer 4, model 4, hardware 4, firmware 8.
SPANS = {
    "manufacturer_identifier": (0, 4),
    "model_identifier": (4, 8),
    "hardware": (8, 12),
    "manufacturer_and_model": (0, 8),
    "model": (4, 12),
    "firmware_version": (12, 20),
    "device_model": (0, 12),
    "model_and_firmware": (4, 20),
    "device": (0, 20),
}
_BYTE = re.compile(r"[0-9A-Fa-f]{2}")
_HEX = re.compile(r"(?:0[xX])?([0-9A-Fa-f]+(?:[:-][0-9A-Fa-f]+)*)")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){2,3}")
_WORD = re.compile(r"[^\W_]+")
RUNS = (2, 4, 6, 8, 10, 32)
HASH = range(6, 65)
"""How many digits an image hash or its beginning has."""
# What a spreadsheet may have turned into a decimal number, with its hexadecimal digits.
DECIMAL = {"manufacturer_identifier": 4, "model": 8, "firmware_version": 8}


class Reading(NamedTuple):
    """One thing that a part of the query may mean."""

    means: str
    value: str
    second: bool = False
    """Worth trying only where the first readings find nothing."""
    coding: str = ""
    """How the value would have to be written for this reading: `BCD` or `decimal`."""


class Part(NamedTuple):
    text: str
    readings: tuple[Reading, ...]


class QueryRefused(Exception):
    """The query is none; the sentence says why."""


def parse(query: str) -> tuple[Part, ...]:
    """The parts of a query, each with its readings; all must hold. Raises QueryRefused."""
    if len(query) > LONGEST:
        raise QueryRefused(f"a query has at most {LONGEST:,} characters")
    parts = tuple(Part(text, tuple(_readings(text))) for text in _texts(query))
    parts = tuple(part for part in parts if part.readings)
    if not parts:
        raise QueryRefused("the query holds nothing to look for")
    if len(parts) > MOST_PARTS:
        raise QueryRefused(f"a query has at most {MOST_PARTS} parts")
    if any(part.readings[0].means == "words" for part in parts):
        # `Gas 200` is a name as likely as a number; `200` alone is a number.
        return tuple(Part(part.text, tuple(map(_words_first, part.readings))) for part in parts)
    return parts


def _words_first(reading: Reading) -> Reading:
    return reading._replace(second=False) if reading.means == "words" else reading


def _texts(query: str) -> Iterator[str]:
    """The query cut at blanks; bytes written apart, `7F 01`, and `Type 2` put together."""
    texts = query.replace(",", " ").replace(";", " ").split()
    while texts:
        count = next((i for i, text in enumerate(texts) if not _BYTE.fullmatch(text)), len(texts))
        if texts[0].upper() == "TYPE" and texts[1:2] == ["2"]:
            count = 2
        elif count not in RUNS:
            count = 1
        text = " ".join(texts[:count])
        del texts[:count]
        if text.upper() != "CPL" or not texts:
            yield text


def _readings(text: str) -> Iterator[Reading]:
    if text.upper() in INVENTORY_TYPES:
        yield Reading("inventory_type", text.upper())
        return
    identifier = _HEX.fullmatch(text.replace(" ", ""))
    known = False
    if identifier:
        for reading in _identifiers(identifier[1]):
            known = True
            yield reading
    elif _DOTTED.fullmatch(text):
        known = True
        yield from _dotted(text)
    words = words_of(text)
    if words:
        yield Reading("words", words, second=known)


def _identifiers(text: str) -> Iterator[Reading]:
    """What hex digits may be, with or without colons and hyphens."""
    digits = re.sub("[:-]", "", text).upper()
    plain = digits == text.upper()
    number = plain and digits.isdigit() and len(digits) <= 6
    if number:
        yield Reading("cpl_number", digits.zfill(6))
    for means, (start, end) in SPANS.items():
        if len(digits) == end - start and (means != "manufacturer_and_model" or "-" in text):
            yield Reading(means, digits)
            if end == 20:
                for version in _recoded(digits[-8:]):
                    yield Reading(means, digits[:-8] + version, second=True, coding="BCD")
    if plain and digits.isdigit():
        for means, width in DECIMAL.items():
            if 1_000 <= int(digits) < 16**width:
                yield Reading(means, f"{int(digits):0{width}X}", second=True, coding="decimal")
    if len(digits) in HASH:
        yield Reading("image_hash", digits, second=number)
        yield Reading("former_image_hash", digits, second=True)


def _recoded(version: str) -> Iterator[str]:
    """The versions that mean the same where one writer uses hex and the other decimal digits.

    >>> list(_recoded("00041001"))
    ['00040A01', '00041601']
    """
    pairs = [version[i : i + 2] for i in range(0, 8, 2)]
    if version.isdigit():
        yield "".join(f"{int(pair):02X}" for pair in pairs)
    if all(int(pair, 16) < 100 for pair in pairs):
        yield "".join(f"{int(pair, 16):02d}" for pair in pairs)


def _dotted(text: str) -> Iterator[Reading]:
    """`4.10.1` as four bytes: the missing one before or behind, in hex or in decimal digits."""
    numbers = [int(number) for number in text.split(".")]
    rows = [numbers] if len(numbers) == 4 else [[0, *numbers], [*numbers, 0]]
    for row in rows:
        if max(row) < 256:
            value = "".join(f"{number:02X}" for number in row)
            yield Reading("firmware_version", value, second=True, coding="decimal")
        if max(row) < 100:
            value = "".join(f"{number:02d}" for number in row)
            yield Reading("firmware_version", value, second=True, coding="BCD")


def words_of(text: str) -> str:
    """Letters and digits in lower case without accents, whatever else there is as one blank."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(text.casefold()))
