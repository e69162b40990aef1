"""A name of 105 characters."""

from pathlib import Path

import pytest

NAMES = ("1" * 100 + ".yaml",)


def build(root: Path) -> None:
    folder = root / "records/firmware/example-meters"
    text = (folder / "000042.yaml").read_bytes()
    for name in NAMES:
        try:
            (folder / name).write_bytes(text)
        except OSError:
            pytest.skip("this system takes no such file names")
    if set(NAMES) - {path.name for path in folder.iterdir()}:
        pytest.skip("this system changes such file names")
