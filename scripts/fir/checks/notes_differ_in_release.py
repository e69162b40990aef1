"""Entries of one release have different release notes.

Why: one image, the file that is installed, is listed once for every hardware version it runs on.
The firmware is the same, so its notes should be; a correction made in one file is easily forgotten
in the others.
Mend: copy the right text into every record of the release, unless the difference is meant; where
notes that are published change, `fir correct` does so in all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Record, Repository

STAGE = "neighbours"
LEVEL = "note"


def check(repository: Repository) -> Iterator[Diagnostic]:
    for (_, identity), records in repository.releases.items():
        common = records[0][0].release_notes
        if any(record.release_notes != common for record, _ in records):
            yield from _difference(repository, identity, [record for record, _ in records])


def _difference(
    repository: Repository, identity: str, records: Iterable[Record]
) -> Iterator[Diagnostic]:
    """One finding a release, at the text that fewest records have, and of those the last."""
    texts = [(record, " ".join(record.release_notes.split())) for record in records]
    counts = Counter(text for _, text in texts if text)
    if len(counts) < 2:
        return
    common = max(counts, key=lambda text: counts[text])
    fewest = min(count for text, count in counts.items() if text != common)
    odd = [record for record, text in texts if text != common and counts[text] == fewest]
    example = next(record for record, text in texts if text == common)
    what = "image" if len(identity) == 64 else "firmware version"
    message = (
        f"the notes differ from those of {tick(example.cpl_number)}, "
        f"which is the same release ({what} {tick(identity[:8])})"
    )
    fix = f"copy the notes of {example.path}, unless the difference is meant"
    yield Diagnostic(*repository.at(odd[-1].path, "release_notes"), message, fix)
