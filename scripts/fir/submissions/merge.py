"""What a submitted entry becomes: a new record, an addition to the one that is there, or nothing.

What is there stays. A submission adds to it, and changes its notes only with a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from fir.diagnostics import tick
from fir.editing.fmt import NotTaken, with_value
from fir.editing.notes import tidy
from fir.model import Repository
from fir.repository.read import expected_path, record_of
from fir.strict_yaml.reader import parse
from fir.submissions.dry_run import kind_of
from fir.submissions.match_entry import Placed, obstacle, waits_for
from fir.submissions.submission import VERSIONS, Entered, Remark
from fir.submissions.verdict import Plan, record_value, sent_as

# A submission beside the record that is there: the same, an addition, or another statement.


class Merger(NamedTuple):
    value: dict[str, Any]
    """The record with what the submission adds."""
    conflicts: tuple[str, ...]
    """The fields of which the two say different things."""


def merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> Merger:
    """Adds what the record does not say; changes its notes only with a correction that says how.

    Corrections add up: whoever sends one need not know of those before it.
    """
    value = dict(old)
    conflicts = []
    known = old.get("corrections", [])
    corrected = [each for each in new.get("corrections", ()) if each not in known]
    for name, sent in new.items():
        if name == "corrections":
            value[name] = [*known, *corrected]
        elif name not in old or (corrected and name == "release_notes"):
            value[name] = sent
        elif not _same(old[name], sent):
            conflicts.append(name)
    return Merger(value, tuple(conflicts))


def _same(old: Any, new: Any) -> bool:
    return old == new or (isinstance(old, str) and isinstance(new, str) and tidy(old) == tidy(new))


class Becoming:
    """Finds for each entry of a run what it becomes, and which of them is first for its file."""

    def __init__(self, root: Path, repository: Repository) -> None:
        self._root, self._repository = root, repository
        self._claimed: dict[str, Plan] = {}

    def decide(self, plan: Plan, found: Placed) -> None:
        """Gives the plan of a placed entry its file and its status, or refuses it."""
        entered = Entered(plan.submission, plan.at)
        plan.value = record_value(entered, found, self._repository.shapes)
        plan.path = expected_path(record_of("", plan.value))
        there = self._repository.by_number.get(found.entry.cpl_number) if found.entry else None
        there = there or waits_for(self._repository, found)
        if there and there.manufacturer != plan.value["manufacturer"]:
            message = f"there is a record of another manufacturer already: {there.path}"
            fix = "name that manufacturer, or have the other record corrected first"
            plan.refuse([entered.error("duplicate-record", message, fix)])
            return
        if there and not there.cpl_number and not found.entry:
            plan.path = there.path
        try:
            with_value(self._repository.shapes, kind_of(plan.path), plan.path, plan.value)
        except NotTaken as reason:
            first = reason.faults[0]
            plan.refuse([entered.error(first.check, first.message, first.fix)])
            return
        blocked = obstacle(self._root, plan.path) if not there or there.path != plan.path else None
        if blocked:
            plan.refuse([entered.error("", *blocked)])
        elif there:
            self._merge(plan, there.path)
        elif plan.path in self._claimed:
            self._second(plan, self._claimed[plan.path])
        else:
            plan.status = "written" if found.entry else "pending"
        if plan.is_new:
            self._claimed[plan.path] = plan

    def _merge(self, plan: Plan, path: str) -> None:
        """What is there stays; what the submission adds is added, and no more."""
        earlier = self._claimed.get(plan.path)
        old = earlier.value if earlier else parse((self._root / path).read_bytes())[0]
        waits = "cpl_number" not in plan.value
        if not waits:
            old = {name: each for name, each in old.items() if name not in VERSIONS}
            old = {"cpl_number": plan.value["cpl_number"], **old}
        whole = merged(old, plan.value)
        if whole.conflicts:
            plan.refuse(self._conflicts(plan, path, whole.conflicts))
            return
        plan.replaces = path if path != plan.path else ""
        changed = plan.replaces or whole.value != old
        plan.value = whole.value
        plan.status = ("pending" if waits else "written") if changed else "unchanged"

    def _conflicts(self, plan: Plan, path: str, names: Iterable[str]) -> Iterator[Remark]:
        for name in names:
            message = f"{tick(name)} is another one here than in the record that is there: {path}"
            if name == "release_notes":
                fix = "if the notes are to change, say in `corrections` on which day and how"
            else:
                fix = "correct it here, or edit the record"
            place = plan.submission.place(*sent_as((name,), plan.at, self._repository.shapes))
            yield Remark(place, "error", "", message, fix)

    def _second(self, plan: Plan, first: Plan) -> None:
        """Another entry of the same run for the same file."""
        whole = merged(first.value, plan.value)
        if not whole.conflicts and whole.value == first.value:
            plan.status, plan.same_as = "unchanged", first
            return
        where = first.submission.place("entries", first.at) or first.submission.source
        message = f"{where} is for the same entry and says something else"
        fix = "keep the one that is right, and send it again"
        plan.refuse([Entered(plan.submission, plan.at).error("duplicate-record", message, fix)])
