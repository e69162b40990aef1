"""The blocks of a summary, each with what it says as plain values: `templates/` says how.

A block is as much as can be left out by itself where there is no room for all. The parts of a
summary are in the order of `fir.review.summary`: records, the list, and what comes of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import NamedTuple

from fir.diagnostics import tick
from fir.model import Entry, Manufacturer, Record, Repository
from fir.report import many
from fir.repository_entry import business_address
from fir.review.changes import NOT_LISTED, Changed, ChangedAnswer, FieldChange, flat
from fir.review.cpl_update import CplUpdate
from fir.review.review import Review
from fir.review.risks import is_contact_change
from fir.review.wording import Blocks, facts, html, markdown, parts, tables, titled

# What happens to records and manufacturers.

IN_SIGHT = 5
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


def unreadable(review: Review) -> Blocks:
    for sentence in review.states.unread:
        yield markdown("item", "", sentence)
    for each in review.changes:
        if each.fate == "unreadable":
            yield markdown("item", each.path, each.why)


def manufacturers(review: Review) -> Blocks:
    for each in review.changes:
        if isinstance(each.noun, Manufacturer) and each.fate in _FATES:
            is_new, is_changed = each.fate == "new", each.fate == "changed"
            records = () if is_new else review.base.records
            printed_on = [r.cpl_number for r in records if r.manufacturer == each.slug]
            values = [] if is_changed else list(flat(each.noun).items())
            block = markdown("manufacturer", values, _fields(each.fields), printed_on)
            title = f"Manufacturer {tick(each.slug)}, {_FATES[each.fate]}"
            yield markdown("headed", title, block)


class _Fields(NamedTuple):
    """Changes of fields: in a table, and those of longer texts, which are told word by word."""

    short: list[FieldChange]
    long: list[FieldChange]


def _fields(changes: Iterable[FieldChange]) -> _Fields:
    found = _Fields([], [])
    for each in changes:
        is_whole = each.before is not None and each.after is not None
        is_text = each.field == "release_notes" or each.field.endswith(("note", "reason"))
        (found.long if is_whole and is_text else found.short).append(each)
    return found


def records(review: Review) -> Blocks:
    """Each group of records with its facts and texts; the riskier fates first."""
    order = ("renumbered", "moved", "gone", "changed", "new", "promoted")
    changes = [each for each in review.changes if each.fate in order]
    groups = sorted(grouped(changes), key=lambda group: order.index(group.first.fate))
    for place, group in enumerate(groups):
        block = markdown("group", _group(group, review))
        if len(groups) > _A_FEW and place >= IN_SIGHT:
            # What a list of hundreds shows of each: the first words of the text.
            glimpse = shorten(group.text, _GLIMPSE, placeholder="…")
            yield markdown("folded", _title(group), glimpse, block)
        else:
            yield markdown("headed", _title(group), block)


def _title(group: Group) -> str:
    first, count = group.first, len(group.changes)
    noun = "pending record" if first.kind == "pending" else "record"
    if count == 1:
        which = tick(_number_of(first))
        return f"{noun.capitalize()} {which} of {tick(first.slug)}, {_FATES[first.fate]}"
    one_text = ", one text" if first.fate in ("new", "gone") else ""
    one_change = ", one change" if first.fate in ("changed", "moved") else ""
    whose = f"{many(count, noun)} of {tick(first.slug)}"
    return f"{whose}, {_FATES[first.fate]}{one_text}{one_change}"


def _group(group: Group, review: Review) -> dict[str, object]:
    first = group.first
    found = [(each.record, _entry(each.record, review.head)) for each in group.changes]
    rows = [
        {"record": record, "facts": list(facts(entry, record)) if entry else None}
        for record, entry in found
    ]
    agree = all(entry and record and entry.device == record.device for record, entry in found)
    who = "The device agrees" if len(found) == 1 else "Every device agrees"
    return {
        "fate": first.fate,
        "claims": parts(rows, "entry"),
        "agrees": who if agree else "",
        "fields": _fields(_other_fields(first)),
        "moved": [(each.source, each.path) for each in group.changes if each.source],
        "stated": list(group.stated()),
        "contacts": list(_contacts(group, review)),
        "text": group.text,
        "is_blank": not group.text.strip(),
        "is_long": len(group.text) > _LONG,
    }


def _entry(record: Record | None, repository: Repository) -> Entry | None:
    return repository.entries.get(record.cpl_number) if record and record.cpl_number else None


def _contacts(group: Group, review: Review) -> Iterator[dict[str, str]]:
    """The manufacturer's contact; readers are told that of a newer firmware, where there is one."""
    manufacturer = review.head.manufacturers.get(group.first.slug)
    if manufacturer is None:
        return
    types = {each.record.device.type for each in group.changes if each.record}
    for contact in sorted({manufacturer.contact_for(each) for each in types}):
        yield {
            "name": manufacturer.name,
            "email": contact.email,
            "telephone": contact.telephone,
            "address": business_address(contact),
        }


# Changes that are one change to a reader: told once, with all the entries they hold for.

# What tells the entries of one release apart.
_OWN = ("cpl_number", "device.")
_OF_A_NUMBER = ("cpl_number", "smets_chts_version", "gbcs_version")
_TOLD = ("manufacturer", "release_notes")


class _Stated(NamedTuple):
    """The value of an optional field, and the numbers of those that state it."""

    field: str
    value: str
    numbers: list[str]
    by_all: bool


class Group(NamedTuple):
    """Records of one manufacturer with one fate and one text, or with the same fields changed."""

    changes: tuple[Changed, ...]

    @property
    def first(self) -> Changed:
        return self.changes[0]

    @property
    def text(self) -> str:
        record = self.first.record
        return record.release_notes if record else ""

    def stated(self) -> Iterator[_Stated]:
        """Without notes and what tells the entries apart."""
        found: dict[str, dict[str, list[str]]] = {}
        for each in self.changes:
            for field, text in flat(each.noun).items():
                if field not in _TOLD and not field.startswith(_OWN):
                    found.setdefault(field, {}).setdefault(text, []).append(_number_of(each))
        for field, values in found.items():
            for text, numbers in values.items():
                yield _Stated(field, text, numbers, len(numbers) == len(self.changes))


def _number_of(each: Changed) -> str:
    """The CPL number, or the name of a file that has none."""
    record = each.record
    return (record.cpl_number if record else "") or each.path.rpartition("/")[2]


def grouped(changes: Iterable[Changed]) -> list[Group]:
    """Records in groups, in the order of their first; manufacturers are no part of it."""
    found: dict[object, list[Changed]] = {}
    for each in changes:
        if each.record is not None:
            found.setdefault(_identity(each), []).append(each)
    return [Group(tuple(group)) for group in found.values()]


def _identity(each: Changed) -> tuple[object, ...]:
    same: tuple[FieldChange, ...] | str
    if each.fate in ("new", "gone") and isinstance(each.record, Record):
        same = each.record.release_notes
    else:
        same = _other_fields(each)
    return each.fate, each.kind, each.slug, same


def _other_fields(each: Changed) -> tuple[FieldChange, ...]:
    """What differs besides that a waiting record has its number now."""
    expected = _OF_A_NUMBER if each.fate == "promoted" else ()
    return tuple(field for field in each.fields if field.field not in expected)


# What a new issue of the CPL does: the list's own changes, then what they do to the register.


def cpl(review: Review) -> Blocks:
    update = review.cpl
    if update is None:
        return
    for sentence, found in review.tampering:
        yield html("tampering", sentence, found)
    for title, found in (
        ("Removed, and no longer on offer", update.removed),
        ("Reinstated: Removed before, Current again", update.reinstated),
        ("No longer listed; kept as such", update.lost),
        ("Listed again", update.relisted),
        ("Added", update.added),
    ):
        if found:
            rows = _listed(found, review.head)
            yield from titled(f"{title}: {len(found):,}", tables("entries", rows, "entry"))
    yield from _amended(update)
    yield from _promoted(update)
    if update.facts:
        block = tables("snapshot", update.facts, "field")
        yield from titled("The snapshot of itself", block)


def _listed(found: Iterable[str], repository: Repository) -> Iterator[dict[str, object]]:
    """Entries by their numbers, and the records that readers find."""
    for number in found:
        entry, record = repository.entries[number], repository.by_number.get(number)
        yield {"entry": entry, "facts": list(facts(entry)), "record": record}


def _amended(update: CplUpdate) -> Blocks:
    if update.amended:
        # A bulk amendment, the same in many entries, is one row.
        same: dict[tuple[str, str, str], list[str]] = {}
        for number, *what in update.amended:
            field, before, after = what
            same.setdefault((field, before, after), []).append(number)
        rows = [
            {"numbers": found, "field": field, "before": before or None, "after": after or None}
            for (field, before, after), found in same.items()
        ]
        title = f"Amended: {many(len({each.cpl_number for each in update.amended}), 'entry')}"
        yield from titled(title, tables("amended", rows, "amendment"))
    if update.filled:
        yield html("filled", sorted({each.cpl_number for each in update.filled}))
    if update.emptied:
        yield html("emptied", update.emptied)


def _promoted(update: CplUpdate) -> Blocks:
    if update.promoted:
        promoted = tables("promoted", update.promoted, "record")
        yield from titled("Records that get their number", promoted)
    if update.without_record:
        block = html("without_record", update.without_record)
        yield markdown("headed", "Added without a record", block)
    if update.waiting:
        block = markdown("waiting", update.waiting)
        yield markdown("headed", "Records that go on waiting", block)


# What changes besides records and the CPL, and what comes of all of it.


def comments(review: Review) -> Blocks:
    rows = [{"path": each.path, "text": "\n".join(each.comments)} for each in review.comments]
    if rows:
        yield from tables("comments", rows, "file with comments")


def waivers(review: Review) -> Blocks:
    for title, found in zip(("Added", "Removed"), review.waivers, strict=True):
        if found:
            yield from titled(f"{title}: {len(found):,}", tables("waivers", found, "waiver"))


def answers(review: Review) -> Blocks:
    for title, found in zip(
        ("Gain notes and a contact", "Lose notes and contact"), review.recorded, strict=True
    ):
        if found:
            yield html("recorded", title, found)
    if review.answers:
        alike: dict[tuple[str, str], list[str]] = {}
        for each in review.answers:
            alike.setdefault(_differing(each), []).extend(each.cpl_numbers)
        rows = [
            {"numbers": found, "before": before, "after": after}
            for (before, after), found in alike.items()
        ]
        yield from tables("answers", rows, "changed answer")
    elif review.changes or review.cpl:
        yield html("same_answers", any(map(is_contact_change, review.changes)))


def _differing(answer: ChangedAnswer) -> tuple[str, str]:
    """Both answers, without the sentences that stay as they are."""
    before, after = (
        NOT_LISTED if not one else " ".join(each for each in one if each not in (other or ()))
        for one, other in ((answer.before, answer.after), (answer.after, answer.before))
    )
    return before, after


def tooling(review: Review) -> Blocks:
    paths = set(review.paths("tooling"))
    if paths:
        yield from tables("files", [each for each in review.files if each.path in paths], "file")


def coverage(review: Review) -> Blocks:
    before, after = review.coverage
    if before == after:
        yield html("same_coverage", after)
        return
    differs = [
        f"{name} {before[name]:,} to {after[name]:,}"
        for name in after
        if before[name] != after[name]
    ]
    unchanged = [f"{name} {after[name]:,}" for name in after if before[name] == after[name]]
    yield html("coverage", ", ".join(differs), unchanged)
