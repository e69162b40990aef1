"""The small repository that tests start from: what surrounds the cases, with the schemas."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
AROUND = Path(__file__).parent / "cases" / "_around"
RECORD = "records/firmware/example-meters/000042.yaml"
MANUFACTURER = "records/manufacturers/example-meters.yaml"


def lay(root: Path) -> Path:
    """Makes the repository in a folder that is not there yet."""
    shutil.copytree(AROUND, root)
    shutil.copytree(ROOT / "schema", root / "schema")
    return root


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replaces in a file what must be there exactly once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="\n")
