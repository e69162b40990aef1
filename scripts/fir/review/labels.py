"""The labels of a pull request, from what it changes and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from fir.model import Record
from fir.review import Review
from fir.review.changes import Changed
from fir.review.risks import is_contact_change


def labels(review: Review) -> list[str]:
    """In the order of the contract; exactly one is `risk:low` or `risk:high`."""
    return [*dict.fromkeys(_kinds(review)), f"risk:{review.risk}"]


def _kinds(review: Review) -> Iterator[str]:
    changes = review.changes if review.kind != "cpl" else ()
    if any(each.fate == "new" and each.kind != "manufacturer" for each in changes):
        yield "new-record"
    if any(each.fate == "new" and each.kind == "manufacturer" for each in changes):
        yield "new-manufacturer"
    if any(map(is_contact_change, changes)):
        yield "contact-change"
    if any(map(_is_of_notes, changes)):
        yield "notes-correction"
    if any(each.risk == "withdrawal" for each in review.risks):
        yield "withdrawal"
    if review.paths("cpl"):
        yield "cpl-update"
    if review.paths("waiver"):
        yield "waiver"
    if review.paths("tooling"):
        yield "tooling"


def _is_of_notes(each: Changed) -> bool:
    """Whether published notes change, told under `corrections` or not."""
    return (
        each.was_published
        and isinstance(each.after, Record)
        and bool(each.stated & {"release_notes", "corrections"})
    )
