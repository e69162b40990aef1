"""What a browser answers a portfolio from: the answer of every firmware, whole, in one file.

A page that fetched the answers of single devices would tell the server which devices a reader has.
So all of them come at once, and nothing more is asked for however large the reader's file. The
answers are worked out here; the browser only looks them up.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fir.answers import INVENTORY_TYPES, Answer, Firmware, Way
from fir.answers.sentences import UNKNOWN, WORDS, installing, rests_on, sentence, withdrawal_of
from fir.model import Entry
from fir.repository_entry import business_address
from fir.site.as_json import edition_json
from fir.site.browser_data.find_index import certificate, compact, reading_rules
from fir.site.edition import Edition, once_an_edition
from fir.site.entry_view import SHAPES
from fir.site.entry_view import expiry_kind as kind_of
from fir.site.wording import day, readable, short_type

# Whom to call, for a browser: each contact once, by its place in a list.


class Contacts:
    """The contacts that answers name, in the order in which they are first named."""

    def __init__(self, edition: Edition) -> None:
        self._manufacturers = edition.repository.manufacturers
        self._place: dict[tuple[str, ...], int] = {}

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Slug, name, email, telephone to dial and to read, and address, of each."""
        return list(self._place)

    def of(self, slugs: Iterable[str], device_type: str) -> tuple[int, ...]:
        """The places of the contacts for a type of device; any type where it is empty."""
        known = (self._manufacturers[slug] for slug in slugs if slug in self._manufacturers)
        return tuple(self._placed(each.slug, each.name, device_type) for each in known)

    def _placed(self, slug: str, name: str, device_type: str) -> int:
        contact = self._manufacturers[slug].contact_for(device_type)
        phone = contact.telephone
        row = (slug, name, contact.email, phone, readable(phone), business_address(contact))
        return self._place.setdefault(row, len(self._place))


# A file of meters to try the portfolio with, made of what this edition holds.

_HEADING = "DeviceType,DeviceManufacturer,DeviceModel,DeviceFirmwareVersion,count"
_OF_EACH_ANSWER = 3
_UNUSED = "FEFEFEFE"
"""A firmware version that no manufacturer has any reason to use."""


def sample_csv(edition: Edition) -> str:
    """Some of each answer, a hub with both its rows, a repair, and what is not on the CPL."""
    return "".join(f"{line}\n" for line in (_HEADING, *_lines(edition)))


def _lines(edition: Edition) -> Iterator[str]:
    chosen = _chosen(edition)
    for place, entry in enumerate(chosen):
        for name in _inventory_names(entry):
            yield _line(name, *entry.device.inventory_strings, 40 + 37 * place % 211)
    damaged = next((entry for entry in chosen if entry.firmware_version[0] == "0"), None)
    if damaged:
        maker, model, firmware = damaged.device.inventory_strings
        colons = f"{maker[:2]}:{maker[2:]}".lower()
        yield _line(_inventory_names(damaged)[0], colons, model.lower(), firmware.lstrip("0"), 12)
    if chosen:
        maker, model, _ = chosen[0].device.inventory_strings
        yield _line(_inventory_names(chosen[0])[0], maker, model, _UNUSED, 9)
        yield _line(_inventory_names(chosen[0])[0], maker, "NaN", _UNUSED, 2)
    yield _line("IHD", "", "", "", 31)


def _chosen(edition: Edition) -> list[Entry]:
    """The newest entries of each answer, no firmware twice."""
    found: dict[str, dict[tuple[str, ...], Entry]] = {}
    for number, entry in sorted(edition.repository.entries.items(), reverse=True):
        of_answer = found.setdefault(edition.answer_of[number].answer, {})
        if len(of_answer) < _OF_EACH_ANSWER:
            of_answer.setdefault(entry.device.inventory_strings, entry)
    return [entry for of_answer in found.values() for entry in of_answer.values()]


def _inventory_names(entry: Entry) -> list[str]:
    """What the inventory calls the device: a Communications Hub is two devices there."""
    names = [name for name, types in INVENTORY_TYPES.items() if entry.device_type in types]
    return names if entry.device_type == "Communications Hub" else names[:1]


def _line(*values: str | int) -> str:
    return ",".join(map(str, values))


# A way from one firmware to another as a browser shows it: firmware by its place in a list.


def way_row(way: Way, place: Mapping[Firmware, int]) -> tuple[Any, ...]:
    """To, direct, the same in words, steps, what comes between, outage alert, its notes, image."""
    return (
        place[way.target],
        way.direct,
        installing(way),
        tuple(place[each] for each in way.steps),
        tuple((place[each.firmware], each.repeats) for each in way.since),
        way.outage_alert,
        way.outage_notes,
        way.image,
    )


class _Row(NamedTuple):
    """One firmware of a line, by its place in the list of all; what is not known is null."""

    model: str
    """Manufacturer, model and hardware: 12 digits."""
    version: str
    type: str
    numbers: tuple[str, ...]
    """CPL numbers, first the entry that speaks for the firmware."""
    status: str
    label: str
    product: str
    smets_chts: str
    gbcs: str
    certificate: tuple[str, str]
    """Its day, and what kind of day."""
    due: str
    """The same in words."""
    notes: str | None
    answer: str
    listing: str
    newer: str
    withdrawn: bool
    recorded: bool
    said: str
    basis: str
    whom: tuple[int, ...]
    others: tuple[int, ...]
    """The firmware that is neither newer nor older for all that is known."""
    way: tuple[Any, ...] | None
    """As `way_row` has it."""


@once_an_edition
def portfolio_answers(edition: Edition) -> bytes:
    """`portfolio/answers.json`."""
    found = [
        (firmware, edition.answers.of_entry(firmware.entry))
        for history in edition.answers.histories.values()
        for firmware in history.firmware
    ]
    place = {firmware: index for index, (firmware, _) in enumerate(found)}
    contacts = Contacts(edition)
    rows = [_row(edition, answer, place, contacts) for _, answer in found]
    policy = edition.repository.policy
    users = {
        identifier: contacts.of([each.slug for each in makers], "")
        for identifier, makers in edition.users.items()
    }
    return compact(
        {
            **edition_json(edition),
            "panel": {"name": policy.panel_name, "email": policy.panel_email},
            "reading": reading_rules(),
            "answers": {name: [shape, WORDS[name]] for name, shape in SHAPES.items()},
            "unknown": {name: [WORDS[name], said] for name, said in UNKNOWN.items()},
            "types": {firmware.line.type: short_type(firmware.line.type) for firmware, _ in found},
            "contacts": contacts.rows,
            "users": users,
            "columns": {
                name: _column(values)
                for name, values in zip(_Row._fields, _turned(rows), strict=True)
            },
            "sample": sample_csv(edition),
        }
    )


def _row(edition: Edition, answer: Answer, place: dict[Firmware, int], contacts: Contacts) -> _Row:
    firmware = answer.firmware
    assert firmware is not None  # a listed firmware is always known
    entry, record = firmware.entry, firmware.record
    others = (each.cpl_number for each in firmware.entries if each is not entry)
    due, on, _ = certificate(edition, entry)
    return _Row(
        model="".join(entry[3:7]),
        version=firmware.version,
        type=entry.device_type,
        numbers=(entry.cpl_number, *others),
        status=entry.status if entry.listing != "no-longer-listed" else "No longer listed",
        label=entry.label,
        product=(record and record.product_name) or "",
        smets_chts=entry.smets_chts_version,
        gbcs=entry.gbcs_version,
        certificate=(on, kind_of(entry) if on else ""),
        due=due,
        notes=record.release_notes if record else None,
        answer=answer.answer,
        listing=answer.listing,
        newer=answer.newer,
        withdrawn=answer.withdrawn,
        recorded=answer.recorded,
        said=_said(edition, answer),
        basis=rests_on(answer),
        whom=contacts.of(answer.whom, entry.device_type),
        others=tuple(place[each] for each in answer.unclear_firmware),
        way=way_row(answer.way, place) if answer.way else None,
    )


def _said(edition: Edition, answer: Answer) -> str:
    """The sentence of `fir find`, with its one day as the pages write days."""
    said = sentence(answer, edition.snapshot)
    withdrawal = withdrawal_of(answer.firmware) if answer.firmware else None
    if withdrawal is None:
        return said
    return said.replace(f" on {withdrawal.on}:", f" on {day(withdrawal.on)}:", 1)


def _turned(rows: Sequence[_Row]) -> Iterable[tuple[Hashable, ...]]:
    return zip(*rows, strict=True) if rows else [() for _ in _Row._fields]


def _column(values: Sequence[Hashable]) -> dict[str, list[Any]]:
    """Distinct values and which of them each row has; without the latter where all differ."""
    known: dict[Hashable, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    told: dict[str, list[Any]] = {"values": list(known)}
    return told if len(known) == len(values) else {**told, "codes": codes}
