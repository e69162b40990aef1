"""Where a benchmark works: in memory where the machine has room there, as a disk's pace varies.

Two runs that write 1,500 files to a disk can differ by seconds, more than what is compared.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3


def in_memory() -> bool:
    writable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return writable and shutil.disk_usage(_MEMORY).free > _ROOM


@contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder, for all that either side reads and writes, its temporary files included."""
    place = _MEMORY if in_memory() else None
    with tempfile.TemporaryDirectory(prefix="fir-bench-", dir=place) as folder:
        yield Path(folder)


def told(folder: Path) -> str:
    """How much a folder holds."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{sum(sizes) / 1e6:,.1f} MB in {len(sizes):,} files"
