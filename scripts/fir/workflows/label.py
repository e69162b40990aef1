"""What `judge` saw is put on the pull requests: labels, and a verdict as a status of the commit."""

from __future__ import annotations

import re
from typing import Any

from fir.diagnostics import visible
from fir.workflows import github
from fir.workflows.runner import StepFailed, say

CONTEXT = "Judged by main"
LABELS = frozenset(
    "new-record new-manufacturer contact-change notes-correction withdrawal cpl-update waiver "
    "tooling risk:low risk:high".split()
)
"""The labels of `fir summary`: these are put on and taken off, all others are people's own."""
_COMMIT = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LONGEST = 140  # what GitHub takes as the words of a status


def label(seen: list[dict[str, Any]]) -> None:
    """Puts each pull request's labels and verdict where they are not yet.

    What GitHub refuses for one of them keeps nothing from the others; the step fails at its end.
    """
    failed = []
    for pull in seen:
        number, wanted = int(pull["number"]), set(pull["labels"])
        if not (wanted <= LABELS and _COMMIT.fullmatch(pull["head"])):
            raise StepFailed(f"#{number}: what the first job said is not to be trusted")
        try:
            _set_status(pull["head"], "success" if pull["passes"] else "failure", pull["words"])
            _set_labels(number, wanted)
        except StepFailed as reason:
            say("error", f"#{number}: {reason}")
            failed.append(f"#{number}")
    if failed:
        raise StepFailed(f"not all could be told: {', '.join(failed)}")


def _set_labels(number: int, wanted: set[str]) -> None:
    there = {each["name"] for each in github.every(f"/issues/{number}/labels")}
    for name in sorted((there & LABELS) - wanted):
        github.call("DELETE", f"/issues/{number}/labels/{name}")
    if wanted - there:
        github.call("POST", f"/issues/{number}/labels", {"labels": sorted(wanted - there)})


def _set_status(commit: str, state: str, words: str) -> None:
    """A commit takes at most a thousand statuses of one name, so the same is not said again."""
    words = visible(words)
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    there = github.call("GET", f"/commits/{commit}/status?per_page=100")["statuses"]
    ours: dict[str, Any] = next((each for each in there if each["context"] == CONTEXT), {})
    if (ours.get("state"), ours.get("description")) != (state, words):
        status = {"state": state, "context": CONTEXT, "description": words}
        github.call("POST", f"/statuses/{commit}", status)
