"""Saved as UTF-16, as Windows calls Unicode."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-16", newline="")
