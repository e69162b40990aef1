"""The examples of a check: the files of its cases, the faulty lines marked, and what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fir.publish.edition import Example
from fir.publish.markup import esc, icon
from fir.wording import visible

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
