"""Every open pull request judged by main's own code, for its labels and a second verdict.

A pull request from a fork runs without a token that may write, and one that edits the workflow of
the check runs what it has edited. So this runs by the clock, from the main branch: nothing of any
proposal is executed, and no token that may write is held. `label` tells GitHub what was seen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fir.flows import github
from fir.flows.git import git
from fir.flows.judge import Proposal, judge
from fir.flows.runner import StepFailed, required, say


def look(root: Path) -> list[dict[str, Any]]:
    """What main says of each open pull request into this branch that can be merged."""
    return list(_looked_at(root.resolve(), required("GITHUB_REF_NAME")))


def _looked_at(root: Path, branch: str) -> Iterator[dict[str, Any]]:
    for pull in github.every(f"/pulls?state=open&base={branch}"):
        try:
            yield _looked(root, pull)
        except StepFailed as reason:
            say("warning", f"#{pull['number']} was left out: {reason}")
        except Exception as fault:  # of one proposal, which must not keep the others waiting
            say("error", f"#{pull['number']} was left out: a fault of fir itself: {fault!r}")


def _looked(root: Path, pull: Mapping[str, Any]) -> dict[str, Any]:
    number, head = int(pull["number"]), pull["head"]["sha"]
    git(root, "fetch", "--quiet", "--no-tags", "origin", f"refs/pull/{number}/head")
    if git(root, "rev-parse", "FETCH_HEAD") != head:
        raise StepFailed("it has just been changed; the next run looks at it")
    with tempfile.TemporaryDirectory() as scratch:
        merged = Path(scratch, "merged")
        git(root, "worktree", "add", "--quiet", "--detach", str(merged), _merge(root, head))
        try:
            login = (pull["user"] or {}).get("login") or ""
            verdict = judge(Proposal(root, merged, login))
        finally:
            git(root, "worktree", "remove", "--force", str(merged))
    return {
        "number": number,
        "head": head,
        "passes": verdict.passes,
        "labels": verdict.told["labels"],
        "words": verdict.refused or verdict.told["decision"],
    }


def _merge(root: Path, head: str) -> str:
    """A commit of what merging would give; git's own merge, and no work tree."""
    tree = git(root, "merge-tree", "--write-tree", "HEAD", head).partition("\n")[0]
    identity = ("-c", "user.name=fir", "-c", "user.email=fir@users.noreply.github.com")
    return git(root, *identity, "commit-tree", tree, "-p", "HEAD", "-p", head, "-m", "merged")
