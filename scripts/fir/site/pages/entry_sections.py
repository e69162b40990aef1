"""The parts of an entry's page that repeat what the CPL has: device, certificates, image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fir.answers import Firmware, History
from fir.answers.sentences import disagreement
from fir.model import Change, Entry, Record
from fir.site.components import ROOT, Section, by_bytes, icon, identifier, version_link
from fir.site.components import contacts as whom
from fir.site.components import copy_button as copy
from fir.site.components import cpl_badge as sign_plate
from fir.site.components import cpl_link as to_cpl
from fir.site.components import entry_badges as marks
from fir.site.components import entry_link as to_entry
from fir.site.components import external_link as link
from fir.site.components import issue_link as to_issue
from fir.site.components import machine_links as machines
from fir.site.components import model_link as to_model
from fir.site.components import notes as notes_block
from fir.site.edition import Edition, once_an_edition, release
from fir.site.entry_view import EntryView as Shown
from fir.site.entry_view import expiry, field_title, incomplete
from fir.site.entry_view import first_listed as listed_on
from fir.site.feeds import model_feed
from fir.site.html import day, esc, table, terms
from fir.site.html import with_button as markup_line
from fir.site.pages.entry_facts import OUTAGE, how_to_supply
from fir.site.wording import in_words as count
from fir.site.wording import version_number as version

_SMETS = "Smart Metering Equipment Technical Specifications: what the device can do"
_CHTS = "Communications Hub Technical Specifications: what the hub can do"
_GBCS = "Great Britain Companion Specification: the messages it understands"
_HASH_LEAD = "SHA-256 of the manufacturer image, before the supplier signs it"
_HASH_NOTE = (
    "The hash of the file you receive will differ: the supplier’s signature is added after this "
    "hash is taken."
)


def details(page: Shown) -> Iterator[Section]:
    """Those that have something to say."""
    yield _device(page)
    certificates = _certificates(page)
    if certificates:
        yield certificates
    yield _image(page)


def plate(page: Shown) -> str:
    """The five parts of the identifier, as on a type plate."""
    device = page.entry.device
    cells = (
        ("id", "Manufacturer", device.manufacturer_identifier),
        ("id", "Model", device.model_identifier),
        ("hw", "Hardware version", device.hardware_version),
        ("id", "Revision", device.hardware_revision),
        ("fw", "Firmware version", by_bytes(device.firmware_version)),
    )
    told = "".join(
        f'<div class="{kind}"><dt>{label}</dt><dd>{value}</dd></div>'
        for kind, label, value in cells
    )
    button = copy(" ".join(device.inventory_strings), "the identifiers")
    return f'<div class="plate"><dl>{told}</dl><div class="acts">{button}</div></div>'


def _device(page: Shown) -> Section:
    entry, device = page.entry, page.entry.device
    strings = " &ensp;".join(map(identifier, device.inventory_strings))
    button = copy(" ".join(device.inventory_strings), "the three strings")
    chts = entry.smets_chts_version.startswith("CHTS")
    same = (each for each in page.this.entries if each.cpl_number != entry.cpl_number)
    rows = (
        ("Type", esc(entry.device_type)),
        ("Device Model", to_model(device.device_model, ROOT)),
        ("As the inventory shows it", markup_line(strings, button)),
        (
            "CHTS version" if chts else "SMETS version",
            _explained(entry.smets_chts_version, _CHTS if chts else _SMETS),
        ),
        ("GBCS version", _explained(entry.gbcs_version, _GBCS)),
        ("Listed as", f"<bdi>{esc(entry.label)}</bdi>" if entry.label else ""),
        ("Listed again as", ", ".join(to_cpl(each.cpl_number, ROOT) for each in same)),
    )
    lead = f"Values from CPL {esc(page.edition.snapshot.version)}"
    return Section("device", "Device", lead, terms(rows))


def _explained(text: str, what: str) -> str:
    return f"{version(text)}<small>{what}</small>"


def _image(page: Shown) -> Section:
    entry = page.entry
    creator = f"<bdi>{esc(entry.image_creator)}</bdi>" if entry.image_creator else ""
    descriptor = f"<bdi>{esc(entry.image_descriptor)}</bdi>" if entry.image_descriptor else ""
    rows = terms((("Creator", creator), ("Descriptor", descriptor)))
    value = entry.image_hash
    if not value:
        return Section("image", "Image and hash", "", f"<p>The CPL gives no hash.</p>{rows}")
    eights = "".join(f"<span>{value[start : start + 8]}</span>" for start in range(0, 64, 8))
    button = copy(value, "the hash")
    told = f'<div class="hashrow"><div class="hash">{eights}</div>{button}</div>'
    body = f'{told}{rows}<p class="after">{_HASH_NOTE}</p>'
    return Section("image", "Image and hash", _HASH_LEAD, body)


def _certificates(page: Shown) -> Section | None:
    entry = page.entry
    if not (entry.cpa_certificate or entry.dlms_certificate or entry.zse_certificate):
        return None
    told = "".join(
        (
            _card(
                "CPA",
                "Commercial Product Assurance: security",
                entry.cpa_certificate,
                (esc(entry.cpa_security_characteristics), *expiry(page.edition, entry)),
            ),
            _card(
                "DLMS",
                "Device Language Message Specification: the meter’s data",
                entry.dlms_certificate,
                (esc(entry.dlms_version),),
            ),
            _card(
                "ZSE",
                "ZigBee Smart Energy: the home network",
                entry.zse_certificate,
                (esc(entry.zse_version),),
            ),
        )
    )
    return Section("cert", "Certificates", "", f'<dl class="cards">{told}</dl>')


def _card(short: str, long: str, name: str, facts: tuple[str, ...]) -> str:
    told = "none on the CPL"
    if name:
        told = f"{identifier(name)}{''.join(f'<small>{fact}</small>' for fact in facts if fact)}"
    return f"<div><dt><b>{short}</b> {long}</dt><dd>{told}</dd></div>"


# Where a firmware stands in its line: what is before it, what after, what installs over what.


def line(page: Shown) -> Section | None:
    """The neighbours, and what is stated of them; none where there is nothing of either."""
    others = [each for each in page.history.firmware if each is not page.this]
    record = page.record or page.this.record
    if not others and (record is None or record.upgrade_from is None):
        return None
    older, newer, unclear = _sorted(page.history, page.this, others)
    rows = (
        ("Previous", _named(_nearest(page.history, older, beyond="older"))),
        ("Next", _named(_nearest(page.history, newer, beyond="newer"))),
        ("Order not known", _unordered(page, unclear)),
        ("May be installed over", _sources(page)),
        ("May be updated straight to", _numbers(_updates(page))),
    )
    return Section("line", "Before and after", "Firmware of this exact device", terms(rows))


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


def _named(firmware: Iterable[Firmware]) -> str:
    return "<br>".join(
        f"{to_entry(each.entry, ROOT)}{sign_plate(each.entry.cpl_number)} "
        f'<span class="dated">first listed {listed_on(each)}</span>'
        for each in firmware
    )


def _unordered(page: Shown, unclear: Iterable[Firmware]) -> str:
    """What an earlier part of the page sets side by side is not listed again."""
    compared = page.answer.unclear_firmware
    rest = _named(each for each in unclear if each not in compared)
    if not compared:
        return rest
    many = "one other" if len(compared) == 1 else f"{count(len(compared))} others"
    seen = f'{many}, <a href="#unclear">side by side</a>'
    return f"{seen}<br>{rest}" if rest else seen


def _sources(page: Shown) -> str:
    """What the record states; the record of another entry of the same firmware, if need be."""
    record = page.record or page.this.record
    if record is None or record.upgrade_from is None:
        return "not stated"
    return _numbers(record.upgrade_from) or "no earlier firmware"


def _updates(page: Shown) -> list[str]:
    """A statement that names another entry of this firmware is about this firmware too."""
    updates = page.edition.updates
    return sorted({each for number in page.this.numbers for each in updates.get(number, ())})


def _numbers(numbers: Iterable[str]) -> str:
    return ", ".join(to_cpl(number, ROOT) for number in numbers)


# The last parts of an entry's page: its release, what the CPL changed of it, where it is from.


def history(page: Shown) -> Iterator[Section]:
    """Those that have something to say."""
    for part in (_release, line, _changes, _source):
        found = part(page)
        if found:
            yield found


def _release(page: Shown) -> Section | None:
    entries = page.edition.releases[release(page.entry)]
    if len(entries) == 1:
        return None
    told = "".join(
        f'<tr><th scope="row">{_name(page, entry)}</th>{_row(page.edition, entry.cpl_number)}</tr>'
        for entry in entries
    )
    shared = "image" if page.entry.image_hash else "firmware version"
    lead = f"{count(len(entries)).capitalize()} entries share this {shared}"
    heads = ("CPL number", "Device Model", "Type", "Answer")
    return Section("same", "Same release", lead, table(heads, told))


def _name(page: Shown, entry: Entry) -> str:
    if entry.cpl_number == page.entry.cpl_number:
        return f'<b class="pn">{entry.cpl_number}</b> this entry'
    return to_cpl(entry.cpl_number, ROOT)


@once_an_edition
def _row(edition: Edition, number: str) -> str:
    """What a row says of an entry, on each page of its release."""
    entry = edition.repository.entries[number]
    return (
        f"<td>{to_model(entry.device.device_model, ROOT)}</td>"
        f'<td data-l="">{esc(entry.device_type)}</td><td>{marks(edition, entry)}</td>'
    )


def _changes(page: Shown) -> Section | None:
    changes = page.edition.told(page.entry)
    if not changes:
        return None
    rows = [(each, *_in_words(page.edition, each)) for each in changes]
    told = "".join(
        f'<tr><th scope="row">{to_issue(page.edition, each.version, ROOT)}, '
        f'{day(each.issued_on)}</th><td>{field}</td><td data-l="Before">{before}</td>'
        f'<td data-l="After">{after}</td></tr>'
        for each, field, before, after in rows
    )
    since = esc(page.edition.recorded_since)
    lead = f"Recorded here since CPL {since}; what the list changed earlier is not shown"
    listed = table(("CPL issue", "Field", "Before", "After"), told)
    return Section("changes", "Changes on the CPL", lead, listed)


def _in_words(edition: Edition, change: Change) -> tuple[str, str, str]:
    """The field, before and after; that an entry was listed is said in a word of its own."""
    if (change.field, change.before, change.after) == ("status", "", "Current"):
        return "Entry", "none", "listed"
    field = field_title(edition, change.field)
    return field, day(change.before) or "none", day(change.after) or "none"


def _source(page: Shown) -> Section:
    edition, record = page.edition, page.record
    path = changed = ""
    if record:
        url = edition.source(record.path, "blob")
        path = f'<code class="path">{esc(record.path)}</code>'
        path = f'<a href="{esc(url)}">{path}</a>' if url else path
        commit = edition.commits.last.get(record.path)
        changed = f"{day(commit.on)}, commit <code>{commit.short}</code>" if commit else "not known"
    made = (
        f"commit <code>{edition.commit}</code>{edition.changed}" if edition.commit else "no commit"
    )
    rows = (
        ("Central Products List", f"CPL {esc(edition.snapshot.version)}, issued {edition.issued}"),
        ("Record", path),
        ("Last changed", changed),
        ("Made from", made),
        ("For machines", _machines(page.entry)),
    )
    return Section("source", "Where this comes from", "", terms(rows))


def _machines(entry: Entry) -> str:
    feed, file = model_feed(entry.device.device_model), f"entries/{entry.cpl_number}.json"
    return machines(feed, "this Device Model", file, ROOT)


# The parts of an entry's page below the answer, in the order a reader needs them.


def sections(page: Shown) -> Iterator[Section]:
    """Those that have something to say."""
    for part in (_notes, _contact, how_to_supply, _since, _newer, _unclear):
        found = part(page)
        if found:
            yield found


def _notes(page: Shown) -> Section | None:
    record = page.record or page.this.record
    if record is None:
        return None
    maker = page.edition.repository.manufacturers.get(record.manufacturer)
    lead = f"Supplied by <bdi>{esc(maker.name)}</bdi>" if maker else ""
    if record.released_on:
        lead += f", released {day(record.released_on)}"
    if record is not page.record:
        lead += f" for entry {record.cpl_number}, of the same firmware"
    return Section(
        "notes", "Release notes", lead, f"{notes_block(record.release_notes)}{_also(record)}"
    )


def _also(record: Record) -> str:
    """What else the record states; nothing where it states no more."""
    alert = record.outage_alert_on_activation
    outage = OUTAGE[alert] if alert else ""
    if record.outage_note:
        outage += f"<small>{esc(record.outage_note)}</small>"
    withdrawn = ""
    if record.withdrawn:
        withdrawn = f"{day(record.withdrawn.on)}<small>{esc(record.withdrawn.reason)}</small>"
    corrections = "".join(f"<small>{day(c.on)}: {esc(c.what)}</small>" for c in record.corrections)
    rows = (
        ("Product", f"<bdi>{esc(record.product_name)}</bdi>" if record.product_name else ""),
        ("Further notes", link(record.release_notes_url) if record.release_notes_url else ""),
        ("Power outage alert", outage),
        ("Withdrawn", withdrawn),
        ("Notes corrected", corrections),
    )
    return f'<div class="also">{terms(rows)}</div>' if any(value for _, value in rows) else ""


def _since(page: Shown) -> Section | None:
    way = page.answer.way
    if way is None:
        return None
    told = []
    for step in way.since:
        drawing = "end" if step.firmware is way.target else "ring"
        if step.repeats:
            text = f'<p class="q">The same notes as {by_bytes(step.repeats)}.</p>'
        else:
            text = _text(step.notes)
        told.append(f"<li>{icon(drawing)}{_heading(step.firmware)}{text}</li>")
    return Section(
        "since",
        "What changed since",
        "From this firmware to the latest, oldest first",
        f'<ol class="since">{"".join(told)}</ol>',
    )


def _newer(page: Shown) -> Section | None:
    """Newer firmware of which none is the latest."""
    if page.answer.way or not page.answer.newer_firmware:
        return None
    told = []
    for firmware in page.answer.newer_firmware:
        text = _text(firmware.record.release_notes if firmware.record else None)
        told.append(f"<li>{icon('ring')}{_heading(firmware)}{text}</li>")
    return Section(
        "newer",
        "Newer firmware",
        "By CPL number; only the manufacturer can say which is the latest",
        f'<ol class="since loose">{"".join(told)}</ol>',
    )


def _heading(firmware: Firmware) -> str:
    entry = firmware.entry
    part = incomplete(entry)
    return (
        f"<h3>{to_entry(entry, ROOT)}{sign_plate(entry.cpl_number)}<span>first listed "
        f"{listed_on(firmware)}{f' · {part}' if part else ''}</span></h3>"
    )


def _text(text: str | None) -> str:
    if text is None:
        return '<p class="q">No record yet: nobody has supplied notes.</p>'
    return notes_block(text)


def _unclear(page: Shown) -> Section | None:
    """This firmware beside those that nobody puts before or after it."""
    others = page.answer.unclear_firmware
    if not others:
        return None
    told = []
    for firmware in (page.this, *others):
        this = firmware is page.this
        entry = page.entry if this else firmware.entry
        why = _this_one(page) if this else disagreement(page.history, page.this, firmware)
        part = incomplete(entry)
        told.append(
            f'<tr><th scope="row">{version_link(firmware, page.this, ROOT)}</th>'
            f'<td data-l="CPL">{entry.cpl_number}</td>'
            f'<td data-l="Listed">{listed_on(firmware)}</td>'
            f'<td data-l="GBCS">{version(entry.gbcs_version)}</td><td data-l="">{why}'
            f"{f'<small>{part}</small>' if part else ''}</td></tr>"
        )
    heads = ("Firmware", "CPL number", "First listed", "GBCS", "Beside this one")
    beside = table(heads, "".join(told))
    timeline = f'<a href="{ROOT}models/{page.entry.device.device_model}/">the timeline</a>'
    lead = f"Nobody states which comes after which: see {timeline}"
    return Section("unclear", "Side by side", lead, beside)


def _this_one(page: Shown) -> str:
    """This firmware, and the GBCS version it is compared by where that is another entry's."""
    best = page.this.entry
    if best.gbcs_version == page.entry.gbcs_version:
        return "this firmware"
    gbcs = version(best.gbcs_version)
    return f"this firmware, listed with GBCS {gbcs} as {to_cpl(best.cpl_number, ROOT)}"


def _contact(page: Shown) -> Section:
    target = page.answer.way.target if page.answer.way else None
    stated = any(each and each.record for each in (target, page.this))
    known = bool(page.answer.whom)
    lead = "" if stated or not known else "From the manufacturer identifier, not from a record"
    told = whom(page.edition, page.answer.whom, page.entry.device_type, ROOT)
    return Section("contact", "Whom to call", lead, told)
