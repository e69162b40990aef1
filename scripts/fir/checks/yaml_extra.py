"""A file uses more of YAML than fields, lists and text.

Why: YAML, the notation of these files, has shortcuts, tags and instructions too. They let one line
stand for a thousand, or make a program run something, and programs differ in what they make of
them.
Mend: write every value out in full, in double quotes, and one record in a file.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Diagnostic]:
    return repository.refused("yaml-extra")
