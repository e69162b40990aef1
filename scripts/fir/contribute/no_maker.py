"""Why it cannot be told whose a submission is, each with its cure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fir.company import owners
from fir.contribute.entered import Entered
from fir.contribute.submission import Remark, Submission
from fir.model import Manufacturer, Repository
from fir.wording import either, nearest, tick


class NoMaker(Exception):
    """Which manufacturer is meant cannot be told; holds the reason."""

    def __init__(self, remark: Remark) -> None:
        self.remark = remark
        super().__init__(remark.message)


def unknown(submission: Submission, called: str, repository: Repository) -> Remark:
    if called in repository.slugs:
        message, fix = (
            f"the file of {tick(called)} has errors",
            "run `fir check`, and mend it first",
        )
        return Remark(submission.place("manufacturer"), "error", "", message, fix)
    message = f"there is no manufacturer {tick(called)}"
    guess = nearest(called, sorted(repository.manufacturers))
    meant = f"write {tick(guess)}, or " if guess else ""
    fix = f"{meant}give the contact details of a new one, with the device of each entry"
    place = submission.place("manufacturer")
    return Remark(place, "error", "unknown-manufacturer", message, fix)


def not_told(submission: Submission, called: str, slugs: Sequence[str]) -> Remark:
    if not slugs:
        message, fix = "no manufacturer is named", "name the company, or its short name"
    else:
        message = f"{tick(called) if called else 'the identifier'} may be {either(slugs)}"
        fix = "write the short name of the one that is meant"
    return Remark(submission.place("manufacturer"), "error", "", message, fix)


def other_name(submission: Submission, called: str, owner: Manufacturer, identifier: str) -> Remark:
    message = (
        f"the company is {tick(called)}, and its identifier {tick(identifier)} is that of "
        f"{tick(owner.slug)}, {tick(owner.name)}"
    )
    fix = (
        f"write {tick(owner.slug)} if it was mistyped; if that company has another name now, "
        f"add it to `also_known_as` in {owner.path}; else add the new company's file first"
    )
    return Remark(submission.place("manufacturer"), "error", "", message, fix)


def foreign(
    entered: Entered, identifier: str, maker: Manufacturer, makers: Iterable[Manufacturer]
) -> Remark:
    """The entry's identifier is none of the manufacturer that is named."""
    message = f"{tick(identifier)} is no identifier of {tick(maker.slug)}"
    theirs = [each.slug for each in owners(makers, identifier)]
    fix = f'add "{identifier}" to `manufacturer_identifiers` in {maker.path}, if it is theirs'
    if theirs:
        fix = f"correct it, or name the manufacturer {either(map(tick, theirs))}; or {fix}"
    keys = ("device", "manufacturer_identifier")
    return entered.error("foreign-identifier", message, fix, *keys)
