"""The CPL snapshot is a link: it is not read, and nothing is judged by it."""

from pathlib import Path

import pytest


def build(root: Path) -> None:
    (root / "records/cpl").rename(root / "elsewhere")
    try:
        (root / "records/cpl").symlink_to("../elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links")
