"""Findings as annotations of a pull request: GitHub's workflow commands.

GitHub shows the first ten of each level of one step and drops the rest without a word; so the ten
that help most come first, one a file before a second in any, and the last line counts the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from fir.diagnostics import Diagnostic, visible
from fir.report import Report, many

_SHOWN = 10
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> str:
    """One command a line; what a record says stays data, whatever it says."""
    lines: list[str] = []
    left = []
    for level in _COMMANDS:
        findings = _one_a_file_first(each for each in report.findings if each.level == level)
        lines.extend(map(_command, findings[:_SHOWN]))
        if findings[_SHOWN:]:
            left.append(many(len(findings) - _SHOWN, f"more {level}"))
    if left:
        lines.append(f"{', '.join(left)} not shown here: GitHub shows {_SHOWN} of each")
    return "".join(f"{line}\n" for line in lines)


def _one_a_file_first(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The first finding of each file, then the second of each, and so on."""
    turns: dict[str, int] = {}
    ranked = []
    for finding in findings:
        turn = turns[finding.path] = turns.get(finding.path, 0) + 1
        ranked.append((turn, finding))
    return [finding for _, finding in sorted(ranked, key=lambda item: item[0])]


def _command(finding: Diagnostic) -> str:
    properties = {
        "file": finding.path,
        "line": finding.line,
        "col": finding.column,
        "title": finding.check,
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _data(finding.message) + "%0A" + _data(f"fix: {finding.fix}")
    return f"::{_COMMANDS[finding.level]} {told}::{message}"


def _data(value: object) -> str:
    return visible(str(value)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
