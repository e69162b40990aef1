"""Findings as lines an editor makes links of."""

from __future__ import annotations

from fir.report import Report
from fir.wording import visible

_COLOURS = {"error": "31", "warning": "33", "note": "36"}


def render(report: Report, *, colour: bool = False) -> str:
    """Two lines a finding: place, level, message and check; then the fix."""
    lines = []
    for finding in report.findings:
        level = finding.level
        if colour:
            level = f"\x1b[{_COLOURS[level]}m{level}\x1b[0m"
        place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
        lines.append(f"{place}: {level}: {visible(finding.message)} [{finding.check}]")
        lines.append(f"    fix: {visible(finding.fix)}")
    return "".join(f"{line}\n" for line in lines)
