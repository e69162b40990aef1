"""The answer for each firmware: is it the latest, what changed, how to get there, whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fir.answers.firmware import Firmware, ImageKind, image_kind
from fir.answers.order import Basis, History
from fir.model import Entry, Line, Repository

Newer = Literal["none", "exists", "unclear"]
Direct = Literal["stated-yes", "via", "stated-no", "not-stated"]

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


class Since(NamedTuple):
    """One firmware on the way to the latest: its notes, None where nobody supplied them."""

    firmware: Firmware
    notes: str | None
    repeats: str | None
    """The version on the way that has the very same text, which is not said twice."""


@dataclass(frozen=True)
class Way:
    """From one firmware to another, mostly the latest: how to get there and what changes."""

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
            way=way_between(history, this, target) if target else None,
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


def way_between(history: History, this: Firmware, target: Firmware) -> Way:
    """From one firmware of a line to another that is not older, be that the latest or not."""
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
    first_with: dict[str, str] = {}
    since = []
    for each in between:
        notes = each.record.release_notes if each.record else None
        repeats = first_with.get(notes) if notes is not None else None
        if notes is not None:
            first_with.setdefault(notes, each.version)
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
