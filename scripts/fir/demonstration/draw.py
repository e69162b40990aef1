"""Choices that look like chance and are none: each is the digest of the seed and a name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Draw(NamedTuple):
    """One seed. Equal names give equal choices, so no choice shifts when another is added."""

    seed: int

    def hash(self, *name: object) -> str:
        """64 hex digits, upper case, as the CPL prints an image hash."""
        text = "/".join(map(str, (self.seed, *name)))
        return hashlib.sha256(text.encode("utf-8")).hexdigest().upper()

    def number(self, start: int, stop: int, *name: object) -> int:
        """A whole number from `start` up to, not including, `stop`."""
        return start + int(self.hash(*name)[:12], 16) % (stop - start)

    def pick(self, options: Sequence[T], *name: object) -> T:
        return options[self.number(0, len(options), *name)]

    def happens(self, share: float, *name: object) -> bool:
        """True for `share` of all names: never for 0, always for 1."""
        return self.number(0, 10_000, *name) < share * 10_000
