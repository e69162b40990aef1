"""The page of one CPL entry: the answer first, then what it takes to act on it."""

from __future__ import annotations

from itertools import pairwise

from fir.answers import Firmware, Way, image_kind
from fir.answers.coverage import required
from fir.answers.sentences import WORDS, disagreement, rests_on, sentence, withdrawal_of
from fir.model import Entry
from fir.site.components import ROOT, by_bytes, icon, identifier, in_code
from fir.site.components import cpl_link as to_cpl
from fir.site.components import entry_link as to_entry
from fir.site.components import issue_link as to_issue
from fir.site.components import manufacturer_link as company
from fir.site.components import model_link as to_model
from fir.site.components import suggest_button as suggest
from fir.site.edition import Edition
from fir.site.entry_view import SHAPES
from fir.site.entry_view import EntryView as Shown
from fir.site.entry_view import entry_view as show
from fir.site.entry_view import first_listed as listed_on
from fir.site.entry_view import product_name as product
from fir.site.entry_view import supply_url as where_to_supply
from fir.site.feeds import feeds_of_entry
from fir.site.html import badge as small
from fir.site.html import crumbs, day, esc, section
from fir.site.html import large_badge as large
from fir.site.pages.entry_facts import facts, lacks_record
from fir.site.pages.entry_sections import details, history, plate, sections
from fir.site.shell import Page
from fir.site.wording import NO_RECORD
from fir.site.wording import in_words as count

# The head of an entry's page: the answer as a sign, a sentence, the way to the latest.

_FORK = '<svg class="fork" viewBox="0 0 300 150" aria-hidden="true"><use href="#s-fork"/></svg>'

_IN_A_ROW = 6  # stops that have room beside each other


def sign(page: Shown) -> str:
    answer = page.answer
    beside = _stops(page, answer.way) if answer.way else ""
    if answer.answer == "unclear":
        beside = _FORK
    missing = "" if page.record else small("norec", NO_RECORD)
    said = f'{missing}<p class="what">{_said(page)}</p>'
    return large(SHAPES[answer.answer], WORDS[answer.answer], said, beside, facts(page))


def _said(page: Shown) -> str:
    answer = page.answer
    if answer.answer == "withdrawn":
        withdrawal = withdrawal_of(page.this)
        on = f" on {day(withdrawal.on)}" if withdrawal else ""
        return f"The manufacturer withdrew this firmware{on}. {_other(page)}"
    if answer.answer == "removed":
        change = page.edition.removed_in(page.this.entry)
        since = f" since CPL {esc(change.version)}, {day(change.issued_on)}" if change else ""
        return f"The CPL has this firmware as Removed{since}. {_other(page)}"
    if answer.answer == "no-longer-listed":
        last = esc(page.this.entry.last_listed_version)
        return f"The CPL has not listed this firmware since version {last}. {_other(page)}"
    return _other(page)


def _other(page: Shown) -> str:
    """What else is listed for this exact device, and how it stands to this firmware."""
    answer = page.answer
    if answer.newer == "exists":
        listed = f"{_many(len(answer.newer_firmware), 'newer')} listed for this exact device."
        if answer.way is None:
            return f"{listed} Only the manufacturer can say which is the latest."
        latest = to_entry(answer.way.target.entry, ROOT)
        return f"{listed} The latest is {latest}.{_order(answer.way)}"
    if answer.newer == "unclear":
        if len(answer.unclear_firmware) > 1:
            others = _many(len(answer.unclear_firmware), "other")
            return f"{others} listed for this exact device. Nobody states which comes after which."
        other = answer.unclear_firmware[0]
        how = disagreement(page.history, page.this, other)
        return f"Another firmware, {to_entry(other.entry, ROOT)}, {how}."
    version = esc(page.edition.snapshot.version)
    return f"Nothing newer is listed for this exact device in CPL {version}."


def _many(number: int, which: str) -> str:
    verb = "firmware is" if number == 1 else "firmwares are"
    return f"{count(number).capitalize()} {which} {verb}"


def _order(way: Way) -> str:
    if way.direct == "stated-yes":
        return " It may be installed directly."
    if way.direct == "via":
        first = ", then ".join(to_entry(each.entry, ROOT) for each in way.steps[:-1])
        return f" Go through {first} first."
    return ""


def _stops(page: Shown, way: Way) -> str:
    """The line from this firmware to the latest: solid where the manufacturer states the order."""
    told = [_stop("here", by_bytes(page.this.version), "this firmware", page.entry, page.this)]
    for drawing, word, firmware in (
        *(("ring", "install this first", each) for each in way.steps[:-1]),
        ("end", "the latest", way.target),
    ):
        entry = firmware.entry
        told.append(_stop(drawing, to_entry(entry, ROOT), word, entry, firmware))
    kind = "stops" if way.steps else "stops unstated"
    if len(told) > _IN_A_ROW:
        kind += " many"
    return f'<div class="way"><ol class="{kind}">{"".join(told)}</ol></div>'


def _stop(drawing: str, version: str, word: str, entry: Entry, firmware: Firmware) -> str:
    known = firmware.entries[0].first_issued_on
    listed = f" · first listed {listed_on(firmware)}" if known else ""
    return (
        f"<li>{icon(drawing)}<b>{version}</b><span>{word}</span>"
        f"<span>CPL {entry.cpl_number}{listed}</span></li>"
    )


# What an answer rests on, and what must be known of the entry that its firmware's answer hides.

_IMAGES = {
    "fragment": "The latest comes in fragments, each with an entry of its own: install them all.",
    "partial": "The latest is an image of one part of the device only.",
}
_OWN_IMAGES = {
    "fragment": (
        "This entry lists one fragment of an image.",
        "Each fragment has an entry of its own: none does without the others.",
    ),
    "partial": (
        "This entry lists an image of one part of the device only.",
        "It does not hold the firmware of the whole device.",
    ),
}
_STEPS_IN_WORDS = 3
_LAG = "The inventory may lag the meter: read the version from the device before you act."


def basis(page: Shown) -> str:
    answer, way = page.answer, page.answer.way
    image = _IMAGES.get(way.image, "") if way else ""
    lag = _LAG if answer.newer == "exists" else ""
    stated = _stated(page.this, way.steps) if way and answer.basis == "upgrade_from" else ""
    told = " ".join(filter(None, (stated or esc(rests_on(answer)), image, lag)))
    how = f'<a href="{ROOT}about/#answers">How answers are worked out</a>'
    return f'<p class="basis"><b>What this rests on.</b> {told} {how}</p>'


def _stated(this: Firmware, steps: tuple[Firmware, ...]) -> str:
    """Which statements lead to the latest; empty where there are none, or too many to read."""
    if not 1 <= len(steps) <= _STEPS_IN_WORDS:
        return ""
    told: list[str] = []
    for before, after in pairwise((this, *steps)):
        stated = before.numbers & (after.sources or frozenset())
        shown = before.entry.cpl_number
        over = shown if shown in stated else min(stated)
        what = "over" if told else "may be installed over"
        told.append(f"{to_cpl(after.entry.cpl_number, ROOT)} {what} {to_cpl(over, ROOT)}")
    *first, last = told
    listed = f"{', '.join(first)}, and {last}" if first else last
    return f"The manufacturer’s statement: {listed}."


def remarks(page: Shown) -> str:
    return "".join((_own_status(page), _own_image(page), _awaiting(page), _no_record(page)))


def _own_status(page: Shown) -> str:
    """A Current entry speaks for the firmware, and this one, of the same firmware, is not it."""
    if page.entry.listing == "current" or page.answer.listing != "current":
        return ""
    change = page.edition.removed_in(page.entry)
    last = to_issue(page.edition, page.entry.last_listed_version, ROOT)
    if last:
        what = f"is no longer listed: CPL {last} was the last that had it"
    elif change:
        issue = to_issue(page.edition, change.version, ROOT)
        what = f"is Removed since CPL {issue}, {day(change.issued_on)}"
    else:
        what = "is Removed"
    number = page.this.entry.cpl_number
    said = (
        "The answer is that of its firmware, which the CPL still has as Current: see "
        f'<a href="{ROOT}cpl/{number}/">entry {number}</a>.'
    )
    return remark("removed", f"This entry itself {what}.", said)


def _own_image(page: Shown) -> str:
    kind = image_kind(page.entry.image_descriptor)
    if kind not in _OWN_IMAGES:
        return ""
    title, said = _OWN_IMAGES[kind]
    descriptor = f"<bdi>{esc(page.entry.image_descriptor)}</bdi>"
    return remark("unclear", title, f"{said} The CPL describes it as: {descriptor}.")


def _awaiting(page: Shown) -> str:
    wrong = page.edition.awaiting.get(page.record.path, ()) if page.record else ()
    if not wrong:
        return ""
    told = "".join(f"<li>{in_code(each[:1].upper() + each[1:])}.</li>" for each in wrong)
    said = f"Record and CPL differ, and this page shows the CPL’s values.<ul>{told}</ul>"
    return remark("newer", "Record awaiting correction.", said)


def _no_record(page: Shown) -> str:
    if page.record is not None:
        return ""
    if not lacks_record(page):
        return remark("norec", f"{NO_RECORD}.", "The Panel takes no records of this device type.")
    duty = "whoever submitted this entry for the CPL (Smart Energy Code, Section F2.17)"
    due = required(page.entry, page.edition.repository)
    if due:
        said = f"Its release notes and contact are due from {duty}."
    else:
        said = f"Its release notes and contact would come from {duty}; the Panel does not insist."
    doors = (
        f'<p class="doors-in"><a class="btn{" main" if due else ""}" '
        f'href="{where_to_supply(page.entry, ROOT)}">Supply this record</a>'
        '<a class="btn" href="#contact">Ask for it</a></p>'
    )
    return remark("norec", f"{NO_RECORD}.", f"{said}{doors}")


def remark(shape: str, title: str, said: str) -> str:
    return (
        f'<div class="remark is-{shape}">{icon(shape)}<div><p class="what">{title}</p>'
        f"<div>{said}</div></div></div>"
    )


def entry_page(edition: Edition, entry: Entry) -> Page:
    page = show(edition, entry)
    number = entry.cpl_number
    parts = [*sections(page), *details(page), *history(page)]
    name = product(edition, entry)
    answer = WORDS[page.answer.answer]
    content = "".join(
        (
            _crumbs(page),
            f'<h1 id="content">CPL {identifier(number)}: <bdi>{esc(name)}</bdi>, '
            f"firmware {by_bytes(entry.firmware_version)}</h1>",
            sign(page),
            basis(page),
            remarks(page),
            plate(page),
            *map(section, parts),
        )
    )
    path = page.record.path if page.record else ""
    button: str = suggest(edition, path, f"CPL entry {number}")
    if lacks_record(page):
        button = '<a class="btn" href="#supply">Supply this record</a>'
    return Page(
        url=f"cpl/{number}/",
        shell="cpl/_shell/",
        title=f"CPL {number}: {answer.lower()}",
        description=f"{answer}. {entry.device.device_model}, firmware {entry.firmware_version}. "
        f"{sentence(page.answer, edition.snapshot)}",
        content=content,
        contents=(("answer", "Answer"), *((part.id, part.title) for part in parts)),
        suggest=button,
        feeds=tuple(feeds_of_entry(edition, entry)),
    )


def _crumbs(page: Shown) -> str:
    makers = page.edition.makers(page.entry)
    known = [company(makers[0], ROOT)] if len(makers) == 1 else []
    steps = (f'<a href="{ROOT}manufacturers/">Manufacturers</a>', *known)
    return crumbs(*steps, to_model(page.entry.device.device_model, ROOT), page.entry.cpl_number)
