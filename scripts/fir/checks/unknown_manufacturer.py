"""A file names a manufacturer that has no file.

Why: the contact details that the Smart Energy Code asks for (F2.15(b)) are published with every
record; without the manufacturer's file a record has none.
Mend: correct the name, in the file and in its path, or add the manufacturer's file.
"""

from __future__ import annotations

from collections.abc import Iterator

from fir.diagnostics import Diagnostic, nearest, tick
from fir.model import Record, Repository

STAGE = "neighbours"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    guesses: dict[str, str | None] = {}
    for record in (*repository.records, *repository.pending):
        slug = record.manufacturer
        if slug in repository.slugs:
            continue
        if slug not in guesses:
            guesses[slug] = nearest(slug, sorted(repository.slugs))
        place = repository.at(record.path, "manufacturer")
        yield Diagnostic(*place, _missing(slug), _fix(repository, record, guesses[slug]))
    yield from _successors(repository)


def _successors(repository: Repository) -> Iterator[Diagnostic]:
    for manufacturer in repository.manufacturers.values():
        successor = manufacturer.succeeded_by
        others = repository.slugs - {manufacturer.slug}
        if successor is None or successor in others:
            continue
        if successor == manufacturer.slug:
            message = f"{tick(successor)} is this manufacturer itself, it should be its successor"
            fix = "name the successor, or remove `succeeded_by`"
        else:
            message = _missing(successor)
            guess = nearest(successor, sorted(others))
            add = f"add records/manufacturers/{successor}.yaml with its contact details"
            fix = f'write "{guess}", or {add}' if guess else add
        yield Diagnostic(*repository.at(manufacturer.path, "succeeded_by"), message, fix)


def _missing(slug: str) -> str:
    return f"there is no manufacturer {tick(slug)}: it has no file in records/manufacturers"


def _fix(repository: Repository, record: Record, guess: str | None) -> str:
    add = f"add records/manufacturers/{record.manufacturer}.yaml with its contact details"
    guess = guess or _owner(repository, record.device.manufacturer_identifier)
    if guess is None:
        return add
    kind, _, name = record.path.removeprefix("records/").split("/")
    return f'write "{guess}" and git mv {record.path} records/{kind}/{guess}/{name}; or {add}'


def _owner(repository: Repository, identifier: str) -> str | None:
    """The one manufacturer that has the identifier, if it is one."""
    owners = [
        manufacturer.slug
        for manufacturer in repository.manufacturers.values()
        if identifier in manufacturer.manufacturer_identifiers
    ]
    return owners[0] if len(owners) == 1 else None
