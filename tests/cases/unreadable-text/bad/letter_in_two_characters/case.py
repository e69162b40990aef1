"""An accent is a character of its own, so that equal text differs."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    text = path.read_text(encoding="utf-8")
    text = text.replace("Corrects", "Re\u0300gle")
    path.write_text(text, encoding="utf-8", newline="")
