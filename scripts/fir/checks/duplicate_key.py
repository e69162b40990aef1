"""A field is given twice.

Why: most programs keep one of the two without a word, and not all keep the same one.
Mend: keep the value that is right, and remove the other line.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Diagnostic]:
    return repository.refused("duplicate-key")
