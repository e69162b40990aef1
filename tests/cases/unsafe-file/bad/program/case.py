"""A record that git would check out as a program."""

import shutil
import subprocess
from pathlib import Path

import pytest

PATH = "records/firmware/example-meters/000042.yaml"


def build(root: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    index = ["git", "update-index", "--add", "--chmod=+x", PATH]
    subprocess.run(index, cwd=root, check=True)
