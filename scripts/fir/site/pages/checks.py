"""The checks: their list by stage, and each with its manual and the cases that test it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import visible
from fir.site.edition import Edition, Example, Manual
from fir.site.rendering import render
from fir.site.shell import Page

# The examples of a check: the files of its cases, the faulty lines marked, and what is printed.

_LINES = 60
_MENDED = 3
"""A sound file is marked only where it differs from the faulty one by so few lines."""
_PLACE = re.compile(r"^(?P<path>[^\n]*?):(?P<line>[0-9]+):[0-9]+: ", re.MULTILINE)
_SHORT = re.compile(r"\b(bcd|bom|cpl|cr|nfc|url|utf|yaml)\b", re.IGNORECASE)
_LEVEL = re.compile(r":[0-9]+:[0-9]+: (?P<level>error|warning|note): ")


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


class Line(NamedTuple):
    text: str
    mark: str
    """`bad`, `good`, or empty."""


class File(NamedTuple):
    path: str
    lines: list[Line]


class Case(NamedTuple):
    name: str
    files: list[File]
    printed: list[tuple[str, str]]
    """All that `fir check` prints: some text, and the level that comes after it."""


def _case(example: Example) -> Case:
    words = re.sub("[-_]", " ", example.name).capitalize()
    name = _SHORT.sub(lambda found: found[0].upper(), words)
    return Case(name, _files(example), _printed(example.said))


def _printed(text: str) -> list[tuple[str, str]]:
    parts, end = [], 0
    for found in _LEVEL.finditer(text):
        parts.append((text[end : found.start("level")], found["level"]))
        end = found.end("level")
    return [*parts, (text[end:], "")] if text else []


def _files(example: Example, faulty: Mapping[str, str] | None = None) -> list[File]:
    """Its files; `faulty` are those of an example that fails, of which this is the cure."""
    faults = {(found["path"], int(found["line"])) for found in _PLACE.finditer(example.said)}
    files = []
    for path, text in example.files:
        lines = text.removesuffix("\n").split("\n")
        marked = {line: "bad" for where, line in faults if where == path}
        marked |= dict.fromkeys(_mended(lines, (faulty or {}).get(path, "")), "good")
        files.append(File(visible(path), _lines(lines, marked)))
    return files


def _mended(lines: Sequence[str], faulty: str) -> list[int]:
    """The lines that the faulty file has otherwise, counted from 1."""
    known = set(faulty.split("\n"))
    other = [number for number, line in enumerate(lines, 1) if line not in known]
    return other if faulty and len(other) <= _MENDED else []


def _lines(lines: Sequence[str], marked: Mapping[int, str]) -> list[Line]:
    shown = [Line(visible(text), marked.get(at, "")) for at, text in enumerate(lines[:_LINES], 1)]
    left = len(lines) - _LINES
    return [*shown, Line(f"… and {left:,} more lines", "")] if left > 0 else shown


class Level(NamedTuple):
    shape: str
    word: str
    meaning: str


class Listed(NamedTuple):
    """A check as the list shows it."""

    id: str
    title: str
    level: Level
    found: int
    """How often this edition has the fault."""


class Stage(NamedTuple):
    id: str
    title: str


_LEVELS = {
    "error": Level("error", "Error", "the change cannot be merged"),
    "warning": Level("warning", "Warning", "fails only where warnings are made to count"),
    "note": Level("note", "Note", "for the reviewer; nothing fails"),
}


def check_pages(edition: Edition) -> Iterator[Page]:
    """The list, then one page each."""
    found = Counter(finding.check for finding in edition.findings)
    stages = [
        (
            Stage(re.sub("[^a-z]+", "-", stage.lower()), stage),
            [_listed(manual, found) for manual in group],
        )
        for stage, group in groupby(edition.manuals, key=lambda manual: manual.stage)
    ]
    content = render("checks.html", stages=stages)
    yield Page(url="checks/", shell="checks/", content=content)
    for manual in edition.manuals:
        yield _page(manual, _listed(manual, found))


def _listed(manual: Manual, found: Counter[str]) -> Listed:
    return Listed(manual.id, manual.title, _LEVELS[manual.level], found[manual.id])


def _page(manual: Manual, check: Listed) -> Page:
    bad, good = ordered(manual.bad, manual.good)
    contents = tuple(_contents(manual, bad, good))
    faulty = {path: text for each in bad[:1] for path, text in each.files}
    content = render(
        "check.html",
        check=check,
        stage=manual.stage,
        waivable=manual.waivable,
        why=_sentence(manual.why),
        mend=_sentence(manual.mend),
        contents=contents,
        bad=[_case(each) for each in bad],
        good=[_case(each) for each in good],
        mended=[file for each in good[:1] for file in _files(each, faulty)],
    )
    return Page(
        url=f"checks/{manual.id}/",
        shell="checks/_shell/",
        title=f"Check {manual.id}",
        description=f"{manual.title}. {manual.why}",
        content=content,
        contents=contents,
    )


def _contents(
    manual: Manual, bad: Sequence[Example], good: Sequence[Example]
) -> Iterator[tuple[str, str]]:
    """Id and title of each part that this check has."""
    parts = (
        ("see", "What you see", bool(bad)),
        ("why", "Why we check", bool(manual.why)),
        ("mend", "How to mend it", bool(manual.mend)),
        ("example", "Example", bool(bad or good)),
        ("bad", "Fails too", bool(bad[1:])),
        ("good", "Passes too", bool(good[1:])),
    )
    return ((id, title) for id, title, there in parts if there)


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
