"""The files that a look-up fetches: the table of entries, and image hashes by their first digit.

Hashes do not compress; a look-up fetches one of sixteen parts of them, and only to read a hash.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.publish.edition import Edition
from fir.publish.find_index import compact, find_index

_DIGITS = "0123456789ABCDEF"
_Shards = dict[str, dict[str, list[str]]]


def find_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file with its place below the site's address."""
    yield "find/index.json", find_index(edition)
    yield from _shards(edition)


def _shards(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Image hashes by their first digit, present ones and those that the CPL has corrected."""
    present: _Shards = {digit: {} for digit in _DIGITS}
    former: _Shards = {digit: {} for digit in _DIGITS}
    for number, entry in sorted(edition.repository.entries.items()):
        if entry.image_hash:
            present[entry.image_hash[0]].setdefault(entry.image_hash, []).append(number)
    for change in edition.repository.changes:
        if change.field == "image_hash" and change.before and change.before[0] in former:
            former[change.before[0]].setdefault(change.before, []).append(change.cpl_number)
    for digit in _DIGITS:
        shard = {"image_hash": present[digit], "former_image_hash": former[digit]}
        yield f"find/hashes/{digit}.json", compact(shard)
