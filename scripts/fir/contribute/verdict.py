"""An entry on its way to a verdict, and what it becomes: a record, in the terms of its schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fir.contribute.entered import Entered
from fir.contribute.makers import path_of
from fir.contribute.placing import Placed
from fir.contribute.submission import KIND, ReadAs, Remark, Submission
from fir.contribute.trial import Said
from fir.model import Shapes
from fir.read.text import Keys


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
