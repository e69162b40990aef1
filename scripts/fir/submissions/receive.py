"""Submissions become files and verdicts: match, merge, dry run, one after the other.

Each step takes values and returns new ones, and nothing is written here. A verdict for each entry
says what becomes of it: the good ones are in the files, the others say what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from fir.answers.coverage import required
from fir.diagnostics import Diagnostic, Refused, tick
from fir.model import Device, Repository
from fir.submissions.dry_run import dry_run, files
from fir.submissions.match_entry import match_entry, with_zeros
from fir.submissions.match_manufacturer import (
    ContactOrders,
    Manufacturers,
    device_type_of,
    match_manufacturer,
    path_of,
)
from fir.submissions.merge import Change, merge, merge_contact
from fir.submissions.submission import ReadAs, Submission, SubmittedEntry, normalised


class Verdict(NamedTuple):
    """What becomes of one entry: `written`, `pending`, `unchanged` or `refused`."""

    source: str
    row: int | None
    status: str
    path: str | None
    findings: tuple[Diagnostic, ...]
    read_as: tuple[ReadAs, ...]

    @property
    def undecided(self) -> bool:
        """Whether something of it was left for a person to decide."""
        return any(each.check == "contact-differs" for each in self.findings)


class Received(NamedTuple):
    verdicts: tuple[Verdict, ...]
    files: Mapping[str, bytes | None]
    """What to write, and to delete."""
    submitters: tuple[str, ...]
    """The organisations whose submissions are among what is written."""


def receive(
    root: Path, repository: Repository, submissions: Sequence[Submission], orders: ContactOrders
) -> Received:
    """The verdict on every entry of every submission, and the files of the good ones."""
    manufacturers = Manufacturers(root, repository)
    changes: list[Change] = []
    earlier: dict[str, Change] = {}
    for submission in submissions:
        matched, manufacturers = _matched(submission, manufacturers, orders)
        for change in matched:
            if not change.status:
                change, manufacturers = _merged(change, manufacturers, orders, earlier)
            if change.is_new and not change.is_contact:
                earlier[change.path] = change
            changes.append(change)
    tried = dry_run(changes, manufacturers)
    written = (change for change in tried.good if change.is_new)
    submitters = dict.fromkeys(
        _submitter(change.submission, tried.manufacturers) for change in written
    )
    return Received(tuple(map(_verdict, tried.changes)), files(tried), tuple(submitters))


def _verdict(change: Change) -> Verdict:
    path = None if change.status == "refused" else change.path or None
    findings = dict.fromkeys(each._replace(keys=()) for each in change.findings)
    read_as = dict.fromkeys(change.read_as)
    where = change.submission.source, change.row
    return Verdict(*where, change.status, path, tuple(findings), tuple(read_as))


def _matched(
    submission: Submission, manufacturers: Manufacturers, orders: ContactOrders
) -> tuple[list[Change], Manufacturers]:
    """The changes that a submission brings, one an entry; without a status, those to be merged."""
    repository = manufacturers.repository
    submission, renoted = normalised(submission, repository.shapes)
    submission, numbers = with_zeros(submission, repository)
    read_as = (*renoted, *numbers)
    whole = Change(submission, submission.row, read_as)
    if submission.is_blank and not submission.unreadable:
        return [_of_blank(whole, repository)], manufacturers
    matched, errors = match_manufacturer(submission, manufacturers, orders)
    of_all = [each for each in errors if each.keys[:1] != ("entries",) or len(each.keys) < 2]
    if of_all or (errors and submission.is_contact_alone):
        return [whole.refused(*errors)], manufacturers
    if matched.is_contact_alone:
        change, manufacturers = _of_contact(
            whole._replace(submission=matched), manufacturers, orders
        )
        return [change], manufacturers
    changes = []
    count = len(matched.value["entries"])
    for at in range(count):
        row = matched.row if count == 1 else at + 1
        of_entry = tuple(each for each in read_as if _is_of(each, at))
        change = Change(matched, row, of_entry, matched.ignored, at)
        wrong = [each for each in errors if each.keys[1] == at]
        changes.append(change.refused(*wrong) if wrong else change)
    return changes, manufacturers.with_new(matched)


def _is_of(read_as: ReadAs, at: int) -> bool:
    """Whether what was read in another notation belongs to this entry, or to all of them."""
    return read_as.keys[:1] != ("entries",) or read_as.keys[1] == at


def _merged(
    change: Change,
    manufacturers: Manufacturers,
    orders: ContactOrders,
    earlier: Mapping[str, Change],
) -> tuple[Change, Manufacturers]:
    """One entry matched with the list and merged with what is there, and its contact."""
    try:
        match = match_entry(SubmittedEntry(change.submission, change.at), manufacturers)
    except Refused as refused:
        return change.refused(*refused.diagnostics), manufacturers
    contact = merge_contact(change.submission, match.device.type, manufacturers, orders)
    change = change._replace(
        read_as=(*change.read_as, *match.read_as),
        findings=(*change.findings, *match.warnings, *contact.warnings),
    )
    return merge(change, match, contact.manufacturers, earlier), contact.manufacturers


def _of_contact(
    change: Change, manufacturers: Manufacturers, orders: ContactOrders
) -> tuple[Change, Manufacturers]:
    """A contact alone: written where that was ordered, else reported where it differs."""
    slug = change.submission.value["manufacturer"]
    device_type = device_type_of(change.submission, manufacturers.repository, orders)
    merged, warnings = merge_contact(change.submission, device_type, manufacturers, orders)
    unchanged = merged.value(slug) == manufacturers.value(slug)
    change = change._replace(
        path=path_of(slug),
        value={"manufacturer": slug},
        findings=(*change.findings, *warnings),
        status="unchanged" if unchanged else "written",
    )
    return change, merged


def _of_blank(change: Change, repository: Repository) -> Change:
    """A form whose part for this register is not filled in: wrong only where a record is due."""
    device = change.submission.value["entries"][0]["device"]
    what = "no contact and no release notes are given"
    if _is_due(Device(**device), repository):
        message = f"{what}, and {tick(device['type'])} needs a record"
        fix = "fill in the part of the form that is for the FIR"
        check = "empty-release-notes"
        return change.refused(change.submission.error(message, fix, "release_notes", check=check))
    message = f"{what}; {tick(device['type'])} needs none"
    note = change.submission.error(message, "nothing, unless it was forgotten", "release_notes")
    return change._replace(status="unchanged", findings=(note._replace(level="note"),))


def _is_due(device: Device, repository: Repository) -> bool:
    """Whether the policy asks for a record of a device, and there is none."""
    listed = repository.by_device.get(device, ())
    if listed:
        without = [each for each in listed if each.cpl_number not in repository.by_number]
        return any(required(entry, repository) for entry in without)
    of_type = repository.policy.device_types.get(device.type)
    return of_type is not None and of_type.records == "required"


def _submitter(submission: Submission, manufacturers: Manufacturers) -> str:
    if "submitter" in submission.value:
        return str(submission.value["submitter"])
    slug = submission.value["manufacturer"]
    return next(each.name for each in manufacturers.all if each.slug == slug)
