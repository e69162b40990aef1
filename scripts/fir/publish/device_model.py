"""The page of one Device Model: its latest firmware, and the timeline of each of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fir.answer import History
from fir.publish.between import choice
from fir.publish.contact import company, whom
from fir.publish.edition import Edition
from fir.publish.feeds import feeds_of_entry, model_feed
from fir.publish.follow import follow
from fir.publish.markup import Section, by_bytes, copy, crumbs, esc, identifier, section
from fir.publish.model_answer import Verdict, line_name, said_of, sign, verdict
from fir.publish.model_kin import kin
from fir.publish.page import Page
from fir.publish.shown import ROOT
from fir.publish.sign import product, to_cpl
from fir.publish.timeline import key, lead, timeline
from fir.publish.tracks import tracks

Lines = tuple[History, ...]


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
