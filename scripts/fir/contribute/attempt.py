"""Plans tried together on the repository: what the checks refuse is left out, the rest tried again.

A manufacturer's file that is new or changes goes with the records that bring it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from fir.contribute.fmt import read, with_value
from fir.contribute.makers import Makers, path_of
from fir.contribute.submission import Remark
from fir.contribute.trial import Proposed, Said, Trial, kind_of
from fir.contribute.verdict import Plan, told
from fir.model import Repository


class Attempt:
    """Tries plans; those that are refused are told why."""

    def __init__(self, repository: Repository, makers: Makers) -> None:
        self._repository, self._makers = repository, makers
        self._trial = Trial(repository)

    def make(self, plans: Sequence[Plan]) -> None:
        """Refuses what the checks refuse, and tells what else they say of the others."""
        alive = [plan for plan in plans if plan.path and plan.status != "refused"]
        self._withdraw(alive)
        while alive:
            said = self._trial.said_of(self._proposed(alive))
            wrong = [each for each in said if each.refuses]
            if not wrong:
                for plan in alive:
                    of_plan = [each for each in said if each.path == plan.path]
                    plan.remarks += [self._told(each, plan) for each in of_plan]
                return
            refused = [plan for plan in alive if self._refuse(plan, wrong)]
            if not refused:  # a file that is there already: nobody can tell which plan does it
                refused = alive
                for plan in alive:
                    plan.refuse([self._told(each, plan) for each in wrong])
            alive = [plan for plan in alive if plan not in refused]
            self._withdraw(alive)

    def _refuse(self, plan: Plan, wrong: Iterable[Said]) -> bool:
        """Whether the checks refuse a plan's record, or the manufacturer's file that it brings."""
        slug = plan.value["manufacturer"]
        brought = path_of(slug) if slug in self._makers.planned else ""
        found = [self._told(each, plan) for each in wrong if each.path in (plan.path, brought)]
        if found:
            plan.refuse(found)
        return bool(found)

    def _withdraw(self, alive: list[Plan]) -> None:
        """A manufacturer's file goes with the last record that brought it; an identifier too."""
        needed: dict[str, set[str]] = {}
        for plan in alive:
            identifiers = needed.setdefault(plan.value["manufacturer"], set())
            if not plan.is_contact:
                identifiers.add(plan.value["device"]["manufacturer_identifier"])
        for slug in list(self._makers.planned):
            if slug in needed:
                self._makers.keep(slug, needed[slug])
            else:
                del self._makers.planned[slug]

    def _proposed(self, plans: Iterable[Plan]) -> Proposed:
        plans = list(plans)
        slugs = {plan.value["manufacturer"] for plan in plans}
        return Proposed(
            records={
                plan.path: plan.value for plan in plans if plan.is_new and not plan.is_contact
            },
            manufacturers={
                path_of(slug): value
                for slug, value in self._makers.planned.items()
                if slug in slugs
            },
            deleted={plan.replaces for plan in plans if plan.replaces},
        )

    def files(self, root: Path, plans: Sequence[Plan]) -> dict[str, bytes | None]:
        """What is to be written and deleted, the comments of what was there kept."""
        proposed = self._proposed(plans)
        files: dict[str, bytes | None] = dict.fromkeys(proposed.deleted)
        origin = {plan.path: plan.replaces or plan.path for plan in plans}
        for path, value in proposed.values.items():
            there = root / origin.get(path, path)
            kept = read(path, there.read_bytes())[1] if there.is_file() else []
            files[path] = with_value(self._repository.shapes, kind_of(path), path, value, kept)
        return files

    def _told(self, said: Said, plan: Plan) -> Remark:
        return told(said, plan, self._repository.shapes)
