"""A file has a field too many, a field too few, or a value of the wrong form.

Why: every field is read by people and by programs. A field that nobody expects is read by nobody,
and a value of another form cannot be looked up or compared. The schema is the list of the fields
and of what belongs into each.
Mend: do what the message says; it describes the field in the schema's words. The guide for
manufacturers shows a record with every field explained, and an editor that knows the schema offers
the fields as you type.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fir.diagnostics import Diagnostic
from fir.model import Repository
from fir.repository_entry import rows
from fir.schemas.explain import explain

STAGE = "shaped"

# What a record may hold that its published row may not has checks of its own:
# `empty-release-notes` and `unsafe-link`.
_JUDGED_ELSEWHERE = {"release_notes", "release_notes_url"}
_LISTED = "remove it, or move the file to `records/firmware/<manufacturer>/<cpl_number>.yaml`"


def check(repository: Repository) -> Iterator[Diagnostic]:
    yield from _misshapen(repository)
    yield from _unpublishable(repository)


def _misshapen(repository: Repository) -> Iterator[Diagnostic]:
    for document in repository.misshapen:
        at = partial(repository.at, document.path)
        for mistake in explain(repository.shapes, document.kind, document.value, at):
            listed = document.kind == "pending" and mistake.keys == ("cpl_number",)
            yield mistake._replace(fix=_LISTED) if listed else mistake


def _unpublishable(repository: Repository) -> Iterator[Diagnostic]:
    for record, row in rows(repository):
        if not repository.shapes.fits("joined", row):
            at = partial(repository.at, record.path)
            for mistake in explain(repository.shapes, "joined", row, at):
                if not _JUDGED_ELSEWHERE.intersection(map(str, mistake.keys)):
                    fix = "correct what it is made from, in the record or its manufacturer's file"
                    yield mistake._replace(message=f"as published, {mistake.message}", fix=fix)
