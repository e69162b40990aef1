"""The canonical form: one way to write each value, no value changed, no comment lost."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from around import MANUFACTURER, RECORD, ROOT, change, lay, put
from hypothesis import given
from hypothesis import strategies as st

from fir.cli import main
from fir.demonstration import build
from fir.diagnostics import Refused
from fir.editing import fmt
from fir.editing.fmt import canonical
from fir.schemas import Shapes
from fir.strict_yaml.reader import parse

SHAPES = Shapes(ROOT / "schema")
UNTIDY = dedent("""\
    # Kept by the firmware team
    release_notes: >-
        Corrects the gas day boundary
        after a clock change.

    # checked against the list
    "cpl_number": '000042' # the second of the pair

    device: {type: "Gas Smart Meter", firmware_version: "01070300",
      # as on the label
      manufacturer_identifier: "7F01", model_identifier: "0005",
      hardware_version: "02", hardware_revision: "03"}
    manufacturer:   example-meters
    upgrade_from:
        - "000040"
        # the pilot
        - "000041"
    withdrawn:
        reason: |  # told by letter
            Meters may lose the tariff table.
            They come back after a restart.
        # day of the letter
        "on": "2026-10-30"
    # the end
    """)
TIDY = dedent("""\
    # yaml-language-server: $schema=../../../schema/firmware-record.schema.json
    # Kept by the firmware team
    # checked against the list
    # the second of the pair
    cpl_number: "000042"
    manufacturer: "example-meters"
    device:
      type: "Gas Smart Meter"
      # as on the label
      manufacturer_identifier: "7F01"
      model_identifier: "0005"
      hardware_version: "02"
      hardware_revision: "03"
      firmware_version: "01070300"
    release_notes: "Corrects the gas day boundary after a clock change."
    # the pilot
    upgrade_from: ["000040", "000041"]
    withdrawn:
      # day of the letter
      "on": "2026-10-30"
      # told by letter
      reason: |
        Meters may lose the tariff table.
        They come back after a restart.
    # the end
    """)


def formatted(data: bytes, kind: str = "record", path: str = RECORD) -> bytes:
    return canonical(SHAPES, kind, path, data)


def test_fields_are_put_in_order_and_every_comment_stays_with_its_field() -> None:
    assert formatted(UNTIDY.encode()).decode() == TIDY
    assert formatted(TIDY.encode()).decode() == TIDY


# What comes of any file that can be read

TEXT = st.text(alphabet="ab: #-|>'\"\\\n{}[],&*!?é%@`=0", max_size=30) | st.text(max_size=20)
NAMES = ("release_notes", "cpl_number", "device", "manufacturer", "odd name", "product_name")
STYLES = (None, '"', "'", "|", ">")
REMARK = st.text(alphabet="ab #:-'\"|é", max_size=12).map(lambda text: f"# x{text}".rstrip())


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A file of fields in any order and style, and the comments that stand in it."""
    lines, said = [], []
    for name in draw(st.permutations(NAMES)):
        if draw(st.booleans()):
            said.append(draw(REMARK))
            lines.append(said[-1])
        value = draw(TEXT) if name != "device" else {"type": draw(TEXT), "other": [draw(TEXT)]}
        style, flow = draw(st.sampled_from(STYLES)), draw(st.booleans())
        options = {"default_style": style, "default_flow_style": flow, "allow_unicode": True}
        lines.append(yaml.dump({name: value}, width=30, **options).rstrip("\n"))
    if draw(st.booleans()):
        said.append(draw(REMARK))
        lines.append(said[-1])
    return "".join(f"{line}\n" for line in lines).encode(), said


@given(made=files())
def test_values_and_comments_stay_and_a_second_time_changes_nothing(
    made: tuple[bytes, list[str]],
) -> None:
    data, said = made
    value, faults = parse(data)
    try:
        once = formatted(data)
    except Refused as reason:
        assert [each._replace(path="") for each in reason.diagnostics] == faults != []
        return
    assert parse(once) == (value, [])
    assert formatted(once) == once
    found = [line.strip() for line in once.decode().split("\n") if line.lstrip().startswith("# x")]
    assert set(said) <= set(found)


def test_the_demonstration_is_in_canonical_form() -> None:
    kinds = {"firmware": "record", "pending": "pending", "manufacturers": "manufacturer"}
    files = [(path, path.split("/")[1], data) for path, data in build().items()]
    judged = [(path, kinds[area], data) for path, area, data in files if area in kinds]
    assert len(judged) > 50
    for path, kind, data in judged:
        assert formatted(data, kind, path) == data


# The command


def test_untidy_files_are_written_and_shown_and_the_others_are_not_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path / "root")
    put(root, RECORD, UNTIDY)
    before = (root / MANUFACTURER).stat().st_mtime_ns
    assert main(["fmt", "--root", str(root)]) == 0
    said = capsys.readouterr()
    assert (root / RECORD).read_text(encoding="utf-8") == TIDY
    assert (root / MANUFACTURER).stat().st_mtime_ns == before
    assert f"--- {RECORD}\n+++ {RECORD}\n" in said.out
    assert "-manufacturer:   example-meters\n" in said.out
    assert said.err == "1 file written in canonical form\n"
    assert main(["fmt", "--check", "--root", str(root)]) == 0


def test_check_shows_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = lay(tmp_path / "root")
    put(root, RECORD, UNTIDY)
    assert main(["fmt", "--check", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert (root / RECORD).read_text(encoding="utf-8") == UNTIDY
    assert '+manufacturer: "example-meters"\n' in said.out
    assert said.err == "1 file would be written in canonical form\n"


def test_what_cannot_be_read_is_left_alone_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path / "root")
    put(root, RECORD, "cpl_number: [\n")
    change(root, MANUFACTURER, 'name: "Example Meters Ltd"', "name: Example Meters Ltd")
    assert main(["fmt", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert (root / RECORD).read_text(encoding="utf-8") == "cpl_number: [\n"
    assert 'name: "Example Meters Ltd"' in (root / MANUFACTURER).read_text(encoding="utf-8")
    assert f"{RECORD}:2:1: error: " in said.out or f"{RECORD}:1:" in said.out
    assert said.err == "1 file written in canonical form, 1 file left alone\n"


def test_a_value_that_only_looks_like_text_is_not_guessed(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(root, RECORD, 'model_identifier: "0005"', "model_identifier: 0005")
    before = (root / RECORD).read_bytes()
    assert main(["fmt", "--root", str(root)]) == 1
    assert (root / RECORD).read_bytes() == before


def test_a_path_narrows_what_is_written(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    put(root, RECORD, UNTIDY)
    assert main(["fmt", "--root", str(root), "records/manufacturers"]) == 0
    assert (root / RECORD).read_text(encoding="utf-8") == UNTIDY


@pytest.mark.parametrize("content", ["", "# only this\n", "- a\n", "text\n"])
def test_a_file_without_fields_is_refused_or_kept(tmp_path: Path, content: str) -> None:
    root = lay(tmp_path / "root")
    put(root, RECORD, content)
    main(["fmt", "--root", str(root)])
    kept = (root / RECORD).read_text(encoding="utf-8")
    assert kept == content or parse(kept.encode())[0] == parse(content.encode())[0]


def test_a_file_that_would_grow_too_large_is_left_as_it_is() -> None:
    notes = json.dumps("a\n" * 21_000)
    data = f'cpl_number: "000042"\nrelease_notes: {notes}\n'.encode()
    assert parse(data)[1] == []
    with pytest.raises(Refused, match="larger than"):
        formatted(data)


def test_only_kinds_with_a_schema_of_fields_are_formatted() -> None:
    assert set(fmt.FORMATTED) <= set(SHAPES.schemas)
