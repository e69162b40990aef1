"""A proposal is judged by the rules of the branch it goes into, and summarised for its reviewer.

Two verdicts count, each by itself: which files may be changed together, as `fir summary` has it,
and what `fir check` finds in the records. Both run from the base branch; what is proposed is data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from fir.checks import judge as findings_of
from fir.report import Report
from fir.report import github as as_annotations
from fir.repository.read import NotARepository, read_repository
from fir.review.as_json import review_json
from fir.review.review import Review
from fir.review.states import Asked, NoSuchRef, two_states
from fir.review.summary import render
from fir.workflows.runner import StepFailed, output, say, summarise

# These kinds of proposal bring the CPL snapshot or the waivers that they are to be judged with.
_BRINGS_ITS_OWN = ("cpl", "waiver")


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
            told, page = review_json(review, base), render(review, base)
        own_cpl = told["kind"] in _BRINGS_ITS_OWN
        repository = read_repository(head, rules=base, own_cpl=own_cpl)
    except (NotARepository, NoSuchRef) as error:
        raise StepFailed(str(error)) from error
    return Verdict(told, page, Report(tuple(findings_of(repository)), repository.files))


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
