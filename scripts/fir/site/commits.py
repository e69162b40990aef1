"""Which commit this edition is made from, and which one last changed each record file.

All dates of the site come from here: two builds of one commit are the same to the byte.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fir.repository.git import git

_HEADER = "\x02"


class Commit(NamedTuple):
    name: str
    """The whole hash."""
    on: str
    """The committer's day, `2026-07-14`."""
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
    """Asks git four times, however many files there are."""
    day = _epoch_day()
    head = _git(root, "log", "-1", "--format=%H %cI")
    if not head:
        return Commits(day=day)
    name, when = head.split()
    changed = bool(_git(root, "status", "--porcelain", "--", "."))
    return Commits(_commit(name, when), changed, _last(root), day or when[:10])


def _epoch_day() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch.isdecimal() else ""


def _last(root: Path) -> dict[str, Commit]:
    """The newest commit of each file; none in a shallow clone, whose history would mislead."""
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    log = _git(
        root, "log", "--raw", "-z", "--no-renames", "--relative",
        f"--format=tformat:{_HEADER}%H %cI", "--", "records",
    )  # fmt: skip
    last: dict[str, Commit] = {}
    commit = Commit("", "")
    words = iter(log.split("\0"))
    for word in words:
        text = word.lstrip("\n")
        if text.startswith(_HEADER):
            name, _, when = text[1:].partition(" ")
            commit = _commit(name, when)
        elif text.startswith(":"):  # modes, hashes and status; the path is the next word
            last.setdefault(next(words), commit)
    return last


def _commit(name: str, when: str) -> Commit:
    at = datetime.fromisoformat(when).astimezone(UTC)
    return Commit(name, when[:10], f"{at:%Y-%m-%dT%H:%M:%SZ}")


def _git(root: Path, *arguments: str) -> str:
    return git(root, *arguments).decode("utf-8", "surrogateescape")
