"""One file to download, with all that a page or a program says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Download:
    name: str
    media_type: str
    title: str
    holds: str
    """One sentence: what is in it, and for whom."""
    content: bytes
    key: str = ""
    fields: tuple[dict[str, Any], ...] = ()
    """Of a CSV file: its columns, and the one that tells its rows apart."""

    @property
    def path(self) -> str:
        """Below the site's address."""
        return f"data/{self.name}"

    @property
    def size(self) -> int:
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()
