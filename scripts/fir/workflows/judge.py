"""A proposal is judged by the rules of the branch it goes into, and summarised for its reviewer.

Two verdicts count, each by itself: which files may be changed together, and what the checks find in
the records. `fir summary` tells both; they are of one reading, by the base branch's programs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from fir.model import NotARepository
from fir.report import Report
from fir.report import github as as_annotations
from fir.repository.git import GitFailed
from fir.review.as_json import review_json
from fir.review.review import Review
from fir.review.states import Asked, NoSuchRef, two_states
from fir.review.summary import render
from fir.workflows.runner import StepFailed, output, say, summarise


class Proposal(NamedTuple):
    """Two check-outs, and the account that proposes the difference between them."""

    base: Path
    head: Path
    author: str


class Verdict(NamedTuple):
    told: dict[str, Any]
    """What `fir summary --format json` says."""
    page: str
    report: Report

    @property
    def refused(self) -> str:
        """Why the files must not be changed together; empty where they may."""
        return str(self.told["refused"]["why"]) if self.told["refused"] else ""

    @property
    def sound(self) -> bool:
        return not self.report.counts["error"]

    @property
    def passes(self) -> bool:
        return self.sound and not self.refused


def judge(proposal: Proposal) -> Verdict:
    """Asks both; raises StepFailed where either cannot be had, which is never taken for a pass."""
    base, head = str(proposal.base), str(proposal.head)
    try:
        with two_states(Asked(head, base, base)) as states:
            review = Review(states, proposal.author)
            if states.unusable:
                raise StepFailed(states.unusable)
            report = Report(review.found, review.judged.files)
            return Verdict(review_json(review, base), render(review, base), report)
    except (NotARepository, NoSuchRef, GitFailed) as error:
        raise StepFailed(str(error)) from error


def show(proposal: Proposal) -> bool:
    """Judges, and tells the runner all about it; whether the proposal passes."""
    verdict = judge(proposal)
    summarise(verdict.page)
    print(as_annotations.render(verdict.report), end="", flush=True)
    say("notice", f"labels: {', '.join(verdict.told['labels'])}")
    output("kind", verdict.told["kind"])
    if verdict.refused:
        say("error", f"refused: {verdict.refused}")
    if not verdict.sound:
        say("error", f"the records have errors: {verdict.report.summary()}")
    return verdict.passes
