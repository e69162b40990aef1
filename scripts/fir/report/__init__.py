"""Findings as text for people, annotations for GitHub, JSON for programs and Markdown for a page.

Each format is a module with one function, `render(report)`, that returns the whole text.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from fir.diagnostics import Diagnostic, Level

_LEVELS: tuple[Level, ...] = ("error", "warning", "note")


class Report(NamedTuple):
    """What one run of the checks found, and in how many records it looked."""

    findings: tuple[Diagnostic, ...]
    records: int

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(finding.level for finding in self.findings)
        return {level: found[level] for level in _LEVELS}

    def summary(self) -> str:
        """`2 errors, 1 warning in 2 of 1,412 records`, or `1,412 records, nothing found`."""
        records = many(self.records, "record")
        if not self.findings:
            return f"{records}, nothing found"
        parts = [many(count, level) for level, count in self.counts.items() if count]
        files = len({finding.path for finding in self.findings})
        return f"{', '.join(parts)} in {files:,} of {records}"


def many(count: int, word: str) -> str:
    """`1 entry`, `2 entries`, `1,412 records`."""
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count:,} {word if count == 1 else plural}"
