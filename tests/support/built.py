"""Builds the site of a repository with the project's own theme, as `mkdocs build` does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from around import ADDRESS, ROOT, lay

from fir.checks import judge
from fir.demonstration import build, write
from fir.repository.read import read_repository
from fir.site.commits import Commits
from fir.site.edition import Edition
from fir.workflows.preview import CONFIG


def demonstration(root: Path) -> Path:
    """A repository of every shape the CPL has, in a folder that is not there yet."""
    lay(root)
    for path in (*root.glob("records/firmware/*"), *root.glob("records/manufacturers/*")):
        _remove(path)
    write(root, build())
    return root


def _remove(path: Path) -> None:
    for child in path.iterdir() if path.is_dir() else ():
        child.unlink()
    path.rmdir() if path.is_dir() else path.unlink()


def edition(root: Path, commits: Commits | None = None) -> Edition:
    """The edition of a repository, without manuals."""
    repository = read_repository(root)
    assert repository.snapshot
    return Edition(repository, repository.snapshot, commits or Commits(), tuple(judge(repository)))


def run_mkdocs(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Runs `mkdocs build --strict` over a repository; the caller looks at how it ended."""
    config = root / "mkdocs.yml"
    told = CONFIG.format(root=ROOT.as_posix())
    config.write_text(f"{told}site_url: {ADDRESS}\n", encoding="utf-8")
    paths = [str(ROOT / "scripts"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)],
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONWARNDEFAULTENCODING": "",
        },
        capture_output=True,
        encoding="utf-8",
    )


def build_site(root: Path, site: Path) -> Path:
    done = run_mkdocs(root, site)
    assert done.returncode == 0, done.stderr
    return site


def build_once(root: Path, site: Path) -> Path:
    """Builds a site that several workers share, in the first of them that comes to it."""
    taken = site.parent.with_name(f"{site.name} is being built")
    while not site.exists():
        try:
            taken.mkdir()
        except FileExistsError:
            time.sleep(0.05)
            continue
        try:
            if not site.exists():
                build_site(root, taken / "site").rename(site)
        finally:
            shutil.rmtree(taken)
    return site
