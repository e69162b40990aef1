"""The file is not YAML.

Why: YAML is the notation of these files: a name, a colon and a value on each line. While something
in it is missing or out of place, nothing in the file can be read, and so nothing of it can be
published.
Mend: look at the place named and at the line before it. The usual reasons are a quotation mark or
a colon that is missing, and lines of one list that do not begin below one another.
"""

from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Diagnostic]:
    return repository.refused("yaml-syntax")
