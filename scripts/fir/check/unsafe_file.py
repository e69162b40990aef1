"""A file or folder is not one that may be read, or not one that belongs where it stands.

Why: a link or a program could make a reader do what nobody reviewed; a name that another system
cannot hold, or that nobody looks for, hides a record.
Mend: keep plain files only, named as the message says, in the places that the layout knows.
"""

from collections.abc import Iterator

from fir.model import Finding, Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Finding]:
    return repository.refused("unsafe-file")
