"""A record filled in from its entry: canonical, text alone, and refused until notes are there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import yaml
from around import lay, put

from fir.cli import main
from fir.cpl.read import read_cpl
from fir.demonstration import build
from fir.editing.new import SCHEMA, record_path, skeleton
from fir.model import Entry
from fir.repository.read import read_repository
from fir.repository.snapshot import ENTRIES
from fir.strict_yaml.reader import parse
from fir.strict_yaml.writer import to_yaml


def test_a_skeleton_not_filled_in_is_refused(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    entry = read_repository(root).entries["000044"]
    put(root, record_path(entry, "example-meters"), skeleton(entry, "example-meters"))
    assert main(["check", "--only", "empty-release-notes", "--root", str(root)]) == 1


def check(entries: Iterable[Entry]) -> None:
    """Even to a reader that takes what it can for numbers, every value is text."""
    for entry in entries:
        text = f"{skeleton(entry, 'a-slug')}Notes.\n"
        value, faults = parse(text.encode("utf-8"))
        assert yaml.safe_load(text) == value and not faults
        assert tuple(value["device"].values()) == entry.device
        assert value["cpl_number"] == entry.cpl_number
        assert value["release_notes"] == "Notes.\n"
        assert canonical(text) == text


def canonical(text: str) -> str:
    """The text as the project's own writer has it."""
    return to_yaml(parse(text.encode("utf-8"))[0], SCHEMA)


def test_a_skeleton_is_canonical_and_text_alone() -> None:
    files = build()
    rows = csv.DictReader(io.StringIO(files[ENTRIES].decode("utf-8")))
    entries = [Entry(**row) for row in rows]
    assert len(entries) > 100
    check(entries)


def test_skeletons_of_the_real_list_are_text_alone(real_cpl: Path) -> None:
    entries = read_cpl(real_cpl).entries
    assert len(entries) > 700
    check(entries.values())
