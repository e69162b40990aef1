"""What of Material, a theme made for any site, this one does without: it costs time and bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

# The theme's own search, which this site does not have: four in five of its files.
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


def unused(path: str) -> bool:
    """Whether no page asks for a file of the theme."""
    return path.startswith(_UNUSED)


def without_icons(environment: Callable[[], Environment]) -> Environment:
    """The theme's templates; each can be had, but the hidden files are not listed.

    Those are 14,000 drawings. MkDocs lists the theme to copy it, and throws them out again one by
    one, which took as long as 150 pages of entries.
    """
    made = environment()
    assert isinstance(made.loader, FileSystemLoader)
    made.loader = _WithoutHidden(made.loader.searchpath)
    return made


class _WithoutHidden(FileSystemLoader):
    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for folder, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = Path(folder).relative_to(root)
                found.update((below / name).as_posix() for name in names)
        return sorted(found)
