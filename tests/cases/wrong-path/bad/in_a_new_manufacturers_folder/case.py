"""The record names another manufacturer, which has no folder yet."""

from pathlib import Path

RECORDS = "records/firmware"


def build(root: Path) -> None:
    path = root / RECORDS / "example-meters/000042.yaml"
    text = path.read_text(encoding="utf-8").replace("example-meters", "sample-displays")
    path.write_text(text, encoding="utf-8", newline="\n")
