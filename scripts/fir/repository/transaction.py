"""Several files written and deleted as one: all of them, or none.

The new files are staged first, then a journal says what goes where, then they are moved into
place. A failure in between puts the old files back; a process that was killed is completed by the
next writer, because a journal is only there when everything it names is staged.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from fir.repository.read import UNFINISHED

STAGE, _JOURNAL = UNFINISHED.split("/")


def write_all(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Writes each path (from `root`) with its bytes, and deletes those with None."""
    recover(root)
    stage = root / STAGE
    before = {path: _bytes(root / path) for path in files}
    try:
        stage.mkdir()
        moves = []
        for number, (path, content) in enumerate(sorted(files.items())):
            staged = None if content is None else str(number)
            if content is not None:
                _durable(stage / str(number), content)
            moves.append({"path": path, "staged": staged})
        _durable(stage / "unfinished", json.dumps(moves).encode("utf-8"))
        (stage / "unfinished").replace(stage / _JOURNAL)
        _apply(root)
    except BaseException:
        (stage / _JOURNAL).unlink(missing_ok=True)
        for path, content in before.items():
            _restore(root / path, content)
        shutil.rmtree(stage, ignore_errors=True)
        raise


def recover(root: Path) -> None:
    """Completes what a killed writer had decided, and clears what it had only begun."""
    if (root / STAGE / _JOURNAL).exists():
        _apply(root)
    shutil.rmtree(root / STAGE, ignore_errors=True)


def _apply(root: Path) -> None:
    stage = root / STAGE
    for move in json.loads((stage / _JOURNAL).read_bytes()):
        target = root / move["path"]
        if move["staged"] is None:
            target.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # only an empty folder goes with its last file
                target.parent.rmdir()
        elif (stage / move["staged"]).exists():  # absent: moved before the process was killed
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / move["staged"]).replace(target)
    shutil.rmtree(stage)


def _durable(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _restore(path: Path, content: bytes | None) -> None:
    if _bytes(path) == content:
        return
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
