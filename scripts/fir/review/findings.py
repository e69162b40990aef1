"""What the checks say of a proposal: what is new, and what they say already."""

from __future__ import annotations

from collections import Counter

from fir.check import judge
from fir.model import Finding, Repository


def new_and_known(
    base: Repository, head: Repository
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of `head`, apart; of two that are alike, the base may have had one."""
    known = Counter(_identity(finding, base) for finding in judge(base))
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in judge(head):
        known[_identity(finding, head)] -= 1
        (new if known[_identity(finding, head)] < 0 else old).append(finding)
    return tuple(new), tuple(old)


def _identity(finding: Finding, state: Repository) -> tuple[str, str, str]:
    """What makes a finding the same one in both states: its line moves, and so does the CPL."""
    version = state.snapshot.version if state.snapshot else ""
    return finding.path, finding.check, finding.message.replace(f"version {version})", "")
