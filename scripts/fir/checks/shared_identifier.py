"""Two manufacturers list the same manufacturer identifier.

Why: it is how a device names its maker. Companies do share identifiers, after a merger or when one
builds for another, but a typing slip looks the same.
Mend: keep it in both files only where both companies submit firmware under it; where one has taken
over the other, state `succeeded_by`.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Manufacturer, Repository

STAGE = "neighbours"
LEVEL = "note"


def check(repository: Repository) -> Iterator[Diagnostic]:
    owner: dict[str, Manufacturer] = {}
    for _, manufacturer in sorted(repository.manufacturers.items()):
        for index, identifier in enumerate(manufacturer.manufacturer_identifiers):
            first = owner.setdefault(identifier, manufacturer)
            if first is manufacturer or _succession(first, manufacturer):
                continue
            message = f"{tick(identifier)} is an identifier of {tick(first.slug)} too"
            fix = f"remove it here or in {first.path}, unless both submit firmware under it"
            place = repository.at(manufacturer.path, "manufacturer_identifiers", index)
            yield Diagnostic(*place, message, fix)


def _succession(one: Manufacturer, other: Manufacturer) -> bool:
    return one.succeeded_by == other.slug or other.succeeded_by == one.slug
