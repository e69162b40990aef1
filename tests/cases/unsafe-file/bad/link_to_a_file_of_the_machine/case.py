"""A record that is a link to a file of the reader's machine."""

from pathlib import Path

import pytest


def build(root: Path) -> None:
    try:
        (root / "records/firmware/example-meters/000041.yaml").symlink_to("/etc/passwd")
    except OSError:
        pytest.skip("this system makes no symbolic links")
