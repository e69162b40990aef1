"""The shortcut for canonical files and the YAML reader are one reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fir.read import canonical
from fir.read.yaml_text import parse
from fir.yaml_out import to_yaml

TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
NOTES = st.text(st.sampled_from('ab:#"-|> \n\\'), max_size=40)
KEYS = st.sampled_from(["cpl_number", "device", "on", "release_notes", "a", "b_c"])
VALUES = TEXT | NOTES | st.lists(TEXT, max_size=3) | st.dictionaries(KEYS, TEXT, max_size=3)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_the_shortcut_takes_the_yaml_reader_reads_alike(value: dict[str, object]) -> None:
    data = to_yaml(value, "../schema.json").encode("utf-8")  # type: ignore[arg-type]
    taken = canonical.read(data)
    if taken is not None:
        assert (taken, []) == parse(data)


PIECES = (
    *('a: "b"\n', "a:\n", '  b: "c"\n', "  b\n", "a: |\n", "\n", "  \n", "   \n", ' "', "# x\n"),
    *("a: []\n", 'a: ["x", "y"]\n', 'b: ["x","y"]\n', "---\n", "  - c\n", "a: b\n", "\\", "'"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_near_misses_are_read_alike_or_left_alone(text: str) -> None:
    taken = canonical.read(text.encode("utf-8"))
    if taken is not None:
        assert (taken, []) == parse(text.encode("utf-8"))


def test_an_ordinary_record_takes_the_shortcut() -> None:
    data = to_yaml(
        {"cpl_number": "000042", "device": {"type": "Gas"}, "release_notes": "One.\n\nTwo.\n"}
    ).encode("utf-8")
    assert canonical.read(data) == parse(data)[0]
    assert canonical.read(data) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "a: b\n",
        'a: "b"\na: "c"\n',
        'a: "\\x41"\n',
        "a: |\n   b\n  c\n",
        "a: |\n  b\n\n",
        'a:\n  b: "c"\n  b: "d"\n',
        "a: |+\n  b\n",
        'a: &x "b"\n',
        'a: "b" # c\n',
        'a: "b"',
        'a: "é"\n',
        "",
    ],
)
def test_anything_else_is_left_to_the_yaml_reader(text: str) -> None:
    assert canonical.read(text.encode("utf-8")) is None
