"""Git asked for what it holds: the only module that runs it, alike for every user and machine.

What a shell (`GIT_DIR` and its like), a user or a repository sets up must neither change an answer
nor have a program run. Commits are read as they were made: without replacements and grafts.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from os import PathLike

from fir.diagnostics import visible

_NOTHING = "/dev/null"
"""Git knows it by this name on every system."""

# What these say goes before any file of configuration.
_SETTINGS = {
    "advice.detachedHead": "false",
    "apply.whitespace": "nowarn",
    "color.ui": "false",
    "color.diff": "false",
    "color.status": "false",
    "commit.gpgSign": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": _NOTHING,
    "core.pager": "cat",
    "core.quotePath": "false",
    "diff.noprefix": "false",
    "diff.orderFile": _NOTHING,
    "diff.relative": "false",
    "fetch.recurseSubmodules": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "submodule.recurse": "false",
}
_ALWAYS = (
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
    *(word for key, value in _SETTINGS.items() for word in ("-c", f"{key}={value}")),
)
# Grafts are another way to replace commits; the messages of git are told apart by their words.
_ENVIRONMENT = {"GIT_GRAFT_FILE": _NOTHING, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
# The history of main: each merge is what it changed there, dated by itself.
_HISTORY = (
    "--first-parent",
    "--diff-merges=first-parent",
    "--no-renames",
    "--no-show-signature",
    "--no-mailmap",
    "--no-notes",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
)
_NO_REPOSITORY = b"not a git repository"
_NO_COMMIT = b"does not have any commits yet"


class GitFailed(Exception):
    """Git cannot say what the repository holds; the sentence says why, and what to do."""


def git(root: str | PathLike[str], *arguments: str, given: bytes = b"") -> bytes:
    """What git says; nothing where there is no git, no repository or nothing of that name.

    Raises GitFailed where there is a repository and git cannot read it: to take that for nothing
    would be an answer, and a wrong one.
    """
    # A repository can name another folder as its work tree, or say that it has none.
    here = ("--work-tree=.",) if os.path.lexists(f"{root}/.git") else ()
    try:
        done = run(root, *here, *arguments, given=given)
    except OSError:
        return b""
    if not done.returncode:
        return done.stdout
    if done.returncode == 1:  # what was asked for is not there
        return b""
    if _NO_COMMIT in done.stderr or (_NO_REPOSITORY in done.stderr and not here):
        return b""
    raise GitFailed(
        f"git cannot read this repository: `{complaint(done)}`; "
        "mend what it names, then run this again"
    )


def log(root: str | PathLike[str], *arguments: str) -> bytes:
    """What `git log` says of the history of main; nothing where there is no commit yet."""
    return git(root, "log", *_HISTORY, *arguments)


def run(
    root: str | PathLike[str],
    *arguments: str,
    given: bytes = b"",
    also: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Runs git in a folder, with `also` in its environment, however that ends.

    Raises OSError where git is not installed.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        ["git", *_ALWAYS, "-C", str(root), *arguments],
        input=given,
        capture_output=True,
        env={**environment, **_ENVIRONMENT, **(also or {})},
    )


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """The line in which git says why it failed; warnings may stand before it."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    fatal = [line for line in lines if line.startswith(("fatal:", "error:", "remote: error:"))]
    line = next(iter(fatal or lines), f"exit code {done.returncode}")
    return visible(line).replace("`", "'")
