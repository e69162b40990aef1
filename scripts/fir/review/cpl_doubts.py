"""What no import writes into a snapshot: somebody has edited it by hand, or made it up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fir.contribute.merge import HISTORY, Amendment, is_filling
from fir.model import Repository, Snapshot, version_key
from fir.review.cpl_update import amendments


def doubts(before: Repository, after: Repository) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each doubt as a sentence, with the entries in which it lies."""
    old, new = before.snapshot, after.snapshot
    if old is None or new is None:
        return
    if new.demonstration and not old.demonstration:
        yield "the snapshot becomes demonstration data", ()
    if old.demonstration and not new.demonstration:
        return
    if version_key(new.version) < version_key(old.version):
        yield f"CPL {new.version} is older than CPL {old.version}, which is here", ()
    if not 0 <= _days(new) <= after.policy.limits["stale_snapshot_days"]:
        yield f"CPL {new.version} is of {new.issued_on}, and imported on {new.imported_on}", ()
    if after.changes[: len(before.changes)] != before.changes:
        yield "lines of `changes.csv`, to which an import only adds, are rewritten", ()
    dropped = tuple(sorted(before.entries.keys() - after.entries.keys()))
    if dropped:
        yield "rows of `entries.csv`, which an import always keeps, are gone", dropped
    added = after.changes[len(before.changes) :]
    known = version_key(old.version), version_key(new.version)
    if not all(known[0] <= version_key(change.version) <= known[1] for change in added):
        yield "new lines of `changes.csv` tell of another issue of the CPL", ()
    unexplained = tuple(_unexplained(before, after))
    if unexplained:
        yield "entries differ otherwise than `changes.csv` says", unexplained
    if new != old and _alike(before) == _alike(after):
        yield "nothing differs but what the snapshot says of its source", ()


def _days(snapshot: Snapshot) -> int:
    """Between its issue and its import, from which the waivers of an import take their days."""
    issued_on, imported_on = map(date.fromisoformat, (snapshot.issued_on, snapshot.imported_on))
    return (imported_on - issued_on).days


def _alike(state: Repository) -> object:
    """Where none of this differs, there was nothing to import."""
    assert state.snapshot is not None
    return state.snapshot.version, state.entries, state.pending


def _unexplained(before: Repository, after: Repository) -> Iterator[str]:
    """The entries whose change no new line of `changes.csv` tells, or tells otherwise."""
    told: dict[str, dict[str, tuple[str, str]]] = {}
    for change in after.changes[len(before.changes) :]:
        of_entry = told.setdefault(change.cpl_number, {})
        was, _ = of_entry.get(change.field, (change.before, ""))
        of_entry[change.field] = was, change.after
    for number in sorted(after.entries):
        new, old = after.entries[number], before.entries.get(number)
        if old is None:
            expected = {"status": ("", new.status)}
        else:
            expected = {each.field: each[2:] for each in amendments(old, new) if _is_told(each)}
        said = told.get(number, {})
        if expected != said:
            yield number


def _is_told(amendment: Amendment) -> bool:
    """Whether an import writes a line for it."""
    return amendment.field not in HISTORY and not is_filling(amendment)
