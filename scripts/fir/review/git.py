"""A git commit read from git's objects, without touching the work tree.

Objects are read by their names, never checked out: nothing that a commit holds (attributes, links,
odd paths) can write outside the folder it is given, hide a file or run a program.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from fir.git import git
from fir.wording import tick


class NoSuchRef(Exception):
    """What was given names no commit to compare with; the sentence says so."""


class Blob(NamedTuple):
    """What stands at a path: git's mode of it, and git's name for its content."""

    mode: str
    name: str


def merge_base(root: str, ref: str) -> str:
    """The commit from which the work tree left `ref`, else the commit that `ref` names.

    What a branch does is what it did since: the rest is what others did to `ref`.
    """
    commit = "" if ref.startswith("-") else _commit(root, ref)
    if not commit:
        raise NoSuchRef(f"{tick(ref)} is neither a folder with `records` nor a commit of git")
    return _text(root, "merge-base", commit, "HEAD") or commit


def _commit(root: str, ref: str) -> str:
    return _text(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def blobs_of(root: str, commit: str) -> dict[str, Blob]:
    """What a commit holds in the folder `root`, by path from there."""
    found = {}
    for row in git(root, "ls-tree", "-r", "-z", commit).split(b"\0"):
        if row:
            facts, _, path = row.partition(b"\t")
            mode, _, name = facts.decode("ascii").split(" ")
            found[os.fsdecode(path)] = Blob(mode, name)
    return found


def paths_of(root: str) -> list[str] | None:
    """The files of a work tree that git holds or would take; None where there is no git."""
    listed = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted({os.fsdecode(path) for path in listed.split(b"\0") if path}) or None


def write_out(root: str, blobs: Mapping[str, Blob], folder: Path) -> None:
    """Writes the regular files among `blobs` into `folder`; links and other repositories stay."""
    wanted = {
        path: blob.name
        for path, blob in blobs.items()
        if blob.mode[:2] == "10" and _is_inside(path)
    }
    contents = _contents(root, wanted.values())
    for inner in {path.rpartition("/")[0] for path in wanted}:
        (folder / inner).mkdir(parents=True, exist_ok=True)
    for path, name in wanted.items():
        (folder / path).write_bytes(contents[name])


def _is_inside(path: str) -> bool:
    parts = path.replace("\\", "/").split("/") if os.name == "nt" else path.split("/")
    return not {"", ".", "..", ".git"}.intersection(parts) and not Path(path).is_absolute()


def _contents(root: str, names: Iterable[str]) -> dict[str, bytes]:
    """The content of each blob by its name, all of them in one call."""
    wanted = list(dict.fromkeys(names))
    given = "".join(f"{name}\n" for name in wanted).encode("ascii")
    said = memoryview(git(root, "cat-file", "--batch", given=given))
    found, at = {}, 0
    for name in wanted:
        end = at + bytes(said[at : at + 200]).find(b"\n")
        facts = bytes(said[at:end]).split()
        if len(facts) != 3:
            raise NoSuchRef(f"git lacks {tick(name)}, which is part of this commit: fetch it")
        size = int(facts[2])
        found[name] = bytes(said[end + 1 : end + 1 + size])
        at = end + 2 + size
    return found


def _text(root: str, *arguments: str) -> str:
    return git(root, *arguments).decode("utf-8", "replace").strip()
