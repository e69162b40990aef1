"""The parts of an entry's page on what the CPL has: device, image, release, line, changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import Firmware, History
from fir.model import Change
from fir.site.components import (
    ROOT,
    code,
    code_path,
    copy_button,
    cpl_link,
    firmware_lines,
    internal_link,
    inventory_strings,
    isolated,
    issue_link,
    machine_links,
    model_link,
    phrase,
    two_lines,
    with_button,
    with_notes,
)
from fir.site.edition import Edition, release
from fir.site.entry_rows import release_cells
from fir.site.entry_view import (
    EntryView,
    expiry,
    field_title,
)
from fir.site.feeds import model_feed
from fir.site.pages import Part
from fir.site.wording import day, in_words, version_number

_SMETS = "Smart Metering Equipment Technical Specifications: what the device can do"
_CHTS = "Communications Hub Technical Specifications: what the hub can do"
_GBCS = "Great Britain Companion Specification: the messages it understands"
_HASH_LEAD = "SHA-256 of the manufacturer image, before the supplier signs it"

Row = tuple[str, str]
"""A label and a value; without a value it is not shown."""


# What the CPL has: device, certificates, image.


def device(view: EntryView) -> Part:
    entry, device = view.entry, view.entry.device
    strings = device.inventory_strings
    chts = entry.smets_chts_version.startswith("CHTS")
    same = (each for each in view.this.entries if each.cpl_number != entry.cpl_number)
    name, meaning = ("CHTS version", _CHTS) if chts else ("SMETS version", _SMETS)
    rows = (
        ("Type", entry.device_type),
        ("Device Model", model_link(device.device_model, ROOT)),
        (
            "As the inventory shows it",
            with_button(
                inventory_strings(strings), copy_button(" ".join(strings), "the three strings")
            ),
        ),
        (name, with_notes(version_number(entry.smets_chts_version), meaning)),
        ("GBCS version", with_notes(version_number(entry.gbcs_version), _GBCS)),
        ("Listed as", isolated(entry.label) if entry.label else ""),
        ("Listed again as", _numbers(each.cpl_number for each in same)),
    )
    return Part("device", "Device", f"Values from CPL {view.edition.snapshot.version}", rows)


class Card(NamedTuple):
    """A certificate: what it is called for short and in full, its own name, and its facts."""

    short: str
    long: str
    name: str
    facts: tuple[str, ...]


def certificates(view: EntryView) -> Part | None:
    entry = view.entry
    if not (entry.cpa_certificate or entry.dlms_certificate or entry.zse_certificate):
        return None
    cards = (
        Card(
            "CPA",
            "Commercial Product Assurance: security",
            entry.cpa_certificate,
            (entry.cpa_security_characteristics, *expiry(view.edition, entry)),
        ),
        Card(
            "DLMS",
            "Device Language Message Specification: the meter’s data",
            entry.dlms_certificate,
            (entry.dlms_version,),
        ),
        Card(
            "ZSE",
            "ZigBee Smart Energy: the home network",
            entry.zse_certificate,
            (entry.zse_version,),
        ),
    )
    return Part("cert", "Certificates", "", cards)


class Image(NamedTuple):
    """A hash in groups of eight, none where there is no hash, and who made the image."""

    eights: list[str]
    button: str
    rows: tuple[Row, ...]


def image(view: EntryView) -> Part:
    entry = view.entry
    value = entry.image_hash
    rows = (
        ("Creator", isolated(entry.image_creator) if entry.image_creator else ""),
        ("Descriptor", isolated(entry.image_descriptor) if entry.image_descriptor else ""),
    )
    if not value:
        return Part("image", "Image and hash", "", Image([], "", rows))
    eights = [value[start : start + 8] for start in range(0, 64, 8)]
    shows = Image(eights, copy_button(value, "the hash"), rows)
    return Part("image", "Image and hash", _HASH_LEAD, shows)


class Shared(NamedTuple):
    """An entry of the same release."""

    number: str
    cells: Markup


def same_release(view: EntryView) -> Part | None:
    entries = view.edition.releases[release(view.entry)]
    if len(entries) == 1:
        return None
    rows = [
        Shared(each.cpl_number, release_cells(view.edition, each.cpl_number, ROOT))
        for each in entries
    ]
    shared = "image" if view.entry.image_hash else "firmware version"
    lead = f"{in_words(len(entries)).capitalize()} entries share this {shared}"
    return Part("same", "Same release", lead, rows)


# Where a firmware stands in its line: what is before it, what after, what installs over what.


def line(view: EntryView) -> Part | None:
    """The neighbours, and what is stated of them; none where there is nothing of either."""
    others = [each for each in view.history.firmware if each is not view.this]
    record = view.record or view.this.record
    if not others and (record is None or record.upgrade_from is None):
        return None
    older, newer, unclear = _sorted(view.history, view.this, others)
    rows = (
        ("Previous", _named(_nearest(view.history, older, beyond="older"))),
        ("Next", _named(_nearest(view.history, newer, beyond="newer"))),
        ("Order not known", _unordered(view, unclear)),
        ("May be installed over", _sources(view)),
        ("May be updated straight to", _numbers(_updates(view))),
    )
    return Part("line", "Before and after", "Firmware of this exact device", rows)


def _sorted(
    history: History, this: Firmware, others: Iterable[Firmware]
) -> tuple[list[Firmware], list[Firmware], list[Firmware]]:
    """What is older than this firmware, what newer, and what nobody puts before or after it."""
    found: dict[str, list[Firmware]] = {"older": [], "newer": [], "unclear": []}
    for each in others:
        found[history.compare(this, each).relation].append(each)
    return found["older"], found["newer"], found["unclear"]


def _nearest(history: History, side: list[Firmware], beyond: str) -> list[Firmware]:
    """Those of one side that are not beyond another of it."""
    if len(side) < 2:
        return side
    return [
        each
        for each in side
        if not any(
            history.compare(other, each).relation == beyond for other in side if other is not each
        )
    ]


def _named(firmware: list[Firmware]) -> str:
    return firmware_lines(firmware, ROOT) if firmware else ""


def _unordered(view: EntryView, unclear: Iterable[Firmware]) -> str:
    """What an earlier part of the page sets side by side is not listed again."""
    compared = view.answer.unclear_firmware
    rest = _named([each for each in unclear if each not in compared])
    if not compared:
        return rest
    many = "one other" if len(compared) == 1 else f"{in_words(len(compared))} others"
    seen = phrase("{}, {}", many, internal_link("side by side", "#unclear"))
    return two_lines(seen, rest) if rest else seen


def _sources(view: EntryView) -> str:
    """What the record states; the record of another entry of the same firmware, if need be."""
    record = view.record or view.this.record
    if record is None or record.upgrade_from is None:
        return "not stated"
    return _numbers(record.upgrade_from) or "no earlier firmware"


def _updates(view: EntryView) -> list[str]:
    """A statement that names another entry of this firmware is about this firmware too."""
    updates = view.edition.updates
    return sorted({each for number in view.this.numbers for each in updates.get(number, ())})


def _numbers(numbers: Iterable[str]) -> Markup:
    return phrase(", ").join(cpl_link(number, ROOT) for number in numbers)


# What the CPL changed of it, and where this is from.


class Changed(NamedTuple):
    """What one issue of the CPL changed, or that it listed the entry."""

    issue: Markup
    on: str
    field: str
    before: str
    after: str


def changes(view: EntryView) -> Part | None:
    changes = view.edition.told(view.entry)
    if not changes:
        return None
    since = view.edition.recorded_since
    lead = f"Recorded here since CPL {since}; what the list changed earlier is not shown"
    rows = [_changed(view.edition, each) for each in changes]
    return Part("changes", "Changes on the CPL", lead, rows)


def _changed(edition: Edition, change: Change) -> Changed:
    issue, on = issue_link(edition, change.version, ROOT), day(change.issued_on)
    if (change.field, change.before, change.after) == ("status", "", "Current"):
        return Changed(issue, on, "Entry", "none", "listed")
    before, after = day(change.before) or "none", day(change.after) or "none"
    return Changed(issue, on, field_title(edition, change.field), before, after)


def source(view: EntryView) -> Part:
    edition, record = view.edition, view.record
    path = changed = ""
    if record:
        path = code_path(record.path, edition.source(record.path, "blob"))
        commit = edition.commits.last.get(record.path)
        changed = "not known"
        if commit:
            changed = phrase("{}, commit {}", day(commit.on), code(commit.short))
    made: str = "no commit"
    if edition.commit:
        made = phrase("commit {}{}", code(edition.commit), edition.changed)
    feed = model_feed(view.entry.device.device_model)
    file = f"entries/{view.entry.cpl_number}.json"
    rows = (
        ("Central Products List", f"CPL {edition.snapshot.version}, issued {edition.issued}"),
        ("Record", path),
        ("Last changed", changed),
        ("Made from", made),
        ("For machines", machine_links(feed, "this Device Model", file, ROOT)),
    )
    return Part("source", "Where this comes from", "", rows)
