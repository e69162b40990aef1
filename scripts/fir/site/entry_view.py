"""One entry with all that pages say of it, as plain text: its product, its days, its letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from fir.answers import Answer, Firmware, History, image_kind
from fir.answers.sentences import WORDS
from fir.model import Entry, Record
from fir.site.edition import Edition, once_an_edition
from fir.site.wording import NO_DAY, NO_RECORD, day, sentence_case, short_type

SHAPES = {
    "latest": "latest",
    "newer-exists": "newer",
    "unclear": "unclear",
    "withdrawn": "withdrawn",
    "removed": "removed",
    "no-longer-listed": "removed",
}
"""The drawing and colour of each answer."""
UNRECORDED = ("norec", NO_RECORD)
_INCOMPLETE = {"fragment": "one fragment of an image", "partial": "image of one part only"}


class EntryView(NamedTuple):
    edition: Edition
    entry: Entry
    answer: Answer
    this: Firmware
    history: History
    record: Record | None


def entry_view(edition: Edition, entry: Entry) -> EntryView:
    answer = edition.answer_of[entry.cpl_number]
    assert answer.firmware is not None  # an entry's firmware is always known
    history = edition.answers.histories[entry.line]
    return EntryView(edition, entry, answer, answer.firmware, history, edition.record_of(entry))


def badges(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    """Shape and word: the answer, its own status where that differs, no record."""
    answer = edition.answer_of[entry.cpl_number]
    yield SHAPES[answer.answer], WORDS[answer.answer]
    if entry.listing != "current" and answer.listing == "current":
        yield "removed", f"Entry {entry.listing.replace('-', ' ')}"
    if edition.record_of(entry) is None:
        yield UNRECORDED


def product_name(edition: Edition, entry: Entry) -> str:
    """What the device is called: its product name where a record says so, and its type."""
    record = edition.record_of(entry)
    kind = short_type(entry.device_type)
    if record and record.product_name:
        return f"{record.product_name}, {kind}"
    return sentence_case(kind)


def first_listed(firmware: Firmware) -> str:
    """The day of its first listing, which a later entry of the same firmware does not move."""
    return day(firmware.entries[0].first_issued_on) or NO_DAY


def incomplete(entry: Entry) -> str:
    """What the entry's image is where it is not the whole of one."""
    return _INCOMPLETE.get(image_kind(entry.image_descriptor), "")


@once_an_edition
def field_title(edition: Edition, field: str) -> str:
    """What a column of `entries.csv` is called, as the schema has it."""
    return str(edition.repository.shapes.field("entry", [field]).get("title", field))


# The day of a CPA certificate: an end or a review, past, or near this issue of the CPL.


def expiry(edition: Edition, entry: Entry) -> tuple[str, ...]:
    """The day of the CPA certificate, what kind of day it is, and how it stands to this CPL."""
    ends, issued = entry.cpa_expiry, edition.snapshot.issued_on
    if not ends:
        return ("No day on the CPL",)
    passed = ends < issued
    if entry.cpa_certificate.startswith("[R]"):
        when = f"{'Review was due' if passed else 'Review due'} {day(ends)}"
        kind = "a lifetime certificate, reviewed on that day"
    else:
        when = f"{'Expired' if passed else 'Expires'} {day(ends)}"
        kind = "a certificate with a fixed end"
    if passed:
        return when, kind, "before this CPL issue"
    soon = ends <= f"{int(issued[:4]) + 1}{issued[4:]}"
    return (when, kind, "within 12 months of this CPL issue") if soon else (when, kind)


def expiry_kind(entry: Entry) -> str:
    """What happens on the day of the CPA certificate."""
    return "review" if entry.cpa_certificate.startswith("[R]") else "expiry"


# How a missing record is supplied: on the page that makes one, else by a letter to the Panel.

_FIELDS = (
    "Type",
    "Manufacturer identifier",
    "Model identifier",
    "Hardware version",
    "Hardware revision",
    "Firmware version",
)
_CONTACT = ("Company:", "Email address:", "Telephone number:", "Business address:")


def supply_url(entry: Entry, root: str) -> str:
    """The page that makes a record, at this entry; `root` is the way to the site's start."""
    return f"{root}submit/?cpl={entry.cpl_number}"


def letter_to_panel(edition: Edition, entry: Entry) -> str:
    """An email to the Panel that names the entry and its device, to be completed by hand."""
    policy, makers = edition.repository.policy, edition.makers(entry)
    subject = quote(f"Record of CPL entry {entry.cpl_number}")
    values = zip(_FIELDS, entry.device, strict=True)
    body = "\r\n".join(
        (
            f"CPL number: {entry.cpl_number}",
            *(f"{field}: {value}" for field, value in values),
            "Release notes:",
            *(() if makers else _CONTACT),
            "",
        )
    )
    return f"mailto:{policy.panel_email}?subject={subject}&body={quote(body)}"


def suggest_url(edition: Edition, path: str, subject: str) -> str:
    """Where a change to a file is proposed: in the repository, else by a letter to the Panel."""
    url = edition.source(path, "edit") if path else ""
    return url or f"mailto:{edition.repository.policy.panel_email}?subject={quote(subject)}"
