"""Submissions become files: a verdict for each entry, the good ones planned, the bad ones told why.

Nothing is written here. What is planned is tried on the repository first, by the checks that will
judge it; what they refuse is left out, and the rest is tried again without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from fir.editing.fmt import read, with_value
from fir.model import Repository
from fir.strict_yaml.characters import Keys
from fir.submissions.contacts import Contacts, Orders
from fir.submissions.dry_run import Proposed, Said, Trial, kind_of
from fir.submissions.match_entry import NotPlaced, placed, restored
from fir.submissions.match_manufacturer import Makers, NoMaker, foreign, path_of
from fir.submissions.merge import Becoming
from fir.submissions.submission import Entered, ReadAs, Remark, Submission, normalised, troubles
from fir.submissions.verdict import Plan, Result, judge_blank, told

# Plans tried together on the repository: what the checks refuse is left out, the rest tried
# again. A manufacturer's file that is new or changes goes with the records that bring it.


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


class Received(NamedTuple):
    results: tuple[Result, ...]
    files: Mapping[str, bytes | None]
    """What to write, and to delete."""
    submitters: tuple[str, ...]
    """The organisations whose submissions are among what is written."""


def receive(
    root: Path, repository: Repository, submissions: Sequence[Submission], orders: Orders
) -> Received:
    """The verdict on every entry of every submission, and the files of the good ones."""
    return _Receiving(root, repository, orders).received(submissions)


class _Receiving:
    def __init__(self, root: Path, repository: Repository, orders: Orders) -> None:
        self._root, self._repository = root, repository
        self._makers = Makers(root, repository)
        self._contacts = Contacts(repository, self._makers, orders)
        self._becoming = Becoming(root, repository)

    def received(self, submissions: Sequence[Submission]) -> Received:
        plans = [plan for submission in submissions for plan in self._plans(submission)]
        attempt = Attempt(self._repository, self._makers)
        attempt.make(plans)
        for plan in plans:
            if plan.same_as and plan.same_as.status == "refused":
                plan.refuse(plan.same_as.remarks)
        good = [plan for plan in plans if plan.path and plan.status != "refused"]
        files = attempt.files(self._root, good)
        written = [plan for plan in good if plan.is_new]
        submitters = dict.fromkeys(self._submitter(plan.submission) for plan in written)
        return Received(tuple(plan.result() for plan in plans), files, tuple(submitters))

    def _plans(self, submission: Submission) -> Iterator[Plan]:
        submission, read_as = normalised(submission, self._repository.shapes)
        submission, numbers = restored(submission, self._repository)
        plan = Plan(submission, submission.row, [*read_as, *numbers])
        if submission.is_blank and not submission.troubles:
            judge_blank(plan, self._repository)
            yield plan
            return
        described, wrong = self._described(submission)
        of_all = [remark for keys, remark in wrong if keys[:1] != ("entries",) or len(keys) < 2]
        if of_all or (wrong and submission.is_contact_alone):
            plan.refuse(remark for _, remark in wrong)
            yield plan
        elif submission.is_contact_alone:
            plan.submission = described
            self._plan_contact(plan)
            yield plan
        else:
            self._makers.plan(described)
            yield from self._entries(described, wrong, plan.read_as)

    def _entries(
        self, described: Submission, wrong: list[tuple[Keys, Remark]], read_as: list[ReadAs]
    ) -> Iterator[Plan]:
        entries = described.value["entries"]
        for at in range(len(entries)):
            row = described.row if len(entries) == 1 else at + 1
            told = [each for each in read_as if _is_of(each, at)]
            plan = Plan(described, row, told, [*described.unread], at)
            of_this = [remark for keys, remark in wrong if keys[1] == at]
            if of_this:
                plan.refuse(of_this)
            else:
                self._plan(plan)
            yield plan

    def _described(self, submission: Submission) -> tuple[Submission, list[tuple[Keys, Remark]]]:
        """The submission with its manufacturer's short name, and what is wrong with it."""
        shapes = self._repository.shapes
        wrong = [] if submission.company else list(troubles(submission, shapes))
        if submission.troubles or any(keys[:1] != ("entries",) for keys, _ in wrong):
            return submission, wrong or [((), each) for each in submission.troubles]
        try:
            described = self._contacts.completed(self._makers.resolved(submission))
        except NoMaker as reason:
            # Whatever else is wrong is told in the same run.
            stand_in = {**submission.value, "manufacturer": "unknown"}
            others = troubles(submission._replace(value=stand_in), shapes)
            return submission, [((), reason.remark), *others]
        return described, list(troubles(described, shapes))

    def _plan_contact(self, plan: Plan) -> None:
        """A contact alone: written where that was ordered, else told where it differs."""
        slug = plan.submission.value["manufacturer"]
        plan.path, plan.value = path_of(slug), {"manufacturer": slug}
        before = self._makers.value(slug)
        device_type = self._contacts.device_type(plan.submission)
        plan.remarks += self._contacts.remarks(plan.submission, device_type)
        plan.status = "unchanged" if self._makers.value(slug) == before else "written"

    def _plan(self, plan: Plan) -> None:
        entered = Entered(plan.submission, plan.at)
        try:
            found = placed(entered, self._repository)
        except NotPlaced as reason:
            plan.refuse([reason.remark])
            return
        slug, makers = plan.submission.value["manufacturer"], self._makers.nouns()
        maker = next(each for each in makers if each.slug == slug)
        identifier = found.device.manufacturer_identifier
        if identifier not in maker.manufacturer_identifiers:
            plan.refuse([foreign(entered, identifier, maker, makers)])
            return
        plan.read_as += found.read_as
        plan.remarks += found.remarks
        plan.remarks += self._contacts.remarks(plan.submission, found.device.type)
        self._becoming.decide(plan, found)

    def _submitter(self, submission: Submission) -> str:
        if "submitter" in submission.value:
            return str(submission.value["submitter"])
        slug = submission.value["manufacturer"]
        return next(maker.name for maker in self._makers.nouns() if maker.slug == slug)


def _is_of(read_as: ReadAs, at: int) -> bool:
    """Whether what was read in another notation belongs to this entry, or to all of them."""
    return read_as.keys[:1] != ("entries",) or read_as.keys[1] == at
