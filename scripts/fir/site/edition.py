"""One edition: all that a publication is made from, and what its pages look up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import NamedTuple, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from fir.answers import Answer, Answers, History
from fir.answers.coverage import Coverage, coverage
from fir.diagnostics import Diagnostic
from fir.model import Change, Entry, Manufacturer, Record, Repository, Snapshot
from fir.site.commits import Commits
from fir.site.issues import Issues, issues
from fir.site.wording import day


class Example(NamedTuple):
    """One case of a check: its files, and what `fir check` says of them (nothing, if good)."""

    name: str
    files: tuple[tuple[str, str], ...]
    said: str


class Manual(NamedTuple):
    """What a check's page tells."""

    id: str
    stage: str
    level: str
    waivable: bool
    title: str
    why: str
    mend: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


@dataclass(frozen=True, eq=False)
class Edition:
    """A repository without errors, with what is said about it."""

    repository: Repository
    snapshot: Snapshot
    commits: Commits
    findings: tuple[Diagnostic, ...] = ()
    manuals: tuple[Manual, ...] = ()
    awaiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is wrong, by record file, under a waiver of `cpl-mismatch`."""
    site_url: str = "/"
    """Where the site stands, ending in a slash."""
    without_text: str = ""
    """Why this publication has no index of the release notes' text; empty where it has one."""

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.repository)

    @cached_property
    def answer_of(self) -> Mapping[str, Answer]:
        """The answer of each entry, by number."""
        return _AnswerOf(self.answers, self.repository.entries)

    @cached_property
    def models(self) -> Mapping[str, tuple[History, ...]]:
        """The lines of each Device Model, by its identifiers."""
        found: dict[str, list[History]] = {}
        for _, history in sorted(self.answers.histories.items()):
            model = history.firmware[0].entry.device.device_model
            found.setdefault(model, []).append(history)
        return {model: tuple(found[model]) for model in sorted(found)}

    @cached_property
    def releases(self) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
        """The entries of each release, by number."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for number in sorted(self.repository.entries):
            entry = self.repository.entries[number]
            found.setdefault(release(entry), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def changes(self) -> Mapping[str, tuple[Change, ...]]:
        """What CPL issues changed of each entry, newest first."""
        found: dict[str, list[Change]] = {}
        for change in self.repository.changes:
            found.setdefault(change.cpl_number, []).insert(0, change)
        return {number: tuple(changes) for number, changes in found.items()}

    def told(self, entry: Entry) -> tuple[Change, ...]:
        """Its changes, newest first, down to the day on which the list says it first had it.

        An import notes an entry it has not seen before as added, however old the entry is.
        """
        changes = self.changes.get(entry.cpl_number, ())
        if not (entry.first_version and entry.first_issued_on):
            return changes
        later = [each for each in changes if each.field != "status" or each.before]
        first = entry.first_version, entry.first_issued_on, entry.cpl_number
        return (*later, Change(*first, "status", "", "Current"))

    @cached_property
    def issues(self) -> Issues:
        return issues(self.repository, self.snapshot)

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.repository)

    @cached_property
    def updates(self) -> Mapping[str, tuple[str, ...]]:
        """The entries that are stated to install directly over each entry, by number."""
        found: dict[str, list[str]] = {}
        for number, record in sorted(self.repository.by_number.items()):
            for source in record.upgrade_from or ():
                found.setdefault(source, []).append(number)
        return {source: tuple(numbers) for source, numbers in found.items()}

    @property
    def recorded_since(self) -> str:
        """The CPL issue from which on changes are known: the first one imported."""
        changes = self.repository.changes
        return changes[0].version if changes else self.snapshot.version

    @cached_property
    def users(self) -> Mapping[str, tuple[Manufacturer, ...]]:
        """The manufacturers that state each identifier, by slug."""
        found: dict[str, list[Manufacturer]] = {}
        for _, manufacturer in sorted(self.repository.manufacturers.items()):
            for stated in manufacturer.manufacturer_identifiers:
                found.setdefault(stated, []).append(manufacturer)
        return {stated: tuple(users) for stated, users in found.items()}

    def record_of(self, entry: Entry) -> Record | None:
        return self.repository.by_number.get(entry.cpl_number)

    def makers(self, entry: Entry) -> tuple[Manufacturer, ...]:
        """Whose the entry is: its record says so, else its manufacturer identifier."""
        record = self.record_of(entry)
        if record and record.manufacturer in self.repository.manufacturers:
            return (self.repository.manufacturers[record.manufacturer],)
        return self.users.get(entry.manufacturer_identifier, ())

    def removed_in(self, entry: Entry) -> Change | None:
        """The CPL issue that made the entry Removed, where it is known."""
        changes = self.changes.get(entry.cpl_number, ())
        status = next((change for change in changes if change.field == "status"), None)
        known = status is not None and status.before and status.after == "Removed"
        return status if known else None

    def source(self, path: str, how: str) -> str:
        """Where a file can be read (`blob`) or edited (`edit`); empty while nothing says where."""
        url = self.repository.policy.repository_url
        return f"{url}/{how}/main/{path}" if url else ""

    # What the frame of every page says; the theme's templates read these.

    @property
    def issued(self) -> str:
        return day(self.snapshot.issued_on)

    @property
    def commit(self) -> str:
        head = self.commits.head
        return head.short if head else ""

    @property
    def changed(self) -> str:
        return ", changed since" if self.commits.changed else ""

    @property
    def commit_url(self) -> str:
        url, head = self.repository.policy.repository_url, self.commits.head
        return f"{url}/commit/{head.name}" if url and head else ""


class _AnswerOf(Mapping[str, Answer]):
    """Each is worked out when it is first asked for: two who share the work need not do it all."""

    def __init__(self, answers: Answers, entries: Mapping[str, Entry]) -> None:
        self._answers, self._entries = answers, entries
        self._known: dict[str, Answer] = {}

    def __getitem__(self, number: str) -> Answer:
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._answers.of_entry(self._entries[number])
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def release(entry: Entry) -> tuple[str, str]:
    """What the entries of one release share: the image hash, or the version where there is none."""
    return entry.manufacturer_identifier, entry.image_hash or entry.firmware_version


# What is made of an edition once, however many pages show it, and forgotten with the edition.


Of = TypeVarTuple("Of")
Made = TypeVar("Made")


def once_an_edition(make: Callable[[Edition, *Of], Made]) -> Callable[[Edition, *Of], Made]:
    """Calls `make` once for the same arguments.

    `lru_cache` would keep the edition itself, of which `mkdocs serve` makes one at each change.
    """
    known: WeakKeyDictionary[Edition, dict[object, Made]] = WeakKeyDictionary()

    @wraps(make)
    def remembered(edition: Edition, /, *of: *Of) -> Made:
        made = known.setdefault(edition, {})
        if of not in made:
            made[of] = make(edition, *of)
        return made[of]

    return remembered
