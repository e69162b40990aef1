"""The page of one Device Model: its latest firmware, and the timeline of each of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from fir.answers import Firmware, History
from fir.answers.sentences import (
    NO_END,
    NOTHING_ON_OFFER,
    nothing_newer,
    several_ends,
    several_lines,
)
from fir.site.browser_data.between import comparable
from fir.site.components import (
    ROOT,
    Remark,
    badge,
    by_bytes,
    device_identifiers,
    entry_link,
    follow,
    manufacturer_link,
    phrase,
    sentence,
    with_notes,
)
from fir.site.contacts import contacts
from fir.site.edition import Edition
from fir.site.entry_view import (
    EntryView,
    entry_view,
    first_listed,
    incomplete,
    product_name,
)
from fir.site.feeds import feeds_of_entry, model_feed
from fir.site.pages import Part
from fir.site.pages.entry import AnswerBox, basis
from fir.site.pages.entry_facts import Fact, facts, to_call
from fir.site.pages.kin import Lines, kin
from fir.site.rendering import render
from fir.site.shell import Page
from fir.site.timeline.drawing import fork
from fir.site.timeline.timeline import Timeline, timeline
from fir.site.timeline.tracks import Stop, tracks
from fir.site.wording import in_words, sentence_case, short_type

_NAMED = 6
"""Ends that a sentence can name."""
_FACTS = 3
"""Ends that have room beside whom to call."""
_SHAPES = ("here", "ring", "end", "latest", "newer", "removed", "norec", "unclear", "off")
"""A page has the drawings that its content uses: these, for what a script says."""


# The head of the page: the latest firmware, its several ends, or nothing on offer.


class Verdict(NamedTuple):
    """What is said of one line, and the entry to ask about."""

    shape: str
    word: str
    said: str
    fork: Markup | None
    facts: tuple[Fact, ...]
    of: EntryView


def _verdict(edition: Edition, history: History) -> Verdict:
    if history.latest:
        return _latest(edition, history.latest)
    if any(each.offered for each in history.firmware):
        return _unclear(edition, history)
    return _none(edition, history)


def _latest(edition: Edition, latest: Firmware) -> Verdict:
    view = entry_view(edition, latest.entry)
    said = sentence(nothing_newer(edition.snapshot), ROOT)
    part = incomplete(latest.entry)
    if part:
        said = phrase("{} It is {}.", said, part)
    word = phrase("Latest is {}", by_bytes(latest.version))
    return Verdict("latest", word, said, None, tuple(facts(view)), view)


def _unclear(edition: Edition, history: History) -> Verdict:
    found = tracks(history)
    ends = found.ends
    view = entry_view(edition, (ends[0].firmware if ends else history.firmware[-1]).entry)
    told = (*map(_end, ends[:_FACTS]), ("Whom to call", to_call(view)))
    if len(ends) < 2:
        return Verdict("unclear", "No single latest", NO_END, None, told, view)
    named = [
        piece
        for stop in ends[:_NAMED]
        for piece in (stop.letter, entry_link(stop.firmware.entry, ROOT))
    ]
    said = phrase(several_ends(len(ends), _NAMED), *named)
    word = f"{in_words(len(ends)).capitalize()} ends, no single latest"
    return Verdict("unclear", word, said, fork(found), told, view)


def _end(stop: Stop) -> Fact:
    entry = stop.firmware.entry
    first = f"CPL {entry.cpl_number}, first listed {first_listed(stop.firmware)}"
    return f"Track {stop.letter} ends at", with_notes(entry_link(entry, ROOT), first)


def _none(edition: Edition, history: History) -> Verdict:
    last = history.firmware[-1]
    view = entry_view(edition, last.entry)
    gone = "withdrawn" if any(each.withdrawn for each in history.firmware) else "removed"
    listed = with_notes(entry_link(last.entry, ROOT), first_listed(last))
    told = (("Listed last", listed), ("Whom to call", to_call(view)))
    return Verdict(gone, "Nothing on offer", NOTHING_ON_OFFER, None, told, view)


def line_name(history: History, lines: Lines) -> str:
    """What tells a line from the others of its Device Model."""
    line = history.line
    types = {each.line.type for each in lines}
    generations = {each.line.generation for each in lines}
    kind = sentence_case(short_type(line.type))
    told = [kind] if len(types) > 1 or len(generations) == 1 else []
    return ", ".join([*told, *([line.generation] if len(generations) > 1 else [])])


def _answer(lines: Lines, found: list[Verdict]) -> AnswerBox:
    """The answer for the whole model: of its one line, or of each beside the others."""
    if len(found) == 1:
        return _of_one(found[0])
    shapes = {each.shape for each in found}
    shape = shapes.pop() if len(shapes) == 1 else "note"
    number = in_words(len(lines))
    several = f"{number.capitalize()} lines, {number} answers"
    word = "A latest in each line" if shape == "latest" else several
    told = [
        (line_name(history, lines), badge(each.shape, each.word))
        for history, each in zip(lines, found, strict=True)
    ]
    return AnswerBox(shape, word, several_lines(len(lines)), told)


def _of_one(only: Verdict) -> AnswerBox:
    return AnswerBox(
        only.shape,
        only.word,
        only.said,
        only.facts,
        basis(only.of) if only.shape in ("latest", "unclear") else (),
        unrecorded="last" if only.shape == "latest" and not only.of.this.records else "",
        fork=only.fork or "",
    )


# The timelines, and what stands below them.


class LineView(NamedTuple):
    """A timeline; with a heading and the answer of its own where there are several."""

    id: str
    title: str
    remark: Remark | None
    timeline: Timeline


def _lines(edition: Edition, lines: Lines, verdicts: Iterable[Verdict]) -> Iterator[LineView]:
    for number, (history, found) in enumerate(zip(lines, verdicts, strict=True), 1):
        drawn = timeline(edition, history)
        if len(lines) == 1:
            yield LineView("timeline", "Timeline, newest first", None, drawn)
        else:
            title = f"{line_name(history, lines)}: newest first"
            remark = Remark(found.shape, found.word, found.said)
            yield LineView(f"timeline-{number}", title, remark, drawn)


class Option(NamedTuple):
    number: str
    version: str
    listed: str


class Group(NamedTuple):
    """The firmware of a line, which has a name where there are several."""

    name: str
    firmware: list[Option]


class Choice(NamedTuple):
    groups: list[Group]
    shapes: tuple[str, ...]


def _choice(lines: Lines) -> Iterator[Part]:
    """Two lists to choose from; a script does the rest, and without one they are not shown.

    Until it listens they cannot be used: a choice made too early would be lost.
    """
    if comparable(lines):
        groups = [
            Group(
                line_name(history, lines) if len(lines) > 1 else "",
                [
                    Option(each.entry.cpl_number, each.version, first_listed(each))
                    for each in history.firmware
                ],
            )
            for history in lines
        ]
        lead = "The address holds your choice"
        yield Part("compare", "Compare two", lead, Choice(groups, _SHAPES))


class Over(NamedTuple):
    """A firmware that another installs over; its version, where it is of the same line."""

    number: str
    version: str


class Installs(NamedTuple):
    version: str
    over: list[Over]


def _sources(lines: Lines) -> Iterator[Part]:
    """Which firmware may be installed directly over which, where the manufacturer states it."""
    told = []
    for history in lines:
        versions = {number: each.version for each in history.firmware for number in each.numbers}
        for stop in tracks(history).stops:
            if stop.firmware.sources is not None:
                over = [
                    Over(each, versions.get(each, "")) for each in sorted(stop.firmware.sources)
                ]
                told.append(Installs(stop.firmware.version, over))
    if told:
        lead = "As the manufacturer states it; what is not here is not stated"
        yield Part("sources", "What installs over what", lead, told)


def _contact(edition: Edition, verdicts: list[Verdict]) -> Part:
    """Whom the firmware to ask about says, or else the identifier."""
    slugs = tuple(dict.fromkeys(slug for each in verdicts for slug in each.of.answer.whom))
    told = contacts(edition, slugs, verdicts[0].of.entry.device_type, ROOT)
    return Part("contact", "Whom to call", "", told)


def device_model_page(edition: Edition, model: str) -> Page:
    lines = edition.models[model]
    newest = lines[0].firmware[-1].entry
    product, makers = product_of(edition, lines), edition.makers(newest)
    verdicts = [_verdict(edition, history) for history in lines]
    parts = [
        *_choice(lines),
        *_sources(lines),
        *kin(edition, model, lines),
        _contact(edition, verdicts),
        Part(*follow(model_feed(model), "this Device Model", f"models/{model}.json", ROOT)),
    ]
    content = render(
        "device_model.html",
        root=ROOT,
        model=model,
        manufacturer=manufacturer_link(makers[0], ROOT) if len(makers) == 1 else "",
        product=product,
        answer=_answer(lines, verdicts),
        identifiers=_identifiers(lines),
        lines=_lines(edition, lines, verdicts),
        parts=parts,
    )
    return Page(
        url=f"models/{model}/",
        shell="models/_shell/",
        title=f"Device Model {model}",
        description=f"{product}, Device Model {model}: every firmware on the Central Products "
        "List, which is the latest, and what changed.",
        content=content,
        feeds=tuple(feeds_of_entry(edition, newest)),
    )


def product_of(edition: Edition, lines: Lines) -> str:
    """What the device is called, of the newest record that says so, for each of its types."""
    names: dict[str, str] = {}
    for history in lines:
        entries = [entry for each in reversed(history.firmware) for entry in each.entries]
        named = (
            each for each in entries if (found := edition.record_of(each)) and found.product_name
        )
        names.setdefault(history.line.type, product_name(edition, next(named, entries[0])))
    return " or ".join(dict.fromkeys(names.values()))


def _identifiers(lines: Lines) -> Markup:
    line = lines[0].line
    cells = (
        ("id", "Manufacturer", line.manufacturer_identifier),
        ("id", "Model", line.model_identifier),
        ("id", "Hardware version", line.hardware_version),
        ("id", "Revision", line.hardware_revision),
        ("fw", "Firmwares", str(sum(len(each.firmware) for each in lines))),
    )
    return device_identifiers(cells, f"{line.manufacturer_identifier} {''.join(line[2:5])}")
