"""Findings as lines an editor makes links of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from fir.diagnostics import visible
from fir.report import Report

_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def render(report: Report, *, colour: bool = False) -> str:
    """Two lines a finding: place, level, message and check; then the fix."""
    lines = []
    for finding in report.findings:
        level: str = finding.level
        if colour:
            level = f"\x1b[{_COLOURS[level]}m{level}\x1b[0m"
        place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
        lines.append(f"{place}: {level}: {visible(finding.message)} [{finding.check}]")
        lines.append(f"    fix: {visible(finding.fix)}")
    return "".join(f"{line}\n" for line in lines)


# Rows of cells as lines of text, each column as wide as its widest cell.


def columns(rows: Sequence[Sequence[str | int]]) -> Iterator[str]:
    """Numbers stand right, text stands left."""
    cells = [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, line in zip(rows, cells, strict=True):
        padded = [
            text.rjust(width) if isinstance(cell, int) else text.ljust(width)
            for cell, text, width in zip(row, line, widths, strict=True)
        ]
        yield "  ".join(padded).rstrip()


# What a command changes in a file, line by line, as `diff -u` and git show it.


def diff(path: str, before: bytes | None, after: bytes | None) -> str:
    """The change of one file; None where there is none before, or after."""
    names = ("/dev/null" if before is None else path), ("/dev/null" if after is None else path)
    lines = unified_diff(_lines(before), _lines(after), *names, lineterm="")
    return "".join(f"{line}\n" for line in _shown(lines))


def _lines(content: bytes | None) -> list[str]:
    text = (content or b"").decode("utf-8", "backslashreplace")
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], f"{lines[-1]} (no line feed)"]


def _shown(lines: Iterator[str]) -> Iterator[str]:
    """What cannot be seen is written out: a carriage return is what a line may differ in."""
    return map(visible, lines)
