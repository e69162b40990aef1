"""What happens to records and manufacturers, as blocks of a summary."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from fir.model import Manufacturer
from fir.report import many
from fir.report.inert import code_span, html_code, html_prose, prose, table
from fir.review import Review
from fir.review.changes import Changed
from fir.review.fields import flat
from fir.review.groups import Group, grouped, number_of, other_fields
from fir.review.of_entries import claims
from fir.review.room import IN_SIGHT, folded
from fir.review.words import fields, notes, numbers, value
from fir.table import business_address
from fir.wording import tick, visible

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
