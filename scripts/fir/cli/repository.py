"""The repository a command works on: where it is, and what can be read of it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from fir.cli.commands import CouldNotRun, Options
from fir.diagnostics import tick
from fir.model import Repository, Snapshot
from fir.report import many
from fir.repository.read import read_repository, require_records
from fir.repository.state import NotWritten
from fir.repository.transaction import Transaction, writing
from fir.repository.tree import carried_orders


def root_of(options: Options) -> str:
    """The folder given, or the nearest one upwards that holds `records` and `schema`."""
    if hasattr(options, "root"):
        return str(options.root)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if all((folder / name).is_dir() for name in ("records", "schema")):
            return str(folder)
    raise CouldNotRun(f"{here} is not in a repository of firmware records; give one with --root")


def repository_of(options: Options) -> Repository:
    return read_repository(
        root_of(options),
        rules=getattr(options, "rules", None),
        own_cpl=getattr(options, "own_cpl", False),
        today=getattr(options, "today", None),
    )


def register_of(options: Options) -> tuple[Repository, Snapshot, str]:
    """What can be read of the repository, and a warning where that is not all of it."""
    repository = repository_of(options)
    if repository.snapshot is None:
        raise CouldNotRun("the CPL snapshot cannot be relied on; `fir check` says why")
    broken = {refusal.path for refusal in repository.refusals}
    broken |= {document.path for document in repository.misshapen}
    broken |= {misplaced.record.path for misplaced in repository.misplaced}
    left_out = f"left out: {many(len(broken), 'file')} with errors; `fir check` says which\n"
    return repository, repository.snapshot, left_out if broken else ""


@contextmanager
def writer_of(options: Options) -> Iterator[Transaction]:
    """Keeps other writers away while a command reads and writes.

    What an earlier one had left is completed, which is told at once, whatever becomes of this one.
    """
    root = root_of(options)
    require_records(root)
    for order in carried_orders(root):
        raise CouldNotRun(f"{tick(order.path)}: {order.message}; fix: {order.fix}")
    try:
        with writing(root) as transaction:
            _tell(transaction.completed)
            yield transaction
    except NotWritten as error:
        raise CouldNotRun(str(error)) from error


_NAMED = 5


def _tell(completed: tuple[str, ...]) -> None:
    if not completed:
        return
    named = ", ".join(completed[:_NAMED])
    left = f" and {len(completed) - _NAMED:,} more" if completed[_NAMED:] else ""
    words = f"completed an interrupted write of {many(len(completed), 'file')}: {named}{left}"
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr:
            print(words, file=sys.stderr, flush=True)


def today() -> date:
    """The day to write down: of the commit that is being built, where the build says so."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise CouldNotRun(f"SOURCE_DATE_EPOCH is {tick(epoch)}, no number of seconds") from error


# The files a command is narrowed to.


def wanted_paths(options: Options) -> Callable[[str], bool]:
    """Whether a path from the root is one of those the command is narrowed to."""
    root = os.path.realpath(root_of(options))
    wanted = [_wanted(path, root) for path in options.paths]

    def is_wanted(path: str) -> bool:
        place = os.path.normcase(f"{root}/{path}")
        return not wanted or any(_within(place, each) for each in wanted)

    return is_wanted


def _wanted(path: str, root: str) -> str:
    """The file or folder meant, given from here or else from the root.

    A path that is mistyped must not look like one in which nothing was found.
    """
    places = [_real(path), _real(str(Path(root, path)))]
    there = [place for place in places if os.path.lexists(place)]
    inside = [place for place in there if _within(place, _real(root))]
    if inside:
        return inside[0]
    if there:
        raise CouldNotRun(f"{tick(path)} is not in the repository {root}")
    raise CouldNotRun(f"there is no {tick(path)}, neither here nor in {root}")


def _real(path: str) -> str:
    """An absolute path, with no link in the folders that lead to it."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.normcase(Path(os.path.realpath(folder), name))


def _within(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)
