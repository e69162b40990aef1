"""Findings as Markdown, for the summary of a GitHub job.

Nothing that came from a file is more than text in it: see `inert`.
"""

from __future__ import annotations

from fir.model import Finding
from fir.report import Report, many
from fir.report.inert import code_span, prose
from fir.wording import visible

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
        f"{prose(finding.message)} ({code_span(finding.check)})  \n"
        f"  fix: {prose(finding.fix)}\n"
    )
