"""What is made of an edition once, however many pages show it, and forgotten with the edition."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from fir.publish.edition import Edition

Of = TypeVarTuple("Of")
Made = TypeVar("Made")


def once_an_edition(make: Callable[[Edition, *Of], Made]) -> Callable[[Edition, *Of], Made]:
    """Calls `make` once for the same arguments.

    `lru_cache` would keep the edition itself, of which `mkdocs serve` makes one at each change.
    """
    known: WeakKeyDictionary[Edition, dict[object, Made]] = WeakKeyDictionary()

    @wraps(make)
    def remembered(edition: Edition, /, *of: *Of) -> Made:
        made = known.setdefault(edition, {})
        if of not in made:
            made[of] = make(edition, *of)
        return made[of]

    return remembered
