"""Which commit this edition is made from, and which one last changed each record file.

All dates of the site come from here: two builds of one commit are the same to the byte.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fir.repository.git import GitFailed, git, log

_HEADER = "\x02"
_STATUS = ("status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=dirty")


class Commit(NamedTuple):
    name: str
    """The whole hash."""
    on: str
    """The day in UTC on which it was committed, `2026-07-14`."""
    at: str = ""
    """The moment in UTC, `2026-07-14T09:30:00Z`."""

    @property
    def short(self) -> str:
        return self.name[:7]


class Commits(NamedTuple):
    """`head` is None in a folder without git; `last` lacks files that no commit holds."""

    head: Commit | None = None
    changed: bool = False
    """Whether files differ from `head`."""
    last: Mapping[str, Commit] = {}
    day: str = ""
    """The day of the edition: SOURCE_DATE_EPOCH where it is set, else the commit's."""


def read_commits(root: Path) -> Commits:
    """Asks git four times, however many files there are; raises GitFailed where it cannot say."""
    day = _epoch_day()
    newest = log(root, "-1", "--no-patch", "--format=%H %ct").decode("ascii")
    if not newest:
        return Commits(day=day)
    head = _commit(newest)
    changed = bool(git(root, *_STATUS, "--", "."))
    return Commits(head, changed, _last(root), day or head.on)


def _epoch_day() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdecimal() else ""


def _last(root: Path) -> dict[str, Commit]:
    """The newest commit of each file; none in a shallow clone, whose history would mislead."""
    if git(root, "rev-parse", "--is-shallow-repository").strip() != b"false":
        return {}
    told = log(
        root, "--raw", "-z", "--relative", f"--format=tformat:{_HEADER}%H %ct", "--", "records"
    )
    last: dict[str, Commit] = {}
    commit = Commit("", "")
    words = iter(told.decode("utf-8", "surrogateescape").split("\0"))
    for word in words:
        text = word.lstrip("\n")
        if text.startswith(_HEADER):
            commit = _commit(text[1:])
        elif text.startswith(":"):  # modes, hashes and status; the path is the next word
            last.setdefault(next(words), commit)
    return last


def _commit(told: str) -> Commit:
    """A commit from its name and the seconds since 1970, in which git keeps its moment."""
    name, seconds = told.split()
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise GitFailed(f"commit {name} has no date that can be told; make it anew") from error
    return Commit(name, f"{at:%Y-%m-%d}", f"{at:%Y-%m-%dT%H:%M:%SZ}")
