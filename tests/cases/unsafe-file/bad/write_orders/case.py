"""Orders to write files, as an older `fir` left and believed them: at hand, and in git's index."""

import shutil
import subprocess
from pathlib import Path

import pytest

ORDERS = '[{"path": "../outside", "staged": null}]\n'


def build(root: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for folder in (".", "records/firmware", "records/pending/example-meters"):
        journal = root / folder / ".fir-write/journal.json"
        journal.parent.mkdir(parents=True)
        journal.write_text(ORDERS, encoding="utf-8", newline="\n")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    subprocess.run(["git", "add", "--force", "--all"], cwd=root, check=True)
    shutil.rmtree(root / "records/pending")
