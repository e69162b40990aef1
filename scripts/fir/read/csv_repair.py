"""What a spreadsheet program or converter did to a CSV of the list, undone where it is certain.

Such programs take text for numbers: `000042` becomes `42`, `05` becomes `5`, `1E52` becomes
`1E+52`, `1F` becomes `NaN`. The column that joins model, hardware version and revision still has
their eight digits. A cell is mended only where exactly one published value explains what is left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from fir.read.cpl_columns import CONCATENATED

_NUMBER = "Entry.number"
_PARTS = {
    "Device_Model.model_identifier": slice(0, 4),
    "Device_Model.hardware_version.version": slice(4, 6),
    "Device_Model.hardware_version.revision": slice(6, 8),
}
_WIDTHS = {
    "Device_Model.manufacturer_identifier": 4,
    "Device_Model.firmware_version": 8,
    **{header: part.stop - part.start for header, part in _PARTS.items()},
}
_NOTHING = ("", "nan", "null", "none", "#n/a")
_WHOLE = re.compile(r"([0-9]{1,15})(?:\.0+)?")


def mend(row: Mapping[str, str]) -> dict[str, str]:
    """What the damaged cells of a row must have been, by header; cells that stay unclear are not
    in it."""
    mended: dict[str, str] = {}
    joined = row.get(CONCATENATED, "")
    for header, width in _WIDTHS.items():
        cell = row.get(header, "")
        if not _sound(cell, width):
            if header in _PARTS and _sound(joined, 8):
                part = joined[_PARTS[header]]
                reading = part if _explains(part, cell) else ""
            else:
                reading = _only_reading(cell, width)
            if reading:
                mended[header] = reading
    whole = _WHOLE.fullmatch(row.get(_NUMBER, ""))
    if whole and len(whole[1]) <= 6 and int(whole[1]) and whole[0] != whole[1].zfill(6):
        mended[_NUMBER] = whole[1].zfill(6)
    if not _sound(joined, 8):
        parts = "".join(mended.get(header, row.get(header, "")) for header in _PARTS)
        if _sound(parts, 8) and _explains(parts, joined):
            mended[CONCATENATED] = parts
    return mended


def _sound(cell: str, width: int) -> bool:
    """Whether the cell has its digits; colons and letter case are the reader's business."""
    return bool(re.fullmatch(f"[0-9A-Fa-f]{{{width}}}", cell.replace(":", "")))


def _explains(published: str, left: str) -> bool:
    """Whether a program that takes text for numbers leaves this of the published value."""
    if left.lower() in _NOTHING:
        return True
    try:
        return len(left) <= 20 and Decimal(published) == Decimal(left)
    except InvalidOperation:
        return False


def _only_reading(left: str, width: int) -> str:
    """The digits with their zeros, unless the number may have been hexadecimal with an exponent.

    `5020` of eight digits is `00005020`, but also what `00502E01` becomes.
    """
    whole = _WHOLE.fullmatch(left)
    if not whole or len(whole[1]) > width:
        return ""
    digits = whole[1].lstrip("0") or "0"
    for exponent in range(width):
        mantissa = digits[: len(digits) - exponent]
        if exponent and not (mantissa and digits.endswith("0" * exponent)):
            break
        if len(f"{mantissa}E{exponent}") <= width:
            return ""
    return whole[1].zfill(width)
