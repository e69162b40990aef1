"""The page of one CPL entry: the answer first, then what it takes to act on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import Firmware, Way, image_kind
from fir.answers.coverage import required
from fir.answers.sentences import (
    OWN_IMAGES,
    WORDS,
    Sentence,
    page_basis,
    page_sentences,
    sentence,
)
from fir.model import Entry
from fir.site.components import (
    ROOT,
    Remark,
    button,
    by_bytes,
    device_identifiers,
    entry_link,
    fork_sign,
    in_code,
    internal_link,
    isolated,
    issue_link,
    manufacturer_link,
    model_link,
    phrase,
    sentences,
    suggest_button,
)
from fir.site.edition import Edition
from fir.site.entry_view import (
    SHAPES,
    EntryView,
    entry_view,
    first_listed,
    product_name,
    supply_url,
)
from fir.site.feeds import feeds_of_entry
from fir.site.pages.entry_facts import Fact, facts
from fir.site.pages.entry_sections import lacks_record, parts
from fir.site.rendering import render
from fir.site.shell import Page
from fir.site.wording import NO_RECORD, day, sentence_case

_IN_A_ROW = 6  # stops that have room beside each other


class Stop(NamedTuple):
    """One firmware on the way from this one to the latest."""

    drawing: str
    version: Markup
    word: str
    number: str
    listed: str


class Stops(NamedTuple):
    kind: str
    stops: list[Stop]


class AnswerBox(NamedTuple):
    """The answer at the head of a page."""

    shape: str
    word: str
    said: str
    facts: Iterable[Fact]
    basis: tuple[Sentence, ...] = ()
    unrecorded: str = ""
    """Whether a badge says so `first`, before what is said, or `last`."""
    stops: Stops | None = None
    fork: str = ""


def basis(view: EntryView) -> tuple[Sentence, ...]:
    return tuple(page_basis(view.answer, view.this))


def _answer(view: EntryView) -> AnswerBox:
    answer = view.answer
    removed = view.edition.removed_in(view.this.entry)
    said = page_sentences(answer, view.history, view.edition.snapshot, removed, day)
    return AnswerBox(
        SHAPES[answer.answer],
        WORDS[answer.answer],
        sentences(said, ROOT),
        facts(view),
        basis(view),
        unrecorded="" if view.record else "first",
        stops=_stops(view, answer.way) if answer.way and answer.answer != "unclear" else None,
        fork=fork_sign() if answer.answer == "unclear" else "",
    )


def _stops(view: EntryView, way: Way) -> Stops:
    """The line from this firmware to the latest: solid where the manufacturer states the order."""
    this = by_bytes(view.this.version)
    stops = [_stop("here", this, "this firmware", view.entry, view.this)]
    for drawing, word, firmware in (
        *(("ring", "install this first", each) for each in way.steps[:-1]),
        ("end", "the latest", way.target),
    ):
        entry = firmware.entry
        stops.append(_stop(drawing, entry_link(entry, ROOT), word, entry, firmware))
    kind = "stops" if way.steps else "stops unstated"
    return Stops(f"{kind} many" if len(stops) > _IN_A_ROW else kind, stops)


def _stop(drawing: str, version: Markup, word: str, entry: Entry, firmware: Firmware) -> Stop:
    known = firmware.entries[0].first_issued_on
    listed = first_listed(firmware) if known else ""
    return Stop(drawing, version, word, entry.cpl_number, listed)


# What must be known of the entry that its firmware's answer hides.


def _remarks(view: EntryView) -> Iterator[Remark]:
    """Those that have something to say."""
    for remark in (_own_status, _own_image, _awaiting, _no_record):
        found = remark(view)
        if found:
            yield found


def _own_status(view: EntryView) -> Remark | None:
    """A Current entry speaks for the firmware, and this one, of the same firmware, is not it."""
    if view.entry.listing == "current" or view.answer.listing != "current":
        return None
    change = view.edition.removed_in(view.entry)
    last = issue_link(view.edition, view.entry.last_listed_version, ROOT)
    if last:
        words = "This entry itself is no longer listed: CPL {} was the last that had it."
        title = phrase(words, last)
    elif change:
        issue = issue_link(view.edition, change.version, ROOT)
        words = "This entry itself is Removed since CPL {}, {}."
        title = phrase(words, issue, day(change.issued_on))
    else:
        title = phrase("This entry itself is Removed.")
    number = view.this.entry.cpl_number
    said = phrase(
        "The answer is that of its firmware, which the CPL still has as Current: see {}.",
        internal_link(f"entry {number}", f"{ROOT}cpl/{number}/"),
    )
    return Remark("removed", title, said)


def _own_image(view: EntryView) -> Remark | None:
    kind = image_kind(view.entry.image_descriptor)
    if kind not in OWN_IMAGES:
        return None
    title, said = OWN_IMAGES[kind]
    descriptor = isolated(view.entry.image_descriptor)
    return Remark("unclear", title, phrase("{} The CPL describes it as: {}.", said, descriptor))


def _awaiting(view: EntryView) -> Remark | None:
    wrong = view.edition.awaiting.get(view.record.path, ()) if view.record else ()
    if not wrong:
        return None
    items = tuple(in_code(sentence_case(each)) for each in wrong)
    said = "Record and CPL differ, and this page shows the CPL’s values."
    return Remark("newer", "Record awaiting correction.", said, items)


def _no_record(view: EntryView) -> Remark | None:
    if view.record is not None:
        return None
    title = f"{NO_RECORD}."
    if not lacks_record(view):
        return Remark("norec", title, "The Panel takes no records of this device type.")
    duty = "whoever submitted this entry for the CPL (Smart Energy Code, Section F2.17)"
    due = required(view.entry, view.edition.repository)
    if due:
        said = f"Its release notes and contact are due from {duty}."
    else:
        said = f"Its release notes and contact would come from {duty}; the Panel does not insist."
    return Remark("norec", title, said, supply=supply_url(view.entry, ROOT), due=due)


def entry_page(edition: Edition, entry: Entry) -> Page:
    view = entry_view(edition, entry)
    number, makers = entry.cpl_number, edition.makers(entry)
    shown = parts(view)
    content = render(
        "entry.html",
        root=ROOT,
        number=number,
        manufacturer=manufacturer_link(makers[0], ROOT) if len(makers) == 1 else "",
        model=model_link(entry.device.device_model, ROOT),
        name=product_name(edition, entry),
        version=by_bytes(entry.firmware_version),
        answer=_answer(view),
        remarks=_remarks(view),
        identifiers=_identifiers(entry),
        parts=shown,
    )
    answer = WORDS[view.answer.answer]
    return Page(
        url=f"cpl/{number}/",
        shell="cpl/_shell/",
        title=f"CPL {number}: {answer.lower()}",
        description=f"{answer}. {entry.device.device_model}, firmware {entry.firmware_version}. "
        f"{sentence(view.answer, edition.snapshot)}",
        content=content,
        contents=(("answer", "Answer"), *((part.id, part.title) for part in shown)),
        suggest=_suggestion(view),
        feeds=tuple(feeds_of_entry(edition, entry)),
    )


def _identifiers(entry: Entry) -> Markup:
    """The five parts of the identifier."""
    device = entry.device
    cells = (
        ("id", "Manufacturer", device.manufacturer_identifier),
        ("id", "Model", device.model_identifier),
        ("hw", "Hardware version", device.hardware_version),
        ("id", "Revision", device.hardware_revision),
        ("fw", "Firmware version", by_bytes(device.firmware_version)),
    )
    return device_identifiers(cells, " ".join(device.inventory_strings))


def _suggestion(view: EntryView) -> Markup:
    if lacks_record(view):
        return button("Supply this record", "#supply")
    path = view.record.path if view.record else ""
    return suggest_button(view.edition, path, f"CPL entry {view.entry.cpl_number}")
