"""A telephone number as people read it; what is dialled and copied stays as it was given."""

from __future__ import annotations

import re

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
