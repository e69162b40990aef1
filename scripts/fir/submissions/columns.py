"""The fields of a submission as columns of a table or headings of an issue: one list, the schema.

`fir add` reads them, and the published template and its data dictionary are written from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from fir.model import Shapes
from fir.strict_yaml.characters import Keys

_KIND = "submission"
# Names that say little without what they are of: `device_type`, `address_lines`, `withdrawn_on`.
_OF_SOMETHING = ("type", "lines", "on", "reason", "confirmed_on")
# Told by `manufacturer` and `contact`.
_LEFT_OUT = ("new_manufacturer",)
# Lists of which a row gives one.
_ONE_OF = ("entries", "corrections")
_NAMED: dict[Keys, str] = {
    ("corrections", 0, "on"): "corrected_on",
    ("corrections", 0, "what"): "correction",
}
_REQUIRED = ("manufacturer", "release_notes")
_LAST = ("contact", "website", "submitter")
_IN_A_TABLE = {
    "manufacturer": "The short name of the manufacturer, or its company name. A company that is "
    "new here gives its contact as well.",
    "upgrade_from": "CPL numbers with a blank between them: the earlier firmware this one may be "
    "installed directly over. The word none says that there is none.",
    "address_lines": "One to four lines with a semicolon between them: building, street and "
    "whatever else belongs before the town.",
}


class Column(NamedTuple):
    name: str
    title: str
    keys: Keys
    """Where its value goes in a submission."""
    is_list: bool
    required: bool
    description: str
    example: str


def columns(shapes: Shapes) -> list[Column]:
    """Every column, in the order in which people fill them in."""
    found = list(_columns(shapes, ()))
    return sorted(found, key=lambda column: column.keys[0] in _LAST)


def _columns(shapes: Shapes, keys: Keys) -> Iterator[Column]:
    for name, inner in shapes.field(_KIND, keys).get("properties", {}).items():
        here = (*keys, name)
        field = shapes.field(_KIND, here)
        if name in _LEFT_OUT or inner is False:
            continue
        if len(here) == 1 and name in _ONE_OF:
            yield from _columns(shapes, (name, 0))
        elif field.get("type") == "object":
            yield from _columns(shapes, here)
        else:
            yield _column(here, field)


def _column(keys: Keys, field: dict[str, Any]) -> Column:
    name = _NAMED.get(keys, str(keys[-1]))
    if name in _OF_SOMETHING:
        name = f"{keys[-2]}_{name}"
    is_list = field.get("type") == "array"
    example = next(iter(field.get("examples", ())), "")
    between = " " if name == "upgrade_from" else "; "
    return Column(
        name,
        field["title"],
        keys,
        is_list,
        name in _REQUIRED,
        _IN_A_TABLE.get(name, field["description"]),
        between.join(example) if is_list else str(example),
    )


def folded(header: str) -> str:
    """What two spellings of a header have in common: `Firmware version`, `firmware_version`."""
    return re.sub(r"[^a-z0-9]+", "_", header.casefold()).strip("_")


def by_header(shapes: Shapes) -> dict[str, Column]:
    """Each column by the name and by the title that may head it, folded."""
    known = columns(shapes)
    titles = {folded(column.title): column for column in known}
    return {**titles, **{column.name: column for column in known}}


def listed(column: Column, said: str) -> list[str]:
    """The values of a list in one cell: numbers, or the lines of an address.

    `none` is the empty list of numbers, which states that there is none.
    """
    numbers = column.name == "upgrade_from"
    if numbers and said.strip().casefold() == "none":
        return []
    parts = re.split(r"[\s,;]+" if numbers else r"[;\n]+", said)
    return [part.strip() for part in parts if part.strip()]
