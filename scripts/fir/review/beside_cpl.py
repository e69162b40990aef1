"""What the import of a CPL writes beside the snapshot: worked out again, and compared.

A pull request with a new CPL may bring the records that it promotes and the waivers that it
proposes. Nobody has to believe that they are those: they follow from the two snapshots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from fir.contribute.cpl_import import waived
from fir.contribute.promotion import promote, text_of
from fir.model import WAIVERS, Repository
from fir.review.files import FileChange
from fir.review.kinds import area
from fir.review.states import State


def made_by_import(base: State, head: State, files: Iterable[FileChange]) -> list[str]:
    """Those of the changed files that are exactly as the import writes them."""
    before, after = base.repository, head.repository
    changed = {each.path: each.what for each in files}
    if before.snapshot is None or after.snapshot is None:
        return []
    if before.snapshot.demonstration and not after.snapshot.demonstration:
        emptied = not (after.records or after.pending or after.manufacturers or after.waivers)
        left = {path: what for path, what in changed.items() if area(path) in ("record", "waiver")}
        return [path for path, what in left.items() if what == "gone" or emptied]
    made = list(_promoted(base, head, changed))
    if WAIVERS in changed and _as_proposed(before, after):
        made.append(WAIVERS)
    return made


def _promoted(base: State, head: State, changed: Mapping[str, str]) -> Iterator[str]:
    added = head.repository.entries.keys() - base.repository.entries.keys()
    readable = {record.path for record in head.repository.records}
    promotions, _ = promote(base.repository, head.repository.entries, added)
    for each in promotions:
        pending = each.record.path
        came, went = changed.get(each.path) == "new", changed.get(pending) == "gone"
        if came and went and each.path in readable:
            written = text_of(each, Path(base.root, pending).read_bytes())
            if Path(head.root, each.path).read_bytes() == written:
                yield from (each.path, pending)


def _as_proposed(before: Repository, after: Repository) -> bool:
    """Whether the waivers are those before, with what the import adds and drops."""
    assert after.snapshot is not None
    unwaived = after._replace(waivers=before.waivers, locate=before.locate)
    expected, _, _ = waived(before, unwaived, date.fromisoformat(after.snapshot.imported_on))
    return sorted(expected.waivers) == sorted(after.waivers)
