"""The shortcuts for canonical files and the YAML reader are one reader."""

from __future__ import annotations

from typing import Any

import pytest
from around import ROOT
from hypothesis import given
from hypothesis import strategies as st

from fir.read import canonical
from fir.read.form import Form
from fir.repository.read import record_of, records_of
from fir.schemas import Shapes
from fir.strict_yaml.reader import parse, places
from fir.strict_yaml.writer import to_yaml

SHAPES = Shapes(ROOT / "schema")

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NOTES = st.text(st.sampled_from('ab:#"-|> \n\\é'), max_size=40)
KEYS = st.sampled_from(["cpl_number", "device", "on", "Gas Meter", "release_notes", "a", "b_c"])
VALUES = st.recursive(
    TEXT | NOTES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def reads_alike(data: bytes) -> None:
    """What the shortcut takes, the YAML reader reads alike, and finds in the same places."""
    taken = canonical.read(data)
    if taken is not None:
        assert (taken[0], []) == parse(data)
        assert taken[1] == places(data)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5) | st.lists(VALUES, max_size=3))
def test_what_the_shortcut_takes_the_yaml_reader_reads_alike(value: Any) -> None:
    reads_alike(to_yaml(value, "../schema.json").encode("utf-8"))


PIECES = (
    *('a: "b"\n', "a:\n", '  b: "c"\n', "  b\n", "a: |\n", "\n", "  \n", "   \n", ' "', "# x\n"),
    *("a: []\n", 'a: ["x", "y"]\n', 'b: ["x","y"]\n', "---\n", "  - c\n", "a: b\n", "\\", "'"),
    *('- "a"\n', '- a: "é"\n', '  - b: "c"\n', '    d: "e"\n', "  # x\n", "  b:\n", "  b: |\n"),
    *('"on": "b"\n', '"a": "b"\n', 'a b: "c"\n', "    x\n", "[]\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_near_misses_are_read_alike_or_left_alone(text: str) -> None:
    reads_alike(text.encode("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        'cpl_number: "000042"\ndevice:\n  type: "Gas"\nrelease_notes: |\n  One.\n\n  Two.\n',
        '# one\na:\n  # two\n  b:\n    c: ["d", "e"]\n\nf: []\n',
        'a:\n  - "on": "b"\n    c: |\n      d\n       e\n  - "f"\ng: "é"\n',
        '- a: "b"\n- c: "d"\n',
        "# none\n[]\n",
    ],
)
def test_what_is_canonical_takes_the_shortcut(text: str) -> None:
    data = text.encode("utf-8")
    assert canonical.read(data) == (parse(data)[0], places(data))


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
        'a:"b"\n',
        "a:\n",
        "a: \n",
        'a:\n   b: "c"\n',
        'a:\n  b: "c"\n   d: "e"\n',
        'on": "b"\n',
        '- - "a"\n',
        '"a"\n',
        'a: "\t"\n',
        'a: "\u202e"\n',
        "---\n[]\n",
        "# nothing\n",
        "",
    ],
)
def test_anything_else_is_left_to_the_yaml_reader(text: str) -> None:
    assert canonical.read(text.encode("utf-8")) is None


# Records, many at once

FORM = Form(SHAPES.compiler, SHAPES.schemas["record"])
SCHEMA = SHAPES.schemas["record"]
EXAMPLE: dict[str, Any] = SCHEMA["examples"][0]
MORE = {
    name: field["examples"][0]
    for name, field in SCHEMA["properties"].items()
    if "examples" in field
}
RECORDS = st.fixed_dictionaries(
    {"release_notes": NOTES | TEXT},
    optional={name: st.just(value) for name, value in MORE.items() if name != "release_notes"},
)


def written(value: dict[str, Any]) -> bytes:
    """The record of the example with these values, its fields in the order of the schema."""
    value = {**EXAMPLE, **value}
    return to_yaml({name: value[name] for name in SCHEMA["properties"] if name in value}).encode()


@given(st.lists(RECORDS, max_size=4))
def test_what_the_form_takes_the_yaml_reader_reads_alike(values: list[dict[str, Any]]) -> None:
    files = [written(value) for value in values]
    table = FORM.read(files)
    paths = [str(number) for number in table.taken]
    found = list(records_of(paths, table.columns)) if paths else []
    assert found == [record_of(path, parse(files[int(path)])[0]) for path in paths]


def test_every_field_but_a_list_of_mappings_takes_the_form() -> None:
    files = [written({name: value}) for name, value in MORE.items()]
    left = [name for number, name in enumerate(MORE) if number not in FORM.read(files).taken]
    assert left == ["corrections"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('manufacturer: "example-meters"\n', ""),
        ('cpl_number: "000042"\n', 'cpl_number: "000042"\nstranger: "x"\n'),
        ('cpl_number: "000042"\n', 'cpl_number: "000042"\ncpl_number: "000042"\n'),
        ('  type: "', '  colour: "red"\n  type: "'),
        ('"000042"', '"\\x30"'),
        ('"000042"', "000042"),
        ('  type: "', '  # x\n  type: "'),
        ("Corrects", "Corrigé"),
    ],
)
def test_a_record_of_another_form_is_left_to_others(old: str, new: str) -> None:
    text = written({}).decode()
    assert old in text and FORM.read([text.encode()]).taken == [0]
    assert FORM.read([text.replace(old, new).encode()]).taken == []


def test_a_value_that_does_not_fit_is_left_to_others_with_all_that_were_read_with_it() -> None:
    good, bad = written({}), written({"cpl_number": "42"})
    assert FORM.read([good, None, good]).taken == [0, 2]
    assert FORM.read([good, bad]).taken == []
