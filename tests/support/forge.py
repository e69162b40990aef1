"""A repository on a forge, made once: this project's programs, the small register, pull requests.

Tests propose changes from a work tree; the forge makes of each the two refs that GitHub has.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from actions import REPOSITORY, Event, git
from around import ROOT, change, lay, put

PROGRAMS = ("scripts", "docs", ".github")
FILES = tuple(".gitattributes .gitignore mkdocs.yml Makefile pyproject.toml".split())
Edit = Callable[[Path], None]


def lay_small(root: Path) -> None:
    """The small register that tests start from, as one that has left the demonstration behind."""
    lay(root)
    change(root, "records/cpl/snapshot.yaml", 'demonstration: "true"', 'demonstration: "false"')


class Forge:
    """`lay` makes the register of main; the programs are those of this project."""

    def __init__(self, folder: Path, lay: Edit) -> None:
        self.origin, self.tree = folder / "origin.git", folder / "tree"
        git("init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        git("-C", str(self.origin), "config", "uploadpack.allowAnySHA1InWant", "true")
        lay(self.tree)
        git("init", "--quiet", "--initial-branch=main", str(self.tree))
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        for name in PROGRAMS:
            shutil.copytree(ROOT / name, self.tree / name, ignore=ignored, dirs_exist_ok=True)
        for name in FILES:
            shutil.copy(ROOT / name, self.tree)
        self.first = self._commit("all")
        put(self.tree, ".ci/run", "#!/bin/sh\necho every test has run\n")  # not within a test
        (self.tree / ".ci/run").chmod(0o755)
        self.main = self._commit("how tests are run")
        self._push("refs/heads/main")
        self._pulls = 0

    def propose(self, edit: Edit, author: str = "someone") -> Event:
        """A pull request of one commit, as the event that starts a workflow."""
        git("-C", str(self.tree), "checkout", "--quiet", "--force", "--detach", self.main)
        git("-C", str(self.tree), "clean", "--quiet", "--force", "-d")
        edit(self.tree)
        head = self._commit("proposed")
        self._pulls += 1
        self._push(f"refs/pull/{self._pulls}/head")
        tree = git("-C", str(self.tree), "rev-parse", "HEAD^{tree}")
        sides = ("-p", self.main, "-p", head)
        merge = git("-C", str(self.tree), "commit-tree", tree, *sides, "-m", "merged")
        git("-C", str(self.tree), "update-ref", "HEAD", merge)
        self._push(f"refs/pull/{self._pulls}/merge")
        pull = {"number": self._pulls, "user": {"login": author}, "head": {"sha": head}}
        payload = {"pull_request": pull, "repository": {"full_name": REPOSITORY}}
        return Event("pull_request", merge, f"refs/pull/{self._pulls}/merge", payload)

    def _commit(self, message: str) -> str:
        git("-C", str(self.tree), "add", "--all", "--force")
        git("-C", str(self.tree), "commit", "--quiet", "--allow-empty", "-m", message)
        return git("-C", str(self.tree), "rev-parse", "HEAD")

    def _push(self, ref: str) -> None:
        git("-C", str(self.tree), "push", "--quiet", "--force", str(self.origin), f"HEAD:{ref}")
