"""Findings as Markdown, for the summary of a GitHub job.

Nothing that came from a file is more than text in it: see `inert`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from fir.diagnostics import Diagnostic, visible
from fir.report import Report, many

# Text from files as text and nothing else, in the Markdown that GitHub shows. Whatever came from
# a file stands in a code span, where nothing is markup, a mention, a link, an image or HTML; the
# words around it are letters and plain punctuation. The same holds for what is written as HTML,
# which Markdown does not look into: there `code` and `pre` are left alone.

# A message of ours is made of blanks, values in double quotes, values in back-ticks, and words.
_PIECE = re.compile(
    r"""[ ]+ | "(?:[^"\\]|\\.)*" | `(?P<value>[^`]*)`(?![^ ,.;:?!)']) | [(](?=`)
    | [^ ]+?(?=[,.;:?!]{0,2}(?:[ ]|$)) | [^ ]+""",
    re.VERBOSE,
)
_WORD = r"[A-Za-z][A-Za-z'’-]*|[A-Z]{1,2}[0-9]{1,3}(?:\.[0-9]{1,2})?|[0-9]{1,6}(?:[.,][0-9]{1,6})*"
_PLAIN = re.compile(rf" +|[(]?(?:{_WORD})?[,.;:?)]{{0,3}}")


def prose(text: str) -> str:
    """A sentence of ours made safe, whatever the values in it hold; two spans never touch."""
    return "".join(code_span(part) if code else part for code, part in _joined(text))


def _joined(text: str) -> Iterator[tuple[bool, str]]:
    segments = groupby(_segments(text), key=lambda segment: segment[0])
    return ((code, "".join(part for _, part in parts)) for code, parts in segments)


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


def html_prose(text: str) -> str:
    """The same as HTML."""
    joined = _joined(text)
    return "".join(html_code(part) if code else escape(part, quote=False) for code, part in joined)


def html_code(text: str) -> str:
    """A value of one or several lines as HTML that can stand in a table."""
    return f"<code>{'<br>'.join(_text(line) for line in text.split(chr(10)))}</code>"


def _text(line: str) -> str:
    return escape(visible(line), quote=False)


def lines_of(text: str) -> str:
    """The text as HTML for a `pre`, with its own line breaks and no hidden character."""
    return "\n".join(_text(line) for line in text.split("\n"))


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML; no blank line is in it, which would end it."""
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table>\n<tr>{head}</tr>\n{body}</table>\n"


# GitHub throws away a summary of more than 1 MiB, and other commands may add to the same one.
_MAX_BYTES = 900_000
_UNFOLDED = 20


def render(report: Report, most: int = _MAX_BYTES) -> str:
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
        if size > most:
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


def _by_file(report: Report) -> list[Diagnostic]:
    """The findings, file by file as judged; the files with errors before those without."""
    levels = list(report.counts)
    worst: dict[str, int] = {}
    for finding in report.findings:
        level = levels.index(finding.level)
        worst[finding.path] = min(level, worst.get(finding.path, level))
    return sorted(report.findings, key=lambda finding: (worst[finding.path], finding.path))


def _finding(finding: Diagnostic) -> str:
    return (
        f"- **{finding.level}**, line {finding.line}, column {finding.column}: "
        f"{prose(finding.message)} ({code_span(finding.check)})  \n"
        f"  fix: {prose(finding.fix)}\n"
    )
