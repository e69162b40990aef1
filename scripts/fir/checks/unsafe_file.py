"""A file or folder is not one that may be read, or not one that belongs where it stands.

Why: a link can lead to what nobody reviewed; a name that another system cannot hold, or that
nobody looks for, hides a record; `.fir-write` holds orders to write files, which an older `fir`
obeys on the machine of whoever runs it.
Mend: keep plain text files only, named as the message says, each in the folder of its kind:
`records/firmware`, `records/pending` or `records/manufacturers`.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Diagnostic]:
    return repository.refused("unsafe-file")
