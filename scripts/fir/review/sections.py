"""Tables of entries: what a record claims, and the CPL's facts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from fir.cpl.update import Amendment
from fir.diagnostics import tick, visible
from fir.model import Entry, Manufacturer, Record, Repository, Waiver
from fir.report import many
from fir.report.markdown import code_span, html_code, html_prose, prose, table
from fir.repository_entry import business_address
from fir.review.answers import NOT_LISTED, Told
from fir.review.changes import Changed, flat
from fir.review.cpl_update import CplUpdate
from fir.review.review import Review
from fir.review.risks import is_contact_change
from fir.review.wording import (
    IN_SIGHT,
    Group,
    fields,
    folded,
    grouped,
    notes,
    number_of,
    numbers,
    other_fields,
    value,
)

_IN_SIGHT = 15
_PART = 300
_FACTS = (
    ("status", "{}"),
    ("smets_chts_version", "{}"),
    ("gbcs_version", "{}"),
    ("image_hash", "image {:.8}"),
    ("cpa_expiry", "CPA until {}"),
    ("first_version", "first in {}"),
    ("label", "{}"),
)


def claims(changes: Sequence[Changed], repository: Repository) -> str:
    """What each record says of its device, what the CPL says of its number, and if they agree."""
    records = [each.record for each in changes if each.record]
    pairs = [(record, _entry(record, repository)) for record in records]
    disputed = [record for record, entry in pairs if entry and entry.device != record.device]
    rows = [
        (
            html_code(record.cpl_number or "none yet"),
            html_code(record.device.device_model),
            html_code(record.device.firmware_version),
            html_code(record.device.type),
            facts(entry, record) if entry else "does not list it",
        )
        for record, entry in pairs
    ]
    header = ("CPL number", "Device Model", "Firmware", "Device type", "The CPL says")
    who = "The device agrees" if len(pairs) == 1 else "Every device agrees"
    agreed = not disputed and all(entry for _, entry in pairs)
    agree = f"{who} with the CPL in each field.\n\n" if agreed else ""
    return "".join(listed(header, rows, "entry")) + agree


def _entry(record: Record, repository: Repository) -> Entry | None:
    return repository.entries.get(record.cpl_number) if record.cpl_number else None


def facts(entry: Entry, record: Record | None = None) -> str:
    """The CPL's facts of an entry; first of all those that contradict the record."""
    told = []
    if record:
        pairs = zip(record.device._fields, record.device, entry.device, strict=True)
        told = [
            f"<b>another {html_code(name)}</b>: {html_code(listed)}"
            for name, claimed, listed in pairs
            if claimed != listed
        ]
    if entry.last_listed_version:
        told.append(f"no longer listed, last in {html_code(entry.last_listed_version)}")
    for field, words in _FACTS:
        text = getattr(entry, field)
        if text:
            before, _, after = words.partition("{")
            told.append(f"{before}{html_code(f'{{{after}'.format(text))}")
    return ", ".join(told)


def entries(found: Iterable[str], repository: Repository) -> Iterator[str]:
    """Entries by their numbers, and whether readers find a record."""
    return listed(
        ("CPL number", "Device Model", "Firmware", "Device type", "The CPL says", "Record"),
        _rows(found, repository),
        "entry",
    )


def _rows(found: Iterable[str], repository: Repository) -> Iterator[tuple[str, ...]]:
    for number in found:
        entry = repository.entries[number]
        record = repository.by_number.get(number)
        yield (
            html_code(number),
            html_code(entry.device.device_model),
            html_code(entry.firmware_version),
            html_code(entry.device_type),
            facts(entry),
            html_code(record.manufacturer) if record else "none",
        )


def listed(header: Sequence[str], rows: Iterable[Sequence[str]], noun: str) -> Iterator[str]:
    """A table; a long one is folded, in parts that can be left out one by one."""
    rows = list(rows)
    if len(rows) <= _IN_SIGHT:
        yield table(header, rows) + "\n"
        return
    for start in range(0, len(rows), _PART):
        part = rows[start : start + _PART]
        more = "more " if start else ""
        yield folded(many(len(part), f"{more}{noun}"), [table(header, part) + "\n"])


def titled(title: str, blocks: Iterable[str]) -> Iterator[str]:
    """Blocks under a heading, which goes with the first of them."""
    for place, block in enumerate(blocks):
        yield block if place else f"#### {title}\n\n{block}"


def all_numbers(found: Sequence[str]) -> str:
    """Every number, however many."""
    return numbers(found, len(found))


# What a new issue of the CPL does, as blocks of a summary.


def cpl(review: Review) -> Iterator[str]:
    """The list's own changes, then what they do to the register."""
    update = review.cpl
    if update is None:
        return
    for sentence, found in review.doubts:
        which = f": {all_numbers(found)}" if found else ""
        yield f"<p><b>Edited by hand:</b> {html_prose(sentence)}{which}</p>\n\n"
    for title, found in (
        ("Removed, and no longer on offer", update.removed),
        ("Reinstated: Removed before, Current again", update.reinstated),
        ("No longer listed; kept as such", update.lost),
        ("Listed again", update.relisted),
        ("Added", update.added),
    ):
        if found:
            yield from titled(f"{title}: {len(found):,}", entries(found, review.head))
    yield from _amended(update)
    yield from _of_records(update)
    if update.facts:
        rows = [(html_code(name), value(was), value(is_now)) for name, was, is_now in update.facts]
        yield from titled(
            "The snapshot of itself", listed(("Field", "Before", "After"), rows, "field")
        )


def _amended(update: CplUpdate) -> Iterator[str]:
    if update.amended:
        title = f"Amended: {many(len({each.cpl_number for each in update.amended}), 'entry')}"
        header = ("CPL number", "Field", "Before", "After")
        yield from titled(title, listed(header, _of_cpl_rows(update.amended), "amendment"))
    if update.filled:
        found = sorted({each.cpl_number for each in update.filled})
        yield f"<p>Filled in, unknown until now: {numbers(found)}</p>\n\n"
    if update.emptied:
        words = "Amended by a source without certificates, which are unknown now"
        yield f"<p>{words}: {numbers(update.emptied)}</p>\n\n"


def _of_cpl_rows(amended: tuple[Amendment, ...]) -> Iterator[tuple[str, ...]]:
    """A bulk amendment, the same in many entries, is one row."""
    same: dict[tuple[str, str, str], list[str]] = {}
    for number, *what in amended:
        field, before, after = what
        same.setdefault((field, before, after), []).append(number)
    for (field, before, after), found in same.items():
        yield numbers(found), html_code(field), value(before or None), value(after or None)


def _of_records(update: CplUpdate) -> Iterator[str]:
    if update.promoted:
        rows = [
            (html_code(each.entry.cpl_number), html_code(each.record.path))
            for each in update.promoted
        ]
        header = ("Gets the number", "Waited as")
        yield from titled("Records that get their number", listed(header, rows, "record"))
    if update.without_record:
        due = all_numbers(update.without_record)
        yield (
            "#### Added without a record\n\n"
            f"<p>Due from whoever submitted the entry (F2.17): {due}</p>\n\n"
        )
    if update.waiting:
        lines = [
            f"- {code_span(visible(each.path))}: {prose(each.reason)}\n" for each in update.waiting
        ]
        yield "#### Records that go on waiting\n\n" + "".join(lines) + "\n"


# What happens to records and manufacturers, as blocks of a summary.

_LONG = 3_000
_A_FEW = 20
_GLIMPSE = 90
_FATES = {
    "new": "new",
    "changed": "changed",
    "gone": "deleted",
    "moved": "moved",
    "renumbered": "with another number",
    "promoted": "given a number",
}


def unreadable(review: Review) -> Iterator[str]:
    for sentence in review.states.unread:
        yield f"- {prose(sentence)}\n"
    for each in review.changes:
        if each.fate == "unreadable":
            yield f"- {code_span(visible(each.path))}: {prose(each.why)}\n"


def manufacturers(review: Review) -> Iterator[str]:
    for each in review.changes:
        if isinstance(each.noun, Manufacturer) and each.fate in _FATES:
            fate = _FATES[each.fate]
            printed = _printed_on(each, review)
            title = f"#### Manufacturer {prose(tick(each.slug))}, {fate}"
            yield f"{title}\n\n{_of_maker(each)}{printed}"


def _of_maker(each: Changed) -> str:
    if each.fate == "changed":
        return fields(each.fields) if each.fields else _ONLY_FORM
    rows = [(html_code(name), value(text)) for name, text in flat(each.noun).items()]
    return table(("Field", "Value"), rows) + "\n"


_ONLY_FORM = "Only its form changes: comments, order or quotation marks.\n\n"


def _printed_on(each: Changed, review: Review) -> str:
    """The records that carry this contact, before the change."""
    found = [r.cpl_number for r in review.base.records if r.manufacturer == each.slug]
    if not found or each.fate == "new":
        return ""
    return f"<p>Printed on {many(len(found), 'published record')}: {numbers(found)}.</p>\n\n"


def records(review: Review) -> Iterator[str]:
    """Each group of records with its facts and texts; the riskier fates first."""
    order = ("renumbered", "moved", "gone", "changed", "new", "promoted")
    changes = [each for each in review.changes if each.fate in order]
    groups = sorted(grouped(changes), key=lambda group: order.index(group.first.fate))
    for place, group in enumerate(groups):
        told = f"{claims(group.changes, review.head)}{_told(group, review)}"
        if len(groups) > _A_FEW and place >= IN_SIGHT:
            yield folded(f"{html_prose(_title(group))}: {html_code(_glimpse(group))}", [told])
        else:
            yield f"#### {prose(_title(group))}\n\n{told}"


def _title(group: Group) -> str:
    first, count = group.first, len(group.changes)
    noun = "pending record" if first.kind == "pending" else "record"
    if count == 1:
        which = tick(number_of(first))
        return f"{noun.capitalize()} {which} of {tick(first.slug)}, {_FATES[first.fate]}"
    one_text = ", one text" if first.fate in ("new", "gone") else ""
    one_change = ", one change" if first.fate in ("changed", "moved") else ""
    whose = f"{many(count, noun)} of {tick(first.slug)}"
    return f"{whose}, {_FATES[first.fate]}{one_text}{one_change}"


def _glimpse(group: Group) -> str:
    """What a list of hundreds shows of each: the first words of the text."""
    return shorten(group.text, _GLIMPSE, placeholder="…")


def _told(group: Group, review: Review) -> str:
    first = group.first
    if first.fate == "new":
        return _stated(group) + _whom(group, review) + _text(group.text)
    if first.fate == "gone":
        return folded("What readers lose", [_stated(group), notes(group.text)])
    moved = "".join(
        f"- {code_span(visible(each.source))} becomes {code_span(visible(each.path))}\n"
        for each in group.changes
        if each.source
    )
    if first.fate in ("promoted", "moved", "renumbered"):
        return f"{moved}\n{fields(other_fields(first))}"
    return fields(first.fields) if first.fields else _ONLY_FORM


def _stated(group: Group) -> str:
    """The optional fields; where not all state the same, the numbers of those that do."""
    rows = [
        (html_code(field), value(text), _of_all(found, group))
        for field, values in group.stated().items()
        for text, found in values.items()
    ]
    return table(("Field", "Value", "Stated for"), rows) + "\n" if rows else ""


def _of_all(found: list[str], group: Group) -> str:
    return "all" if len(found) == len(group.changes) else numbers(found)


def _whom(group: Group, review: Review) -> str:
    """The manufacturer's contact; readers are told that of a newer firmware, where there is one."""
    maker = review.head.manufacturers.get(group.first.slug)
    if maker is None:
        return ""
    types = {each.record.device.type for each in group.changes if each.record}
    contacts = {maker.contact_for(device_type) for device_type in types}
    told = [
        f"{html_code(maker.name)}, {html_code(each.email)}, {html_code(each.telephone)}, "
        f"{html_code(business_address(each))}"
        for each in sorted(contacts)
    ]
    return f"<p>The manufacturer's contact for it: {'; or '.join(told)}</p>\n\n"


def _text(text: str) -> str:
    made = notes(text)
    return (
        f"{made}\n" if len(text) <= _LONG else folded(f"{len(text):,} characters of notes", [made])
    )


# What changes besides records and the CPL, and what comes of all of it, as blocks of a summary.


def remarks(review: Review) -> Iterator[str]:
    rows = [(html_code(path), html_code("\n".join(said))) for path, said in review.remarks]
    if rows:
        yield from listed(("File", "Comments that are new"), rows, "file with comments")


def waivers(review: Review) -> Iterator[str]:
    for title, found in zip(("Added", "Removed"), review.waivers, strict=True):
        if found:
            header = ("Check", "File", "Reason", "Approved by", "Until")
            rows = [tuple(map(html_code, _cells(each))) for each in found]
            yield from titled(f"{title}: {len(found):,}", listed(header, rows, "waiver"))


def _cells(waiver: Waiver) -> tuple[str, ...]:
    return waiver.check, waiver.path, waiver.reason, waiver.approved_by, waiver.until


def answers(review: Review) -> Iterator[str]:
    for title, found in zip(
        ("Gain notes and a contact", "Lose notes and contact"), review.recorded, strict=True
    ):
        if found:
            yield f"<p>{title}: {numbers(found)}</p>\n\n"
    if review.answers:
        alike: dict[tuple[str, ...], list[str]] = {}
        for each in review.answers:
            alike.setdefault(tuple(_pair(each)), []).extend(each.cpl_numbers)
        rows = [(numbers(found), *pair) for pair, found in alike.items()]
        yield from listed(("CPL number", "Before", "After"), rows, "changed answer")
    elif review.changes or review.cpl:
        same = "Whether a firmware is the latest, and which manufacturer to call"
        contact = any(map(is_contact_change, review.changes))
        but = " How to reach it changes, as told above." if contact else ""
        yield f"<p>{same}: as before.{but}</p>\n\n"


def _pair(told: Told) -> Iterator[str]:
    """Both answers, without the sentences that stay as they are."""
    for one, other in ((told.before, told.after), (told.after, told.before)):
        left = [sentence for sentence in one or () if sentence not in (other or ())]
        yield html_prose(" ".join(left)) if one else NOT_LISTED


def tooling(review: Review) -> Iterator[str]:
    fates = {each.path: each.what for each in review.files}
    paths = review.paths("tooling")
    if paths:
        rows = [(html_code(path), fates[path]) for path in paths]
        yield from listed(("File", "What happens"), rows, "file")


def coverage(review: Review) -> Iterator[str]:
    before, after = review.coverage
    if before == after:
        yield (
            f"<p>Unchanged: {after['covered']:,} of {many(after['entries'], 'entry')} with a "
            f"record, {after['required']:,} required.</p>\n\n"
        )
        return
    told = [
        f"{name} {before[name]:,} to {after[name]:,}"
        for name in after
        if before[name] != after[name]
    ]
    kept = [f"{name} {after[name]:,}" for name in after if before[name] == after[name]]
    yield f"<p><b>{', '.join(told)}</b>{''.join(f'; {each}' for each in kept)}.</p>\n\n"
