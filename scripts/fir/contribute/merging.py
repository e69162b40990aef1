"""A submission beside the record that is there: the same, an addition, or another statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fir.contribute.notes import tidy


class Merger(NamedTuple):
    value: dict[str, Any]
    """The record with what the submission adds."""
    conflicts: tuple[str, ...]
    """The fields of which the two say different things."""


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> Merger:
    """Adds what the record does not say; changes its notes only with a correction that says how.

    Corrections add up: whoever sends one need not know of those before it.
    """
    value = dict(old)
    conflicts = []
    known = old.get("corrections", [])
    corrected = [each for each in new.get("corrections", ()) if each not in known]
    for name, sent in new.items():
        if name == "corrections":
            value[name] = [*known, *corrected]
        elif name not in old or (corrected and name == "release_notes"):
            value[name] = sent
        elif not _same(old[name], sent):
            conflicts.append(name)
    return Merger(value, tuple(conflicts))


def _same(old: Any, new: Any) -> bool:
    return old == new or (isinstance(old, str) and isinstance(new, str) and tidy(old) == tidy(new))
