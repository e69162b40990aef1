"""The records that a proposal leaves as they are: read once, and part of both states.

Of a register with thousands of records a pull request changes a few, and to write the others out
of git into a folder takes longer than everything else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fir.model import Repository
from fir.review.files import FileChange
from fir.wording import visible

_RECORDS = ("records/firmware/", "records/pending/")


def kept(paths: Iterable[str], files: Iterable[FileChange], *, own_rules: bool) -> frozenset[str]:
    """The records of a base that the proposal keeps; none where it is judged by other rules."""
    changed = {each.path for each in files}
    if own_rules and any(path.startswith("schema/") for path in changed):
        return frozenset()
    return frozenset(path for path in paths if path.startswith(_RECORDS)) - changed


def completed(base: Repository, head: Repository, paths: Collection[str]) -> Repository:
    """The base, read without these records, with what `head` has at their paths."""
    shown = set(map(visible, paths))
    records, pending = (
        tuple(sorted([*own, *(each for each in others if each.path in paths)]))
        for own, others in ((base.records, head.records), (base.pending, head.pending))
    )
    misplaced = [each for each in head.misplaced if each.record.path in paths]

    def locate(path: str, *keys: str | int, key: bool = False) -> tuple[str, int, int]:
        return (head if path in paths else base).locate(path, *keys, key=key)

    return base._replace(
        records=records,
        pending=pending,
        refusals=(*base.refusals, *(each for each in head.refusals if each.path in shown)),
        misshapen=(*base.misshapen, *(each for each in head.misshapen if each.path in paths)),
        misplaced=(*base.misplaced, *misplaced),
        files=base.files + len(paths),
        locate=locate,
    )
