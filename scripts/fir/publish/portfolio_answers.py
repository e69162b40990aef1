"""What a browser answers a portfolio from: the answer of every firmware, whole, in one file.

A page that fetched the answers of single devices would tell the server which devices a reader has.
So all of them come at once, and nothing more is asked for however large the reader's file. The
answers are worked out here; the browser only looks them up.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from fir.answer import Answer, Firmware
from fir.answer.words import UNKNOWN, WORDS, rests_on, sentence, withdrawal_of
from fir.publish.as_json import edition_json
from fir.publish.certificate import kind_of
from fir.publish.edition import Edition
from fir.publish.find_index import certificate, compact, reading_rules
from fir.publish.markup import day
from fir.publish.portfolio_contacts import Contacts
from fir.publish.portfolio_sample import sample_csv
from fir.publish.remembered import once_an_edition
from fir.publish.sign import SHAPES, short_type
from fir.publish.way_row import way_row


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
            "contacts": contacts.told,
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
