"""A folder that is a link; what lies behind it is not read, or `yaml-syntax` would speak."""

from pathlib import Path

import pytest


def build(root: Path) -> None:
    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "000046.yaml").write_bytes(b"a: [")
    try:
        (root / "records/firmware/sample-displays").symlink_to(
            root / "elsewhere", target_is_directory=True
        )
    except OSError:
        pytest.skip("this system makes no symbolic links")
