"""A file of meters to try the portfolio with, made of what this edition holds."""

from __future__ import annotations

from collections.abc import Iterator

from fir.answer import INVENTORY_TYPES
from fir.model import Entry
from fir.publish.edition import Edition

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
