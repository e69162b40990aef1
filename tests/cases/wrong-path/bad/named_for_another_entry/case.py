"""The record of entry 000042 in a file named 000024."""

from pathlib import Path

RECORDS = "records/firmware"


def build(root: Path) -> None:
    path = root / RECORDS / "example-meters/000042.yaml"
    path.rename(path.with_name("000024.yaml"))
