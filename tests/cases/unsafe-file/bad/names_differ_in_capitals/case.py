"""Files and folders whose names only capitals tell apart: on some systems one hides the other."""

from pathlib import Path

import pytest


def build(root: Path) -> None:
    for name in ("manufacturers/Example-Meters.yaml", "firmware/Example-Meters/000042.yaml"):
        path = root / "records" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("a: [", encoding="utf-8", newline="\n")
    if len(list((root / "records/manufacturers").iterdir())) == 2:
        pytest.skip("this system does not tell capitals in file names")
