"""What `fir find` prints for people: the answer first, then what to do and whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from fir.answers import Answer, Firmware, Way
from fir.answers.as_json import whom_json
from fir.answers.coverage import required
from fir.answers.lookup import Found, Hit, Unknown
from fir.answers.query import Part, Reading
from fir.answers.sentences import WORDS, firmware_name, installing, rests_on, sentence
from fir.diagnostics import either, tick, visible
from fir.model import Entry, Repository, Snapshot
from fir.report.text import columns

MEANS = {
    "cpl_number": "CPL number",
    "manufacturer_identifier": "manufacturer identifier",
    "model_identifier": "model identifier",
    "hardware": "hardware version and revision",
    "manufacturer_and_model": "manufacturer and model identifier",
    "model": "model and hardware",
    "firmware_version": "firmware version",
    "device_model": "Device Model",
    "model_and_firmware": "model, hardware and firmware version",
    "device": "Device Model and firmware version",
    "image_hash": "image hash",
    "former_image_hash": "an image hash that the CPL has since corrected",
    "words": "words",
    "inventory_type": "device type",
}
_HEAD = ("CPL", "answer", "Device Model", "firmware", "GBCS", "product")
_INDENT = "  "


def render(found: Found, repository: Repository, snapshot: Snapshot) -> str:
    """One firmware in full, several entries one a line, or what is known of what was asked."""
    firmware = {id(hit.answer.firmware) for hit in found.hits}
    if not found.hits:
        lines = [*_nothing(found, repository, snapshot)]
    elif len(firmware) == 1:
        lines = [*_how_read(found), *_one(found, repository, snapshot)]
    else:
        lines = [*_how_read(found), *_several(found.hits)]
    invented = "; demonstration data, all of it invented" if snapshot.demonstration else ""
    lines += ["", f"CPL {snapshot.version}, issued {snapshot.issued_on}{invented}"]
    return "".join(f"{visible(line)}\n" for line in lines)


def _how_read(found: Found) -> Iterator[str]:
    """Says so where only another coding, or a former value, of what was typed is on the CPL."""
    if found.as_typed:
        return
    yield "Not on the CPL as typed. Found by another reading:"
    lines = (
        f"{_INDENT}{tick(part.text)} as {MEANS[reading.means]}"
        + (f" {reading.value}, if what was typed is {reading.coding}" if reading.coding else "")
        for hit in found.hits
        for part, reading in zip(found.parts, hit.readings, strict=True)
        if reading.second and reading.means != "words"
    )
    yield from dict.fromkeys(lines)
    yield ""


def _several(hits: tuple[Hit, ...]) -> Iterator[str]:
    yield f"{len(hits):,} entries"
    yield from columns([_HEAD, *map(_row, hits)])


def _row(hit: Hit) -> tuple[str, ...]:
    entry = hit.entry
    named = entry.label or entry.device_type
    device = entry.device
    return (
        entry.cpl_number,
        hit.answer.answer,
        device.device_model,
        device.firmware_version,
        entry.gbcs_version.removeprefix("GBCS Version "),
        named,
    )


def _one(found: Found, repository: Repository, snapshot: Snapshot) -> Iterator[str]:
    answer = found.hits[0].answer
    firmware = answer.firmware
    assert firmware is not None
    yield f"{WORDS[answer.answer].upper()}. {sentence(answer, snapshot)}"
    yield f"Rests on: {rests_on(answer)}"
    yield ""
    yield from _device(found, firmware, repository)
    if answer.way:
        yield from _steps(answer.way, _asked_for(found, firmware))
    yield from _whom(answer, repository)
    if firmware.record:
        yield from ("", "Release notes", *_indented(firmware.record.release_notes))
    if answer.way:
        yield from ("", "What changed since, oldest first")
        yield from _since(answer.way)


def _device(found: Found, firmware: Firmware, repository: Repository) -> Iterator[str]:
    entry = _asked_for(found, firmware)
    numbers = ", ".join(f"{each.cpl_number} {_standing(each.listing)}" for each in firmware.entries)
    yield from _fields(
        ("CPL number", numbers),
        ("Product", (firmware.record and firmware.record.product_name) or entry.label),
        ("Device", f"{entry.device.device_model}, {entry.device_type}"),
        ("Firmware", firmware.version),
        ("Inventory", " ".join(entry.device.inventory_strings)),
        ("Versions", ", ".join(filter(None, (entry.smets_chts_version, entry.gbcs_version)))),
        ("Image hash", entry.image_hash),
    )
    record = firmware.record
    if record and record.device != repository.entries[record.cpl_number].device:
        awaits = f"awaits correction: it was written for {record.device.firmware_version}"
        yield from _fields(
            ("Record", f"{record.cpl_number} {awaits}, {record.device.device_model}")
        )
    if not found.hits[0].answer.recorded:
        due = ", due from whoever submitted the entry (F2.17)"
        yield from _fields(("Record", f"none yet{due if required(entry, repository) else ''}"))


def _asked_for(found: Found, firmware: Firmware) -> Entry:
    """The entry that was named; of several that list the firmware, the one to show."""
    return found.hits[0].entry if len(found.hits) == 1 else firmware.entry


def _standing(listing: str) -> str:
    return {"current": "Current", "removed": "Removed"}.get(listing, "no longer listed")


def _steps(way: Way, entry: Entry) -> Iterator[str]:
    yield from ("", f"To the latest, {firmware_name(way.target)}")
    target = way.target.entry
    versions = (
        (entry.gbcs_version, target.gbcs_version),
        (entry.smets_chts_version, target.smets_chts_version),
    )
    changes = [f"{a} to {b}" for a, b in versions if a != b]
    image = "" if way.image in ("whole", "not-stated") else f"{way.image}, not a whole one"
    yield from _fields(
        ("Directly?", installing(way)),
        ("Versions", ", ".join(changes) or "no change"),
        ("Outage alert", ": ".join((way.outage_alert, *way.outage_notes))),
        ("Image", image),
    )


def _since(way: Way) -> Iterator[str]:
    for each in way.since:
        yield f"{_INDENT}{firmware_name(each.firmware)}"
        if each.notes is None:
            yield f"{_INDENT * 2}no record: nobody has supplied its notes"
        elif each.repeats:
            yield f"{_INDENT * 2}the same notes as {each.repeats}"
        else:
            yield from _indented(each.notes, 2)


def _whom(answer: Answer, repository: Repository) -> Iterator[str]:
    yield from ("", "Whom to call")
    device_type = answer.firmware.line.type if answer.firmware else ""
    for slug in answer.whom:
        whom = whom_json(slug, device_type, repository)
        successor = whom["succeeded_by"] and whom_json(
            whom["succeeded_by"], device_type, repository
        )
        for each in filter(None, (whom, successor)):
            yield f"{_INDENT}{each['name'] or each['slug']}"
            contact = (each["telephone"], each["email"], each["business_address"])
            yield from (f"{_INDENT * 2}{value}" for value in contact if value)
    if not answer.whom:
        policy = repository.policy
        yield f"{_INDENT}no manufacturer of this device is known"
        yield f"{_INDENT}ask the {policy.panel_name}: {policy.panel_email}"


def _nothing(found: Found, repository: Repository, snapshot: Snapshot) -> Iterator[str]:
    if found.unknown:
        answer = found.unknown.answer
        yield f"{WORDS[answer.answer].upper()}. {sentence(answer, snapshot)}"
        if found.unknown.device:
            yield from _near(found.unknown, repository)
            yield from _whom(answer, repository)
        return
    yield "NOT FOUND. No entry fits every part of the query."
    for part, known in zip(found.parts, found.known, strict=True):
        meant = either(dict.fromkeys(MEANS[reading.means] for reading in _first(part)))
        yield f"{_INDENT}{tick(part.text)}, as {meant}: {'known' if known else 'not known'}"


def _near(unknown: Unknown, repository: Repository) -> Iterator[str]:
    """Which of the inventory strings are known, and what is listed for the same Device Model."""
    manufacturer, model, firmware = unknown.device
    kind = f" as {unknown.inventory_type}" if unknown.inventory_type else ""
    listing = unknown.answer.listing
    maker = "not known" if listing == "unknown-manufacturer" else "known"
    of_model = {
        "unknown-firmware": "known",
        "unknown-model": f"not known of this manufacturer{kind}",
    }
    listed = [
        f"{entry.firmware_version} (CPL {entry.cpl_number})"
        for entry in repository.entries.values()
        if (entry.manufacturer_identifier, entry.device.inventory_strings[1])
        == (manufacturer, model)
    ]
    yield from _fields(
        ("Manufacturer", f"{manufacturer} {maker}"),
        ("Model", f"{model} {of_model.get(listing, 'not known')}"),
        ("Firmware", f"{firmware} not known of this Device Model{kind}"),
        ("Listed for it", ", ".join(listed)),
    )


def _first(part: Part) -> tuple[Reading, ...]:
    return tuple(each for each in part.readings if not each.second) or part.readings[:1]


def _fields(*fields: tuple[str, str | None]) -> Iterator[str]:
    for name, value in fields:
        if value:
            yield f"{_INDENT}{name:13} {value}"


def _indented(text: str, depth: int = 1) -> Iterator[str]:
    for line in text.rstrip("\n").split("\n"):
        yield f"{_INDENT * depth}{line}".rstrip()
