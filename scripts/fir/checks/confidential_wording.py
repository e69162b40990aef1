"""The text says that it is not for publication.

Why: everything here is public for good; a marking such as "commercial in confidence", a password,
or a weakness that attackers can still use was not meant to be. What the notes say is for the
manufacturer to decide, so this is a question and never fails by itself.
Mend: remove the marking if the text may be published, or the passage if it may not. Report
weaknesses that are not mended yet to the Security Sub-Committee instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from fir.diagnostics import Diagnostic, tick
from fir.model import Record, Repository

STAGE = "publish"
LEVEL = "warning"

# Each phrase under a text that it cannot do without, which is found much sooner: only the few
# texts that hold it are searched for the phrase.
_PHRASES = {
    stem: rf"\b(?:{phrase})(?:\b|(?<=[:=]))"
    for stem, phrase in {
        "confiden": r"(?<!non-)(?<!not )(?<!non )confidential"
        r"|commercial[- ]in[- ]confidence|in (?:strict|commercial) confidence",
        "not for": r"not for (?:external |public |onward |further )?"
        r"(?:distribution|publication|release|disclosure|circulation)",
        "do not": r"do not (?:ship|publish|distribute|disclose|circulate|forward|share)",
        "internal": r"(?:for )?internal use(?: only)?|internal only",
        "disclosure": r"non-disclosure agreement",
        " nda": r"under (?:an )?nda",
        "embargo": r"under embargo|embargoed",
        "password": r"password ?(?:is|=|:)",
        "vulnerab": r"(?:undisclosed|unpatched|unfixed) (?:security )?vulnerabilit(?:y|ies)",
    }.items()
}


def check(repository: Repository) -> Iterator[Diagnostic]:
    marked = cache(marking)
    for record in (*repository.records, *repository.pending):
        for keys, text in _texts(record):
            phrase = marked(text)
            if phrase:
                message = f"the text says {tick(phrase)}, and everything here is published"
                fix = f"remove {tick(phrase)} if the rest may be public, else remove what may not"
                yield Diagnostic(*repository.at(record.path, *keys), message, fix)


def marking(text: str) -> str:
    """The first wording that is not meant for the public, or the empty string."""
    joined = text.lower().replace("\n  ", " ").replace("\n", " ")
    for stem, phrase in _PHRASES.items():
        found = re.search(phrase, joined) if stem in joined else None
        if found:
            return found[0]
    return ""


def _texts(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Everything in a record that is written in sentences."""
    yield ("release_notes",), record.release_notes
    if record.outage_note is not None:
        yield ("outage_note",), record.outage_note
    if record.withdrawn is not None:
        yield ("withdrawn", "reason"), record.withdrawn.reason
    for index, correction in enumerate(record.corrections):
        yield ("corrections", index, "what"), correction.what
