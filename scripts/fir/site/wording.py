"""How values are written for people: days, counts, versions, telephone numbers. Plain text."""

from __future__ import annotations

import re
from functools import lru_cache

from fir.answers.sentences import in_words as in_words

NO_RECORD = "No record yet"
NO_DAY = "day not known"
SHORT_TYPES = {
    "Communications Hub": "communications hub",
    "Gas Smart Meter": "gas meter",
    "HAN Connected Auxiliary Load Control Switch": "load control switch",
    "Polyphase Electricity Metering Equipment": "polyphase electricity meter",
    "Pre-Payment Interface Device": "prepayment display",
    "Single Element Electricity Metering Equipment": "electricity meter",
    "Twin Element Electricity Metering Equipment": "twin element electricity meter",
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@lru_cache(maxsize=4096)
def day(iso: str) -> str:
    """`2026-07-14` as `14 Jul 2026`; what is no date stays as it is."""
    found = _DAY.fullmatch(iso)
    if not found or not 1 <= int(found[2]) <= 12:
        return iso
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def sentence_case(text: str) -> str:
    """The first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def short_type(device_type: str) -> str:
    return SHORT_TYPES.get(device_type, device_type)


def version_number(text: str) -> str:
    """`SMETS V4.2` as `4.2`."""
    return text.split()[-1].removeprefix("V") if text else "not known"


def specification(text: str) -> str:
    """`CHTS V1.1` as `CHTS`; where nothing is stated, the one that most devices meet."""
    return text.split()[0] if text else "SMETS"


# A telephone number as people read it; what is dialled and copied stays as it was given.

# The United Kingdom's plan, where the first digits alone tell where a number is parted. Left out
# are the towns whose own code has five digits or whose numbers are short: nothing is guessed.
_FIVE_DIGITS = "1387|1524|1539|1697|1768|1946"
_UK = (
    (re.compile(r"\+44(2[03489])([0-9]{4})([0-9]{4})"), r"+44 \1 \2 \3"),
    (re.compile(r"\+44(1[2-69]1|11[3-8]|[389][0-9]{2})([0-9]{3})([0-9]{4})"), r"+44 \1 \2 \3"),
    (
        re.compile(rf"\+44(?!{_FIVE_DIGITS})(1[2-9][0-9]{{2}}|7[0-9]{{3}})([0-9]{{6}})"),
        r"+44 \1 \2",
    ),
)


def readable(number: str) -> str:
    """`+441632960123` as `+44 1632 960123`; a number of another plan as it is."""
    for form, grouped in _UK:
        if form.fullmatch(number):
            return form.sub(grouped, number)
    return number
