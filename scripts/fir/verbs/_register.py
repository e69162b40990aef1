"""The repository a command works on: where it is, and what can be read of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fir.model import Repository, Snapshot
from fir.read.records import read_repository
from fir.report import many
from fir.verbs import CouldNotRun, Options
from fir.wording import tick

if TYPE_CHECKING:
    from datetime import date


def root_of(options: Options) -> str:
    """The folder given, or the nearest one upwards that holds `records` and `schema`."""
    if hasattr(options, "root"):
        return str(options.root)
    here = folder = os.getcwd()
    while True:
        if all(os.path.isdir(os.path.join(folder, name)) for name in ("records", "schema")):
            return folder
        if folder == os.path.dirname(folder):
            break
        folder = os.path.dirname(folder)
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


def today() -> date:
    """The day to write down: of the commit that is being built, where the build says so."""
    from datetime import UTC, date, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise CouldNotRun(f"SOURCE_DATE_EPOCH is {tick(epoch)}, no number of seconds") from error
