"""The canonical YAML writer: what it looks like, and that it reads back to the character."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from fir.strict_yaml.reader import parse
from fir.strict_yaml.writer import quoted, to_yaml

RECORD = {
    "cpl_number": "000042",
    "manufacturer": "example-meters",
    "device": {"type": "Gas Smart Meter", "model_identifier": "0005"},
    "release_notes": "Corrects the gas day boundary.\n\n- One\n- Two\n",
    "upgrade_from": ["000040", "000041"],
    "corrections": [{"on": "2026-01-02", "what": "Named the right hub."}],
}
LOOKS = dedent("""\
    # yaml-language-server: $schema=../../../schema/firmware-record.schema.json
    cpl_number: "000042"
    manufacturer: "example-meters"
    device:
      type: "Gas Smart Meter"
      model_identifier: "0005"
    release_notes: |
      Corrects the gas day boundary.

      - One
      - Two
    upgrade_from: ["000040", "000041"]
    corrections:
      - "on": "2026-01-02"
        what: "Named the right hub."
    """)

LOADERS = [yaml.BaseLoader, yaml.CBaseLoader]

# Text of the kind that breaks writers, beside any text at all.
AWKWARD = st.text(alphabet="ab \n\t#:-|>'\"\\%@`é\u00a0\u0085\u2028\ufeff\x00\x7f{}[],&*!?\r")
TEXT = st.one_of(AWKWARD, st.text())
KEY = st.one_of(st.sampled_from(["on", "No", "a b", "release_notes", "~", "x: y", ""]), TEXT)
VALUE = st.recursive(
    TEXT,
    lambda inner: st.one_of(
        st.lists(TEXT, max_size=3),
        st.lists(st.dictionaries(KEY, inner, max_size=3), max_size=3),
        st.dictionaries(KEY, inner, max_size=3),
    ),
    max_leaves=6,
)


def read(text: str, loader: Any = yaml.BaseLoader) -> Any:
    return yaml.load(text, Loader=loader)


def test_a_record_looks_as_designed() -> None:
    assert to_yaml(RECORD, "../../../schema/firmware-record.schema.json") == LOOKS
    assert read(LOOKS) == RECORD


@pytest.mark.parametrize("loader", LOADERS)
@given(text=TEXT)
def test_any_text_reads_back_wherever_it_stands(loader: Any, text: str) -> None:
    value = {"a": text, "b": {"c": text, "d": [{"e": text, "f": text}]}, "g": [text, text]}
    assert read(to_yaml(value), loader) == value


@pytest.mark.parametrize("loader", LOADERS)
@given(value=st.one_of(st.dictionaries(KEY, VALUE, max_size=4), st.lists(TEXT, max_size=4)))
def test_any_value_reads_back(loader: Any, value: Any) -> None:
    assert read(to_yaml(value), loader) == value


@given(value=st.dictionaries(KEY, VALUE, max_size=4))
def test_a_guessing_reader_finds_nothing_but_text(value: Any) -> None:
    assert yaml.load(to_yaml(value), Loader=yaml.CSafeLoader) == value


@given(value=st.dictionaries(st.sampled_from(["on", "a b", "c"]), VALUE, max_size=3))
def test_the_strict_reader_reads_what_is_written_or_says_why_not(value: Any) -> None:
    """Only a character that misleads, or a level too deep, is refused of what we write."""
    found, faults = parse(to_yaml(value).encode("utf-8", errors="surrogatepass"))
    assert {fault.check for fault in faults} <= {"unreadable-text", "yaml-extra"}
    assert faults or found == value


@given(value=st.dictionaries(KEY, VALUE, max_size=4))
def test_writing_what_was_read_changes_nothing(value: Any) -> None:
    text = to_yaml(value)
    assert to_yaml(read(text)) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("one line", 'a: "one line"\n'),
        ("one line\n", "a: |\n  one line\n"),
        ("two\nlines", "a: |-\n  two\n  lines\n"),
        ("two\nlines\n\n", "a: |+\n  two\n  lines\n\n"),
        ("  indented\nfirst\n", "a: |2\n    indented\n  first\n"),
        ("\nblank first\n", "a: |2\n\n  blank first\n"),
        ("\n", 'a: "\\n"\n'),
        ("", 'a: ""\n'),
        ("bell\x07\nline\n", 'a: "bell\\u0007\\nline\\n"\n'),
        ("bidi \u202e here", 'a: "bidi \\u202e here"\n'),
        ('quote " and \\', 'a: "quote \\" and \\\\"\n'),
        ("Måleteknik 5\u00a0°C", 'a: "Måleteknik 5\u00a0°C"\n'),
    ],
)
def test_each_kind_of_text_has_its_form(text: str, written: str) -> None:
    assert to_yaml({"a": text}) == written
    assert read(written) == {"a": text}


def test_empty_lists_and_mappings_stand_on_their_line() -> None:
    assert to_yaml({"a": [], "b": {}}) == "a: []\nb: {}\n"
    assert to_yaml([]) == "[]\n"
    assert to_yaml([], "x.json") == "# yaml-language-server: $schema=x.json\n[]\n"


def test_a_list_of_mappings_at_the_top_begins_at_the_margin() -> None:
    waiver = {"check": "x", "until": "2026-12-01"}
    assert to_yaml([waiver]) == '- check: "x"\n  until: "2026-12-01"\n'


def test_a_key_that_a_reader_takes_for_true_is_quoted() -> None:
    assert to_yaml({"on": "x", "No": "x"}) == '"on": "x"\n"No": "x"\n'
    assert to_yaml({"Gas Smart Meter": "x"}) == 'Gas Smart Meter: "x"\n'


def test_quoted_text_is_one_line_of_what_can_be_seen() -> None:
    assert quoted("a\u2028b\x85c\ufeffd") == '"a\\u2028b\\u0085c\\ufeffd"'
