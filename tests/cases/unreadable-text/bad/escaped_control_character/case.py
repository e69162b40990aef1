"""An escape makes a character that the file itself does not hold."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    text = path.read_text(encoding="utf-8")
    text = text.replace('"example-meters"', '"example-meters\\0"')
    path.write_text(text, encoding="utf-8", newline="")
