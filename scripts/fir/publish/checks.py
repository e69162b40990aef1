"""The checks: their list by stage, and each with its manual and the cases that test it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from fir.publish.check_examples import folded, ordered, pair, said
from fir.publish.edition import Edition, Manual
from fir.publish.markup import Section, crumbs, esc, in_code, section, table
from fir.publish.page import Page
from fir.publish.sign import small

ROOT = "../../"
_LEVELS = {
    "error": ("error", "Error", "the change cannot be merged"),
    "warning": ("warning", "Warning", "fails only where warnings are made to count"),
    "note": ("note", "Note", "for the reviewer; nothing fails"),
}


def check_pages(edition: Edition) -> Iterator[Page]:
    """The list, then one page each."""
    found = Counter(finding.check for finding in edition.findings)
    yield Page(url="checks/", shell="checks/", content=_list(edition.manuals, found))
    for manual in edition.manuals:
        yield _page(manual, found[manual.id])


def _list(manuals: tuple[Manual, ...], found: Counter[str]) -> str:
    told = []
    for stage, group in groupby(manuals, key=lambda manual: manual.stage):
        lines = "".join(
            f'<tr><th scope="row"><a href="{each.id}/"><code>{each.id}</code></a></th>'
            f'<td data-l="">{in_code(each.title)}</td><td>{_level(each)}</td>'
            f'<td class="n" data-l="Found now">{found[each.id]:,}</td></tr>'
            for each in group
        )
        listed = table(("Check", "What is wrong", "Level", "#Found now"), lines, "checks")
        told.append(section(Section(re.sub("[^a-z]+", "-", stage.lower()), esc(stage), "", listed)))
    return "".join(told)


def _level(manual: Manual) -> str:
    shape, word, _ = _LEVELS[manual.level]
    return small(shape, word)


def _page(manual: Manual, found: int) -> Page:
    parts = [*_parts(manual)]
    shape, word, meaning = _LEVELS[manual.level]
    waived = "Yes, with a reason and until a date" if manual.waivable else "No"
    cards = (
        ("Level", f"{small(shape, word)}<small>{meaning}</small>"),
        ("Stage", esc(manual.stage)),
        ("Can it be waived?", waived),
        ("Found in this edition", f"{found:,}"),
    )
    told = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in cards)
    content = "".join(
        (
            crumbs(f'<a href="{ROOT}checks/">Checks</a>', f"<code>{manual.id}</code>"),
            f'<h1 id="content"><code>{manual.id}</code></h1>',
            f'<p class="lead">{in_code(manual.title)}.</p>',
            f'<dl class="cards four">{told}</dl>',
            *map(section, parts),
        )
    )
    return Page(
        url=f"checks/{manual.id}/",
        shell="checks/_shell/",
        title=f"Check {manual.id}",
        description=f"{manual.title}. {manual.why}",
        content=content,
        contents=tuple((part.id, part.title) for part in parts),
    )


def _parts(manual: Manual) -> Iterator[Section]:
    bad, good = ordered(manual.bad, manual.good)
    if bad:
        yield Section("see", "What you see", "", said(bad[0]))
    if manual.why:
        yield Section("why", "Why we check", "", f"<p>{in_code(_sentence(manual.why))}</p>")
    if manual.mend:
        yield Section("mend", "How to mend it", "", f"<p>{in_code(_sentence(manual.mend))}</p>")
    if bad or good:
        yield Section("example", "Example", "From this check’s own tests", pair(bad, good))
    for id, title, more in (("bad", "Fails too", bad[1:]), ("good", "Passes too", good[1:])):
        if more:
            yield Section(id, title, "", "".join(map(folded, more)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
