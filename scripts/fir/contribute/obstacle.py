"""Why a file cannot be written where it belongs, although nothing readable stands there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from fir.wording import tick


class Obstacle(NamedTuple):
    message: str
    fix: str


def obstacle(root: Path, path: str) -> Obstacle | None:
    """What stands in the way: a file that could not be read as what it should be, or a link."""
    place = root
    for part in path.split("/"):
        place /= part
        if place.is_symlink():
            what = place.relative_to(root).as_posix()
            return Obstacle(
                f"{tick(what)} is a symbolic link, and links are never followed",
                "replace the link with what it points to",
            )
    if place.exists():
        return Obstacle(
            f"the file is there already and has errors: {path}",
            "run `fir check`, which says what is wrong with it, and mend it first",
        )
    return None
