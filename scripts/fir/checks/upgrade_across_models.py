"""`upgrade_from` names firmware of another Device Model, or of another generation.

Why: firmware is installed over firmware of the same device: the same manufacturer, model and
hardware, and either SMETS1 or what came after it. A meter of this model never runs the firmware
that is named.
Mend: name the entry of the same Device Model and generation, or remove the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import SMETS1, SMETS2, Entry, Record, Repository

STAGE = "neighbours"
LEVEL = "warning"


def check(repository: Repository) -> Iterator[Diagnostic]:
    entries = repository.entries
    for record in (*repository.records, *repository.pending):
        if not record.upgrade_from:
            continue
        own = entries.get(record.cpl_number)
        for index, number in enumerate(record.upgrade_from):
            source = entries.get(number)
            if source is None or source is own:
                continue  # `unknown-upgrade-source` speaks of these
            problem = _problem(record, own, source)
            if problem:
                place = repository.at(record.path, "upgrade_from", index)
                message = f"the source {tick(number)} is firmware for {problem}"
                yield Diagnostic(*place, message, _fix(repository, record, source))


def _problem(record: Record, own: Entry | None, source: Entry) -> str:
    """Where record and entry disagree, a source that fits either of them will do."""
    ours, theirs = record.device, source[2:7]
    if theirs != ours[:5] and (own is None or theirs != own[2:7]):
        if source.device_type != ours.type:
            return f"{tick(source.device_type)}, this is for {tick(ours.type)}"
        model = source.device.device_model
        return f"Device Model {tick(model)}, this is for {tick(ours.device_model)}"
    generation = own.generation if own else _generation(record)
    if generation and generation != source.generation:
        return f"{source.generation}, this is for {generation}"
    return ""


def _generation(record: Record) -> str:
    """Of a pending record, which has no entry; empty where it does not say."""
    if record.gbcs_version is None:
        return ""
    return SMETS1 if record.gbcs_version == "GBCS Version 0.0" else SMETS2


def _fix(repository: Repository, record: Record, source: Entry) -> str:
    """Suggests the same firmware's entry for this Device Model: one image has many entries."""
    remove = f'remove "{source.cpl_number}" from `upgrade_from`'
    twin = record.device._replace(firmware_version=source.firmware_version)
    taken = {record.cpl_number, *(record.upgrade_from or ())}
    for entry in repository.by_device.get(twin, ()):
        if entry.cpl_number not in taken and entry.generation == source.generation:
            return (
                f'write "{entry.cpl_number}", the same firmware version for this model, or {remove}'
            )
    return remove
