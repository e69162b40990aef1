"""A fifo, which would keep a reader waiting for ever."""

import os
from pathlib import Path

import pytest


def build(root: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no fifos")
    os.mkfifo(root / "records/firmware/example-meters/000041.yaml")
    snapshot = root / "records/cpl/changes.csv"
    snapshot.unlink()
    os.mkfifo(snapshot)
