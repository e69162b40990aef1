"""Text values that have their shape become nouns, and say where their file belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from fir.model import (
    Address,
    Contact,
    Correction,
    Device,
    Manufacturer,
    Policy,
    Record,
    TypePolicy,
    Withdrawal,
)


def expected_path(record: Record) -> str:
    """Where a record's file belongs by what it says: its number, or its device while it waits."""
    if record.cpl_number:
        return f"records/firmware/{record.manufacturer}/{record.cpl_number}.yaml"
    name = f"{record.device.device_model}-{record.device.firmware_version}"
    return f"records/pending/{record.manufacturer}/{name}.yaml"


def record_of(path: str, value: dict[str, Any]) -> Record:
    """The noun of a firmware or pending record whose value has its shape."""
    fields = dict(value)
    fields.setdefault("cpl_number", "")
    fields["device"] = Device(**value["device"])
    if "upgrade_from" in value:
        fields["upgrade_from"] = tuple(value["upgrade_from"])
    if "withdrawn" in value:
        fields["withdrawn"] = Withdrawal(**value["withdrawn"])
    if "corrections" in value:
        fields["corrections"] = tuple(Correction(**item) for item in value["corrections"])
    return Record(path=path, **fields)


def records_of(
    paths: Sequence[str], columns: Mapping[tuple[str, ...], Sequence[Any]]
) -> Iterator[Record]:
    """The nouns of many records at once: a column for each field, None where a record lacks it."""
    known: dict[str, Any] = {keys[0]: column for keys, column in columns.items() if not keys[1:]}
    known["path"] = paths
    known["device"] = map(Device, *(columns["device", name] for name in Device._fields))
    sources = columns["upgrade_from",]
    known["upgrade_from"] = (None if each is None else tuple(each) for each in sources)
    withdrawn = (columns["withdrawn", name] for name in Withdrawal._fields)
    known["withdrawn"] = (
        Withdrawal(*each) if each[0] else None for each in zip(*withdrawn, strict=True)
    )
    defaults = {"cpl_number": "", **Record._field_defaults}
    return map(Record, *(known.get(name, repeat(defaults.get(name))) for name in Record._fields))


def manufacturer_of(path: str, value: dict[str, Any]) -> Manufacturer:
    """The noun of a manufacturer file whose value has its shape."""
    fields = dict(value)
    fields["contact"] = _contact(value["contact"])
    by_type = value.get("contact_by_device_type", {})
    fields["contact_by_device_type"] = {name: _contact(item) for name, item in by_type.items()}
    for name in ("manufacturer_identifiers", "also_known_as", "github"):
        fields[name] = tuple(value.get(name, ()))
    return Manufacturer(path=path, slug=path.rpartition("/")[2].removesuffix(".yaml"), **fields)


def _contact(value: dict[str, Any]) -> Contact:
    address = value["address"]
    return Contact(
        email=value["email"],
        telephone=value["telephone"],
        address=Address(**{**address, "lines": tuple(address["lines"])}),
        confirmed_on=value.get("confirmed_on"),
    )


def policy_of(value: dict[str, Any]) -> Policy:
    """The noun of a policy file whose value has its shape."""
    return Policy(
        device_types={
            name: TypePolicy(of_type["records"], of_type.get("required_from"))
            for name, of_type in value["device_types"].items()
        },
        pending=value["pending"],
        limits={name: int(limit) for name, limit in value["limits"].items()},
        repository_url=value["repository_url"],
        panel_name=value["panel"]["name"],
        panel_email=value["panel"]["email"],
        teams={name: tuple(owners) for name, owners in value["teams"].items()},
    )
