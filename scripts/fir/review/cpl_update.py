"""What a new issue of the CPL does to the list: the entries of two snapshots, compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fir.answers.coverage import required
from fir.cpl.importing import waived
from fir.cpl.promotion import Promotion, Waiting, promote, text_of
from fir.cpl.update import CORE, HISTORY, Amendment, is_filling
from fir.model import WAIVERS, Entry, Repository, Snapshot, version_key
from fir.review.changes import FieldChange
from fir.review.kinds import area
from fir.review.states import FileChange, State


class CplUpdate(NamedTuple):
    """Numbers are CPL numbers, sorted; a status and a listing have lists of their own."""

    version: str
    issued_on: str
    since: str
    """The version before; empty where demonstration data is replaced."""
    facts: tuple[FieldChange, ...]
    """What the snapshot says otherwise of itself and its source, but for the count of entries."""
    added: tuple[str, ...]
    amended: tuple[Amendment, ...]
    removed: tuple[str, ...]
    """Current before, Removed now."""
    reinstated: tuple[str, ...]
    lost: tuple[str, ...]
    """No longer on the list, and kept as such."""
    relisted: tuple[str, ...]
    filled: tuple[Amendment, ...]
    """What was unknown before: no change of the list."""
    emptied: tuple[str, ...]
    """Entries whose certificates the source could not tell, and that are not what they were."""
    dropped: tuple[str, ...]
    """Rows that are not there any more, which no import does."""
    promoted: tuple[Promotion, ...]
    waiting: tuple[Waiting, ...]
    """Pending records that go on waiting for a number."""
    recorded: tuple[str, ...]
    """The added entries that have a record."""
    without_record: tuple[str, ...]
    """The added entries that ought to have one and have none."""


def cpl_update(before: Repository, after: Repository) -> CplUpdate | None:
    """What differs between two states; None where one of them has no snapshot to rely on."""
    if before.snapshot is None or after.snapshot is None:
        return None
    replaced = before.snapshot.demonstration and not after.snapshot.demonstration
    facts = _facts(before.snapshot, after.snapshot)
    since = "" if replaced else before.snapshot.version
    if replaced:
        before = before._replace(entries={}, records=(), pending=())
    old, new = before.entries, after.entries
    added = tuple(sorted(new.keys() - old.keys()))
    common = sorted(new.keys() & old.keys())
    amended = [each for n in common for each in amendments(old[n], new[n])]
    emptied = {n for n in common if any(_emptied(old[n], new[n]))}
    promotions, waiting = promote(before, new, added)
    by_number = after.by_number
    return CplUpdate(
        version=after.snapshot.version,
        issued_on=after.snapshot.issued_on,
        since=since,
        facts=facts,
        added=added,
        amended=tuple(each for each in amended if not _is_apart(each)),
        removed=_whose(amended, "status", "Removed"),
        reinstated=_whose(amended, "status", "Current"),
        lost=tuple(each.cpl_number for each in amended if _is_lost(each)),
        relisted=_whose(amended, "last_listed_version", ""),
        filled=tuple(each for each in amended if is_filling(each)),
        emptied=tuple(sorted(emptied)),
        dropped=tuple(sorted(old.keys() - new.keys())),
        promoted=tuple(each for each in promotions if each.entry.cpl_number in by_number),
        waiting=tuple(waiting),
        recorded=tuple(number for number in added if number in by_number),
        without_record=tuple(
            number for number in added if number not in by_number and required(new[number], after)
        ),
    )


def _facts(old: Snapshot, new: Snapshot) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, str(was), str(is_now))
        for name, was, is_now in zip(Snapshot._fields, old, new, strict=True)
        if was != is_now and name != "entries"
    )


def amendments(old: Entry, new: Entry) -> list[Amendment]:
    """What differs, but for what the source of the new entry could not tell."""
    silent = _emptied(old, new)
    return [each for each in _different(old, new) if each not in silent]


def _emptied(old: Entry, new: Entry) -> list[Amendment]:
    """Certificates belong to the device they were given for: with another they are unknown."""
    found = _different(old, new)
    if not any(each.field in CORE and each.field != "status" for each in found):
        return []
    return [each for each in found if each.field not in _TOLD_BY_ALL and not each.after]


# The 13 columns of a CSV, and what the import says itself.
_TOLD_BY_ALL = (*CORE, *HISTORY, "last_listed_version")


def _different(old: Entry, new: Entry) -> list[Amendment]:
    if old == new:
        return []
    return [
        Amendment(new.cpl_number, name, was, is_now)
        for name, was, is_now in zip(Entry._fields, old, new, strict=True)
        if was != is_now
    ]


def _whose(amended: list[Amendment], field: str, after: str) -> tuple[str, ...]:
    return tuple(each.cpl_number for each in amended if each.field == field and each.after == after)


def _is_lost(amendment: Amendment) -> bool:
    return amendment.field == "last_listed_version" and not amendment.before


def _is_apart(amendment: Amendment) -> bool:
    """Whether it stands in a list of its own."""
    return amendment.field in ("status", "last_listed_version") or is_filling(amendment)


# What the import of a CPL writes beside the snapshot: worked out again, and compared. A pull
# request with a new CPL may bring the records that it promotes and the waivers that it proposes.
# Nobody has to believe that they are those: they follow from the two snapshots.


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


# What no import writes into a snapshot: somebody has edited it by hand, or made it up.


def snapshot_tampering(
    before: Repository, after: Repository
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sign of it as a sentence, with the entries in which it lies."""
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
    recorded: dict[str, dict[str, tuple[str, str]]] = {}
    for change in after.changes[len(before.changes) :]:
        of_entry = recorded.setdefault(change.cpl_number, {})
        was, _ = of_entry.get(change.field, (change.before, ""))
        of_entry[change.field] = was, change.after
    for number in sorted(after.entries):
        new, old = after.entries[number], before.entries.get(number)
        if old is None:
            expected = {"status": ("", new.status)}
        else:
            expected = {each.field: each[2:] for each in amendments(old, new) if _is_recorded(each)}
        if expected != recorded.get(number, {}):
            yield number


def _is_recorded(amendment: Amendment) -> bool:
    """Whether an import writes a line for it."""
    return amendment.field not in HISTORY and not is_filling(amendment)
