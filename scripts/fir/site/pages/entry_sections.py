"""The parts of an entry's page below the answer, in the order in which a reader needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import Firmware, History
from fir.answers.coverage import accepted
from fir.answers.sentences import OUTAGE, disagreement
from fir.model import Change, Record
from fir.site.components import (
    ROOT,
    code,
    code_path,
    contacts,
    copy_button,
    cpl_link,
    entry_link,
    external_link,
    firmware_lines,
    internal_link,
    inventory_strings,
    isolated,
    issue_link,
    machine_links,
    model_link,
    phrase,
    release_cells,
    two_lines,
    version_link,
    with_button,
    with_notes,
)
from fir.site.edition import Edition, release
from fir.site.entry_view import (
    EntryView,
    expiry,
    field_title,
    first_listed,
    incomplete,
    letter_to_panel,
    supply_url,
)
from fir.site.feeds import model_feed
from fir.site.wording import day, in_words, version_number

_SMETS = "Smart Metering Equipment Technical Specifications: what the device can do"
_CHTS = "Communications Hub Technical Specifications: what the hub can do"
_GBCS = "Great Britain Companion Specification: the messages it understands"
_HASH_LEAD = "SHA-256 of the manufacturer image, before the supplier signs it"

Row = tuple[str, str]
"""A label and a value; without a value it is not shown."""


class Part(NamedTuple):
    """A section: `entry.html` knows by its id how to show what it holds."""

    id: str
    title: str
    lead: str
    shows: object


def parts(view: EntryView) -> list[Part]:
    """Those that have something to say."""
    made = (
        _notes,
        _contact,
        _how_to_supply,
        _since,
        _newer,
        _unclear,
        _device,
        _certificates,
        _image,
        _release,
        _line,
        _changes,
        _source,
    )
    return [found for part in made if (found := part(view))]


class Notes(NamedTuple):
    notes: str
    also: list[Row]


def _notes(view: EntryView) -> Part | None:
    record = view.record or view.this.record
    if record is None:
        return None
    maker = view.edition.repository.manufacturers.get(record.manufacturer)
    lead = phrase("Supplied by {}", isolated(maker.name)) if maker else phrase("")
    if record.released_on:
        lead = phrase("{}, released {}", lead, day(record.released_on))
    if record is not view.record:
        lead = phrase("{} for entry {}, of the same firmware", lead, record.cpl_number or "")
    return Part("notes", "Release notes", lead, Notes(record.release_notes, list(_also(record))))


def _also(record: Record) -> Iterator[Row]:
    """What else the record states."""
    if record.product_name:
        yield "Product", isolated(record.product_name)
    if record.release_notes_url:
        yield "Further notes", external_link(record.release_notes_url)
    alert = record.outage_alert_on_activation
    if alert or record.outage_note:
        stated = OUTAGE[alert] if alert else ""
        yield "Power outage alert", with_notes(stated, record.outage_note or "")
    if record.withdrawn:
        yield "Withdrawn", with_notes(day(record.withdrawn.on), record.withdrawn.reason)
    if record.corrections:
        told = (f"{day(each.on)}: {each.what}" for each in record.corrections)
        yield "Notes corrected", with_notes("", *told)


def _contact(view: EntryView) -> Part:
    target = view.answer.way.target if view.answer.way else None
    stated = any(each and each.record for each in (target, view.this))
    known = bool(view.answer.whom)
    lead = "" if stated or not known else "From the manufacturer identifier, not from a record"
    told = contacts(view.edition, view.answer.whom, view.entry.device_type, ROOT)
    return Part("contact", "Whom to call", lead, told)


def lacks_record(view: EntryView) -> bool:
    """Whether there is no record, and the Panel would take one."""
    return view.record is None and accepted(view.entry, view.edition.repository.policy)


class Supply(NamedTuple):
    """Where the record is made, and a letter to the Panel instead."""

    here: str
    letter: str
    panel: str


def _how_to_supply(view: EntryView) -> Part | None:
    """Steps for whoever has the notes."""
    if not lacks_record(view):
        return None
    shows = Supply(
        supply_url(view.entry, ROOT),
        letter_to_panel(view.edition, view.entry),
        view.edition.repository.policy.panel_name,
    )
    return Part("supply", "How to supply it", "For whoever submitted the entry", shows)


# What comes after this firmware, and what nobody puts before or after it.


class Step(NamedTuple):
    """A firmware with its notes; or with the version whose notes it repeats."""

    drawing: str
    version: Markup
    number: str
    listed: str
    incomplete: str
    notes: str | None
    repeats: str | None = None


def _step(drawing: str, firmware: Firmware, notes: str | None, repeats: str | None = None) -> Step:
    entry = firmware.entry
    version, listed = entry_link(entry, ROOT), first_listed(firmware)
    return Step(drawing, version, entry.cpl_number, listed, incomplete(entry), notes, repeats)


def _since(view: EntryView) -> Part | None:
    way = view.answer.way
    if way is None:
        return None
    steps = [
        _step(
            "end" if step.firmware is way.target else "ring",
            step.firmware,
            step.notes,
            step.repeats,
        )
        for step in way.since
    ]
    lead = "From this firmware to the latest, oldest first"
    return Part("since", "What changed since", lead, steps)


def _newer(view: EntryView) -> Part | None:
    """Newer firmware of which none is the latest."""
    if view.answer.way or not view.answer.newer_firmware:
        return None
    steps = [
        _step("ring", each, each.record.release_notes if each.record else None)
        for each in view.answer.newer_firmware
    ]
    lead = "By CPL number; only the manufacturer can say which is the latest"
    return Part("newer", "Newer firmware", lead, steps)


class Beside(NamedTuple):
    """A firmware in the table of those that nobody puts in order."""

    version: Markup
    number: str
    listed: str
    gbcs: str
    why: str
    incomplete: str


def _unclear(view: EntryView) -> Part | None:
    """This firmware beside those that nobody puts before or after it."""
    others = view.answer.unclear_firmware
    if not others:
        return None
    rows = []
    for firmware in (view.this, *others):
        this = firmware is view.this
        entry = view.entry if this else firmware.entry
        rows.append(
            Beside(
                version_link(firmware, view.this, ROOT),
                entry.cpl_number,
                first_listed(firmware),
                version_number(entry.gbcs_version),
                _this_one(view) if this else disagreement(view.history, view.this, firmware),
                incomplete(entry),
            )
        )
    url = f"{ROOT}models/{view.entry.device.device_model}/"
    words = "Nobody states which comes after which: see {}"
    lead = phrase(words, internal_link("the timeline", url))
    return Part("unclear", "Side by side", lead, rows)


def _this_one(view: EntryView) -> str:
    """This firmware, and the GBCS version it is compared by where that is another entry's."""
    best = view.this.entry
    if best.gbcs_version == view.entry.gbcs_version:
        return "this firmware"
    gbcs, number = version_number(best.gbcs_version), cpl_link(best.cpl_number, ROOT)
    return phrase("this firmware, listed with GBCS {} as {}", gbcs, number)


# What the CPL has: device, certificates, image.


def _device(view: EntryView) -> Part:
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


def _certificates(view: EntryView) -> Part | None:
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


def _image(view: EntryView) -> Part:
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


def _release(view: EntryView) -> Part | None:
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


def _line(view: EntryView) -> Part | None:
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


def _changes(view: EntryView) -> Part | None:
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


def _source(view: EntryView) -> Part:
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
