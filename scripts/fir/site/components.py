"""The answer as a sign: a shape, a word and a colour, large on its page and small in rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from babel import Locale

from fir.answers import Answer, Firmware, History, image_kind
from fir.answers.sentences import WORDS
from fir.model import Address, Contact, Entry, Manufacturer, Record
from fir.site.edition import Edition, once_an_edition
from fir.site.feeds import Feed
from fir.site.html import Section, by_bytes, copy, day, esc, icon, link, readable, table

SHAPES = {
    "latest": "latest",
    "newer-exists": "newer",
    "unclear": "unclear",
    "withdrawn": "withdrawn",
    "removed": "removed",
    "no-longer-listed": "removed",
}
NO_RECORD = "No record yet"
_UNRECORDED = ("norec", NO_RECORD)
SHORT_TYPES = {
    "Communications Hub": "communications hub",
    "Gas Smart Meter": "gas meter",
    "HAN Connected Auxiliary Load Control Switch": "load control switch",
    "Polyphase Electricity Metering Equipment": "polyphase electricity meter",
    "Pre-Payment Interface Device": "prepayment display",
    "Single Element Electricity Metering Equipment": "electricity meter",
    "Twin Element Electricity Metering Equipment": "twin element electricity meter",
}


def small(shape: str, word: str) -> str:
    return f'<span class="st is-{shape}">{icon(shape)}{word}</span>'


def of_answer(answer: str) -> str:
    """The small sign of an answer."""
    return small(SHAPES[answer], WORDS[answer])


def large(shape: str, word: str, said: str, beside: str, facts: Iterable[tuple[str, str]]) -> str:
    """The sign at the head of a page: word, what it means, a drawing, and facts below."""
    told = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in facts)
    return (
        f'<section class="ans is-{shape}" id="answer" aria-label="Answer">'
        f'<div class="sign">{icon(shape)}</div><div class="say"><p class="word">{word}</p>{said}'
        f'</div>{beside}<dl class="facts">{told}</dl></section>'
    )


def marks(edition: Edition, entry: Entry) -> str:
    """What a row says of an entry: the answer, its own status where that differs, no record."""
    return "".join(small(*mark) for mark in _marks(edition, entry))


def counted_marks(edition: Edition, entries: Sequence[Entry]) -> str:
    """What a row says of several entries: each mark, counted where not all of them bear it."""
    found = Counter(mark for entry in entries for mark in _marks(edition, entry))
    found[_UNRECORDED] = found.pop(_UNRECORDED, 0)  # said last
    return "".join(
        small(shape, word if count == len(entries) else f"{word}: {count:,} of {len(entries):,}")
        for (shape, word), count in found.items()
        if count
    )


def _marks(edition: Edition, entry: Entry) -> Iterator[tuple[str, str]]:
    answer = edition.answer_of[entry.cpl_number]
    yield SHAPES[answer.answer], WORDS[answer.answer]
    if entry.listing != "current" and answer.listing == "current":
        yield "removed", f"Entry {entry.listing.replace('-', ' ')}"
    if edition.record_of(entry) is None:
        yield _UNRECORDED


def rows(edition: Edition, entries: Iterable[Entry], root: str, *, company: bool = False) -> str:
    """Entries as a table led by the answer; `company` names the manufacturer of each."""
    head = "Manufacturer and device" if company else "Device"
    told = "".join(_row(edition, entry, root, company) for entry in entries)
    return table(("Answer", "Firmware", head, "Listed"), told, "rows")


def _row(edition: Edition, entry: Entry, root: str, company: bool) -> str:
    device, below = esc(product(edition, entry)), to_model(entry.device.device_model, root)
    if company:
        device, below = whose(edition, entry) or "No contact yet", device
    number = entry.cpl_number
    return (
        f"<tr><td>{marks(edition, entry)}</td>"
        f'<td class="id"><a href="{root}cpl/{number}/">{by_bytes(entry.firmware_version)}</a>'
        f"{plate(number)}</td><td>{device}<small>{below}</small></td>"
        f'<td data-l="Listed">{day(entry.first_issued_on) or "day not known"}</td></tr>'
    )


def plate(number: str) -> str:
    """A CPL number in a row, set like a number plate."""
    return f'<span class="cpl">CPL <b>{number}</b></span>'


def to_cpl(number: str, root: str) -> str:
    """A CPL number that leads to its entry."""
    return f'<a class="pn" href="{root}cpl/{number}/">{number}</a>'


def to_entry(entry: Entry, root: str) -> str:
    """A firmware version that leads to its entry."""
    return f'<a href="{root}cpl/{entry.cpl_number}/">{by_bytes(entry.firmware_version)}</a>'


@lru_cache(maxsize=65536)
def to_model(model: str, root: str) -> str:
    """A Device Model that leads to its page."""
    return f'<a class="pn" href="{root}models/{esc(model)}/">{esc(model)}</a>'


def to_issue(edition: Edition, version: str, root: str) -> str:
    """A CPL issue that leads to what it did, where that is told."""
    issue = edition.issues.by_version.get(version)
    return f'<a href="{root}{issue.place}">{esc(version)}</a>' if issue else esc(version)


def whose(edition: Edition, entry: Entry) -> str:
    """The names of the companies the entry may be of; empty where none is known."""
    return " or ".join(f"<bdi>{esc(maker.name)}</bdi>" for maker in edition.makers(entry))


def short_type(device_type: str) -> str:
    return SHORT_TYPES.get(device_type, device_type)


def product(edition: Edition, entry: Entry) -> str:
    """What the device is called: its product name where a record says so, and its type."""
    record = edition.record_of(entry)
    kind = short_type(entry.device_type)
    if record and record.product_name:
        return f"{record.product_name}, {kind}"
    return kind[:1].upper() + kind[1:]


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


def kind_of(entry: Entry) -> str:
    """What happens on the day of the CPA certificate."""
    return "review" if entry.cpa_certificate.startswith("[R]") else "expiry"


# Whom to call: F2.15(b) in full, with what a reader can do with each part.


def company(manufacturer: Manufacturer, root: str) -> str:
    return (
        f'<a href="{root}manufacturers/{esc(manufacturer.slug)}/">'
        f"<bdi>{esc(manufacturer.name)}</bdi></a>"
    )


def telephone(contact: Contact) -> str:
    number = contact.telephone
    return f'<a class="tel" href="tel:{esc(number)}">{esc(readable(number))}</a>'


def contact_terms(contact: Contact, beside: Iterable[tuple[str, str]] = ()) -> str:
    """Email, telephone and address, each to be copied, and when they were last confirmed.

    `beside` is what else is told of the company: labels and values, those without a value left out.
    """
    email = esc(contact.email)
    mail = f'<a href="mailto:{email}">{email.replace("@", "<wbr>@")}</a>'
    address = _postal(contact.address)
    lines = "<br>".join(f"<bdi>{esc(line)}</bdi>" for line in address)
    cells = (
        ("Email", mail, copy(contact.email, "the email address")),
        ("Telephone", telephone(contact), copy(contact.telephone, "the number")),
        ("Business address", lines, copy("\n".join(address), "the address")),
    )
    told = "".join(
        f"<div><dt>{label}{button}</dt><dd>{value}</dd></div>" for label, value, button in cells
    )
    confirmed = day(contact.confirmed_on) if contact.confirmed_on else "not stated"
    facts = (*beside, ("Last confirmed", confirmed))
    under = "".join(f"<li>{label} <span>{value}</span></li>" for label, value in facts if value)
    return f'<dl class="cards contact">{told}</dl><ul class="under-cards">{under}</ul>'


def _postal(address: Address) -> list[str]:
    """The lines of a label on a letter."""
    town = " ".join(filter(None, (address.locality, address.postal_code)))
    return [*address.lines, *filter(None, (town, _country(address.country)))]


@lru_cache(maxsize=256)
def _country(code: str) -> str:
    """`GB` as `United Kingdom`; a code that nobody has given a name as it is."""
    return str(Locale("en", "GB").territories.get(code, code))


@once_an_edition
def whom(edition: Edition, slugs: tuple[str, ...], device_type: str, root: str) -> str:
    """The contact of each manufacturer for a type of device, or the Panel's where none is known."""
    manufacturers = edition.repository.manufacturers
    known = [manufacturers[slug] for slug in slugs if slug in manufacturers]
    if not known:
        return f"<p>Nobody has given a contact for this device yet. {panel(edition)}</p>"
    return "".join(
        contact_terms(
            each.contact_for(device_type),
            (
                ("Company", company(each, root)),
                ("Website", link(each.website) if each.website else ""),
                ("Succeeded by", _successor(edition, each, root)),
            ),
        )
        for each in known
    )


def _successor(edition: Edition, manufacturer: Manufacturer, root: str) -> str:
    successor = edition.repository.manufacturers.get(manufacturer.succeeded_by or "")
    return company(successor, root) if successor else ""


def panel(edition: Edition) -> str:
    """How to reach the Panel, as a sentence."""
    policy = edition.repository.policy
    email = esc(policy.panel_email)
    return f'Write to the {esc(policy.panel_name)}: <a href="mailto:{email}">{email}</a>.'


def suggest(edition: Edition, path: str, subject: str) -> str:
    """Where a change to a file is proposed: in the repository, else by a letter to the Panel."""
    url = edition.source(path, "edit") if path else ""
    if not url:
        url = f"mailto:{edition.repository.policy.panel_email}?subject={quote(subject)}"
    return f'<a class="btn" href="{esc(url)}">Suggest a change</a>'


# Where machines read what a page says, and how to be told when it changes.


def machines(feed: Feed, what: str, file: str, root: str) -> str:
    """Links to a feed, named by what it is of, and to a file of the API."""
    return (
        f'<a href="{root}{esc(feed.path)}">Atom feed of {what}</a> · '
        f'<a href="{root}api/v1/{esc(file)}">JSON</a>'
    )


def follow(feed: Feed, what: str, file: str, root: str) -> Section:
    body = f"<p>{machines(feed, what, file, root)}</p>"
    return Section("follow", "Follow", "New firmware and changes, told to a feed reader", body)


# The latest firmware of a line in one cell of a table, or why there is none to name.


def latest(history: History, root: str) -> str:
    found = history.latest
    if found:
        return f"{to_entry(found.entry, root)}{plate(found.entry.cpl_number)}"
    if any(firmware.offered for firmware in history.firmware):
        return of_answer("unclear")
    return "none on offer"


# One entry with all that its page is about, and how versions and firmware are written there.

ROOT = "../../"
_INCOMPLETE = {"fragment": "one fragment of an image", "partial": "image of one part only"}
_COUNTS = "no one two three four five six seven eight nine".split()


class Shown(NamedTuple):
    edition: Edition
    entry: Entry
    answer: Answer
    this: Firmware
    history: History
    record: Record | None


def show(edition: Edition, entry: Entry) -> Shown:
    answer = edition.answer_of[entry.cpl_number]
    assert answer.firmware is not None  # an entry's firmware is always known
    history = edition.answers.histories[entry.line]
    return Shown(edition, entry, answer, answer.firmware, history, edition.record_of(entry))


def named(page: Shown, firmware: Firmware) -> str:
    """A firmware version; it leads to its entry unless it is this one."""
    this = firmware is page.this
    return by_bytes(firmware.version) if this else to_entry(firmware.entry, ROOT)


@once_an_edition
def field_title(edition: Edition, field: str) -> str:
    """What a column of `entries.csv` is called, as the schema has it."""
    return esc(str(edition.repository.shapes.field("entry", [field]).get("title", field)))


def count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"


def version(text: str) -> str:
    """`SMETS V4.2` as `4.2`."""
    return esc(text.split()[-1].removeprefix("V")) if text else "not known"


def listed_on(firmware: Firmware) -> str:
    """The day of its first listing, which a later entry of the same firmware does not move."""
    return day(firmware.entries[0].first_issued_on) or "day not known"


def incomplete(entry: Entry) -> str:
    """What the entry's image is where it is not the whole of one."""
    return _INCOMPLETE.get(image_kind(entry.image_descriptor), "")


def clash(page: Shown, other: Firmware) -> str:
    """Why nobody can say which of two firmwares is newer."""
    if page.history.compare(page.this, other).basis != "order":
        return "is stated to come both before this firmware and after it"
    later = other.first_number > page.this.first_number
    higher = other.number > page.this.number
    when, number = "later" if later else "earlier", "higher" if higher else "lower"
    if later != higher:
        return f"was listed {when} but has a {number} version"
    gbcs = "lower" if other.gbcs < page.this.gbcs else "higher"
    return f"was listed {when} with a {number} version, but a {gbcs} GBCS version"


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


def add_record(entry: Entry, root: str) -> str:
    """A link to where the record of an entry is made, named for those who only hear it."""
    hidden = f'<span class="vh"> for CPL {entry.cpl_number}</span>'
    return f'<a href="{where_to_supply(entry, root)}">Add this record{hidden}</a>'


def where_to_supply(entry: Entry, root: str) -> str:
    """The page that makes a record, at this entry; `root` is the way to the site's start."""
    return f"{root}submit/?cpl={entry.cpl_number}"


def letter(edition: Edition, entry: Entry) -> str:
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
