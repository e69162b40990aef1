"""A file uses more of YAML than fields, lists and text.

Why: references, tags and instructions let one line stand for a thousand, or make a reader run
something; readers differ in what they make of them.
Mend: write every value out in full, as plain or quoted text, in one document.
"""

from collections.abc import Iterator

from fir.model import Finding, Repository

STAGE = "readable"


def check(repository: Repository) -> Iterator[Finding]:
    return repository.refused("yaml-extra")
