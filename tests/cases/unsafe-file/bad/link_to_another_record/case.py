"""A record that is a link to another one."""

from pathlib import Path

import pytest


def build(root: Path) -> None:
    try:
        (root / "records/firmware/example-meters/000041.yaml").symlink_to("000042.yaml")
    except OSError:
        pytest.skip("this system makes no symbolic links")
