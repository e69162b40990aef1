"""The release notes are blank.

Why: the Smart Energy Code makes release notes mandatory to complete (F2.15(c)). What they say is
for the manufacturer to decide; that they say nothing at all is the one thing that fails.
Mend: say what changed in this firmware; one sentence will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fir.diagnostics import Diagnostic
from fir.model import Repository

STAGE = "publish"
WAIVABLE = False

# The empty pattern of Braille is a sign, but one that nobody can see.
_CAN_BE_SEEN = re.compile(r"[^\s\u2800]")
_FIX = (
    "say what changed, such as "
    '`release_notes: "Corrects the gas day boundary after a clock change."`'
)


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record in (*repository.records, *repository.pending):
        if is_blank(record.release_notes):
            place = repository.at(record.path, "release_notes")
            message = "the release notes are blank, F2.15(c) asks for them to be completed"
            yield Diagnostic(*place, message, _FIX)


def is_blank(text: str) -> bool:
    """Whether a text has nothing that can be seen."""
    return _CAN_BE_SEEN.search(text) is None
