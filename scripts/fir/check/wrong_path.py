"""A record is sound but its file is not where its content says it belongs.

Why: people and programs find a record by its path; a record in another's place hides that one.
Mend: rename the file, or correct the number, the device or the manufacturer that it states.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from fir.model import Device, Finding, Misplaced, Repository
from fir.wording import tick

STAGE = "shaped"


def check(repository: Repository) -> Iterator[Finding]:
    taken = _taken(repository)
    for misplaced in repository.misplaced:
        field, message = _difference(misplaced)
        place = repository.at(misplaced.document.path, field)
        fix = _stated_wrongly(repository, misplaced) or _fix(misplaced, taken)
        yield Finding(*place, message, fix)


def _difference(misplaced: Misplaced) -> tuple[str, str]:
    """The field that disagrees with the path, and in what."""
    is_at, belongs = PurePosixPath(misplaced.document.path), PurePosixPath(misplaced.expected)
    if is_at.name == belongs.name:
        said = f"the file lies in the folder {tick(is_at.parent.name)}"
        return "manufacturer", f"{said} but names the manufacturer {tick(belongs.parent.name)}"
    said = f"the file is named {tick(is_at.stem)} but describes"
    if misplaced.document.kind == "record":
        return "cpl_number", f"{said} CPL entry {tick(belongs.stem)}"
    return "device", f"{said} the device {tick(belongs.stem)}"


def _stated_wrongly(repository: Repository, misplaced: Misplaced) -> str | None:
    """The cure where the path is right and the file states a number or manufacturer wrongly."""
    is_at, belongs = PurePosixPath(misplaced.document.path), PurePosixPath(misplaced.expected)
    value = misplaced.document.value
    if is_at.parent.name != belongs.parent.name:
        lies_in, stated = is_at.parent.name, belongs.parent.name
        identifier = value["device"]["manufacturer_identifier"]
        owners = {
            slug
            for slug, manufacturer in repository.manufacturers.items()
            if identifier in manufacturer.manufacturer_identifiers
        }
        known = lies_in in repository.slugs and stated not in repository.slugs
        if known or (lies_in in owners and stated not in owners):
            return f'write manufacturer "{lies_in}", the folder the file lies in'
    named = repository.entries.get(is_at.stem)
    if misplaced.document.kind == "record" and named and is_at.stem != belongs.stem:
        listed = repository.entries.get(belongs.stem)
        is_named = Device(**value["device"]) == named.device
        if listed is None or (is_named and listed.device != named.device):
            return f'write cpl_number "{named.cpl_number}", as the file is named'
    return None


def _fix(misplaced: Misplaced, taken: set[str]) -> str:
    path, expected = misplaced.document.path, misplaced.expected
    if expected in taken:
        return f"`{expected}` is there already: compare the two and delete one"
    move = shlex.join(["git", "mv", path, expected])
    folder = expected.rpartition("/")[0]
    if any(other.startswith(f"{folder}/") for other in taken):
        return move
    return f"mkdir -p {shlex.quote(folder)} && {move}"


def _taken(repository: Repository) -> set[str]:
    """Every path that holds a record, sound or not."""
    return {
        *(record.path for record in (*repository.records, *repository.pending)),
        *(document.path for document in repository.misshapen),
        *(misplaced.document.path for misplaced in repository.misplaced),
        *(refusal.path for refusal in repository.refusals),
    }
