"""A submodule: an empty folder until somebody asks for what is in it."""

import shutil
import subprocess
from pathlib import Path

import pytest

PATH = "records/firmware/sample-displays"


def build(root: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    (root / PATH).mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    index = ["git", "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{PATH}"]
    subprocess.run(index, cwd=root, check=True)
