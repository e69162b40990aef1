"""A file is too large, is not UTF-8, or holds characters that nobody can see.

Why: what a reviewer cannot see can change a value, turn text round, or make two equal words
differ; everybody must see the same text.
Mend: save the file as UTF-8, the usual kind of text, with line ends of the kind LF, and remove or
retype the character that is named. `fir check --fix` mends kind and line ends; characters are for
you to judge.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Diagnostic]:
    return repository.refused("unreadable-text")
