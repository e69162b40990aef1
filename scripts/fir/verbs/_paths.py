"""The files a command is narrowed to."""

from __future__ import annotations

import os
from collections.abc import Callable

from fir.verbs import CouldNotRun, Options
from fir.verbs._register import root_of
from fir.wording import tick


def wanted_paths(options: Options) -> Callable[[str], bool]:
    """Whether a path from the root is one of those the command is narrowed to."""
    root = os.path.realpath(root_of(options))
    wanted = [_wanted(path, root) for path in options.paths]

    def is_wanted(path: str) -> bool:
        place = os.path.normcase(f"{root}/{path}")
        return not wanted or any(_within(place, each) for each in wanted)

    return is_wanted


def _wanted(path: str, root: str) -> str:
    """The file or folder meant, given from here or else from the root.

    A path that is mistyped must not look like one in which nothing was found.
    """
    places = [_real(path), _real(os.path.join(root, path))]
    there = [place for place in places if os.path.lexists(place)]
    inside = [place for place in there if _within(place, _real(root))]
    if inside:
        return inside[0]
    if there:
        raise CouldNotRun(f"{tick(path)} is not in the repository {root}")
    raise CouldNotRun(f"there is no {tick(path)}, neither here nor in {root}")


def _real(path: str) -> str:
    """An absolute path, with no link in the folders that lead to it."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.normcase(os.path.join(os.path.realpath(folder), name))


def _within(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)
