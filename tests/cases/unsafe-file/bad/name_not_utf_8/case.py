"""A name in Latin-1, as an old archive may bring it."""

import os
from pathlib import Path

import pytest


def build(root: Path) -> None:
    folder = os.fsencode(root / "records/firmware/example-meters")
    try:
        descriptor = os.open(folder + b"/caf\xe9.yaml", os.O_CREAT | os.O_WRONLY)
    except (OSError, ValueError):
        pytest.skip("this system takes UTF-8 names only")
    os.close(descriptor)
