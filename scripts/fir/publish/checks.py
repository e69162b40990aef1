"""The checks: their list by stage, and each with its manual and the cases that test it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from fir.publish.edition import Edition, Example, Manual
from fir.publish.markup import Section, crumbs, esc, in_code, section, table
from fir.publish.page import Page
from fir.publish.sign import small
from fir.wording import visible

ROOT = "../../"
_LEVELS = {
    "error": ("error", "Error", "the change cannot be merged"),
    "warning": ("warning", "Warning", "fails only where warnings are made to count"),
    "note": ("note", "Note", "for the reviewer; nothing fails"),
}
_LINES = 60
_PLACE = re.compile(r"^(?P<path>[^\n]*?):(?P<line>[0-9]+):[0-9]+: ", re.MULTILINE)


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
    if manual.why:
        yield Section("why", "Why we check", "", f"<p>{in_code(_sentence(manual.why))}</p>")
    if manual.mend:
        yield Section("mend", "How to mend it", "", f"<p>{in_code(_sentence(manual.mend))}</p>")
    for id, title, examples in (("bad", "Fails", manual.bad), ("good", "Passes", manual.good)):
        if examples:
            yield Section(
                id, title, "From this check’s own tests", "".join(map(_example, examples))
            )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _example(example: Example) -> str:
    """The files of a case, the lines found fault with marked, and all that `fir check` prints."""
    faults = {(found["path"], int(found["line"])) for found in _PLACE.finditer(example.said)}
    told = [f"<h3>{esc(re.sub('[-_]', ' ', example.name).capitalize())}</h3>"]
    for path, text in example.files:
        bad = {line for where, line in faults if where == path}
        told.append(f'<p class="file"><code>{esc(visible(path))}</code></p>{_listing(text, bad)}')
    if example.said:
        told.append(f'<pre class="term" tabindex="0"><code>{esc(example.said)}</code></pre>')
    return f'<div class="example">{"".join(told)}</div>'


def _listing(text: str, bad: set[int]) -> str:
    lines = [esc(visible(line)) for line in text.removesuffix("\n").split("\n")]
    left = len(lines) - _LINES
    for line in bad:
        if 0 < line <= len(lines):
            lines[line - 1] = f'<span class="bad">{lines[line - 1]}</span>'
    if left > 0:
        lines[_LINES:] = [f"… and {left:,} more lines"]
    return f'<pre tabindex="0"><code>{chr(10).join(lines)}</code></pre>'
