"""The YAML reader: text stays text, places are exact, and nothing makes it raise or guess."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from around import AROUND, MANUFACTURER, RECORD, ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fir.diagnostics import Diagnostic
from fir.strict_yaml import reader
from fir.strict_yaml.characters import MAX_BYTES, decode
from fir.strict_yaml.reader import parse, places

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(CASES.rglob("*.yaml"))
RECORD_BYTES = (AROUND / RECORD).read_bytes()


def faults_of(text: str) -> list[tuple[str, int, int]]:
    faults = parse(text.encode("utf-8"))[1]
    return [(fault.check, fault.line, fault.column) for fault in faults]


def assert_faults_are_in_the_file(data: bytes, faults: list[Diagnostic]) -> None:
    lines = data.decode("utf-8", errors="surrogateescape").split("\n")
    for fault in faults:
        assert fault.message and fault.fix
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


def assert_read_strictly(data: bytes) -> None:
    """A value that PyYAML reads alike, or faults with places; never an exception."""
    value, faults = parse(data)
    if faults:
        assert_faults_are_in_the_file(data, faults)
        assert places(data) == {}
        return
    text = data.decode("utf-8")
    try:
        assert value == yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:  # PyYAML's own parser refuses `|#`, and `?` within brackets
        assert value == yaml.load(text, reader._Loader)


def test_only_one_package_knows_pyyaml() -> None:
    scripts = ROOT / "scripts"
    importing = [
        path.relative_to(scripts).as_posix()
        for path in scripts.rglob("*.py")
        if re.search(r"^ *(?:import|from) yaml\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert importing and all(path.startswith("fir/strict_yaml/") for path in importing)


# Whatever comes in


@settings(max_examples=300)
@given(st.binary(max_size=60))
@example(b"\xef\xbb\xbfa: b")
@example(b"\xed\xa0\x80")
@example(b"a: \xef\xbf\xbe")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_read_strictly(data)


PIECES = [
    *"abnyx019~:-?&*!|>%@`'\"#,[]{}= \n\\",
    *("\n  ", ": ", "- ", "---\n", "...\n", "&a ", "*a", "!!str ", "%YAML 1.1\n", "<<: "),
    *("a: b\n", 'c: "d"\n', "e: |\n  f\n", '"\\u0301', '"\\ud800"', "\u0301", "é", "\u200b", "\t"),
]


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_anything_like_yaml_is_read_or_refused(text: str) -> None:
    assert_read_strictly(text.encode("utf-8"))


@settings(max_examples=500)
@given(st.integers(0, len(RECORD_BYTES)), st.integers(0, 4), st.sampled_from(PIECES))
def test_any_slip_in_a_record_is_read_or_refused(at: int, lost: int, piece: str) -> None:
    assert_read_strictly(RECORD_BYTES[:at] + piece.encode("utf-8") + RECORD_BYTES[at + lost :])


@settings(max_examples=1_000)
@given(st.text("0123456789abcdefxoEeTZ+-._:,~<= nulItrsyNOF", max_size=9))
@example("000042")
@example("10:28")
@example("1_000")
@example(".inf")
@example("2026-02-30")
@example("12e03")
@example("=")
def test_what_is_taken_without_quotes_is_text_to_yaml_1_1_as_well(value: str) -> None:
    text = f"a: {value}\n"
    found, faults = parse(text.encode("utf-8"))
    if not faults:
        assert yaml.safe_load(text) == found


@pytest.mark.parametrize(
    "value",
    "0005 000042 089 0o17 0b11 0x1F 0X1F 10E0 1e5 1.10 .5 1. +1 -0 1_000 1,000 1:30 24:03:05:00 "
    "12:30:45.5 .inf -.Inf .NaN 2026-05-11 2026-5-1 2026-05-11T10:00:00Z ~ null Null NULL true "
    "True FALSE yes No on OFF y N = <<".split(),
)
def test_what_any_reader_could_take_for_something_else_needs_quotes(value: str) -> None:
    assert faults_of(f"a: {value}\n") == [("unquoted-value", 1, 4)]
    if "," not in value:
        assert faults_of(f"a: [x, {value}]\n") == [("unquoted-value", 1, 8)]
    for quote in "'\"":
        assert parse(f"a: {quote}{value}{quote}\n".encode()) == ({"a": value}, [])


@pytest.mark.parametrize("value", ["7F01", "GB", "A B", "1.2.3", "v1", "0x", "1 2", "e5", "nulls"])
def test_what_no_reader_takes_for_something_else_needs_none(value: str) -> None:
    assert parse(f"a: {value}\n".encode()) == ({"a": value}, [])


# Two parsers, one language


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-4:]))
def test_the_pure_parser_reads_like_libyaml(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    value, faults = parse(data)
    known = places(data)
    assert reader._Loader is not yaml.BaseLoader, "this PyYAML has no libyaml to compare with"
    monkeypatch.setattr(reader, "_Loader", yaml.BaseLoader)
    monkeypatch.setattr(reader, "_Parser", yaml.BaseLoader)
    pure_value, pure_faults = parse(data)
    assert {fault.check for fault in pure_faults} == {fault.check for fault in faults}
    if not faults:
        assert pure_value == value
        assert places(data) == known


# Places


def test_places_are_those_an_editor_shows() -> None:
    known = places(b'# a comment\na: "b"\nc:\n  - "d"\n  - {e: "f"}\n')
    assert known[()].value == (2, 1)
    assert known[("a",)] == ((2, 1), (2, 4))
    assert known[("c",)].key == (3, 1)
    assert known[("c", 0)].value == (4, 5)
    assert known[("c", 1, "e")] == ((5, 6), (5, 9))


def test_a_place_counts_characters_and_not_bytes() -> None:
    assert faults_of('é: ["é🙂", 1]\n') == [("unquoted-value", 1, 11)]


def test_a_file_that_cannot_be_composed_safely_has_no_places() -> None:
    assert places(b"a: " + b"[" * 60_000) == {}
    assert places(b"a: &a [*a]\n") == {}


# Bounds


def test_a_large_file_is_refused_before_it_is_decoded() -> None:
    faults = decode(b"\xff" * (MAX_BYTES + 1))
    assert isinstance(faults, list)
    assert [fault.message for fault in faults] == ["the file is larger than 65,536 bytes"]
    assert decode(b"#" * MAX_BYTES) == "#" * MAX_BYTES


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "[[[[[[[[[]]]]]]]]],"])
def test_nesting_is_refused_at_the_ninth_level(bracket: str) -> None:
    value, faults = parse((bracket * MAX_BYTES)[:MAX_BYTES].encode())
    assert value is None
    assert [fault.check for fault in faults] == ["yaml-extra"]
    assert faults[0].column == 8 * len(bracket) + 1 if len(bracket) < 5 else faults[0].column == 9


def test_eight_levels_are_read() -> None:
    assert parse(b'[[[[[[[["a"]]]]]]]]\n') == ([[[[[[[["a"]]]]]]]], [])


def test_a_file_of_faults_is_given_up_at_the_hundredth() -> None:
    assert len(parse(b"[" + b"1," * 30_000 + b"]")[1]) == 100


def test_an_alias_is_never_expanded() -> None:
    bomb = 'a: &a ["lol"]\n' + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    value, faults = parse(bomb.encode())
    assert [(each.check, each.line, each.column) for each in faults] == [("yaml-extra", 1, 4)]
    assert "lol" not in str(value).replace("['lol']", "", 1)


# Several faults, and one


def test_faults_of_different_kinds_are_told_together() -> None:
    text = "a: 1\na: &x b\nc: *x\nd: !t e\nf: ~\n"
    assert faults_of(text) == [
        ("unquoted-value", 1, 4),
        ("duplicate-key", 2, 1),
        ("yaml-extra", 2, 4),
        ("yaml-extra", 4, 4),
        ("unquoted-value", 5, 4),
    ]


def test_what_comes_of_broken_syntax_is_not_told_as_well() -> None:
    assert faults_of("a: {x\n") == [("yaml-syntax", 1, 4)]
    assert faults_of("a: 1\nb: {x\n") == [("unquoted-value", 1, 4), ("yaml-syntax", 2, 4)]
    assert faults_of("a: &x &y z\n") == [("yaml-extra", 1, 4)]


def test_a_character_is_told_once_however_often_it_occurs() -> None:
    assert faults_of("a: \u200bb\u200b\nc: \u202e\u200b\n") == [
        ("unreadable-text", 1, 4),
        ("unreadable-text", 2, 4),
    ]


def test_letters_of_every_alphabet_are_welcome() -> None:
    text = "電力計, счётчик, مقياس, मीटर, เมตร, ⚠️, é"
    assert parse(f"a: {text}\n".encode()) == ({"a": text}, [])


@pytest.mark.parametrize("path", [RECORD, MANUFACTURER])
def test_what_is_around_the_cases_is_read_as_it_stands(path: str) -> None:
    assert_read_strictly((AROUND / path).read_bytes())
    assert parse((AROUND / path).read_bytes())[1] == []
