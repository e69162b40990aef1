"""Two files describe one CPL entry, or one device that waits for its number.

Why: a reader who finds two records cannot tell which of them is the manufacturer's word.
Mend: keep the file in the folder of the manufacturer who submits the firmware, with whatever the
other says better, and delete the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fir.diagnostics import Diagnostic, tick
from fir.model import Record, Repository

STAGE = "cpl"
WAIVABLE = False


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record, first in _wrong_first(repository, repository.records, lambda each: each.cpl_number):
        message = f"CPL entry {tick(record.cpl_number)} has a record already: {first.path}"
        place = repository.at(record.path, "cpl_number")
        yield Diagnostic(*place, message, _fix(repository, record, first))
    for record, first in _wrong_first(repository, repository.pending, lambda each: each.device):
        message = f"this device waits for its number already: {first.path}"
        place = repository.at(record.path, "device")
        yield Diagnostic(*place, message, _fix(repository, record, first))


def _wrong_first(
    repository: Repository, records: Iterable[Record], what: Callable[[Record], object]
) -> Iterator[tuple[Record, Record]]:
    """Each pair with the one to delete first: the stranger's, else the later by path."""
    for later, earlier in _repeated(records, what):
        stranger = _owns(repository, later) and not _owns(repository, earlier)
        yield (earlier, later) if stranger else (later, earlier)


def _repeated(
    records: Iterable[Record], what: Callable[[Record], object]
) -> Iterator[tuple[Record, Record]]:
    """Each record, all being in order of their paths, whose key an earlier one has taken."""
    taken: dict[object, Record] = {}
    for record in records:
        first = taken.setdefault(what(record), record)
        if first is not record:
            yield record, first


def _fix(repository: Repository, record: Record, first: Record) -> str:
    """Says which to delete where one manufacturer alone owns the identifier."""
    own, other = _owns(repository, record), _owns(repository, first)
    if own == other:
        return f"keep one: git rm {record.path}, or git rm {first.path}"
    identifier = tick(record.device.manufacturer_identifier)
    wrong, right = (first, record) if own else (record, first)
    return f"git rm {wrong.path}; {identifier} belongs to {tick(right.manufacturer)}"


def _owns(repository: Repository, record: Record) -> bool:
    manufacturer = repository.manufacturers.get(record.manufacturer)
    identifier = record.device.manufacturer_identifier
    return manufacturer is not None and identifier in manufacturer.manufacturer_identifiers
