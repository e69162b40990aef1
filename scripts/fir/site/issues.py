"""The issues of the CPL, as far as they are known: what each added, and what it changed.

What an issue added comes from the list's own history. What it changed is known from the first issue
that was imported on, and is told under the issue in which an import found it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fir.model import Change, Entry, Repository, Snapshot, version_key


class Issue(NamedTuple):
    version: str
    issued_on: str
    """Empty where nothing says it."""
    added: tuple[Entry, ...]
    """First listed here, as the list's own history says; by number, like the next."""
    seen: tuple[Entry, ...]
    """Found here first by an import; the history does not say in which issue they came."""
    changes: tuple[Change, ...]
    """What became of entries that were on the list before."""

    @property
    def year(self) -> str:
        return self.issued_on[:4]

    @property
    def place(self) -> str:
        """Where it is told, below the site's address."""
        return f"releases/{self.year or 'unknown'}/#v{self.version}"


class Issues(NamedTuple):
    by_version: Mapping[str, Issue]
    """Newest first."""
    unplaced: tuple[Entry, ...]
    """Entries of which nothing says in which issue they came, by number."""

    @property
    def years(self) -> Mapping[str, tuple[Issue, ...]]:
        """Newest first; under the empty year those whose day nothing says."""
        found: dict[str, list[Issue]] = {}
        for issue in self.by_version.values():
            found.setdefault(issue.year, []).append(issue)
        return {year: tuple(found[year]) for year in sorted(found, reverse=True)}


def issues(repository: Repository, snapshot: Snapshot) -> Issues:
    days = {change.version: change.issued_on for change in repository.changes}
    days[snapshot.version] = snapshot.issued_on
    added: dict[str, list[Entry]] = {}
    seen: dict[str, list[Entry]] = {}
    changed: dict[str, list[Change]] = {}
    placed = set()
    for entry in _by_number(repository):
        if entry.first_version:
            added.setdefault(entry.first_version, []).append(entry)
            placed.add(entry.cpl_number)
            if not days.get(entry.first_version):
                days[entry.first_version] = entry.first_issued_on
    for change in repository.changes:
        if change.field != "status" or change.before:
            changed.setdefault(change.version, []).append(change)
        elif change.cpl_number not in placed:
            seen.setdefault(change.version, []).append(repository.entries[change.cpl_number])
            placed.add(change.cpl_number)
    found = {
        version: Issue(
            version,
            days[version],
            tuple(added.get(version, ())),
            tuple(seen.get(version, ())),
            tuple(changed.get(version, ())),
        )
        for version in sorted(days, key=version_key, reverse=True)
    }
    unplaced = (entry for entry in _by_number(repository) if entry.cpl_number not in placed)
    return Issues(found, tuple(unplaced))


def _by_number(repository: Repository) -> Iterator[Entry]:
    return (repository.entries[number] for number in sorted(repository.entries))
