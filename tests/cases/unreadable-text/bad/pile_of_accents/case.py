"""Twenty accents stand on one letter."""

from pathlib import Path

RECORD = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    path = root / RECORD
    text = path.read_text(encoding="utf-8")
    text = text.replace("gas", "ga" + "\u0316" * 20 + "s")
    path.write_text(text, encoding="utf-8", newline="")
