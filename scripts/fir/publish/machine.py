"""Everything that is published for machines, as the site and `fir export` both write it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fir.publish.downloads import downloads
from fir.publish.edition import Edition
from fir.publish.writing import Part

File = tuple[str, bytes]


def machine_parts(edition: Edition) -> list[Part]:
    """Files in parts to be called in any order; the first is the one that needs the downloads."""
    return [partial(_wide, edition)]


def _wide(edition: Edition) -> Iterator[File]:
    yield from ((file.path, file.content) for file in downloads(edition))
