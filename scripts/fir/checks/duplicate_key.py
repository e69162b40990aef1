"""A field is given twice.

Why: most programs keep one of the two without a word, and not all keep the same one.
Mend: keep the value that is right, and remove the other line.
"""

from collections.abc import Iterator

from fir.model import Finding, Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Finding]:
    return repository.refused("duplicate-key")
