"""What an answer rests on, and what must be known of the entry that its firmware's answer hides."""

from __future__ import annotations

from itertools import pairwise

from fir.answer import Firmware, image_kind
from fir.answer.words import rests_on
from fir.coverage import required
from fir.publish.entry_supply import lacks_record
from fir.publish.markup import day, esc, icon, in_code
from fir.publish.shown import ROOT, Shown
from fir.publish.sign import NO_RECORD, to_cpl, to_issue
from fir.publish.supply import where_to_supply

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
