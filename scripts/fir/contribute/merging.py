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
    """Adds what the record does not say; changes its notes only with a correction that says how."""
    value = dict(old)
    conflicts = []
    corrected = _is_corrected(old.get("corrections", []), new.get("corrections", []))
    for name, sent in new.items():
        is_correction = corrected and name in ("release_notes", "corrections")
        if name not in old or is_correction:
            value[name] = sent
        elif not _same(old[name], sent):
            conflicts.append(name)
    return Merger(value, tuple(conflicts))


def _is_corrected(old: list[Any], new: list[Any]) -> bool:
    return len(new) > len(old) and new[: len(old)] == old


def _same(old: Any, new: Any) -> bool:
    return old == new or (isinstance(old, str) and isinstance(new, str) and tidy(old) == tidy(new))
