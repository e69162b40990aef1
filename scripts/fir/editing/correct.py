"""Published notes corrected in every record of a release, with the correction that says how.

One text stands in a file for each entry of a release. Those that share it change together; a file
whose notes are others is left alone, and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import nearest, tick
from fir.editing.fmt import NotTaken, Rewritten, read, with_value
from fir.editing.notes import Reason, tidy
from fir.model import Record, Repository
from fir.submissions.dry_run import Proposed, Said, Trial


class Correction(NamedTuple):
    """What is asked for: the new notes of the records of these entries, and what to say of it."""

    numbers: Sequence[str]
    notes: str
    on: str
    what: str


class NotCorrected(Exception):
    """One of the records must not be written, so none is; holds every reason."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(reasons[0].message)


class Corrected(NamedTuple):
    files: tuple[Rewritten, ...]
    said: tuple[Said, ...]
    """What the checks will say of them."""
    left: tuple[str, ...]
    """Entries of the same releases whose notes are others."""


def corrected(root: Path, repository: Repository, wanted: Correction) -> Corrected:
    """The records as they are to be; raises NotCorrected."""
    numbers = list(dict.fromkeys(wanted.numbers))
    reasons = [reason for number in numbers for reason in _refused(repository, number, wanted)]
    if reasons:
        raise NotCorrected(reasons)
    records: dict[str, Record] = {}
    left: dict[str, None] = {}
    for record in map(repository.by_number.__getitem__, numbers):
        for other in _release(repository, record):
            if tidy(other.release_notes) == tidy(record.release_notes):
                records[other.path] = other
            elif other.cpl_number not in numbers:
                left[other.cpl_number] = None
    files, said = _written(root, repository, sorted(records), wanted)
    return Corrected(files, said, tuple(left))


def _refused(repository: Repository, number: str, wanted: Correction) -> Iterator[Reason]:
    record = repository.by_number.get(number)
    if record is None:
        padded = number.zfill(6)
        guess = padded if padded in repository.by_number else nearest(number, repository.by_number)
        fix = f"did you mean {tick(guess)}?" if guess else "`fir find` says which have one"
        yield Reason(number, f"entry {tick(number)} has no record", fix)
    elif tidy(record.release_notes) == wanted.notes:
        message = f"the notes of entry {tick(number)} are these already: {record.path}"
        yield Reason(number, message, "leave it out, or give the corrected notes")


def _release(repository: Repository, record: Record) -> list[Record]:
    """The records of the same release, this one among them."""
    for pairs in repository.releases.values():
        of_release = [each for each, _ in pairs]
        if record in of_release:
            return of_release
    return [record]


def _written(
    root: Path, repository: Repository, paths: Sequence[str], wanted: Correction
) -> tuple[tuple[Rewritten, ...], tuple[Said, ...]]:
    shapes, proposed, files = repository.shapes, Proposed(), []
    correction = {"on": wanted.on, "what": wanted.what}
    kept = {}
    for path in paths:
        value, kept[path] = read(path, (root / path).read_bytes())
        corrections = [*value.get("corrections", ()), correction]
        new = {**value, "release_notes": wanted.notes, "corrections": corrections}
        proposed.records[path] = new
    said = Trial(repository).said_of(proposed)
    wrong = [Reason(_place(each), each.message, each.fix) for each in said if each.refuses]
    if wrong:
        raise NotCorrected(list(dict.fromkeys(wrong)))
    for path, value in proposed.records.items():
        try:
            after = with_value(shapes, "record", path, value, kept[path])
        except NotTaken as reason:
            raise NotCorrected([Reason(path, *reason.faults[0][3:5])]) from reason
        files.append(Rewritten(path, (root / path).read_bytes(), after))
    return tuple(files), tuple(said)


def _place(said: Said) -> str:
    """The argument that is at fault, or else the file."""
    of_argument = {"what": "--what", "on": "--on", "release_notes": "--notes-from"}
    return of_argument.get(str(said.keys[-1]) if said.keys else "", said.path)
