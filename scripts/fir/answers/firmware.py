"""One firmware of a line: its entries, its records, and what they state of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from fir.model import Entry, Line, Record, version_key

ImageKind = Literal["whole", "fragment", "partial", "not-stated"]


@dataclass(frozen=True, eq=False)
class Firmware:
    """One firmware version of a line: every entry that lists it, and their records."""

    line: Line
    version: str
    entries: tuple[Entry, ...]
    records: Mapping[str, Record] = field(repr=False)

    @cached_property
    def current(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.listing == "current")

    @cached_property
    def offered(self) -> tuple[Entry, ...]:
        """The Current entries that the manufacturer has not withdrawn."""
        return tuple(entry for entry in self.current if not self.withdrawal_of(entry))

    def withdrawal_of(self, entry: Entry) -> bool:
        record = self.records.get(entry.cpl_number)
        return record is not None and record.withdrawn is not None

    @property
    def first_number(self) -> str:
        return self.entries[0].cpl_number

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that speak for this firmware: a Current one wins over a Removed one."""
        removed = tuple(entry for entry in self.entries if entry.listing == "removed")
        return self.offered or self.current or removed or self.entries

    @cached_property
    def entry(self) -> Entry:
        """The entry to show: of those that speak, the one with the highest GBCS, then number."""
        return max(
            self.standing, key=lambda each: (version_key(each.gbcs_version), each.cpl_number)
        )

    @property
    def listing(self) -> str:
        return self.entry.listing

    @property
    def withdrawn(self) -> bool:
        """Withdrawn in every Current entry, or, where none is Current, in any."""
        if self.current:
            return not self.offered
        return any(self.withdrawal_of(entry) for entry in self.entries)

    @cached_property
    def record(self) -> Record | None:
        """The record to show: the shown entry's, else the newest there is."""
        shown = (self.entry, *reversed(self.standing), *reversed(self.entries))
        numbers = [entry.cpl_number for entry in shown]
        return next((self.records[number] for number in numbers if number in self.records), None)

    @cached_property
    def gbcs(self) -> tuple[int, ...]:
        return version_key(self.entry.gbcs_version)

    @cached_property
    def number(self) -> int:
        """The firmware version as the number it is."""
        return int(self.version, 16)

    @cached_property
    def released_on(self) -> str | None:
        """The release date, where the records that give one agree."""
        dates = {record.released_on for record in self.records.values() if record.released_on}
        return dates.pop() if len(dates) == 1 else None

    @cached_property
    def sources(self) -> frozenset[str] | None:
        """CPL numbers this may be installed directly over; None where no record states it."""
        spoken = [self.records[e.cpl_number] for e in self.standing if e.cpl_number in self.records]
        stated = [each.upgrade_from for each in spoken if each.upgrade_from is not None]
        return frozenset(number for numbers in stated for number in numbers) if stated else None

    @cached_property
    def replaced_by(self) -> frozenset[str]:
        if not self.withdrawn:
            return frozenset()
        withdrawals = [record.withdrawn for record in self.records.values() if record.withdrawn]
        return frozenset(each.replaced_by for each in withdrawals if each.replaced_by)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(entry.cpl_number for entry in self.entries)


_FRAGMENT = re.compile(r"fragment\s+([0-9]{1,4})\s+of\s+([0-9]{1,4})", re.IGNORECASE)


def image_kind(descriptor: str) -> ImageKind:
    """What the CPL's image descriptor says the image holds; `Fragment 1 of 1` is a whole image.

    >>> image_kind("Fragment 2 of 3 of version 7F.01")
    'fragment'
    """
    lowered = descriptor.casefold()
    fragment = _FRAGMENT.search(descriptor)
    if fragment:
        return "whole" if int(fragment[2]) == 1 else "fragment"
    if "fragment" in lowered:
        return "fragment"
    if any(word in lowered for word in ("complete", "whole", "full image")):
        return "whole"
    if "-only" in lowered or lowered == "application":
        return "partial"
    return "not-stated"
