"""A proposal is judged by the rules of the branch it goes into, and summarised for its reviewer.

Two verdicts count, each by itself: which files may be changed together, and what the checks find in
the records. `fir summary` has both; they are of one reading, by the base branch's programs.

A pull request from a fork runs without a token that may write, and one that edits the workflow of
the check runs what it has edited. So all that are open are judged by the clock as well, from the
main branch: nothing of any proposal is executed, and no token that may write is held. `label` tells
GitHub what was seen.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
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
from fir.workflows import github
from fir.workflows.runner import StepFailed, git, output, required, say, summarise


class Proposal(NamedTuple):
    """Two check-outs, and the account that proposes the difference between them."""

    base: Path
    head: Path
    author: str


class Verdict(NamedTuple):
    summary: dict[str, Any]
    """What `fir summary --format json` prints."""
    page: str
    report: Report

    @property
    def refused(self) -> str:
        """Why the files must not be changed together; empty where they may."""
        return str(self.summary["refused"]["why"]) if self.summary["refused"] else ""

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
    say("notice", f"labels: {', '.join(verdict.summary['labels'])}")
    output("kind", verdict.summary["kind"])
    if verdict.refused:
        say("error", f"refused: {verdict.refused}")
    if not verdict.sound:
        say("error", f"the records have errors: {verdict.report.summary()}")
    return verdict.passes


# Every open pull request, for its labels and a second verdict.

MOST_FILES = 10_000
"""Of one proposal; to judge many more would take the time of all the others."""


def judge_open_pulls(root: Path) -> list[dict[str, Any]]:
    """What main says of each open pull request into this branch that can be merged."""
    return list(_judged(root.resolve(), required("GITHUB_REF_NAME")))


def _judged(root: Path, branch: str) -> Iterator[dict[str, Any]]:
    for pull in github.every(f"/pulls?state=open&base={branch}"):
        try:
            head = pull["head"]["sha"]
            merge = _merge(root, int(pull["number"]), head)
        except StepFailed as reason:
            say("warning", f"#{pull['number']} was left out: {reason}")
            continue
        yield {"number": int(pull["number"]), "head": head, **judge_pull(root, pull, merge)}


def judge_pull(root: Path, pull: Mapping[str, Any], merge: str) -> dict[str, Any]:
    """The verdict on one; what cannot be judged must neither pass nor keep the others waiting."""
    login = (pull["user"] or {}).get("login") or ""
    with tempfile.TemporaryDirectory() as scratch:
        merged = Path(scratch, "merged")
        try:
            _refuse_too_many(root, merge)
            git(root, "worktree", "add", "--quiet", "--detach", str(merged), merge)
            verdict = judge(Proposal(root, merged, login))
        except Exception as fault:
            reason = str(fault) if isinstance(fault, StepFailed) else f"a fault of fir: {fault!r}"
            words = f"cannot be judged: {reason.replace(str(merged), 'this')}"
            say("error", f"#{pull['number']} {words}")
            return {"passes": False, "labels": ["risk:high"], "words": words}
        finally:
            shutil.rmtree(merged, ignore_errors=True)
            git(root, "worktree", "prune")
    return {
        "passes": verdict.passes,
        "labels": verdict.summary["labels"],
        "words": verdict.refused or verdict.summary["decision"],
    }


def _refuse_too_many(root: Path, merge: str) -> None:
    listed = git(root, "diff", "--name-only", "--no-renames", "-z", "HEAD", merge)
    changed = listed.count("\0")
    if changed > MOST_FILES:
        raise StepFailed(f"{changed:,} files are more than the {MOST_FILES:,} that are looked at")


def _merge(root: Path, number: int, head: str) -> str:
    """A commit of what merging would give; git's own merge, and no work tree."""
    git(root, "fetch", "--quiet", "--no-tags", "origin", f"refs/pull/{number}/head")
    if git(root, "rev-parse", "FETCH_HEAD") != head:
        raise StepFailed("it has just been changed; the next run looks at it")
    tree = git(root, "merge-tree", "--write-tree", "HEAD", head).partition("\n")[0]
    identity = ("-c", "user.name=fir", "-c", "user.email=fir@users.noreply.github.com")
    return git(root, *identity, "commit-tree", tree, "-p", "HEAD", "-p", head, "-m", "merged")
