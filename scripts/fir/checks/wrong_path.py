"""A record is sound but its file is not where its content says it belongs.

Why: people and programs find a record by its folder and its file name; a record in another's place
hides that one.
Mend: rename the file, or correct the number, the device or the manufacturer that it states. `fir
check --fix` renames it where the device is that of the number it states.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fir.diagnostics import Diagnostic, shell, tick
from fir.model import Misplaced, Repository

STAGE = "shaped"


class _Place(NamedTuple):
    """A manufacturer's folder and, without its ending, the name of a file there."""

    folder: str
    name: str

    @classmethod
    def of(cls, path: str) -> _Place:
        *_, folder, name = path.removesuffix(".yaml").split("/")
        return cls(folder, name)


def check(repository: Repository) -> Iterator[Diagnostic]:
    taken = _taken(repository)
    for misplaced in repository.misplaced:
        field, message = _difference(misplaced)
        place = repository.at(misplaced.record.path, field)
        fix = _stated_wrongly(repository, misplaced) or _fix(misplaced, taken)
        yield Diagnostic(*place, message, fix)


def _difference(misplaced: Misplaced) -> tuple[str, str]:
    """The field that disagrees with the path, and in what."""
    is_at, belongs = _Place.of(misplaced.record.path), _Place.of(misplaced.expected)
    if is_at.name == belongs.name:
        begins = f"the file lies in the folder {tick(is_at.folder)}"
        return "manufacturer", f"{begins} but names the manufacturer {tick(belongs.folder)}"
    begins = f"the file is named {tick(is_at.name)} but describes"
    if misplaced.record.cpl_number:
        return "cpl_number", f"{begins} CPL entry {tick(belongs.name)}"
    return "device", f"{begins} the device {tick(belongs.name)}"


def _stated_wrongly(repository: Repository, misplaced: Misplaced) -> str | None:
    """The cure where the path is right and the file states a number or manufacturer wrongly."""
    is_at, belongs = _Place.of(misplaced.record.path), _Place.of(misplaced.expected)
    device = misplaced.record.device
    if is_at.folder != belongs.folder:
        lies_in, stated = is_at.folder, belongs.folder
        identifier = device.manufacturer_identifier
        owners = {
            slug
            for slug, manufacturer in repository.manufacturers.items()
            if identifier in manufacturer.manufacturer_identifiers
        }
        known = lies_in in repository.slugs and stated not in repository.slugs
        if known or (lies_in in owners and stated not in owners):
            return f'write manufacturer "{lies_in}", the folder the file lies in'
    named = repository.entries.get(is_at.name)
    if misplaced.record.cpl_number and named and is_at.name != belongs.name:
        listed = repository.entries.get(belongs.name)
        is_named = device == named.device
        if listed is None or (is_named and listed.device != named.device):
            return f'write cpl_number "{named.cpl_number}", as the file is named'
    return None


def _fix(misplaced: Misplaced, taken: set[str]) -> str:
    path, expected = misplaced.record.path, misplaced.expected
    if expected in taken:
        return f"`{expected}` is there already: compare the two and delete one"
    move = shell("git", "mv", path, expected)
    folder = expected.rpartition("/")[0]
    if any(other.startswith(f"{folder}/") for other in taken):
        return move
    return f"mkdir -p {shell(folder)} && {move}"


def _taken(repository: Repository) -> set[str]:
    """Every path that holds a record, sound or not."""
    return {
        *(record.path for record in (*repository.records, *repository.pending)),
        *(document.path for document in repository.misshapen),
        *(misplaced.record.path for misplaced in repository.misplaced),
        *(refusal.path for refusal in repository.refusals),
    }
