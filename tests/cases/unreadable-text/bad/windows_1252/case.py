"""Saved as Windows-1252, so that an accent is one byte."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    text = path.read_text(encoding="utf-8").replace("Corrects", "Règle")
    path.write_text(text, encoding="cp1252", newline="")
