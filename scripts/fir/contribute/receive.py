"""Submissions become files: a verdict for each entry, the good ones planned, the bad ones told why.

Nothing is written here. What is planned is tried on the repository first, by the checks that will
judge it; what they refuse is left out, and the rest is tried again without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from fir.contribute.attempt import Attempt
from fir.contribute.fmt import NotTaken, with_value
from fir.contribute.makers import Contacts, Makers, NoMaker
from fir.contribute.merging import merged
from fir.contribute.obstacle import obstacle
from fir.contribute.placing import (
    VERSIONS,
    Entered,
    NotPlaced,
    Placed,
    placed,
    restored,
    waits_for,
)
from fir.contribute.submission import ReadAs, Remark, Submission, normalised, troubles
from fir.contribute.trial import kind_of
from fir.contribute.verdict import Plan, Result, record_value, sent_as
from fir.coverage import required
from fir.model import Device, Repository
from fir.read.nouns import expected_path, record_of
from fir.read.text import Keys
from fir.read.yaml_text import parse
from fir.wording import tick


class Received(NamedTuple):
    results: tuple[Result, ...]
    files: Mapping[str, bytes | None]
    """What to write, and to delete."""
    submitters: tuple[str, ...]
    """The organisations whose submissions are among what is written."""


def receive(
    root: Path, repository: Repository, submissions: Sequence[Submission], contacts: Contacts
) -> Received:
    """The verdict on every entry of every submission, and the files of the good ones."""
    return _Receiving(root, repository, contacts).received(submissions)


class _Receiving:
    def __init__(self, root: Path, repository: Repository, contacts: Contacts) -> None:
        self._root, self._repository = root, repository
        self._makers = Makers(root, repository, contacts)
        self._claimed: dict[str, Plan] = {}

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
            self._judge_blank(plan)
            yield plan
            return
        described, wrong = self._described(submission)
        of_all = [remark for keys, remark in wrong if keys[:1] != ("entries",) or len(keys) < 2]
        if of_all:
            plan.refuse(remark for _, remark in wrong)
            yield plan
            return
        self._makers.plan(described)
        entries = described.value["entries"]
        for at in range(len(entries)):
            row = submission.row if len(entries) == 1 else at + 1
            told = [each for each in (*read_as, *numbers) if _is_of(each, at)]
            plan = Plan(described, row, told, [*submission.unread], at)
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
            described = self._makers.resolved(submission)
        except NoMaker as reason:
            # Whatever else is wrong is told in the same run.
            stand_in = {**submission.value, "manufacturer": "unknown"}
            others = troubles(submission._replace(value=stand_in), shapes)
            return submission, [((), reason.remark), *others]
        return described, list(troubles(described, shapes))

    def _judge_blank(self, plan: Plan) -> None:
        """A form whose part for this register is empty: a fault only where a record is due."""
        device = plan.submission.value["entries"][0]["device"]
        device_type = device["type"]
        place = plan.submission.place("release_notes")
        if self._is_due(Device(**device)):
            message = (
                f"no contact and no release notes are given, and {tick(device_type)} needs a record"
            )
            fix = "fill in the part of the form that is for the FIR"
            plan.refuse([Remark(place, "error", "empty-release-notes", message, fix)])
        else:
            message = f"no contact and no release notes are given; {tick(device_type)} needs none"
            plan.remarks.append(
                Remark(place, "note", "", message, "nothing, unless it was forgotten")
            )
            plan.status = "unchanged"

    def _is_due(self, device: Device) -> bool:
        """Whether the policy asks for a record of a device, and there is none."""
        listed = self._repository.by_device.get(device, ())
        if listed:
            without = [each for each in listed if each.cpl_number not in self._repository.by_number]
            return any(required(entry, self._repository) for entry in without)
        of_type = self._repository.policy.device_types.get(device.type)
        return of_type is not None and of_type.records == "required"

    def _plan(self, plan: Plan) -> None:
        entered = Entered(plan.submission, plan.at)
        try:
            found = placed(entered, self._repository)
        except NotPlaced as reason:
            plan.refuse([reason.remark])
            return
        plan.read_as += found.read_as
        plan.remarks += found.remarks
        plan.remarks += self._makers.remarks(entered, found.device)
        foreign = [each for each in plan.remarks if each.check == "foreign-identifier"]
        if foreign:
            plan.refuse(foreign)
            return
        plan.value = record_value(entered, found, self._repository.shapes)
        plan.path = expected_path(record_of("", plan.value))
        self._beside_what_is_there(plan, found)

    def _beside_what_is_there(self, plan: Plan, found: Placed) -> None:
        entered = Entered(plan.submission, plan.at)
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
            check, _, _, *told = reason.faults[0]
            plan.refuse([entered.error(check, *told)])
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
        if (
            not merged(first.value, plan.value).conflicts
            and plan.value.keys() <= first.value.keys()
        ):
            plan.status, plan.same_as = "unchanged", first
            return
        where = first.submission.place("entries", first.at) or first.submission.source
        message = f"{where} is for the same entry and says something else"
        fix = "keep the one that is right, and send it again"
        plan.refuse([Entered(plan.submission, plan.at).error("duplicate-record", message, fix)])

    def _submitter(self, submission: Submission) -> str:
        if "submitter" in submission.value:
            return str(submission.value["submitter"])
        slug = submission.value["manufacturer"]
        return next(maker.name for maker in self._makers.nouns() if maker.slug == slug)


def _is_of(read_as: ReadAs, at: int) -> bool:
    """Whether what was read in another notation belongs to this entry, or to all of them."""
    return read_as.keys[:1] != ("entries",) or read_as.keys[1] == at
