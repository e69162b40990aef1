"""What a schema refuses is always told, once, and in time that grows with the file only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from around import MANUFACTURER, RECORD, ROOT, change, lay
from hypothesis import given
from hypothesis import strategies as st

from fir.cli import main
from fir.schemas import Shapes
from fir.schemas.explain import explain
from fir.strict_yaml.reader import parse

SHAPES = Shapes(ROOT / "schema")
AROUND = Path(__file__).parents[1] / "cases" / "_around"
VALUES = st.recursive(
    st.sampled_from(
        ["", "x", " x", "7f01", "000042", "7", "2026-02-30", "a@b", "+44 1", "x" * 300]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["", "x", "on", "what", "type", "Email", "email ", "address", "lines"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)


def value_of(path: str) -> dict[str, Any]:
    value: dict[str, Any] = parse((AROUND / path).read_bytes())[0]
    return value


@pytest.mark.parametrize(("kind", "path"), [("record", RECORD), ("manufacturer", MANUFACTURER)])
@given(st.data())
def test_whatever_does_not_fit_is_told_with_a_cure(
    kind: str, path: str, data: st.DataObject
) -> None:
    value = value_of(path)
    known = list(SHAPES.schemas[kind]["properties"])
    fields = st.dictionaries(st.sampled_from([*known, "stranger", "Name", "countr"]), VALUES)
    value |= data.draw(fields, label="instead")
    if SHAPES.fits(kind, value):
        return
    found = list(explain(SHAPES, kind, value))
    assert found
    assert all(mistake.message and mistake.fix for mistake in found)
    assert len({(mistake.keys, mistake.message) for mistake in found}) == len(found)


@pytest.mark.parametrize("value", [None, "", "x", [], ["x"], {}, {"": ""}])
@pytest.mark.parametrize("kind", ["record", "pending", "manufacturer", "snapshot"])
def test_a_file_of_another_shape_is_told(kind: str, value: Any) -> None:
    assert list(explain(SHAPES, kind, value))


def test_what_only_one_engine_refuses_is_not_passed_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lay(tmp_path / "root")
    path = root / "schema/firmware-record.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["properties"]["product_name"] = {"type": "string", "pattern": r"^\d+$"}
    path.write_text(json.dumps(schema), encoding="utf-8", newline="\n")
    change(root, RECORD, "release_notes:", 'product_name: "\u0664\u0662"\nrelease_notes:')
    assert main(["check", "--root", str(root)]) == 1
    assert "does not have the shape of its schema [schema]" in capsys.readouterr().out


class Counted(dict[str, str]):
    """A mapping that counts how often it is measured, as every comparison does."""

    measured = 0

    def __len__(self) -> int:
        Counted.measured += 1
        return super().__len__()


def test_mappings_in_a_list_of_texts_are_not_compared_each_with_each() -> None:
    mappings = [Counted({f"key{number}": "x"}) for number in range(500)]
    assert list(explain(SHAPES, "record", {**value_of(RECORD), "upgrade_from": mappings}))
    assert Counted.measured < 10_000


def test_a_file_of_strangers_is_told_in_two_hundred_findings() -> None:
    strangers = {f"cpl_numbe{number}": "x" for number in range(3_000)}
    assert len(list(explain(SHAPES, "record", strangers))) == 200
