"""Saved from a spreadsheet: an accent in Windows-1252, and CR LF at the end of each line."""

from pathlib import Path


def build(root: Path) -> None:
    path = root / "records/cpl/entries.csv"
    text = path.read_text(encoding="utf-8").replace("Sample Displays SD-1", "Écran SD-1")
    path.write_text(text, encoding="cp1252", newline="\n")
    changes = root / "records/cpl/changes.csv"
    changes.write_bytes(changes.read_bytes().replace(b"\n", b"\r\n"))
