"""Which entries a look-up means, and the answer for each.

Pure: a query, one state of the register and its answers in; hits, or what is not known, out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fir.answers import INVENTORY_TYPES, Answer, Answers
from fir.answers.query import SPANS, Part, Reading, parse, words_of
from fir.model import Entry, Manufacturer, Repository

# Two parts of a query never mean the same digits of a device, or one number or hash both.
_SLOTS = {
    **SPANS,
    "cpl_number": (20, 21),
    "image_hash": (21, 22),
    "former_image_hash": (21, 22),
}
# Which readings may be used, and whether in the order of the inventory, until something is found.
_ATTEMPTS = ((False, True), (False, False), (True, False))
_NEAREST = ("unknown-manufacturer", "unknown-model", "unknown-firmware")


class Hit(NamedTuple):
    """An entry that every part of the query fits, its answer, and how the parts were read."""

    entry: Entry
    answer: Answer
    readings: tuple[Reading, ...]


class Unknown(NamedTuple):
    """A device that the CPL does not list, in inventory strings, and how far it is known."""

    device: tuple[str, ...]
    inventory_type: str | None
    answer: Answer


class Found(NamedTuple):
    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]
    """By CPL number."""
    known: tuple[bool, ...]
    """Of each part, whether any entry fits it by itself."""
    unknown: Unknown | None
    """Where nothing was found as typed: the device that the query names in full, or a type that is
    never listed."""

    @property
    def as_typed(self) -> bool:
        """False where only another coding, or a former value, of what was typed was found."""
        readings = (reading for hit in self.hits for reading in hit.readings)
        return not any(reading.second and reading.means != "words" for reading in readings)


def find(query: str, repository: Repository, answers: Answers) -> Found:
    """What the register holds for a query; raises QueryRefused where it is none."""
    parts = parse(query)
    search = _Search(repository)
    types = [part.readings[0].value for part in parts if part.readings[0].means == "inventory_type"]
    never = any(not INVENTORY_TYPES[name] for name in types)
    hits: tuple[Hit, ...] = ()
    for second, ordered in () if never else _ATTEMPTS:
        hits = hits or tuple(
            Hit(entry, answers.of_entry(entry), readings)
            for _, entry in sorted(repository.entries.items())
            if (readings := search.fit(entry, parts, second=second, ordered=ordered))
        )
    known = tuple(search.knows(part) for part in parts)
    found = Found(parts, hits, known, None)
    if hits and found.as_typed:
        return found
    return found._replace(unknown=_unknown(parts, types, answers))


def _unknown(parts: Sequence[Part], types: list[str], answers: Answers) -> Unknown | None:
    """The device that a query names in full, in the order that is known furthest."""
    kind = types[0] if types else None
    if kind and not INVENTORY_TYPES[kind]:
        return Unknown((), kind, answers.of_device("", "", "", kind)[0])
    options = [
        [reading for reading in part.readings if reading.means in SPANS and not reading.second]
        for part in parts
    ]
    best: Unknown | None = None
    for ordered in (True, False):
        for readings in _combinations([each for each in options if each], ordered):
            device = "".join(each.value for each in sorted(readings, key=_slot))
            if len(device) == 20:
                strings = device[:4], device[4:12], device[12:]
                unknown = Unknown(strings, kind, answers.of_device(*strings, kind)[0])
                if unknown.answer.listing not in _NEAREST:
                    return None  # the device is listed: what fails is another part of the query
                if best is None or _rank(unknown) > _rank(best):
                    best = unknown
    return best


def _rank(unknown: Unknown) -> int:
    return _NEAREST.index(unknown.answer.listing)


def _slot(reading: Reading) -> tuple[int, int]:
    return _SLOTS.get(reading.means, (99, 99))


def _combinations(
    options: Sequence[Sequence[Reading]], ordered: bool, taken: tuple[Reading, ...] = ()
) -> Iterator[tuple[Reading, ...]]:
    """One reading a part, no two for the same slot; with `ordered`, device parts in their order."""
    if not options:
        yield taken
        return
    for reading in options[0]:
        start, end = _slot(reading)
        clash = any(start < _slot(each)[1] and _slot(each)[0] < end for each in taken)
        early = any(start < _slot(each)[0] < 20 for each in taken)
        if not clash and not (ordered and early):
            yield from _combinations(options[1:], ordered, (*taken, reading))


class _Search:
    """Fits queries to the entries of one repository."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._words: dict[str, str] = {}
        self._former: dict[str, list[str]] = {}
        for change in repository.changes:
            if change.field == "image_hash" and change.before:
                self._former.setdefault(change.cpl_number, []).append(change.before)
        self._users: dict[str, list[Manufacturer]] = {}
        for manufacturer in repository.manufacturers.values():
            for identifier in manufacturer.manufacturer_identifiers:
                self._users.setdefault(identifier, []).append(manufacturer)

    def fit(
        self, entry: Entry, parts: Sequence[Part], *, second: bool, ordered: bool
    ) -> tuple[Reading, ...] | None:
        """How the entry fits every part of the query, or None."""
        options = []
        for part in parts:
            fitting = [
                reading
                for reading in part.readings
                if (second or not reading.second) and self._fits(entry, reading)
            ]
            if not fitting:
                return None
            options.append(fitting)
        return next(_combinations(options, ordered), None)

    def knows(self, part: Part) -> bool:
        return any(
            self.fit(entry, [part], second=True, ordered=False)
            for entry in self._repository.entries.values()
        )

    def _fits(self, entry: Entry, reading: Reading) -> bool:
        means, value = reading.means, reading.value
        if means in SPANS:
            start, end = SPANS[means]
            return "".join(entry[3:8])[start:end] == value
        if means == "cpl_number":
            return entry.cpl_number == value
        if means == "inventory_type":
            return entry.device_type in INVENTORY_TYPES[value]
        if means == "image_hash":
            return entry.image_hash.startswith(value)
        if means == "former_image_hash":
            return any(each.startswith(value) for each in self._former.get(entry.cpl_number, ()))
        return f" {value}" in self._words_of(entry)

    def _words_of(self, entry: Entry) -> str:
        """What people call the product and its manufacturer, a blank before each word."""
        known = self._words.get(entry.cpl_number)
        if known is None:
            record = self._repository.by_number.get(entry.cpl_number)
            owner = self._repository.manufacturers.get(record.manufacturer) if record else None
            owners = [owner] if owner else self._users.get(entry.manufacturer_identifier, [])
            names = [entry.device_type, entry.label, entry.image_creator]
            names += [name for each in owners for name in (each.name, *each.also_known_as)]
            names += [record.product_name or ""] if record else []
            known = self._words[entry.cpl_number] = "".join(f" {words_of(name)}" for name in names)
        return known
