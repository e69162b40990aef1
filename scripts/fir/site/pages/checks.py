"""The checks: their list by stage, and each with its manual and the cases that test it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from fir.diagnostics import visible
from fir.site.components import Section, icon, in_code
from fir.site.edition import Edition, Example, Manual
from fir.site.html import badge as small
from fir.site.html import crumbs, esc, section, table
from fir.site.shell import Page

# The examples of a check: the files of its cases, the faulty lines marked, and what is printed.

_LINES = 60
_MENDED = 3
"""A sound file is marked only where it differs from the faulty one by so few lines."""
_PLACE = re.compile(r"^(?P<path>[^\n]*?):(?P<line>[0-9]+):[0-9]+: ", re.MULTILINE)
_SHORT = re.compile(r"\b(bcd|bom|cpl|cr|nfc|url|utf|yaml)\b", re.IGNORECASE)
_LEVEL = re.compile(r"(:[0-9]+:[0-9]+: )(error|warning|note)(: )")


def ordered(bad: Sequence[Example], good: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Both with the simplest first; where it can be, the first two are of one and the same file."""
    fails = _simplest_first(bad, _paths(good))
    return fails, _simplest_first(good, _paths(fails[:1]))


def _simplest_first(examples: Sequence[Example], files: set[str]) -> list[Example]:
    """Those of the given files before others."""
    return sorted(examples, key=lambda each: (not _paths([each]) & files, _burden(each)))


def _paths(examples: Iterable[Example]) -> set[str]:
    return {path for each in examples for path, _ in each.files}


def _burden(example: Example) -> tuple[int, int]:
    """How much a reader must take in."""
    return len(example.files), len(example.said) + sum(len(text) for _, text in example.files)


def said(example: Example) -> str:
    """All that `fir check` prints."""
    told = _LEVEL.sub(r'\1<b class="\2">\2</b>\3', esc(example.said))
    return f'<pre class="term" tabindex="0"><code>{told}</code></pre>'


def pair(bad: Sequence[Example], good: Sequence[Example]) -> str:
    """The simplest that fails beside the simplest that passes."""
    faulty = {path: text for each in bad[:1] for path, text in each.files}
    told = [_one("Fails", _files(each)) for each in bad[:1]]
    told += [_one("Passes", _files(each, faulty)) for each in good[:1]]
    return f'<div class="pair">{"".join(told)}</div>'


def folded(example: Example) -> str:
    words = re.sub("[-_]", " ", example.name).capitalize()
    name = esc(_SHORT.sub(lambda found: found[0].upper(), words))
    printed = said(example) if example.said else ""
    return (
        f'<details class="group example"><summary>{icon("chev")}{name}</summary>'
        f"{_files(example)}{printed}</details>"
    )


def _one(title: str, body: str) -> str:
    return f"<div><h3>{title}</h3>{body}</div>"


def _files(example: Example, faulty: dict[str, str] | None = None) -> str:
    """Its files; `faulty` are those of an example that fails, of which this is the cure."""
    faults = {(found["path"], int(found["line"])) for found in _PLACE.finditer(example.said)}
    told = []
    for path, text in example.files:
        lines = text.removesuffix("\n").split("\n")
        marked = {line: "bad" for where, line in faults if where == path}
        marked |= dict.fromkeys(_mended(lines, (faulty or {}).get(path, "")), "good")
        told.append(f'<p class="file"><code>{esc(visible(path))}</code></p>')
        told.append(_listing(lines, marked))
    return "".join(told)


def _mended(lines: Sequence[str], faulty: str) -> list[int]:
    """The lines that the faulty file has otherwise, counted from 1."""
    known = set(faulty.split("\n"))
    other = [number for number, line in enumerate(lines, 1) if line not in known]
    return other if faulty and len(other) <= _MENDED else []


def _listing(lines: Sequence[str], marked: dict[int, str]) -> str:
    told = [esc(visible(line)) for line in lines]
    for number, kind in marked.items():
        if 0 < number <= len(told):
            told[number - 1] = f'<span class="{kind}">{told[number - 1]}</span>'
    left = len(told) - _LINES
    if left > 0:
        told[_LINES:] = [f"… and {left:,} more lines"]
    return f'<pre tabindex="0"><code>{chr(10).join(told)}</code></pre>'


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


# The cases that test a check, as its page shows them: the very files of `tests/cases`.

_ASIDE = ("__pycache__", "arguments")


def read_examples(folder: Path) -> tuple[Example, ...]:
    """The cases in `tests/cases/<check>/bad` or `good`, by name; none where there is no folder."""
    cases = sorted(path for path in folder.glob("*") if path.is_dir() and path.name not in _ASIDE)
    return tuple(Example(case.name, tuple(_examples_files(case)), _said(case)) for case in cases)


def _examples_files(case: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(case.rglob("*")):
        place = path.relative_to(case)
        if path.is_file() and not set(place.parts) & set(_ASIDE):
            text = path.read_bytes().decode("utf-8", errors="backslashreplace")
            yield place.as_posix(), text


def _said(case: Path) -> str:
    said = case.with_name(f"{case.name}.out")
    return said.read_text(encoding="utf-8") if said.is_file() else ""
