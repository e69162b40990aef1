"""A field is given twice.

Why: most readers keep one of the two without a word, and not all the same one.
Mend: keep the value that is right, and remove the other.
"""

from collections.abc import Iterator

from fir.model import Finding, Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Finding]:
    return repository.refused("duplicate-key")
