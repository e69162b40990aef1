"""An entry on its way to a verdict, and what it becomes: a record, in the terms of its schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fir.answers.coverage import required
from fir.diagnostics import tick
from fir.model import Device, Repository, Shapes
from fir.strict_yaml.characters import Keys
from fir.submissions.dry_run import Said
from fir.submissions.match_entry import Placed
from fir.submissions.match_manufacturer import path_of
from fir.submissions.submission import KIND, Entered, ReadAs, Remark, Submission


class Result(NamedTuple):
    """The verdict on one entry: `written`, `pending`, `unchanged` or `refused`."""

    source: str
    row: int | None
    status: str
    path: str | None
    findings: tuple[Remark, ...]
    read_as: tuple[ReadAs, ...]

    @property
    def undecided(self) -> bool:
        """Whether something of it was left for a person to decide."""
        return any(each.check == "contact-differs" for each in self.findings)


@dataclass(eq=False)
class Plan:
    """An entry on its way to a verdict."""

    submission: Submission
    row: int | None
    read_as: list[ReadAs]
    remarks: list[Remark] = field(default_factory=list)
    at: int = 0
    path: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    replaces: str = ""
    status: str = ""
    same_as: Plan | None = None
    """An earlier plan of the same run that says the same."""

    @property
    def is_new(self) -> bool:
        """Whether the record is to be written."""
        return self.status in ("written", "pending")

    @property
    def is_contact(self) -> bool:
        """Whether it is about the manufacturer's file alone."""
        return self.path == path_of(self.value["manufacturer"])

    def refuse(self, remarks: Iterable[Remark]) -> None:
        self.remarks = [*remarks, *(each for each in self.remarks if each.level != "error")]
        self.status = "refused"

    def result(self) -> Result:
        path = None if self.status == "refused" else self.path or None
        told = tuple(dict.fromkeys(self.remarks))
        where = self.submission.source, self.row
        return Result(*where, self.status, path, told, tuple(dict.fromkeys(self.read_as)))


def record_value(entered: Entered, found: Placed, shapes: Shapes) -> dict[str, Any]:
    """The record of a submitted entry, its fields in any order."""
    sent, own = entered.submission.value, entered.value
    kind = "record" if found.entry else "pending"
    value: dict[str, Any] = {
        name: own.get(name, sent.get(name))
        for name in shapes.field(kind, ())["properties"]
        if name in own or name in sent
    }
    if found.entry:
        value = {"cpl_number": found.entry.cpl_number, **value}
    return {**value, "device": found.device._asdict()}


def sent_as(keys: Keys, at: int, shapes: Shapes) -> Keys:
    """The way to a record's field in the submission that it comes from."""
    of_all = shapes.field(KIND, ())["properties"]
    return keys if keys and keys[0] in of_all else ("entries", at, *keys)


def told(said: Said, plan: Plan, shapes: Shapes) -> Remark:
    """What a check says, at the place where the sender has it."""
    if said.path == path_of(plan.value["manufacturer"]):
        keys: Keys = said.keys
        if "new_manufacturer" in plan.submission.value:
            keys = ("new_manufacturer", *keys)
    else:
        keys = sent_as(said.keys, plan.at, shapes)
    return Remark(plan.submission.place(*keys), said.level, said.check, said.message, said.fix)


# A form whose part for this register is not filled in: a fault only where a record is due.


def judge_blank(plan: Plan, repository: Repository) -> None:
    device = plan.submission.value["entries"][0]["device"]
    device_type = device["type"]
    place = plan.submission.place("release_notes")
    if _is_due(Device(**device), repository):
        message = (
            f"no contact and no release notes are given, and {tick(device_type)} needs a record"
        )
        fix = "fill in the part of the form that is for the FIR"
        plan.refuse([Remark(place, "error", "empty-release-notes", message, fix)])
    else:
        message = f"no contact and no release notes are given; {tick(device_type)} needs none"
        plan.remarks.append(Remark(place, "note", "", message, "nothing, unless it was forgotten"))
        plan.status = "unchanged"


def _is_due(device: Device, repository: Repository) -> bool:
    """Whether the policy asks for a record of a device, and there is none."""
    listed = repository.by_device.get(device, ())
    if listed:
        without = [each for each in listed if each.cpl_number not in repository.by_number]
        return any(required(entry, repository) for entry in without)
    of_type = repository.policy.device_types.get(device.type)
    return of_type is not None and of_type.records == "required"
