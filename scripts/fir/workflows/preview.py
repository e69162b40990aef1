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
_PAGE = """\
<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Changed pages</title>
<style>
body {{ font: 1rem/1.6 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
</style>
<h1>Changed pages: {count}</h1>
<p>As they will be when this is merged; links to pages that stay as they are lead nowhere here.</p>
<ul>
{told}</ul></html>
"""


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
    told = "".join(f"<li>{_told(path, pages.get(path))}</li>\n" for path in ordered)
    return _PAGE.format(count=f"{len(changed):,}", told=told)


def _told(path: str, page: bytes | None) -> str:
    if page is None:
        return f"{html.escape(path)}: no longer there"
    title = re.search("<title>(.*?)</title>", page.decode("utf-8"), re.DOTALL)
    words = title[1].strip() if title else ""
    return f'<a href="{html.escape(path)}">{words or html.escape(path)}</a>'
