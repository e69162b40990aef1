"""Findings as Markdown, for the summary of a GitHub job.

Whatever came from a file stands in a code span, where nothing is markup, a mention, a link, an
image or HTML; the words around it are letters and plain punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from fir.model import Finding
from fir.report import Report, many
from fir.wording import visible

# GitHub throws away a summary of more than 1 MiB, and other commands may add to the same one.
_MAX_BYTES = 900_000
_UNFOLDED = 20
# A message of ours is made of blanks, values in double quotes, values in back-ticks, and words.
_PIECE = re.compile(
    r"""[ ]+ | "(?:[^"\\]|\\.)*" | `(?P<value>[^`]*)`(?![^ ,.;:?!)']) | [(](?=`)
    | [^ ]+?(?=[,.;:?!]{0,2}(?:[ ]|$)) | [^ ]+""",
    re.VERBOSE,
)
_PLAIN = re.compile(r" +|[(]?(?:[A-Za-z][A-Za-z'’-]*|[0-9]{1,6}(?:[.,][0-9]{1,6})*)?[,.;:?)]{0,2}")


def render(report: Report) -> str:
    """A verdict, then the findings by file, those with errors first; folded after some."""
    parts = [f"{_verdict(report)}\n"]
    size = len(parts[0].encode())
    findings = _by_file(report)
    path = ""
    shown = 0
    for shown, finding in enumerate(findings):
        block = _finding(finding)
        if shown == _UNFOLDED:
            rest = many(len(findings) - shown, "more finding")
            parts.append(f"\n<details><summary>{rest}</summary>\n")
        if finding.path != path or shown == _UNFOLDED:
            path = finding.path
            block = f"\n#### {code_span(visible(path))}\n\n{block}"
        size += len(block.encode())
        if size > _MAX_BYTES:
            break
        parts.append(block)
    else:
        shown = len(findings)
    if len(findings) > _UNFOLDED <= shown:
        parts.append("\n</details>\n")
    if shown < len(findings):
        left = many(len(findings) - shown, "finding")
        parts.append(f"\nLeft out here, for want of room: {left}. `fir check` prints all.\n")
    return "".join(parts)


def _verdict(report: Report) -> str:
    if not report.findings:
        return f"**Nothing found** in {many(report.records, 'record')}."
    if report.counts["error"]:
        return f"**Does not pass yet:** {report.summary()}."
    return f"**No errors:** {report.summary()}."


def _by_file(report: Report) -> list[Finding]:
    """The findings, file by file as judged; the files with errors before those without."""
    levels = list(report.counts)
    worst: dict[str, int] = {}
    for finding in report.findings:
        level = levels.index(finding.level)
        worst[finding.path] = min(level, worst.get(finding.path, level))
    return sorted(report.findings, key=lambda finding: (worst[finding.path], finding.path))


def _finding(finding: Finding) -> str:
    return (
        f"- **{finding.level}**, line {finding.line}, column {finding.column}: "
        f"{_prose(finding.message)} ({code_span(finding.check)})  \n"
        f"  fix: {_prose(finding.fix)}\n"
    )


def _prose(text: str) -> str:
    """A sentence of ours made safe, whatever the values in it hold; two spans never touch."""
    segments = groupby(_segments(text), key=lambda segment: segment[0])
    joined = ((code, "".join(part for _, part in parts)) for code, parts in segments)
    return "".join(code_span(part) if code else part for code, part in joined)


def _segments(text: str) -> Iterator[tuple[bool, str]]:
    """Each word or blank, and whether it belongs into a code span."""
    for piece in _PIECE.finditer(visible(text)):
        if piece["value"] is not None:
            yield True, piece["value"] or " "
        else:
            yield not _PLAIN.fullmatch(piece[0]), piece[0]


def code_span(text: str) -> str:
    """A code span whose fence is longer than any run of back-ticks within."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{text}{pad}{fence}"
