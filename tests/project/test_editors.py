"""What helps at the desk agrees with the schemas: editor settings, hooks, the commented record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import workbooks
import yaml
from around import ROOT, change, lay, put

from fir.cli import main
from fir.model import SNAPSHOT
from fir.schemas import Shapes
from fir.strict_yaml.reader import parse
from submissions import NOTES, UNLISTED, Desk, submission

SHAPES = Shapes(ROOT / "schema")
SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/guides/manufacturers/record.md").read_text(encoding="utf-8")
RECORD, PENDING = re.findall("^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


# Schemas


def test_an_editor_finds_the_same_schema_by_the_first_line_and_by_the_settings(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In whatever a command has written, and in the policy."""
    at = ["--root", str(root)]
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    new = ["000041", "--manufacturer", "example-meters", "--notes-from", str(notes)]
    assert main(["new", *new, *at]) == 0
    maker = parse((root / "records/manufacturers/example-meters.yaml").read_bytes())[0]
    fresh = {**maker, "name": "Fresh", "manufacturer_identifiers": ["7F09"]}
    device = {**UNLISTED, "manufacturer_identifier": "7F09"}
    desk = Desk(root, tmp_path / "inbox", capsys)
    sent = submission({"device": device}, manufacturer="fresh", new_manufacturer=fresh)
    assert desk.add(*desk.sent(sent))[0] == 0
    change(root, SNAPSHOT, 'demonstration: "true"', 'demonstration: "false"')
    listed = workbooks.sample("000042", firmware_version="01070301")
    issue = workbooks.save(workbooks.published([listed], "2.000"), tmp_path)
    assert main(["cpl", "import", str(issue), "--allow-lost", *at]) == 0
    assert main(["fmt", *at]) == 0
    found = {path.relative_to(root).as_posix(): path for path in root.glob("records/**/*.yaml")}
    assert parse(found["records/waivers.yaml"].read_bytes())[0]
    found["schema/policy.yaml"] = root / "schema/policy.yaml"
    used = set()
    for path, file in found.items():
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        named = (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        [told] = [key for key, glob in SETTINGS["yaml.schemas"].items() if fnmatch(path, glob)]
        assert named == (root / told).resolve() and named.is_file(), path
        used.add(told)
    assert used == SETTINGS["yaml.schemas"].keys()


# The commented record


def names(kind: str, keys: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Every field of a kind of file, however deep."""
    field = SHAPES.field(kind, keys)
    for name in field.get("properties", {}):
        yield name
        yield from names(kind, (*keys, name))
    if "properties" in SHAPES.field(kind, (*keys, 0)):
        yield from names(kind, (*keys, 0))


def named(value: Any) -> Iterator[str]:
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield name
        yield from named(inner)
    for inner in value if isinstance(value, list) else ():
        yield from named(inner)


def test_the_commented_record_passes_and_has_every_field_with_a_comment(root: Path) -> None:
    put(root, "records/firmware/example-meters/000042.yaml", RECORD)
    assert main(["check", "--strict", "--root", str(root)]) == 0
    assert main(["fmt", "--check", "--root", str(root)]) == 0
    value = parse(RECORD.encode())[0]
    assert sorted(named(value)) == sorted(names("record"))
    lines = RECORD.split("\n")
    for before, line in pairwise(lines):
        if re.match(r"(  )?[a-z_]+:", line) and not line.startswith(("  reason", "  replaced_by")):
            assert before.lstrip().startswith("#"), line


def test_what_a_waiting_record_may_say_more_is_told_too(root: Path) -> None:
    text = RECORD.replace("firmware-record", "pending-record")
    text = re.sub("(?m)^# The number.*\n(#.*\n)*cpl_number.*\n", "", text)
    text = text.replace('"01070300"', '"01080000"') + PENDING
    put(root, "records/pending/example-meters/7F01-0005-0203-01080000.yaml", text)
    assert main(["check", "--strict", "--root", str(root)]) == 0
    assert set(named(parse(text.encode())[0])) == set(names("pending"))


# Hooks and editors


def test_the_hooks_let_sound_records_through_and_stop_others(root: Path) -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    hooks = {each["id"]: each for each in yaml.safe_load(text)["repos"][0]["hooks"]}
    of_code = hooks.pop("lint")
    assert re.search(of_code["files"], "scripts/fir/model.py")
    assert not re.search(of_code["files"], "records/manufacturers/example-meters.yaml")
    before = (root / "records/manufacturers/example-meters.yaml").read_bytes()
    wrong = {"fir-fmt": ('"GB"', "GB"), "fir-check": ('"GB"', '"XX"')}
    assert hooks.keys() == wrong.keys()
    for name, (old, new) in wrong.items():
        command = hooks[name]["entry"].removeprefix("python3 scripts/dev.py ").split()
        assert main([*command, "--root", str(root)]) == 0
        change(root, "records/manufacturers/example-meters.yaml", old, new)
        assert main([*command, "--root", str(root)]) == 1
        (root / "records/manufacturers/example-meters.yaml").write_bytes(before)
        assert re.search(hooks[name]["files"], "records/manufacturers/example-meters.yaml")


def test_what_editors_do_by_themselves_changes_no_file_of_ours() -> None:
    rules = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    assert "end_of_line = lf" in rules and "insert_final_newline = true" in rules
    kinds = {".py", ".md", ".yaml", ".yml", ".json", ".toml", ".css", ".js", ".html", ".sql"}
    folders = ("scripts", "docs", "schema", ".github", ".vscode")
    found = [path for name in folders for path in (ROOT / name).rglob("*") if path.suffix in kinds]
    assert len(found) > 200
    for path in found:
        content = path.read_bytes()
        assert b"\r" not in content and content.endswith(b"\n"), path
        if path.suffix != ".md":
            assert not re.search(rb"[ \t]\n", content), path


def test_the_commands_of_the_checklist_are_commands() -> None:
    text = (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert text.count("- [ ]") <= 6
    for command in re.findall("`fir ([^`]*)`", text):
        assert main([*command.split(), "--help"]) == 0
