"""The folder of all records is a link."""

from pathlib import Path

import pytest


def build(root: Path) -> None:
    (root / "records").rename(root / "elsewhere")
    try:
        (root / "records").symlink_to("elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links")
