"""The page of one Device Model: its latest firmware, and the timeline of each of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from fir.answers import Firmware, History, way_between
from fir.model import Line
from fir.site.browser_data.find_index import compact
from fir.site.browser_data.portfolio import way_row
from fir.site.components import ROOT, Section, by_bytes, follow, icon, identifier
from fir.site.components import contacts as whom
from fir.site.components import copy_button as copy
from fir.site.components import cpl_link as to_cpl
from fir.site.components import entry_link as to_entry
from fir.site.components import latest_firmware as latest
from fir.site.components import manufacturer_link as company
from fir.site.components import model_link as to_model
from fir.site.edition import Edition, once_an_edition
from fir.site.entry_view import EntryView as Shown
from fir.site.entry_view import entry_view as show
from fir.site.entry_view import first_listed as listed_on
from fir.site.entry_view import incomplete
from fir.site.entry_view import product_name as product
from fir.site.feeds import feeds_of_entry, model_feed
from fir.site.html import badge as small
from fir.site.html import crumbs, esc, section, table
from fir.site.html import large_badge as large
from fir.site.pages.entry import basis, remark
from fir.site.pages.entry_facts import Fact, facts, to_call
from fir.site.shell import Page
from fir.site.timeline.fork import fork
from fir.site.timeline.layout import Stop, tracks
from fir.site.timeline.timeline import key, lead, timeline
from fir.site.wording import NO_RECORD, short_type
from fir.site.wording import in_words as count

# The head of a Device Model's page: its latest firmware, its several ends, or nothing on offer.

_NAMED = 6
"""Ends that a sentence can name."""
_FACTS = 3
"""Ends that have room beside whom to call."""


class Verdict(NamedTuple):
    """What is said of one line, and the entry to ask about."""

    shape: str
    word: str
    said: str
    fork: str
    facts: tuple[Fact, ...]
    of: Shown


def verdict(edition: Edition, history: History) -> Verdict:
    if history.latest:
        return _latest(edition, history.latest)
    if any(each.offered for each in history.firmware):
        return _unclear(edition, history)
    return _none(edition, history)


def _latest(edition: Edition, latest: Firmware) -> Verdict:
    page = show(edition, latest.entry)
    version = esc(edition.snapshot.version)
    part = incomplete(latest.entry)
    said = (
        f"Nothing newer is listed for this exact device in CPL {version}."
        f"{f' It is {part}.' if part else ''}"
    )
    word = f"Latest is {by_bytes(latest.version)}"
    return Verdict("latest", word, said, "", tuple(facts(page)), page)


def _unclear(edition: Edition, history: History) -> Verdict:
    ends = tracks(history).ends
    page = show(edition, (ends[0].firmware if ends else history.firmware[-1]).entry)
    told = (*map(_end, ends[:_FACTS]), ("Whom to call", to_call(page)))
    if len(ends) < 2:
        said = "Statements and listings contradict each other: nobody can say what comes last."
        return Verdict("unclear", "No single latest", said, "", told, page)
    number = count(len(ends))
    said = (
        f"This device has firmware on {number} tracks: {_named(ends)}. "
        "Nobody states which comes after which."
    )
    word = f"{number.capitalize()} ends, no single latest"
    return Verdict("unclear", word, said, fork(tracks(history)), told, page)


def _named(ends: tuple[Stop, ...]) -> str:
    named = [
        f"track {stop.letter} at {to_entry(stop.firmware.entry, ROOT)}" for stop in ends[:_NAMED]
    ]
    more = [f"and {count(len(ends) - _NAMED)} more"] if len(ends) > _NAMED else []
    return ", ".join([*named, *more])


def _end(stop: Stop) -> Fact:
    firmware = stop.firmware
    first = f"first listed {listed_on(firmware)}"
    entry = firmware.entry
    return (
        f"Track {stop.letter} ends at",
        f"{to_entry(entry, ROOT)}<small>CPL {entry.cpl_number}, {first}</small>",
    )


def _none(edition: Edition, history: History) -> Verdict:
    last = history.firmware[-1]
    page = show(edition, last.entry)
    gone = "withdrawn" if any(each.withdrawn for each in history.firmware) else "removed"
    said = "All firmware listed for this exact device is Removed from the CPL or withdrawn."
    listed = f"{to_entry(last.entry, ROOT)}<small>{listed_on(last)}</small>"
    told = (("Listed last", listed), ("Whom to call", to_call(page)))
    return Verdict(gone, "Nothing on offer", said, "", told, page)


def line_name(history: History, lines: tuple[History, ...]) -> str:
    """What tells a line from the others of its Device Model."""
    line = history.line
    types = {each.line.type for each in lines}
    generations = {each.line.generation for each in lines}
    kind = short_type(line.type)
    told = [kind[:1].upper() + kind[1:]] if len(types) > 1 or len(generations) == 1 else []
    return ", ".join([*told, *([line.generation] if len(generations) > 1 else [])])


def sign(edition: Edition, lines: tuple[History, ...], found: list[Verdict]) -> str:
    """The answer for the whole model: of its one line, or of each beside the others."""
    if len(found) == 1:
        only = found[0]
        lacks = only.shape == "latest" and not only.of.this.records
        said = f'<p class="what">{only.said}</p>{small("norec", NO_RECORD) if lacks else ""}'
        rests = basis(only.of) if only.shape in ("latest", "unclear") else ""
        return large(only.shape, only.word, said, only.fork, only.facts) + rests
    shapes = {each.shape for each in found}
    shape = shapes.pop() if len(shapes) == 1 else "note"
    number = count(len(lines))
    several = f"{number.capitalize()} lines, {number} answers"
    word = "A latest in each line" if shape == "latest" else several
    said = (
        f"{number.capitalize()} lines of firmware share these identifiers, and no firmware of one "
        "is compared with another’s. Each has its own answer: know which one yours is."
    )
    return large(shape, word, f'<p class="what">{said}</p>', "", _of_lines(lines, found))


def _of_lines(lines: tuple[History, ...], found: list[Verdict]) -> Iterator[Fact]:
    for history, each in zip(lines, found, strict=True):
        yield line_name(history, lines), small(each.shape, each.word)


def said_of(each: Verdict) -> str:
    """The verdict in a line's own section."""
    return remark(each.shape, each.word, each.said)


# Any two firmware of a Device Model side by side: what a browser shows, and where it is chosen.

_FILE = "between.json"
# A page has the signs that its content uses: these, for what the script says.
_SHAPES = ("here", "ring", "end", "latest", "newer", "removed", "norec", "unclear", "off")
_SIGNS = "".join(map(icon, _SHAPES))


def between_files(edition: Edition, models: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """`models/<id>/between.json` of each Device Model that has two firmware of one line."""
    for model in models:
        if _comparable(edition.models[model]):
            yield f"models/{model}/{_FILE}", compact(_told(edition.models[model]))


def _comparable(lines: Iterable[History]) -> bool:
    return any(len(history.firmware) > 1 for history in lines)


def _told(lines: Iterable[History]) -> dict[str, Any]:
    """The firmware of all lines, and how each stands to the others of its line."""
    rows: list[dict[str, Any]] = []
    for history in lines:
        place = {each: len(rows) + number for number, each in enumerate(history.firmware)}
        rows += [_row(history, each, place) for each in history.firmware]
    return {"rows": rows}


def _row(history: History, this: Firmware, place: Mapping[Firmware, int]) -> dict[str, Any]:
    to = {}
    for other in history.firmware:
        if other is not this:
            relation = history.compare(this, other).relation
            way = way_between(history, this, other) if relation != "older" else None
            to[place[other]] = (relation, way and way_row(way, place))
    return {
        "version": this.version,
        "numbers": [this.entry.cpl_number, *sorted(this.numbers - {this.entry.cpl_number})],
        "smets_chts": this.entry.smets_chts_version,
        "gbcs": this.entry.gbcs_version,
        "notes": this.record.release_notes if this.record else None,
        "to": to,
    }


def choice(lines: tuple[History, ...]) -> Iterator[Section]:
    """Two lists to choose from; a script does the rest, and without one they are not shown.

    Until it listens they cannot be used: a choice made too early would be lost.
    """
    if not _comparable(lines):
        return
    options = "".join(_options(history, lines) for history in lines)
    boxes = "".join(
        f'<div class="pick"><label for="{name}">{label}</label>'
        f'<select id="{name}" name="{name}" disabled>{options}</select></div>'
        for name, label in (("from", "From"), ("to", "To"))
    )
    body = (
        f'<form class="between" data-between="{_FILE}">{boxes}</form>'
        f'<div role="status" class="compared"></div><template>{_SIGNS}</template>'
    )
    yield Section("compare", "Compare two", "The address holds your choice", body)


def _options(history: History, lines: tuple[History, ...]) -> str:
    told = "".join(
        f'<option value="{each.entry.cpl_number}">{esc(each.version)}, '
        f"CPL {each.entry.cpl_number}, {listed_on(each)}</option>"
        for each in history.firmware
    )
    if len(lines) == 1:
        return told
    return f'<optgroup label="{line_name(history, lines)}">{told}</optgroup>'


# What a Device Model shares with others: its model on other hardware, and its images elsewhere.

Lines = tuple[History, ...]


class _Index(NamedTuple):
    images: Mapping[str, tuple[Line, ...]]
    """The lines that have each image, by its hash."""
    siblings: Mapping[tuple[str, str], tuple[str, ...]]
    """The Device Models of each manufacturer and model identifier."""


@once_an_edition
def _index(edition: Edition) -> _Index:
    images: dict[str, dict[Line, None]] = {}
    siblings: dict[tuple[str, str], list[str]] = {}
    for model, lines in edition.models.items():
        siblings.setdefault(lines[0].line[1:3], []).append(model)
        for history in lines:
            for image in _images(history):
                images.setdefault(image, {})[history.line] = None
    return _Index(
        {image: tuple(lines) for image, lines in images.items()},
        {pair: tuple(models) for pair, models in siblings.items()},
    )


def _images(history: History) -> dict[str, str]:
    """The firmware version of each image; what has no hash shares nothing that is known."""
    return {
        entry.image_hash: firmware.version
        for firmware in history.firmware
        for entry in firmware.entries
        if entry.image_hash
    }


def kin(edition: Edition, model: str, lines: Lines) -> Iterator[Section]:
    """Those that have something to say."""
    index = _index(edition)
    shared = _shared(index, lines)
    siblings = [each for each in index.siblings[lines[0].line[1:3]] if each != model]
    if siblings:
        histories = [history for each in siblings for history in edition.models[each]]
        body = _table(edition, histories, shared)
        yield Section("siblings", "Sibling hardware", "Same model, other hardware version", body)
    listed = {history.line for each in siblings for history in edition.models[each]}
    others = [line for line in sorted(shared) if line not in listed]
    if others:
        body = _table(edition, [edition.answers.histories[line] for line in others], shared)
        yield Section("images", "Same image elsewhere", "Other models and device types", body)


def _shared(index: _Index, lines: Lines) -> dict[Line, list[str]]:
    """The versions of this model whose image another line has too."""
    shared: dict[Line, list[str]] = {}
    for history in lines:
        for image, version in _images(history).items():
            for line in index.images[image]:
                versions = shared.setdefault(line, [])
                if line != history.line and version not in versions:
                    versions.append(version)
    return {line: versions for line, versions in shared.items() if versions}


def _table(edition: Edition, histories: list[History], shared: Mapping[Line, list[str]]) -> str:
    told = "".join(
        f'<tr><th scope="row">{_name(history)}</th>'
        f'<td data-l="">{short_type(history.line.type)}</td>'
        f'<td data-l="Shares the image of">{_versions(shared.get(history.line, []))}</td>'
        f'<td data-l="Latest">{latest(history, ROOT)}</td></tr>'
        for history in histories
    )
    return table(("Device Model", "Type", "Shares the image of", "Latest"), told, "kin")


def _name(history: History) -> str:
    generation = "<small>SMETS1</small>" if history.line.generation == "SMETS1" else ""
    return f"{to_model(history.firmware[0].entry.device.device_model, ROOT)}{generation}"


def _versions(versions: list[str]) -> str:
    return ", ".join(map(by_bytes, versions)) or "none"


def device_model_page(edition: Edition, model: str) -> Page:
    lines = edition.models[model]
    name = product_of(edition, lines)
    verdicts = [verdict(edition, history) for history in lines]
    feed = model_feed(model)
    parts = [
        *choice(lines),
        *_sources(lines),
        *kin(edition, model, lines),
        _contact(edition, verdicts),
        follow(feed, "this Device Model", f"models/{model}.json", ROOT),
    ]
    content = "".join(
        (
            _crumbs(edition, model, lines),
            f'<h1 id="content">{identifier(model)}: <bdi>{esc(name)}</bdi></h1>',
            sign(edition, lines, verdicts),
            _plate(lines),
            *map(partial(_line, edition, lines), range(len(lines)), verdicts),
            *map(section, parts),
        )
    )
    return Page(
        url=f"models/{model}/",
        shell="models/_shell/",
        title=f"Device Model {model}",
        description=f"{name}, Device Model {model}: every firmware on the Central Products List, "
        "which is the latest, and what changed.",
        content=content,
        feeds=tuple(feeds_of_entry(edition, lines[0].firmware[-1].entry)),
    )


def product_of(edition: Edition, lines: Lines) -> str:
    """What the device is called, of the newest record that says so, for each of its types."""
    names: dict[str, str] = {}
    for history in lines:
        entries = [entry for each in reversed(history.firmware) for entry in each.entries]
        named = (
            each for each in entries if (found := edition.record_of(each)) and found.product_name
        )
        names.setdefault(history.line.type, product(edition, next(named, entries[0])))
    return " or ".join(dict.fromkeys(names.values()))


def _crumbs(edition: Edition, model: str, lines: Lines) -> str:
    makers = edition.makers(lines[0].firmware[-1].entry)
    known = [company(makers[0], ROOT)] if len(makers) == 1 else []
    return crumbs(f'<a href="{ROOT}models/">Models</a>', *known, identifier(model))


def _plate(lines: Lines) -> str:
    line = lines[0].line
    cells = (
        ("id", "Manufacturer", line.manufacturer_identifier),
        ("id", "Model", line.model_identifier),
        ("id", "Hardware version", line.hardware_version),
        ("id", "Revision", line.hardware_revision),
        ("fw", "Firmwares", str(sum(len(each.firmware) for each in lines))),
    )
    told = "".join(
        f'<div class="{kind}"><dt>{label}</dt><dd>{esc(value)}</dd></div>'
        for kind, label, value in cells
    )
    strings = f"{line.manufacturer_identifier} {''.join(line[2:5])}"
    button = copy(strings, "the identifiers")
    return f'<div class="plate"><dl>{told}</dl><div class="acts">{button}</div></div>'


def _line(edition: Edition, lines: Lines, number: int, found: Verdict) -> str:
    """The timeline of a line; with a heading and the answer of its own where there are several."""
    history = lines[number]
    id, title, said = "timeline", "Timeline, newest first", ""
    if len(lines) > 1:
        id, title = f"timeline-{number + 1}", f"{line_name(history, lines)}: newest first"
        said = said_of(found)
    told = lead(history)
    note = f"<p>{told}.</p>" if told else ""
    return (
        f'<section class="sec full" id="{id}"><header class="line-h"><h2>{title}</h2>{note}'
        f"{key(history)}</header><div>{said}{timeline(edition, history)}</div></section>"
    )


def _sources(lines: Lines) -> Iterator[Section]:
    """Which firmware may be installed directly over which, where the manufacturer states it."""
    told = []
    for history in lines:
        of_number = {number: each for each in history.firmware for number in each.numbers}
        for stop in tracks(history).stops:
            over = stop.firmware.sources
            if over is None:
                continue
            named = ", ".join(
                f"{by_bytes(of_number[number].version)} ({to_cpl(number, ROOT)})"
                if number in of_number
                else to_cpl(number, ROOT)
                for number in sorted(over)
            )
            told.append(
                f"<li>{by_bytes(stop.firmware.version)} "
                f"{f'directly over {named}' if named else 'over no earlier firmware'}</li>"
            )
    if told:
        lead = "As the manufacturer states it; what is not here is not stated"
        yield Section(
            "sources", "What installs over what", lead, f'<ul class="over">{"".join(told)}</ul>'
        )


def _contact(edition: Edition, verdicts: list[Verdict]) -> Section:
    """Whom the firmware to ask about says, or else the identifier."""
    slugs = tuple(dict.fromkeys(slug for each in verdicts for slug in each.of.answer.whom))
    told = whom(edition, slugs, verdicts[0].of.entry.device_type, ROOT)
    return Section("contact", "Whom to call", "", told)


# Every Device Model by manufacturer identifier, each with its latest firmware: all plain links.

_ROOT = "../"


def models_page(edition: Edition) -> Page:
    groups: dict[str, list[str]] = {}
    for model, lines in edition.models.items():
        groups.setdefault(lines[0].line.manufacturer_identifier, []).append(model)
    jumps = "".join(
        f'<li><a class="pn" href="#{esc(stated)}">{esc(stated)}</a>'
        f" {_makers(edition, stated, link=False)}</li>"
        for stated in groups
    )
    content = "".join(_group(edition, stated, models) for stated, models in groups.items())
    return Page(
        url="models/",
        shell="models/",
        content=f'<nav aria-label="Manufacturer identifiers"><ul class="jumps">{jumps}</ul></nav>'
        f"{content}",
    )


def _makers(edition: Edition, stated: str, *, link: bool) -> str:
    makers = edition.users.get(stated, ())
    told = [company(each, _ROOT) if link else f"<bdi>{esc(each.name)}</bdi>" for each in makers]
    return " or ".join(told) or "no contact yet"


def _group(edition: Edition, stated: str, models: Iterable[str]) -> str:
    told = table(
        ("Device Model", "Product", "Latest", "#Firmwares", "#Entries"),
        "".join(_models_row(edition, model) for model in models),
        "models",
    )
    return (
        f'<section class="sec" id="{esc(stated)}"><header><h2>{identifier(stated)}</h2>'
        f"<p>{_makers(edition, stated, link=True)}</p></header><div>{told}</div></section>"
    )


def _models_row(edition: Edition, model: str) -> str:
    lines = edition.models[model]
    firmware = [each for history in lines for each in history.firmware]
    named = len(lines) > 1
    newest = "".join(
        f'<div class="each">{f"<small>{line_name(each, lines)}</small>" if named else ""}'
        f"{latest(each, _ROOT)}</div>"
        for each in lines
    )
    return (
        f'<tr><th scope="row">{to_model(model, _ROOT)}</th>'
        f'<td data-l="">{esc(product_of(edition, lines))}</td>'
        f'<td data-l="Latest">{newest}</td>'
        f'<td class="n" data-l="Firmwares">{len(firmware):,}</td>'
        f'<td class="n" data-l="Entries">{sum(len(each.entries) for each in firmware):,}</td></tr>'
    )
