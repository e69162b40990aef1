"""What the guide for manufacturers and CONTRIBUTING promise is what the programs do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from around import ROOT, lay

from fir.cli import main
from fir.schemas import Shapes
from fir.strict_yaml.reader import parse
from fir.submissions.columns import columns

GUIDE = (ROOT / "docs/guides/manufacturers/index.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_guide_names_every_column_and_no_other() -> None:
    table = GUIDE[GUIDE.index("| Column |") : GUIDE.index("## With an issue")]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    told = {name for row in rows for name in re.findall("`([a-z_]+)`", row)}
    assert told == {column.name for column in columns(Shapes(ROOT / "schema"))}


@pytest.mark.parametrize("verb", ["new", "add", "correct", "fmt", "summary"])
def test_every_flag_is_told(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([verb, "--help"])
    everywhere = {"--help", "--root", "--rules", "--own-cpl"}
    for flag in set(re.findall("--[a-z-]+", capsys.readouterr().out)) - everywhere:
        assert f"{flag}" in GUIDE + CONTRIBUTING, flag
    assert f"`fir {verb} " in CONTRIBUTING


def test_the_commands_of_the_guide_work_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = lay(tmp_path / "root")
    monkeypatch.chdir(root)
    Path("notes.txt").write_text("Corrects the tariff table.\n", encoding="utf-8")
    printed = re.findall(r"`fir ((?:new|check|fmt|correct)[^`]*)`", GUIDE)
    assert len(printed) == 6
    for command in printed:
        assert main(shlex.split(command)) == 0, command
    made = parse(Path("records/firmware/example-meters/000043.yaml").read_bytes())[0]
    assert made["release_notes"] == "Corrects the tariff table.\n"
