"""Which firmware is newer, and the whole answer to "is this the latest?" (design, section 4).

Pure: entries and records in, answers out. Only firmware of one *line* is compared: one Device
Model of one device type within SMETS1 or within SMETS2+. The manufacturer's statement decides
where there is one; otherwise number, version and GBCS must agree; where they do not, the answer is
*unclear*, because only the manufacturer knows.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from fir.model import Entry, Line, Record, Repository, version_key

Relation = Literal["newer", "older", "unclear"]
Basis = Literal["upgrade_from", "replaced_by", "released_on", "order"]
Newer = Literal["none", "exists", "unclear"]
Direct = Literal["stated-yes", "via", "stated-no", "not-stated"]
ImageKind = Literal["whole", "fragment", "partial", "not-stated"]

# What the Smart Metering Inventory calls a device → the types the CPL lists it under. A Type 2
# Device is never listed (Inventory Enrolment and Withdrawal Procedures, clause 2.9).
_ESME = (
    "Single Element Electricity Metering Equipment",
    "Twin Element Electricity Metering Equipment",
    "Polyphase Electricity Metering Equipment",
)
INVENTORY_TYPES: Mapping[str, tuple[str, ...]] = {
    "CHF": ("Communications Hub",),
    "GPF": ("Communications Hub",),
    "ESME": _ESME,
    "GSME": ("Gas Smart Meter",),
    "SAPC": _ESME[:1],
    "PPMID": ("Pre-Payment Interface Device",),
    "HCALCS": ("HAN Connected Auxiliary Load Control Switch",),
    "IHD": (),
    "TYPE 2": (),
    "TYPE2": (),
}


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


class Comparison(NamedTuple):
    """How one firmware stands to another, and what that rests on."""

    relation: Relation
    basis: Basis


class Since(NamedTuple):
    """One firmware on the way to the latest: its notes, None where nobody supplied them."""

    firmware: Firmware
    notes: str | None
    repeats: str | None
    """The version on the way that has the very same text, which is not said twice."""


@dataclass(frozen=True)
class Way:
    """From this firmware to the latest: how to get there and what changes."""

    target: Firmware
    direct: Direct
    steps: tuple[Firmware, ...]
    """What to install, in order, ending with the target; empty where nobody states an order."""
    since: tuple[Since, ...]
    gbcs: tuple[str, str]
    smets_chts: tuple[str, str]
    outage_alert: str
    outage_notes: tuple[str, ...]
    image: ImageKind


@dataclass(frozen=True)
class Answer:
    """The answer for one firmware of one device; `firmware` is None where the CPL knows none."""

    listing: str
    newer: Newer
    withdrawn: bool
    recorded: bool
    answer: str
    firmware: Firmware | None = None
    newer_firmware: tuple[Firmware, ...] = ()
    unclear_firmware: tuple[Firmware, ...] = ()
    latest: Firmware | None = None
    """The newest on offer in the line; advice only where it is among `newer_firmware`."""
    basis: Basis | None = None
    way: Way | None = None
    whom: tuple[str, ...] = ()
    """Slugs of the manufacturers to call: the record's, else those that use the identifier."""


class History:
    """The firmware of one line, and the order between any two."""

    def __init__(self, line: Line, firmware: Iterable[Firmware]) -> None:
        self.line = line
        self.firmware = tuple(sorted(firmware, key=lambda each: each.first_number))
        self._of_number = {number: each for each in self.firmware for number in each.numbers}
        self._replaced = self._followed(self._replacements)
        self._upgraded = self._followed(self._upgrades)
        self._compared: dict[tuple[Firmware, Firmware], Comparison] = {}

    def _replacements(self, gone: Firmware) -> list[Firmware]:
        return [self._of_number[n] for n in gone.replaced_by if n in self._of_number]

    def _upgrades(self, source: Firmware) -> list[Firmware]:
        """What is stated to install directly over this, unless a withdrawal sends it back."""
        return [
            each
            for each in self.firmware
            if each.sources
            and each.sources & source.numbers
            and not each.replaced_by & source.numbers
        ]

    def _followed(
        self, step: Callable[[Firmware], list[Firmware]]
    ) -> dict[Firmware, frozenset[Firmware]]:
        """What each firmware leads to, statement after statement."""
        steps = {each: step(each) for each in self.firmware}
        reached = {}
        for each in self.firmware:
            found: set[Firmware] = set()
            queue = deque(steps[each])
            while queue:
                after = queue.popleft()
                if after not in found:
                    found.add(after)
                    queue.extend(steps[after])
            reached[each] = frozenset(found - {each})
        return reached

    def compare(self, this: Firmware, other: Firmware) -> Comparison:
        """Whether `other` is newer than `this`."""
        known = self._compared.get((this, other))
        if known is None:
            known = self._compared[this, other] = self._judge(this, other)
        return known

    def _judge(self, this: Firmware, other: Firmware) -> Comparison:
        # A withdrawal is the later statement: it may send back what an upgrade brought.
        statements: tuple[tuple[Basis, dict[Firmware, frozenset[Firmware]]], ...] = (
            ("replaced_by", self._replaced),
            ("upgrade_from", self._upgraded),
        )
        for basis, after in statements:
            forward, back = other in after[this], this in after[other]
            if forward and back:
                return Comparison("unclear", basis)
            if forward or back:
                return Comparison("newer" if forward else "older", basis)
        if this.released_on and other.released_on and this.released_on != other.released_on:
            later = other.released_on > this.released_on
            return Comparison("newer" if later else "older", "released_on")
        return Comparison(_by_order(this, other), "order")

    def newer(self, this: Firmware, other: Firmware) -> bool:
        return self.compare(this, other).relation == "newer"

    @cached_property
    def latest(self) -> Firmware | None:
        """The firmware on offer that is newer than every other on offer, if there is one."""
        offered = [each for each in self.firmware if each.offered]
        for each in offered:
            if all(each is other or self.newer(other, each) for other in offered):
                return each
        return None

    def between(
        self, this: Firmware, target: Firmware, steps: tuple[Firmware, ...] = ()
    ) -> tuple[Firmware, ...]:
        """Everything newer than `this`, or a step on the way, up to `target`, oldest first."""
        left = [
            each
            for each in self.firmware
            if each is not target
            and (each in steps or (self.newer(this, each) and self.newer(each, target)))
        ]
        ordered: list[Firmware] = []
        while left:
            oldest = next(
                (one for one in left if not any(self.newer(other, one) for other in left)), left[0]
            )
            left.remove(oldest)
            ordered.append(oldest)
        return (*ordered, target)

    def path(self, this: Firmware, target: Firmware) -> tuple[Firmware, ...]:
        """The shortest stated order of installation over firmware on offer; empty if none."""
        came_from: dict[Firmware, Firmware] = {this: this}
        queue = deque([this])
        while queue and target not in came_from:
            source = queue.popleft()
            for each in self.firmware:
                stated = each.sources and each.sources & source.numbers
                if each not in came_from and stated and (each.offered or each is target):
                    came_from[each] = source
                    queue.append(each)
        if target not in came_from:
            return ()
        steps = [target]
        while came_from[steps[-1]] is not this:
            steps.append(came_from[steps[-1]])
        return tuple(reversed(steps))


def _by_order(this: Firmware, other: Firmware) -> Relation:
    """First CPL number, version and GBCS, where the manufacturer states nothing."""
    later = other.first_number > this.first_number
    higher = other.number > this.number
    if not (this.gbcs and other.gbcs):
        return "unclear"
    if later and higher and other.gbcs >= this.gbcs:
        return "newer"
    if not later and not higher and other.gbcs <= this.gbcs:
        return "older"
    return "unclear"


class Answers:
    """Every answer of one state of the register."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        grouped: dict[Line, dict[str, list[Entry]]] = {}
        for number in sorted(repository.entries):
            entry = repository.entries[number]
            versions = grouped.setdefault(entry.line, {})
            versions.setdefault(entry.firmware_version, []).append(entry)
        self.histories = {
            line: History(line, (self._firmware(line, *item) for item in versions.items()))
            for line, versions in grouped.items()
        }
        self._lines: dict[tuple[str, str], list[Line]] = {}
        for line in self.histories:
            self._lines.setdefault((line.manufacturer_identifier, "".join(line[2:5])), []).append(
                line
            )
        self._makers = {line.manufacturer_identifier for line in self.histories}
        self._users: dict[str, tuple[str, ...]] = {}
        for slug, manufacturer in sorted(repository.manufacturers.items()):
            for identifier in manufacturer.manufacturer_identifiers:
                self._users[identifier] = (*self._users.get(identifier, ()), slug)
        self._known: dict[tuple[Line, str], Answer] = {}

    def _firmware(self, line: Line, version: str, entries: list[Entry]) -> Firmware:
        by_number = self._repository.by_number
        numbers = [entry.cpl_number for entry in entries]
        records = {number: by_number[number] for number in numbers if number in by_number}
        return Firmware(line, version, tuple(entries), records)

    def of_entry(self, entry: Entry) -> Answer:
        """The answer for the firmware an entry lists, within its line."""
        key = entry.line, entry.firmware_version
        if key not in self._known:
            history = self.histories[entry.line]
            firmware = next(each for each in history.firmware if each.version == key[1])
            self._known[key] = self._answer(history, firmware)
        return self._known[key]

    def of_device(
        self, manufacturer: str, model: str, firmware: str, inventory_type: str | None = None
    ) -> tuple[Answer, ...]:
        """The answers for three inventory strings (4, 8 and 8 hex digits, capitals).

        More than one where device types or generations share the identifiers. `inventory_type` is
        the inventory's name of the device, such as `CHF` or `ESME`.
        """
        types = INVENTORY_TYPES.get((inventory_type or "").upper())
        if types == ():
            return (_unknown("never-listed"),)
        of_model = [
            line
            for line in self._lines.get((manufacturer, model), ())
            if types is None or line.type in types
        ]
        found = [
            self.of_entry(each.entry)
            for line in of_model
            for each in self.histories[line].firmware
            if each.version == firmware
        ]
        if found:
            return tuple(found)
        whom = self._users.get(manufacturer, ())
        if of_model:
            return (_unknown("unknown-firmware", whom),)
        return (
            _unknown(
                "unknown-model" if manufacturer in self._makers else "unknown-manufacturer", whom
            ),
        )

    def _answer(self, history: History, this: Firmware) -> Answer:
        others = [each for each in history.firmware if each is not this and each.offered]
        compared = [(each, history.compare(this, each)) for each in others]
        newer = tuple(each for each, how in compared if how.relation == "newer")
        unclear = tuple(each for each, how in compared if how.relation == "unclear")
        state: Newer = "exists" if newer else "unclear" if unclear else "none"
        latest = history.latest
        target = latest if latest in newer else None
        basis = history.compare(this, target).basis if target else None
        return Answer(
            listing=this.listing,
            newer=state,
            withdrawn=this.withdrawn,
            recorded=bool(this.records),
            answer=_word(this, state),
            firmware=this,
            newer_firmware=newer,
            unclear_firmware=unclear,
            latest=latest,
            basis=basis,
            way=_way(history, this, target) if target else None,
            whom=self._whom(target, this),
        )

    def _whom(self, *firmware: Firmware | None) -> tuple[str, ...]:
        for each in firmware:
            if each and each.record:
                return (each.record.manufacturer,)
        return next(
            (self._users.get(e.line.manufacturer_identifier, ()) for e in firmware if e), ()
        )


def _unknown(listing: str, whom: tuple[str, ...] = ()) -> Answer:
    """Nothing unknown is ever shown as up to date: whether something is newer is unclear too."""
    return Answer(listing, "unclear", False, False, listing, whom=whom)


def _word(this: Firmware, newer: Newer) -> str:
    if this.withdrawn:
        return "withdrawn"
    if this.listing != "current":
        return this.listing
    return {"exists": "newer-exists", "unclear": "unclear", "none": "latest"}[newer]


def _way(history: History, this: Firmware, target: Firmware) -> Way:
    steps = history.path(this, target)
    if steps:
        direct: Direct = "stated-yes" if len(steps) == 1 else "via"
    else:
        direct = "not-stated" if target.sources is None else "stated-no"
    # Where the target must not be installed directly, what comes first is anybody's guess.
    alert, notes = _outage((target, None) if direct == "stated-no" else steps or (target,))
    return Way(
        target=target,
        direct=direct,
        steps=steps,
        since=_since(history.between(this, target, steps)),
        gbcs=(this.entry.gbcs_version, target.entry.gbcs_version),
        smets_chts=(this.entry.smets_chts_version, target.entry.smets_chts_version),
        outage_alert=alert,
        outage_notes=notes,
        image=image_kind(target.entry.image_descriptor),
    )


def _since(between: tuple[Firmware, ...]) -> tuple[Since, ...]:
    said: dict[str, str] = {}
    since = []
    for each in between:
        notes = each.record.release_notes if each.record else None
        repeats = said.get(notes) if notes is not None else None
        if notes is not None:
            said.setdefault(notes, each.version)
        since.append(Since(each, notes, repeats))
    return tuple(since)


def _outage(installed: tuple[Firmware | None, ...]) -> tuple[str, tuple[str, ...]]:
    """Whether any installation on the way is expected to raise power outage alerts (SEC MP102)."""
    records = [each.record if each else None for each in installed]
    stated = [record.outage_alert_on_activation if record else None for record in records]
    notes = tuple(dict.fromkeys(r.outage_note for r in records if r and r.outage_note))
    if "expected" in stated:
        return "expected", notes
    return ("not-expected" if set(stated) == {"not-expected"} else "unknown"), notes


_FRAGMENT = re.compile(r"fragment\s+([0-9]{1,4})\s+of\s+([0-9]{1,4})", re.IGNORECASE)


def image_kind(descriptor: str) -> ImageKind:
    """What the CPL's image descriptor says the image holds; `Fragment 1 of 1` is a whole image.

    >>> image_kind("Fragment 2 of 3 of version 7F.01")
    'fragment'
    """
    said = descriptor.casefold()
    fragment = _FRAGMENT.search(descriptor)
    if fragment:
        return "whole" if int(fragment[2]) == 1 else "fragment"
    if "fragment" in said:
        return "fragment"
    if any(word in said for word in ("complete", "whole", "full image")):
        return "whole"
    if "-only" in said or said == "application":
        return "partial"
    return "not-stated"
