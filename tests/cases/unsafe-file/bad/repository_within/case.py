"""A folder that is a git repository of its own."""

from pathlib import Path


def build(root: Path) -> None:
    inner = root / "records/firmware/sample-displays"
    inner.mkdir()
    (inner / ".git").write_text("gitdir: /elsewhere\n", encoding="utf-8", newline="\n")
    (inner / "000046.yaml").write_text("a: [", encoding="utf-8", newline="\n")
