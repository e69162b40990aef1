"""Names that a careless script would run, or print as its own words."""

from pathlib import Path

import pytest

NAMES = (
    "-rf.yaml",
    "$(id).yaml",
    "`id`.yaml",
    "it's.yaml",
    'say "so".yaml',
    "a;b.yaml",
    "line\nbreak.yaml",
    "%0A::error::.yaml",
    "\x1b[2Jclear.yaml",
)


def build(root: Path) -> None:
    folder = root / "records/firmware/example-meters"
    text = (folder / "000042.yaml").read_bytes()
    for name in NAMES:
        try:
            (folder / name).write_bytes(text)
        except OSError:
            pytest.skip("this system takes no such file names")
    if set(NAMES) - {path.name for path in folder.iterdir()}:
        pytest.skip("this system changes such file names")
