"""Records filled in from their CPL entries, for whoever writes records in an editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from fir.diagnostics import Diagnostic, Refused, either, nearest, problem, tick
from fir.editing.fmt import with_value
from fir.editing.proposal import DryRun, Proposal, path_conflict, refuses
from fir.identifiers import slips
from fir.model import Entry, Manufacturer, Record, Repository
from fir.strict_yaml.writer import STEP, to_yaml

SCHEMA = "../../../schema/firmware-record.schema.json"
# What another record may say too: of any firmware, of the same model, of the same firmware alone.
_OF_ANY = ("release_notes",)
_OF_MODEL = ("product_name",)
_OF_SAME = ("released_on", "release_notes_url", "outage_alert_on_activation", "outage_note")
# What is one entry's own story.
_OF_ONE = ("upgrade_from", "withdrawn", "corrections")


class Wanted(NamedTuple):
    """What is asked for."""

    numbers: Sequence[str]
    manufacturer: str
    source: str | None = None
    """The number of a record whose fields are taken over where they hold for another entry too."""
    notes: str = ""
    """The release notes; empty: those of `source`, else left to whoever opens the file."""


class New(NamedTuple):
    """The files to write, what the checks will say of them, and what was copied."""

    files: dict[str, bytes]
    blank: bool
    """Whether the release notes are left to whoever opens the file."""
    notes_of: str
    """The firmware whose notes were copied, where it is another one; else empty."""
    diagnostics: tuple[Diagnostic, ...]
    copied: tuple[str, ...]
    left_out: tuple[str, ...]


def new_records(root: Path, repository: Repository, wanted: Wanted) -> New:
    """One record a number; raises Refused with every reason."""
    numbers, slug, source, notes = wanted
    reasons = [*_of_manufacturer(repository, slug)]
    entries = []
    for number in dict.fromkeys(numbers):
        wrong = _of_number(root, repository, number, slug)
        if wrong:
            reasons.append(wrong)
        else:
            entries.append(repository.entries[number])
    origin = repository.by_number.get(source or "")
    if source and origin is None:
        fix = "give the number of an entry with a record; `fir find` says which have one"
        reasons.append(problem(f"--from {source}", f"entry {tick(source)} has no record", fix))
    elif origin and origin.manufacturer != slug:
        message = f"the record of {tick(source)} is of another manufacturer, {origin.manufacturer}"
        reasons.append(problem(f"--from {source}", message, "name a record of the same one"))
    if reasons:
        raise Refused(reasons)
    return _filled_in(repository, entries, slug, origin, notes)


def _filled_in(
    repository: Repository, entries: Sequence[Entry], slug: str, origin: Record | None, notes: str
) -> New:
    records, copied = dict[str, dict[str, Any]](), set[str]()
    for entry in entries:
        taken = _copied(repository, origin, entry) if origin else {}
        copied |= set(taken)
        value = {
            "cpl_number": entry.cpl_number,
            "manufacturer": slug,
            "device": entry.device._asdict(),
            **taken,
        }
        value["release_notes"] = notes or taken.get("release_notes", "")
        records[record_path(entry, slug)] = value
    if notes:
        copied.discard("release_notes")
    blank = any(not value["release_notes"] for value in records.values())
    found = DryRun(repository).diagnostics(Proposal(records))
    wrong = [each for each in found if refuses(each) and not (blank and _asks_for_notes(each))]
    if wrong:
        raise Refused(problem(_number(each.path), each.message, each.fix) for each in wrong)
    files = {
        path: f"{skeleton(repository.entries[value['cpl_number']], slug)}\n".encode()
        if not value["release_notes"] and not copied
        else with_value(repository.shapes, "record", path, value)
        for path, value in records.items()
    }
    another = origin and not all(_is_same_firmware(repository, origin, each) for each in entries)
    notes_of = origin.device.firmware_version if origin and another and not notes else ""
    left_out = [name for name in _stated(origin) if name not in (*copied, "release_notes")]
    return New(files, blank, notes_of, tuple(found), tuple(sorted(copied)), tuple(left_out))


def _asks_for_notes(diagnostic: Diagnostic) -> bool:
    return diagnostic.check == "empty-release-notes"


def _number(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _stated(origin: Record | None) -> Iterator[str]:
    for name in (*_OF_ANY, *_OF_MODEL, *_OF_SAME, *_OF_ONE):
        if origin and getattr(origin, name) not in (None, ()):
            yield name


def _copied(repository: Repository, origin: Record, entry: Entry) -> dict[str, Any]:
    """What a record says that holds for the entry too: all of it only where it is one firmware."""
    names = [*_OF_ANY]
    if origin.device[:3] == entry.device[:3]:
        names += _OF_MODEL
    if _is_same_firmware(repository, origin, entry):
        names += _OF_SAME
    return {name: getattr(origin, name) for name in names if getattr(origin, name) is not None}


def _is_same_firmware(repository: Repository, origin: Record, entry: Entry) -> bool:
    """Whether two entries are one release: one image, or one version where there is no hash."""
    other = repository.entries.get(origin.cpl_number)
    if other is None:
        return False
    if entry.image_hash or other.image_hash:
        return entry.image_hash == other.image_hash
    same = ("manufacturer_identifier", "model_identifier", "firmware_version")
    return all(getattr(entry, name) == getattr(other, name) for name in same)


def _of_manufacturer(repository: Repository, slug: str) -> Iterator[Diagnostic]:
    if slug not in repository.manufacturers:
        known = sorted(repository.manufacturers)
        guess = nearest(slug, known)
        message = f"there is no manufacturer {tick(slug)}: it has no file in records/manufacturers"
        if slug in repository.slugs:
            message, fix = f"the file of {tick(slug)} has errors", "run `fir check` and mend it"
        elif guess:
            fix = f"write `--manufacturer {guess}`"
        else:
            fix = f"write one of {either(known)}, or add its file" if known else "add its file"
        yield problem("--manufacturer", message, fix)


def _of_number(root: Path, repository: Repository, number: str, slug: str) -> Diagnostic | None:
    """Why an entry cannot have a new record, or None."""
    entry = repository.entries.get(number)
    if entry is None:
        version = repository.snapshot.version if repository.snapshot else ""
        message = f"the CPL, version {version}, has no entry {tick(number)}"
        return problem(number, message, _meant(repository, number, slug))
    recorded = repository.by_number.get(number)
    if recorded:
        fix = f"edit that file, or leave {number} out"
        return problem(number, f"entry {tick(number)} has a record already: {recorded.path}", fix)
    waiting = [each.path for each in repository.pending if each.device == entry.device]
    if waiting:
        message = f"a record of this device waits for its number already: {waiting[0]}"
        return problem(number, message, "run `fir check --fix`, which gives it the number")
    manufacturer = repository.manufacturers.get(slug)
    if manufacturer and entry.manufacturer_identifier not in manufacturer.manufacturer_identifiers:
        return _foreign(repository, entry, manufacturer)
    return path_conflict(root, record_path(entry, slug), number)


def _foreign(repository: Repository, entry: Entry, manufacturer: Manufacturer) -> Diagnostic:
    identifier = entry.manufacturer_identifier
    owners = [
        slug
        for slug, other in repository.manufacturers.items()
        if identifier in other.manufacturer_identifiers
    ]
    fix = (
        f'add "{identifier}" to `manufacturer_identifiers` in {manufacturer.path}, if it is theirs'
    )
    if owners:
        fix = f"write `--manufacturer {either(owners)}`, or {fix}"
    message = f"its identifier {tick(identifier)} is no identifier of {tick(manufacturer.slug)}"
    return problem(entry.cpl_number, message, fix)


def _meant(repository: Repository, number: str, slug: str) -> str:
    manufacturer = repository.manufacturers.get(slug)
    theirs = manufacturer.manufacturer_identifiers if manufacturer else ()
    padded = number.zfill(6) if number.isascii() and number.isdecimal() else number
    for near in (padded, *(slips(number) if len(number) == 6 else ())):
        entry = repository.entries.get(near)
        if entry and near not in repository.by_number and entry.manufacturer_identifier in theirs:
            return f"write {near}, a {entry.device_type}, {entry.device.device_model}"
    return "correct the number, or import the CPL that lists it first"


def record_path(entry: Entry, slug: str) -> str:
    """Where the record of an entry belongs, if it is this manufacturer's."""
    return f"records/firmware/{slug}/{entry.cpl_number}.yaml"


def skeleton(entry: Entry, slug: str) -> str:
    """The text to which only the release notes must be added, each line indented as it ends."""
    filled_in = to_yaml(
        {
            "cpl_number": entry.cpl_number,
            "manufacturer": slug,
            "device": entry.device._asdict(),
        },
        SCHEMA,
    )
    return f"{filled_in}release_notes: |\n{STEP}"
