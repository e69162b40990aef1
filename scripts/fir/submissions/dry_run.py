"""Dry run: the changes are tried together on the repository, by the checks that will judge them.

What the checks refuse is left out, and the rest is tried again without it. A manufacturer's file
that is new or changes goes with the records that bring it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fir.diagnostics import Diagnostic
from fir.editing.fmt import read, with_value
from fir.editing.proposal import DryRun, Proposal, kind_of, refuses
from fir.model import Shapes
from fir.submissions.match_manufacturer import Manufacturers, path_of
from fir.submissions.merge import Change, keys_sent


class Tried(NamedTuple):
    """The changes, some of them refused now, and the manufacturers as the others leave them."""

    changes: tuple[Change, ...]
    manufacturers: Manufacturers

    @property
    def good(self) -> list[Change]:
        return [change for change in self.changes if change.stands]


def dry_run(changes: Sequence[Change], manufacturers: Manufacturers) -> Tried:
    """Refuses what the checks refuse, and says what else they say of the others."""
    shapes = manufacturers.repository.shapes
    tried = Tried(tuple(changes), _needed(changes, manufacturers))
    checks = DryRun(manufacturers.repository) if tried.good else None
    while checks and tried.good:
        found = checks.diagnostics(_proposal(tried))
        wrong = [each for each in found if refuses(each)]
        if not wrong:
            after = tuple(_with_warnings(change, found, shapes) for change in tried.changes)
            tried = tried._replace(changes=after)
            break
        after = tuple(
            _without_wrong(change, wrong, tried.manufacturers) for change in tried.changes
        )
        if after == tried.changes:  # a file that is there already: nobody can tell which does it
            after = tuple(
                change.refused(*(_at_its_source(each, change, shapes) for each in wrong))
                if change.stands
                else change
                for change in after
            )
        tried = Tried(after, _needed(after, manufacturers))
    return tried._replace(changes=_repeats_as_the_first(changes, tried.changes))


def _needed(changes: Iterable[Change], manufacturers: Manufacturers) -> Manufacturers:
    """A manufacturer's file goes with the last record that brought it; an identifier too."""
    identifiers: dict[str, set[str]] = {}
    for change in changes:
        if change.stands:
            of_slug = identifiers.setdefault(change.manufacturer, set())
            if not change.is_contact:
                of_slug.add(change.value["device"]["manufacturer_identifier"])
    return manufacturers.needed(identifiers)


def _proposal(tried: Tried) -> Proposal:
    good = tried.good
    slugs = {change.manufacturer for change in good}
    return Proposal(
        records={
            change.path: change.value for change in good if change.is_new and not change.is_contact
        },
        manufacturers={
            path_of(slug): value
            for slug, value in tried.manufacturers.planned.items()
            if slug in slugs
        },
        deleted=frozenset(change.replaces for change in good if change.replaces),
    )


def _without_wrong(
    change: Change, wrong: Iterable[Diagnostic], manufacturers: Manufacturers
) -> Change:
    """Refused, if the checks refuse its record or the manufacturer's file that it brings."""
    if not change.stands:
        return change
    slug = change.manufacturer
    of_change = (change.path, path_of(slug) if slug in manufacturers.planned else "")
    shapes = manufacturers.repository.shapes
    found = [_at_its_source(each, change, shapes) for each in wrong if each.path in of_change]
    return change.refused(*found) if found else change


def _with_warnings(change: Change, found: Iterable[Diagnostic], shapes: Shapes) -> Change:
    if not change.stands:
        return change
    of_change = (_at_its_source(each, change, shapes) for each in found if each.path == change.path)
    return change._replace(findings=(*change.findings, *of_change))


def _at_its_source(diagnostic: Diagnostic, change: Change, shapes: Shapes) -> Diagnostic:
    """What a check says, at the place where the sender has it."""
    if diagnostic.path == path_of(change.manufacturer):
        keys = diagnostic.keys
        if "new_manufacturer" in change.submission.value:
            keys = ("new_manufacturer", *keys)
    else:
        keys = keys_sent(diagnostic.keys, change.at, shapes)
    return change.submission.placed(diagnostic, keys)


def _repeats_as_the_first(before: Sequence[Change], after: Sequence[Change]) -> tuple[Change, ...]:
    """What says the same as an earlier change is refused with it, in the same words."""
    first: dict[str, Change] = {}
    for old, new in zip(before, after, strict=True):
        if old.is_new:
            first.setdefault(old.path, new)
    return tuple(
        change.refused(*first[change.path].findings)
        if change.repeats and first[change.path].status == "refused"
        else change
        for change in after
    )


def files(tried: Tried) -> dict[str, bytes | None]:
    """What is to be written and deleted, the comments of what was there kept."""
    proposal, manufacturers = _proposal(tried), tried.manufacturers
    origin = {change.path: change.replaces or change.path for change in tried.good}
    found: dict[str, bytes | None] = dict.fromkeys(proposal.deleted)
    for path, value in proposal.values.items():
        there = manufacturers.root / origin.get(path, path)
        kept = read(path, there.read_bytes())[1] if there.is_file() else []
        found[path] = with_value(manufacturers.repository.shapes, kind_of(path), path, value, kept)
    return found
