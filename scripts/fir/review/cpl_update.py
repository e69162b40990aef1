"""What a new issue of the CPL does to the list: the entries of two snapshots, compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fir.contribute.merge import CORE, HISTORY, Amendment, is_filling
from fir.contribute.promotion import Promotion, Waiting, promote
from fir.coverage import required
from fir.model import Entry, Repository, version_key


class CplUpdate(NamedTuple):
    """Numbers are CPL numbers, sorted; a status and a listing have lists of their own."""

    version: str
    issued_on: str
    since: str
    """The version before; empty where demonstration data is replaced."""
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
    since = "" if replaced else before.snapshot.version
    if replaced:
        before = before._replace(entries={}, records=(), pending=())
    old, new = before.entries, after.entries
    added = tuple(sorted(new.keys() - old.keys()))
    common = sorted(new.keys() & old.keys())
    amended = [each for n in common for each in _amended(old[n], new[n])]
    emptied = {n for n in common if any(_emptied(old[n], new[n]))}
    promotions, waiting = promote(before, new, added)
    by_number = after.by_number
    return CplUpdate(
        version=after.snapshot.version,
        issued_on=after.snapshot.issued_on,
        since=since,
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


def doubts(before: Repository, after: Repository) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What no import writes, so that somebody has done it by hand: a sentence, and the entries."""
    old, new = before.snapshot, after.snapshot
    if old is None or new is None:
        return
    if new.demonstration and not old.demonstration:
        yield "the snapshot becomes demonstration data", ()
    if old.demonstration and not new.demonstration:
        return
    if version_key(new.version) < version_key(old.version):
        yield f"CPL {new.version} is older than CPL {old.version}, which is here", ()
    if after.changes[: len(before.changes)] != before.changes:
        yield "lines of `changes.csv`, to which an import only adds, are rewritten", ()
    dropped = tuple(sorted(before.entries.keys() - after.entries.keys()))
    if dropped:
        yield "rows of `entries.csv`, which an import always keeps, are gone", dropped
    unexplained = tuple(_unexplained(before, after))
    if unexplained:
        yield "entries differ and `changes.csv` does not say so", unexplained


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
            expected = {each.field: each[2:] for each in _amended(old, new) if _is_told(each)}
        said = told.get(number, {})
        if expected != {field: pair for field, pair in said.items() if pair[0] != pair[1]}:
            yield number


def _amended(old: Entry, new: Entry) -> list[Amendment]:
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


def _is_told(amendment: Amendment) -> bool:
    """Whether an import writes a line for it."""
    return amendment.field not in HISTORY and not is_filling(amendment)
