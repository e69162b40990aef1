"""Everything that is published for machines, as the site and `fir export` both write it."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fir.diagnostics import tick, visible
from fir.repository.state import locked
from fir.site import api, feeds
from fir.site.as_json import NAME
from fir.site.downloads import download_files
from fir.site.edition import Edition
from fir.site.well_known import schema_files
from fir.site.writing import Part, in_parts, write

FOLDERS = ("api", "data", "feeds", "schema")
"""Where all of it stands, below the site's address."""
File = tuple[str, bytes]
OfModels = Callable[[Sequence[str]], Iterator[File]]


def machine_parts(edition: Edition) -> list[Part]:
    """Files in parts to be called in any order."""
    wide, of_models = machine_files(edition)
    return [*wide, *(partial(of_models, some) for some in in_parts(edition.models))]


def machine_files(edition: Edition) -> tuple[list[Part], OfModels]:
    """What is about all, in parts, the downloads in the first; and what is about some models."""
    source, news = api.Source(edition), feeds.Source(edition)
    wide: list[Part] = [partial(_wide, source), partial(feeds.wide_feeds, news)]
    return wide, partial(_models, source, news)


def _wide(source: api.Source) -> Iterator[File]:
    yield from download_files(source.edition)
    yield from schema_files(source.edition.repository.shapes)
    yield from api.api_lists(source)


def _models(source: api.Source, news: feeds.Source, models: Sequence[str]) -> Iterator[File]:
    for model in models:
        yield from api.model_files(source, model)
        yield feeds.of_model(news, model)


# The files for machines into a folder of one's own: all of them, or none. They are made in a
# folder beside it, which then takes its place, so that a run that is broken off leaves what was
# there before, and nobody ever finds half of it.

_STAGE = ".fir-export-"
_LOCK = "lock"
_INDEX = "api/v1/index.json"


class ForeignFolder(Exception):
    """The folder holds what no export wrote; the sentence says what."""


class Exported(NamedTuple):
    files: int
    size: int


def export(edition: Edition, folder: Path) -> Exported:
    """Writes everything below `folder`, in place of what an earlier export left there."""
    refuse_foreign(folder)
    folder = folder.resolve()  # a link to it stays one
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _stage_beside(folder) as stage:
        new = stage / "new"
        write(new, machine_parts(edition))
        sizes = [path.stat().st_size for path in new.rglob("*") if path.is_file()]
        _swap(folder, new, stage / "old")
    return Exported(len(sizes), sum(sizes))


@contextlib.contextmanager
def _stage_beside(folder: Path) -> Iterator[Path]:
    """A folder of this run's own; what killed runs have left of theirs goes with it."""
    prefix = f"{_STAGE}{folder.name}-"
    stage = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        with locked(str(stage / _LOCK)):
            yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    for left in folder.parent.iterdir():
        if left.name.startswith(prefix) and _is_left(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_left(stage: Path) -> bool:
    """Whether it is one, and no run that lives has it."""
    if stage.is_symlink() or not (stage / _LOCK).is_file():
        return False
    try:
        with locked(str(stage / _LOCK)) as free:
            return free
    except OSError:
        return False


def refuse_foreign(folder: Path) -> None:
    """Raises ForeignFolder unless the folder is absent, empty, or an earlier export."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ForeignFolder(f"{visible(str(folder))} is a file, not a folder")
    names = {path.name for path in folder.iterdir()}
    foreign = sorted(names - set(FOLDERS))
    if foreign or (names and not _is_export(folder)):
        what = tick(foreign[0]) if foreign else f"no {tick(_INDEX)} of ours"
        named = visible(str(folder))
        raise ForeignFolder(f"{named} is no earlier export: it holds {what}; give another folder")
    if Path.cwd().is_relative_to(folder.resolve()):
        raise ForeignFolder(f"{visible(str(folder))} is where you are: run this from outside it")


def _is_export(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _INDEX).read_bytes())["title"] == NAME)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _swap(folder: Path, new: Path, old: Path) -> None:
    """Puts the new folder in the place of the old one, which comes back on any failure."""
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
