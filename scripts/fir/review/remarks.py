"""The comments that a proposal brings: no page shows them, and everybody can read them.

They stand in no field, so that nothing else of a review would tell of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from yaml import YAMLError

from fir.read.files import most_bytes, open_bytes
from fir.read.yaml_comments import comments
from fir.review.changes import Changed
from fir.review.states import States


class Remarks(NamedTuple):
    """The comments that a file has now and had not before, each with its `#`."""

    path: str
    said: tuple[str, ...]


def remarks(states: States, changes: tuple[Changed, ...]) -> Iterator[Remarks]:
    """Those of every file that can be read and is not gone."""
    sources = {each.path: each.source or each.path for each in changes if each.after}
    lists = (each.path for each in states.files if each.path in _LISTS and each.what != "gone")
    for path, source in (*sources.items(), *((path, path) for path in lists)):
        new = _of_file(states.head.root, path)
        added = new - _of_file(states.base.root, source) if new else new
        if added:
            yield Remarks(path, tuple(added.elements()))


# Editors are told of a schema in a comment that is no remark, unless it says something else.
_MODELINE = re.compile(r"# *yaml-language-server:[^\n]*")
_OURS = re.compile(r"# yaml-language-server: \$schema=(?:\.\./)+schema/[a-z-]+\.schema\.json")
_LISTS = ("records/waivers.yaml", "records/cpl/snapshot.yaml")


def _of_file(root: str, path: str) -> Counter[str]:
    try:
        text = open_bytes(f"{root}/{path}", most_bytes(path)).decode("utf-8")
        lines = (each[0] for each in _MODELINE.finditer(text) if not _OURS.fullmatch(each[0]))
        return Counter([*(each.text for each in comments(text, {})), *lines])
    except (OSError, UnicodeDecodeError, YAMLError):  # the checks say so
        return Counter()
