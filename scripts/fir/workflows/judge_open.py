"""Every open pull request judged by main's own code, for its labels and a second verdict.

A pull request from a fork runs without a token that may write, and one that edits the workflow of
the check runs what it has edited. So this runs by the clock, from the main branch: nothing of any
proposal is executed, and no token that may write is held. `label` tells GitHub what was seen.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fir.workflows import github
from fir.workflows.judge import Proposal, judge
from fir.workflows.runner import StepFailed, git, required, say

MOST_FILES = 10_000
"""Of one proposal; to judge many more would take the time of all the others."""


def look(root: Path) -> list[dict[str, Any]]:
    """What main says of each open pull request into this branch that can be merged."""
    return list(_looked_at(root.resolve(), required("GITHUB_REF_NAME")))


def _looked_at(root: Path, branch: str) -> Iterator[dict[str, Any]]:
    for pull in github.every(f"/pulls?state=open&base={branch}"):
        try:
            head = pull["head"]["sha"]
            merge = _merge(root, int(pull["number"]), head)
        except StepFailed as reason:
            say("warning", f"#{pull['number']} was left out: {reason}")
            continue
        yield {"number": int(pull["number"]), "head": head, **_looked(root, pull, merge)}


def _looked(root: Path, pull: Mapping[str, Any], merge: str) -> dict[str, Any]:
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
        "labels": verdict.told["labels"],
        "words": verdict.refused or verdict.told["decision"],
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
