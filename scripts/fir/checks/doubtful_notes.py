"""Release notes that look unfinished, or written for another firmware.

Why: notes are copied from release to release; the one that was not changed reads as if it were
right. Placeholders and bare links leave the reader with nothing once the link is gone.
Mend: read the notes once more beside the firmware they are for. What they say is for the
manufacturer to decide: this is a note for the reviewer, and nothing fails by it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from fir.checks.empty_release_notes import is_blank
from fir.diagnostics import Diagnostic, tick
from fir.identifiers import likeness
from fir.model import Entry, Record, Repository

STAGE = "publish"
LEVEL = "note"

# What stands where notes should be; punctuation left out, in small letters.
_NOTHING_BUT = (
    r"(?:tb[acds]|todo|na|none|nil|nothing|test|testing|text|x+|ditto|pending|placeholder|unknown"
    r"|(?:no |release )?notes|(?:as|see) above|not (?:applicable|available)"
    r"|to (?:follow|be (?:added|advised|completed|confirmed)))?"
)
_PLACEHOLDER = (
    r"\b(?:TBA|TBC|TBD|TODO|FIXME|XXX+)\b|[Ll]orem ipsum|numberhere"
    r"|<(?:date|description|model|name|number|text|version)>"
)
# One of these stands in every placeholder, as a word or within one.
_PLACEHOLDER_WORDS = frozenset({"TBA", "TBC", "TBD", "TODO", "FIXME", "XXX", "XXXX", "XXXXXXXX"})
_PLACEHOLDER_PARTS = ("orem ipsum", "numberhere", "<")
_LINK = r"(?:https?://|www\.)\S+"
_AROUND_A_LINK = (
    r"(?i)\b(?:all|and|are|at|available|be|can|click|details|download|firmware|for|found|from|full|here"
    r"|in|information|is|link|more|notes|of|on|our|page|please|read|refer|release|see|site|the|this|to"
    r"|update|url|version|visit|web|website)\b"
)
# Leaves of a text only what firmware versions, Device Models and product codes are made of.
_OF_NAMES = {ord(each): " " for each in map(chr, range(128)) if not re.match("[0-9A-Z-]", each)}
_STANDARDS = ("CHTS", "CPA", "DLMS", "GBCS", "SMETS", "ZSE")
_VERSION = "[0-9A-F]{8}"
_HEADING = (
    r"(?i)[\s#*=-]*(?:(?:release|notes?|for|of|firmware|version|fw|v)[\s:.]*)*([0-9A-F]{8})\b"
)

Said = tuple[str, str]
"""A message and its fix."""


def check(repository: Repository) -> Iterator[Diagnostic]:
    repeated = _repeated(repository)
    kin = _Kinships(repository)
    read: dict[str, tuple[Said | None, list[str]]] = {}
    for record in (*repository.records, *repository.pending):
        notes = record.release_notes
        if is_blank(notes):
            continue  # `empty-release-notes` speaks of these
        if notes not in read:
            words = frozenset(notes.translate(_OF_NAMES).split())
            read[notes] = _unfinished(notes, words), [*_names(words)]
        unfinished, names = read[notes]
        doubt = unfinished or repeated.get(record.path)
        if names and not doubt and _agrees(repository, record):
            doubt = kin[record].other_named(record, names)
        if doubt:
            yield Diagnostic(*repository.at(record.path, "release_notes"), *doubt)


def _agrees(repository: Repository, record: Record) -> bool:
    """Whether the record's device is beyond doubt, as far as `cpl-mismatch` can tell."""
    entry = repository.entries.get(record.cpl_number)
    return entry is None or entry[2:8] == record.device


def _unfinished(notes: str, words: frozenset[str]) -> Said | None:
    """Message and fix for notes that are a placeholder, or a link and nothing else."""
    if len(notes) < 40:
        in_words = " ".join(re.findall(r"\w+", notes.replace("/", "").lower()))
        if re.fullmatch(_NOTHING_BUT, in_words):
            return f"the notes are {tick(notes.strip())} and nothing else", "say what changed"
    if words & _PLACEHOLDER_WORDS or any(part in notes for part in _PLACEHOLDER_PARTS):
        found = re.search(_PLACEHOLDER, notes)
        if found:
            return (
                f"the notes hold the placeholder {tick(found[0])}",
                "replace it by what was meant",
            )
    linked = ("://" in notes or "www." in notes) and notes.count(" ") < 40
    if linked and not re.search(r"\w", re.sub(_AROUND_A_LINK, "", re.sub(_LINK, "", notes))):
        fix = "say here what changed, and keep the link as `release_notes_url`"
        return "the notes are only a link, which may lead nowhere in a few years", fix
    return None


def _repeated(repository: Repository) -> dict[str, Said]:
    """Message and fix for the first record of each release whose text is that of an earlier one."""
    first: dict[tuple[str, str], tuple[Record, Entry]] = {}
    found: dict[str, Said] = {}
    for records in repository.releases.values():
        record, entry = records[0]
        if any(other.release_notes != record.release_notes for other, _ in records[1:]):
            continue  # `notes-differ-in-release` speaks of these
        text = record.manufacturer, record.release_notes
        other, of_other = first.setdefault(text, (record, entry))
        if _brings_the_same(entry, of_other):
            continue
        message = (
            f"the notes are word for word those of {tick(other.cpl_number)}, "
            f"firmware {tick(of_other.firmware_version)}"
        )
        fix = f"say what changed since, or leave it if both bring the same: {other.path}"
        found[record.path] = message, fix
    return found


def _brings_the_same(one: Entry, other: Entry) -> bool:
    """Whether two releases may well share a text: one version, or parts of one firmware."""
    versions = one.firmware_version, other.firmware_version
    return (
        versions[0] == versions[1]
        or likeness(*versions).startswith("the same number")
        or (_is_part(one) and _is_part(other))
    )


def _is_part(entry: Entry) -> bool:
    """Whether the image is one of several that are sent out together."""
    descriptor = entry.image_descriptor.lower()
    return any(word in descriptor for word in ("fragment", "partial", "part ", "only"))


def _names(words: Iterable[str]) -> Iterator[str]:
    """What may be a firmware version (8 hex digits), a Device Model or a code such as `EG-5`."""
    for word in words:
        if len(word) < 4 or word.isalpha():
            continue
        if word.isupper() or (len(word) == 8 and word.isalnum()):
            yield word.strip("-")


@cache
def _product_names(text: str) -> tuple[str, ...]:
    """The product codes in the label of an entry or the product name of a record."""
    return tuple(
        name
        for name in _names(text.translate(_OF_NAMES).split())
        if not (name.startswith(_STANDARDS) or re.fullmatch(_VERSION, name))
    )


class _Kin(NamedTuple):
    """What the notes of one maker's devices of one type could be about."""

    versions: dict[str, set[str]]
    """Firmware version → Device Models."""
    images: dict[str, set[str]]
    """A name of a model → the images that run on it."""
    models: dict[str, set[str]]
    """Image → Device Models: those of one image are one family, and share their names."""

    def add(self, entry: Entry, product: str | None) -> None:
        model = entry.device.device_model
        image = entry.image_hash or model
        self.versions.setdefault(entry.firmware_version, set()).add(model)
        self.models.setdefault(image, set()).add(model)
        for name in (model, *_product_names(f"{entry.label} {product}")):
            self.images.setdefault(name, set()).add(image)

    def other_named(self, record: Record, names: Iterable[str]) -> Said | None:
        """Message and fix where notes name a version or model of the kin, and not their own."""
        version = self._other_version(record, [name for name in names if name in self.versions])
        if version:
            own = tick(record.device.firmware_version)
            message = f"the notes name firmware {tick(version)}, this is firmware {own}"
            return message, f"see that they are the notes of {own}"
        named = [name for name in names if name in self.images]
        if named and not any(self._is_own(record, name) for name in named):
            own = tick(record.device.device_model)
            message = f"the notes name model {tick(min(named))}, this is for {own}"
            return message, f"see that they are the notes of {own}"
        return None

    def _is_own(self, record: Record, name: str) -> bool:
        model = record.device.device_model
        return name in (record.product_name or "") or any(
            model in self.models[image] for image in self.images[name]
        )

    def _other_version(self, record: Record, named: Collection[str]) -> str | None:
        """The version that is doubtful: not older firmware that the notes merely look back on."""
        own = record.device.firmware_version
        if any(name == own or likeness(name, own).startswith("the same") for name in named):
            return None
        heading = re.match(_HEADING, record.release_notes)
        if heading and heading[1] in named:
            return heading[1]
        model = record.device.device_model
        newer = [name for name in named if name > own or model not in self.versions[name]]
        return min(newer, default=None)


class _Kinships:
    """The kin of every record; what is never asked for is never gathered."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known: dict[tuple[str, str], _Kin] = {}

    def __getitem__(self, record: Record) -> _Kin:
        key = record.device.manufacturer_identifier, record.device.type
        kin = self._known.get(key)
        if kin is None:
            kin = self._known[key] = _Kin({}, {}, {})
            for entry in self._entries[key]:
                of_entry = self._repository.by_number.get(entry.cpl_number)
                kin.add(entry, of_entry.product_name if of_entry else None)
        return kin

    @cached_property
    def _entries(self) -> dict[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._repository.entries.values():
            found[entry.manufacturer_identifier, entry.device_type].append(entry)
        return found
