"""What a page or a program says of one file to download."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple


class Download(NamedTuple):
    name: str
    media_type: str
    title: str
    holds: str
    """One sentence: what is in it, and for whom."""
    size: int
    sha256: str
    key: str = ""
    fields: tuple[dict[str, Any], ...] = ()
    """Of a CSV file: its columns, and the one that tells its rows apart."""

    @property
    def path(self) -> str:
        """Below the site's address."""
        return f"data/{self.name}"


class Kind(NamedTuple):
    """What is known of a file before it is made."""

    name: str
    media_type: str
    title: str
    holds: str

    def of(self, content: bytes) -> Download:
        return Download(*self, len(content), hashlib.sha256(content).hexdigest())
