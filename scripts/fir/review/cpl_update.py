"""What a new issue of the CPL does to the list: the entries of two snapshots, compared."""

from __future__ import annotations

from typing import NamedTuple

from fir.contribute.merge import CORE, HISTORY, Amendment, is_filling
from fir.contribute.promotion import Promotion, Waiting, promote
from fir.coverage import required
from fir.model import Entry, Repository, Snapshot
from fir.review.fields import FieldChange


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
    """Whether a list of its own tells it."""
    return amendment.field in ("status", "last_listed_version") or is_filling(amendment)
