"""A file is too large, is not UTF-8, or holds characters that nobody can see.

Why: what a reviewer cannot see can change a value, turn text round, or make two equal words
differ; every reader must see the same text.
Mend: save the file as UTF-8 with LF line ends, and remove or retype the character named.
"""

from collections.abc import Iterator

from fir.model import Finding, Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Finding]:
    return repository.refused("unreadable-text")
