"""A zero-width space hides in an identifier."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    text = path.read_text(encoding="utf-8")
    text = text.replace("000042", "000\u200b042")
    path.write_text(text, encoding="utf-8", newline="")
