"""The record lies in the folder of another manufacturer."""

from pathlib import Path

RECORDS = "records/firmware"


def build(root: Path) -> None:
    folder = root / RECORDS / "sample-displays"
    folder.mkdir()
    (root / RECORDS / "example-meters/000042.yaml").rename(folder / "000042.yaml")
