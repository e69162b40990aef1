"""The file is not YAML.

Why: nothing in the file can be read, so nothing of it can be published.
Mend: look at the place named and at the line before it; put text with odd characters in quotes.
"""

from collections.abc import Iterator

from fir.model import Finding, Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Finding]:
    return repository.refused("yaml-syntax")
