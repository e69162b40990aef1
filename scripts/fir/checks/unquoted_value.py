"""A value without quotes that other programs take for a number, a date or nothing.

Why: `0005` becomes 5 and `1.10` becomes 1.1 in other programs; a number that changes on the way is
the failure this repository exists to prevent.
Mend: put the value in double quotes. `fir check --fix` does so wherever no digit can have been
lost.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Diagnostic]:
    return repository.refused("unquoted-value")
