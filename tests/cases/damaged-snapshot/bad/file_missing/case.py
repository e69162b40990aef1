"""A merge lost the entries."""

from pathlib import Path


def build(root: Path) -> None:
    (root / "records/cpl/entries.csv").unlink()
