"""An imported CPL becomes one branch and one pull request, kept up to date by later issues.

Runs beside a token that may write: it takes the import as a patch and runs nothing but git.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import tick
from fir.workflows import github
from fir.workflows.runner import StepFailed, git, required, say

BRANCH = "cpl-update"
_HERE = Path()
_ONLY = "records/"
_SNAPSHOT = "records/cpl/snapshot.yaml"
_LIST = ("records/cpl/entries.csv", "records/cpl/changes.csv")
_LONGEST = 60_000  # GitHub takes 65,536 characters
_STARTED = "The checks start by themselves."
_PRESS = (
    "**The checks wait for you**, because a workflow has made this pull request with its own "
    "token. Press *Approve workflows to run*; where there is no such button, press *Close pull "
    "request*, then *Reopen pull request*. After each update, again. With a GitHub App, which the "
    "adoption page describes, they start by themselves."
)


class _Snapshot(NamedTuple):
    version: str
    sha256: str


def propose(folder: Path) -> str:
    """Commits `cpl.patch`, pushes the branch, opens or updates the pull request; what was done."""
    main = git(_HERE, "rev-parse", "HEAD")
    _apply(folder / "cpl.patch")
    snapshot = _snapshot(Path(_SNAPSHOT).read_text(encoding="utf-8"))
    found = github.call("GET", f"/pulls?state=open&head={_owner()}:{BRANCH}")
    if found and _proposed(main) == snapshot:
        return f"CPL {snapshot.version} is proposed already, in #{found[0]['number']}"
    title = f"records: CPL {snapshot.version}"
    git(
        _HERE,
        "-c", "user.name=github-actions[bot]",
        "-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com",
        "commit", "--quiet", "--no-verify", "-m", title,
    )  # fmt: skip
    git(_HERE, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{BRANCH}")
    report = (folder / "report.md").read_text(encoding="utf-8")
    if len(report) > _LONGEST:
        report = report[:_LONGEST].rpartition("\n")[0] + "\n\nThe rest is in the run's summary.\n"
    starts = os.environ.get("STARTS_CHECKS") == "true"
    body = {"title": title, "body": f"{_STARTED if starts else _PRESS}\n\n{report}"}
    if found:
        number = found[0]["number"]
        github.call("PATCH", f"/pulls/{number}", body)
        did = "updated"
    else:
        into = {"head": BRANCH, "base": required("GITHUB_REF_NAME")}
        number = github.call("POST", "/pulls", {**body, **into})["number"]
        did = "opened"
    if not starts:
        say("notice", f"#{number}: press *Approve workflows to run* there to start its checks")
    return f"{did} #{number} with CPL {snapshot.version}"


def _owner() -> str:
    return github.repository().partition("/")[0]


def _apply(patch: Path) -> None:
    """A patch is text from elsewhere: it may reach the records and nothing else.

    What it did is asked of git, for what it says of itself leaves out where it renames from.
    """
    git(_HERE, "apply", "--index", str(patch.resolve()))
    changed = git(_HERE, "diff", "--cached", "--name-only", "--no-renames", "-z").split("\0")
    foreign = [path for path in changed if path and not path.startswith(_ONLY)]
    if foreign or not any(changed):
        git(_HERE, "reset", "--quiet", "--hard")
        raise StepFailed(f"the import would change {tick(foreign[0]) if foreign else 'nothing'}")


def _snapshot(text: str) -> _Snapshot:
    version = re.search(r'^version: "([0-9]{1,9}(?:\.[0-9]{1,9})*)"$', text, re.MULTILINE)
    sha256 = re.search(r'^sha256: "([0-9a-f]{64})"$', text, re.MULTILINE)
    if not (version and sha256):
        raise StepFailed(f"{_SNAPSHOT} does not say which CPL it is")
    return _Snapshot(version[1], sha256[1])


def _proposed(main: str) -> _Snapshot | None:
    """What the branch proposes to this very state; None where it must be made anew.

    That is also where somebody has put another list into it than the one that was imported.

    An import dates what it writes: to make it anew each day would void every approval.
    """
    try:
        git(_HERE, "fetch", "--quiet", "--depth=2", "origin", f"refs/heads/{BRANCH}")
        if git(_HERE, "diff", "--name-only", "FETCH_HEAD^1", main, "--", "records", "schema"):
            return None
        if git(_HERE, "diff", "--cached", "--name-only", "FETCH_HEAD", "--", *_LIST):
            return None
        return _snapshot(git(_HERE, "show", f"FETCH_HEAD:{_SNAPSHOT}"))
    except StepFailed:
        return None
