"""Two issues of the CPL become the next snapshot: what was added, amended, lost and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fir.cpl.read import CplIssue
from fir.diagnostics import Diagnostic, problem
from fir.model import Change, Entry, Snapshot, version_key

# What the 13-column CSV carries too; an issue that was imported cannot say otherwise later.
CORE = (*Entry._fields[:10], "image_hash")
# Facts about the past: a source that does not tell them takes nothing away.
HISTORY = ("first_version", "first_issued_on", "label")


class Amendment(NamedTuple):
    cpl_number: str
    field: str
    before: str
    after: str


class Merged(NamedTuple):
    """The entries after an import, and how they differ from those before."""

    entries: dict[str, Entry]
    added: tuple[str, ...]
    amended: tuple[Amendment, ...]
    lost: tuple[str, ...]
    carried: tuple[str, ...]
    """Columns that the source lacks and the entries kept."""
    emptied: tuple[str, ...]
    """Entries that lost the columns the source lacks, because they were amended."""
    filled: tuple[str, ...]
    """Entries whose unknown columns this source tells: no change of the list."""

    def changes(self, issue: CplIssue) -> list[Change]:
        """The lines this import appends to `changes.csv`."""
        rows = [
            Change(
                issue.version, issue.issued_on, number, "status", "", self.entries[number].status
            )
            for number in self.added
        ]
        rows += [
            Change(issue.version, issue.issued_on, *amendment)
            for amendment in self.amended
            if amendment.field not in HISTORY
        ]
        return sorted(rows, key=lambda row: (row.cpl_number, Entry._fields.index(row.field)))


def refusals(
    before: Mapping[str, Entry], snapshot: Snapshot | None, issue: CplIssue, *, allow_lost: bool
) -> list[Diagnostic]:
    """Why this issue must not follow that snapshot; empty where it may."""
    if snapshot is None:
        return []
    if version_key(issue.version) < version_key(snapshot.version):
        message = f"the file is CPL version {issue.version}, the snapshot is {snapshot.version}"
        return [problem("the version", message, "import the newest version of the CPL")]
    found = []
    if not allow_lost:
        for number, entry in before.items():
            if number not in issue.entries and not entry.last_listed_version:
                message = f"entry `{number}` was in version {snapshot.version} and is not here"
                cure = (
                    "ask the code administrator; with `--allow-lost` it is kept as no longer listed"
                )
                found.append(problem(f"entry {number}", message, cure))
    if version_key(issue.version) == version_key(snapshot.version):
        found += _contradictions(before, issue)
    return found


def _contradictions(before: Mapping[str, Entry], issue: CplIssue) -> list[Diagnostic]:
    """One version of the CPL cannot say two things."""
    found = []
    for number, entry in issue.entries.items():
        old = before.get(number)
        if old is None:
            message = f"entry `{number}` is here and was not in the same version, imported before"
            found.append(problem(f"entry {number}", message, _ONE_VERSION))
            continue
        for name in CORE:
            was, is_now = getattr(old, name), getattr(entry, name)
            if name in issue.provided and was != is_now:
                message = (
                    f"{name} of entry `{number}` is `{is_now}`, "
                    f"and `{was}` in the same version, imported before"
                )
                found.append(problem(f"entry {number}", message, _ONE_VERSION))
    return found


_ONE_VERSION = "find out which file is the published one; restore `records/cpl` if it is this one"


def merge(before: Mapping[str, Entry], snapshot: Snapshot | None, issue: CplIssue) -> Merged:
    """The next entries: the issue's, with what it does not carry, and those it lost."""
    entries: dict[str, Entry] = {}
    amended: list[Amendment] = []
    lost: list[str] = []
    emptied: list[str] = []
    missing = [name for name in Entry._fields[:-1] if name not in issue.provided]
    for number in sorted({*before, *issue.entries}):
        old, new = before.get(number), issue.entries.get(number)
        if new is None:
            assert old is not None and snapshot is not None
            if not old.last_listed_version:
                lost.append(number)
                amended.append(Amendment(number, "last_listed_version", "", snapshot.version))
                old = old._replace(last_listed_version=snapshot.version)
            entries[number] = old
            continue
        if old is not None:
            carried_over = _carried_over(old, new, missing)
            if any(getattr(old, name) and name not in carried_over for name in missing):
                emptied.append(number)
            new = new._replace(**carried_over)
            amended += _amendments(old, new, emptied=missing if number in emptied else ())
        entries[number] = new
    carried = [name for name in missing if any(getattr(e, name) for e in entries.values())]
    added = tuple(number for number in entries if number not in before)
    filled = dict.fromkeys(each.cpl_number for each in amended if is_filling(each))
    return Merged(
        entries,
        added,
        tuple(each for each in amended if not is_filling(each)),
        tuple(lost),
        tuple(carried),
        tuple(emptied),
        tuple(filled),
    )


def _carried_over(old: Entry, new: Entry, missing: list[str]) -> dict[str, str]:
    """What the old entry says and the source cannot, or does not, tell.

    A certificate belongs to the device it was given for: once a shared field other than the
    status differs, only the facts about the past stay.
    """
    same = all(getattr(old, name) == getattr(new, name) for name in CORE if name != "status")
    names = [name for name in missing if same or name in HISTORY]
    names += [name for name in HISTORY if not getattr(new, name)]
    return {name: getattr(old, name) for name in dict.fromkeys(names) if getattr(old, name)}


def is_filling(amendment: Amendment) -> bool:
    """A column that a CSV cannot tell was unknown, not empty: telling it amends nothing."""
    told_by_csv = (*CORE, "last_listed_version")
    return amendment.field not in told_by_csv and not amendment.before


def _amendments(old: Entry, new: Entry, emptied: list[str] | tuple[str, ...]) -> list[Amendment]:
    return [
        Amendment(new.cpl_number, name, was, is_now)
        for name, was, is_now in zip(Entry._fields, old, new, strict=True)
        if was != is_now and name not in emptied
    ]
