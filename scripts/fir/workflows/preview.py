"""The pages that a proposal changes, built by the base branch's own code, for its reviewer.

Both sides are copied to folders without git, so that no commit stands on a page and the same
content gives the same bytes: what differs is what the proposal does, in neighbours as well.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fir.workflows.runner import StepFailed

# The project's own configuration, for a repository that stands elsewhere.
CONFIG = """\
INHERIT: {root}/mkdocs.yml
docs_dir: {root}/docs
theme:
  custom_dir: {root}/docs/overrides
hooks: [{root}/scripts/fir/site/hook.py]
"""
LISTED = "changed.html"
_FIRST = ("cpl", "models", "manufacturers")
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)
_TITLE = re.compile("(?<=title>)[^<]+")  # the text after the first such tag


class ChangedPage(NamedTuple):
    path: str
    title: str
    is_there: bool
    """Whether it will be there when the proposal is merged."""


def changed_pages(base: Path, head: Path, folder: Path) -> list[str]:
    """Writes the changed pages and what they need to show; the paths from `folder`, sorted.

    Pages that go are listed without a link. `head` must have passed the check.
    """
    base = base.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        named = (("before", base), ("after", head))
        sides = [_Side(base, side, Path(scratch, name)) for name, side in named]
        before, after = [side.finish() for side in sides]
        changed = sorted(path for path in before | after if before.get(path) != after.get(path))
        if not changed:
            return []
        shutil.copytree(sides[1].site / "assets", folder / "assets")
    for path in changed:
        if path in after:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(after[path])
    (folder / LISTED).write_text(_list(changed, after), encoding="utf-8")
    return changed


class _Side:
    """One site while it is built: both at once, for they share nothing."""

    def __init__(self, base: Path, records_of: Path, root: Path) -> None:
        self.site = root / "site"
        shutil.copytree(records_of / "records", root / "records", symlinks=True)
        shutil.copytree(base / "schema", root / "schema")
        config = root / "mkdocs.yml"
        config.write_text(CONFIG.format(root=base.as_posix()), encoding="utf-8")
        command = [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "--quiet"]
        self._build = subprocess.Popen(
            [*command, "-f", str(config), "-d", str(self.site)],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )

    def finish(self) -> dict[str, bytes]:
        """Every page by its path."""
        if self._build.wait():
            raise StepFailed("the pages could not be built: the log above says why")
        pages = self.site.rglob("*.html")
        return {page.relative_to(self.site).as_posix(): page.read_bytes() for page in pages}


def _list(changed: list[str], pages: dict[str, bytes]) -> str:
    """Entries and their Device Models first: the others follow from them."""
    ordered = sorted(changed, key=lambda path: (path.partition("/")[0] not in _FIRST, path))
    listed = [ChangedPage(path, _title(pages.get(path, b"")), path in pages) for path in ordered]
    return _TEMPLATES.get_template("changed_pages.html").render(pages=listed)


def _title(page: bytes) -> str:
    found = _TITLE.search(page.decode("utf-8"))
    return html.unescape(found[0]).strip() if found else ""
