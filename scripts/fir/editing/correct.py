"""Published notes corrected in every record of a release, with the correction that says how.

One text stands in a file for each entry of a release. Those that share it change together; a file
whose notes are others is left alone, and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import Diagnostic, Refused, nearest, problem, refusal, tick
from fir.editing.fmt import Rewritten, read, with_value
from fir.editing.notation import tidy
from fir.editing.proposal import DryRun, Proposal, refuses
from fir.model import Record, Repository


class Correction(NamedTuple):
    """What is asked for: the new notes of the records of these entries, and what to say of it."""

    numbers: Sequence[str]
    notes: str
    on: str
    what: str


class Corrected(NamedTuple):
    files: tuple[Rewritten, ...]
    diagnostics: tuple[Diagnostic, ...]
    """What the checks will say of them."""
    left: tuple[str, ...]
    """Entries of the same releases whose notes are others."""


def corrected(root: Path, repository: Repository, wanted: Correction) -> Corrected:
    """The records as they are to be; raises Refused with every reason."""
    numbers = list(dict.fromkeys(wanted.numbers))
    reasons = [reason for number in numbers for reason in _reasons(repository, number, wanted)]
    if reasons:
        raise Refused(reasons)
    records: dict[str, Record] = {}
    left: dict[str, None] = {}
    for record in map(repository.by_number.__getitem__, numbers):
        for other in _release(repository, record):
            if tidy(other.release_notes) == tidy(record.release_notes):
                records[other.path] = other
            elif other.cpl_number not in numbers:
                left[other.cpl_number] = None
    files, diagnostics = _written(root, repository, sorted(records), wanted)
    return Corrected(files, diagnostics, tuple(left))


def _reasons(repository: Repository, number: str, wanted: Correction) -> Iterator[Diagnostic]:
    record = repository.by_number.get(number)
    if record is None:
        padded = number.zfill(6)
        guess = padded if padded in repository.by_number else nearest(number, repository.by_number)
        fix = f"did you mean {tick(guess)}?" if guess else "`fir find` says which have one"
        yield problem(number, f"entry {tick(number)} has no record", fix)
    elif tidy(record.release_notes) == wanted.notes:
        message = f"the notes of entry {tick(number)} are these already: {record.path}"
        yield problem(number, message, "leave it out, or give the corrected notes")


def _release(repository: Repository, record: Record) -> list[Record]:
    """The records of the same release, this one among them."""
    for pairs in repository.releases.values():
        of_release = [each for each, _ in pairs]
        if record in of_release:
            return of_release
    return [record]


def _written(
    root: Path, repository: Repository, paths: Sequence[str], wanted: Correction
) -> tuple[tuple[Rewritten, ...], tuple[Diagnostic, ...]]:
    correction = {"on": wanted.on, "what": wanted.what}
    before = {path: (root / path).read_bytes() for path in paths}
    old = {path: read(path, content) for path, content in before.items()}
    proposal = Proposal(
        {
            path: {
                **value,
                "release_notes": wanted.notes,
                "corrections": [*value.get("corrections", ()), correction],
            }
            for path, (value, _) in old.items()
        }
    )
    found = DryRun(repository).diagnostics(proposal)
    wrong = [problem(_place(each), each.message, each.fix) for each in found if refuses(each)]
    if wrong:
        raise Refused(dict.fromkeys(wrong))
    files = []
    for path, value in proposal.records.items():
        try:
            after = with_value(repository.shapes, "record", path, value, old[path][1])
        except Refused as refused:
            raise refusal(path, refused.first.message, refused.first.fix) from refused
        files.append(Rewritten(path, before[path], after))
    return tuple(files), tuple(found)


def _place(diagnostic: Diagnostic) -> str:
    """The argument that is at fault, or else the file."""
    of_argument = {"what": "--what", "on": "--on", "release_notes": "--notes-from"}
    last = str(diagnostic.keys[-1]) if diagnostic.keys else ""
    return of_argument.get(last, diagnostic.path)
