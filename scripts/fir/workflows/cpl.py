"""The published CPL comes down from the configured address and becomes one pull request.

`fetch` takes the file whole or not at all, and opens nothing: `fir cpl import` recognises what it
is by its content. `propose` keeps one branch and one pull request up to date by later issues; it
runs beside a token that may write, so it takes the import as a patch and runs nothing but git.
"""

from __future__ import annotations

import http.client
import os
import re
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import unquote, urlsplit

from fir.diagnostics import tick
from fir.workflows import github
from fir.workflows.runner import StepFailed, git, required, say

MOST_BYTES = 50_000_000
_PIECE = 65_536
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class _Guarded(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, request, file, code, message, headers, address):  # type: ignore[no-untyped-def]
        _refuse_address(address)
        return super().redirect_request(request, file, code, message, headers, address)


def fetch(address: str, folder: Path, seconds: float) -> Path:
    """The file, under the last name of its address; raises StepFailed with what went wrong."""
    _refuse_address(address)
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(address, headers={"User-Agent": "fir-cpl"})
    try:
        with urllib.request.build_opener(_Guarded).open(request, timeout=seconds) as response:
            content = _read(response, deadline)
            promised = response.headers.get("Content-Length")
    except urllib.error.HTTPError as error:
        raise StepFailed(f"{tick(address)} answered {error.code}, {tick(error.reason)}") from error
    except TimeoutError as error:
        raise StepFailed(f"{tick(address)} did not send it within {seconds:g} s") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise StepFailed(f"{tick(address)} could not be reached: {tick(reason)}") from error
    if promised and promised.isdecimal() and int(promised) != len(content):
        raise StepFailed(
            f"{tick(address)} broke off after {len(content):,} of {int(promised):,} bytes"
        )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _file_name(address)
    file.write_bytes(content)
    return file


def _refuse_address(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise StepFailed(f"{tick(address)} is not an address: {error}") from error
    if parts.password or parts.username:
        raise StepFailed("the address holds a name or a password, which everybody could read")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise StepFailed(f"{tick(address)} is not an address that begins with https://")


def _read(response: IO[bytes], deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):  # type: ignore[attr-defined]
        size += len(piece)
        pieces.append(piece)
        if size > MOST_BYTES:
            raise StepFailed(f"it is more than {MOST_BYTES:,} bytes, which no CPL is")
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(pieces)


def _file_name(address: str) -> str:
    """The snapshot tells its readers this name."""
    last = unquote(urlsplit(address).path).rpartition("/")[2]
    return re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip("-.")[:100] or "central-products-list"


# What the import of it changes, as a patch, becomes a branch and a pull request.

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
