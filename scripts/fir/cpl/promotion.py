"""A pending record becomes a firmware record once the CPL gives its device a number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from fir.model import Entry, Record, Repository
from fir.strict_yaml.reader import parse
from fir.strict_yaml.writer import to_yaml

_SCHEMA = "../../../schema/firmware-record.schema.json"
_MODELINE = re.compile(r"\A# yaml-language-server:[^\n]*\n")
# Fields that only a pending record has: an entry says them once there is one.
_ONLY_PENDING = ("smets_chts_version", "gbcs_version")
_PENDING_LINE = re.compile(rf"^(?:{'|'.join(_ONLY_PENDING)}):[^\n]*\n", re.MULTILINE)


class Promotion(NamedTuple):
    """A pending record and the entry whose number it takes."""

    record: Record
    entry: Entry

    @property
    def path(self) -> str:
        return f"records/firmware/{self.record.manufacturer}/{self.entry.cpl_number}.yaml"


class Waiting(NamedTuple):
    """A pending record that stays, and why."""

    path: str
    reason: str


def promote(
    repository: Repository, entries: Mapping[str, Entry], new: Collection[str]
) -> tuple[list[Promotion], list[Waiting]]:
    """Which pending records an import can promote, and which go on waiting.

    `entries` are those after the import, `new` the numbers it added. A record is promoted when
    exactly one entry without a record is its device; of several, the one that is new.
    """
    promotions: list[Promotion] = []
    waiting: list[Waiting] = []
    taken = set(repository.by_number)
    claimed: dict[str, Promotion] = {}
    for record in repository.pending:
        same = [entry for entry in entries.values() if _is_device(record, entry)]
        free = [entry for entry in same if entry.cpl_number not in taken]
        fresh = [entry for entry in free if entry.cpl_number in new]
        found = free if len(free) == 1 else fresh
        if len(found) == 1 and found[0].cpl_number not in claimed:
            promotion = Promotion(record, found[0])
            claimed[found[0].cpl_number] = promotion
            promotions.append(promotion)
        else:
            waiting.append(Waiting(record.path, _reason(record, same, free, entries, new)))
    return promotions, waiting


def _is_device(record: Record, entry: Entry) -> bool:
    return record.device == entry.device and all(
        stated in (None, listed)
        for stated, listed in (
            (record.smets_chts_version, entry.smets_chts_version),
            (record.gbcs_version, entry.gbcs_version),
        )
    )


def _reason(
    record: Record,
    same: list[Entry],
    free: list[Entry],
    entries: Mapping[str, Entry],
    new: Collection[str],
) -> str:
    if len(free) > 1:
        numbers = ", ".join(f"`{entry.cpl_number}`" for entry in free)
        return f"entries {numbers} are all this device: choose one and add its number"
    if free:
        return f"another pending record already takes entry `{free[0].cpl_number}`"
    if same:
        numbers = ", ".join(f"`{entry.cpl_number}`" for entry in same)
        return f"entry {numbers} is this device and has a record: delete this one"
    near = [text for number in sorted(new) for text in _one_off(record, entries[number])]
    return "; ".join(near) or "the CPL lists no such device yet"


def _one_off(record: Record, entry: Entry) -> Iterator[str]:
    """Says what keeps the record from being the entry's: one field, or the versions it states."""
    pairs = [
        *zip(record.device._fields, record.device, entry.device, strict=True),
        ("smets_chts_version", record.smets_chts_version, entry.smets_chts_version),
        ("gbcs_version", record.gbcs_version, entry.gbcs_version),
    ]
    off = [pair for pair in pairs if pair[1] is not None and pair[1] != pair[2]]
    if len(off) == 1 or record.device == entry.device:
        for name, stated, listed in off:
            yield f"entry `{entry.cpl_number}` has {name} `{listed}`, this record `{stated}`"


def text_of(promotion: Promotion, pending: bytes) -> bytes:
    """The file of the promoted record: the pending one with its number, comments kept."""
    value = parse(pending)[0]
    wanted: dict[str, Any] = {"cpl_number": promotion.entry.cpl_number, **value}
    for name in _ONLY_PENDING:
        wanted.pop(name, None)
    text = _MODELINE.sub("", pending.decode("utf-8"))
    text = _PENDING_LINE.sub("", text)
    text = (
        f"# yaml-language-server: $schema={_SCHEMA}\n"
        f'cpl_number: "{promotion.entry.cpl_number}"\n{text}'
    )
    data = text.encode("utf-8")
    read, faults = parse(data)
    # Where a line was not what it looked like, the canonical form is written instead.
    return data if not faults and read == wanted else to_yaml(wanted, _SCHEMA).encode("utf-8")
