"""`fir check --fix` mends what is certain, shows it, and guesses nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from around import MANUFACTURER, RECORD, ROOT, change, lay
from hypothesis import given
from hypothesis import strategies as st

from fir.cli import main
from fir.editing.mend import mended
from fir.editing.notation import hexadecimal, renoted, telephone
from fir.schemas import Shapes
from fir.strict_yaml.reader import parse

FOLDER = "records/firmware/example-meters"
WAITING = "records/pending/example-meters/7F01-0005-0204-01070300.yaml"
SHAPES = Shapes(ROOT / "schema")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


def fix(root: Path, *arguments: str) -> int:
    return main(["check", "--fix", "--root", str(root), *arguments])


def sound(root: Path) -> bytes:
    return (root / RECORD).read_bytes()


# One slip each, whose cure leaves the record as it was


SLIPS = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR alone": lambda data: data.replace(b"\n", b"\r"),
    "trailing blanks": lambda data: data.replace(b'"\n', b'"  \n'),
    "no quotes": lambda data: data.replace(b'"0005"', b"0005").replace(b'"02"', b"02"),
    "colons": lambda data: data.replace(b'"7F01"', b'"7f:01"').replace(
        b'"01070300"', b"01:07:03:00"
    ),
    "a type in lower case": lambda data: data.replace(b"Gas Smart Meter", b"gas smart meter"),
    "blanks around": lambda data: data.replace(b'"000042"', b'" 000042 "'),
    "the order": lambda data: b"\n".join([*data.split(b"\n")[2:], data.split(b"\n")[1], b""]),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_mended_to_the_very_same_record(
    slip: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sound(root)
    (root / RECORD).write_bytes(SLIPS[slip](before))
    assert sound(root) != before
    assert fix(root) == 0
    assert sound(root) == before
    said = capsys.readouterr()
    assert f"--- {RECORD}\n" in said.err and "1 file mended\n" in said.err
    assert said.out == ""


def test_a_telephone_number_is_written_as_the_register_does(root: Path) -> None:
    before = (root / MANUFACTURER).read_bytes()
    change(root, MANUFACTURER, "+441632960123", "+44 (0)1632 960-123")
    assert fix(root) == 0
    assert (root / MANUFACTURER).read_bytes() == before


# What is left to whoever knows


GUESSES = {
    "a lost zero": ('"0005"', '"5"'),
    "a field without a value": ('"0005"', ""),
    "null": ('"0005"', "~"),
    "a comment or not": ('"Gas Smart Meter"', "Gas Smart Meter # old"),
    "a misspelt key": ("manufacturer:", "manufacter:"),
    "another type": ('"Gas Smart Meter"', '"Gas Meter"'),
}


@pytest.mark.parametrize("guess", GUESSES)
def test_a_value_is_never_guessed(guess: str, root: Path) -> None:
    change(root, RECORD, *GUESSES[guess])
    value = parse(sound(root), as_text=True)[0]
    assert fix(root) == 1
    assert parse(sound(root), as_text=True)[0] == value


def test_another_firmware_in_bcd_stays_and_is_reported(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root, RECORD, '"01070300"', '"01070C00"')
    before = sound(root)
    assert fix(root, "--format", "json") == 1
    said = capsys.readouterr()
    assert sound(root) == before
    assert json.loads(said.out)["findings"][0]["check"] == "cpl-mismatch"
    assert said.err.startswith("0 files mended\n")


# Where a file belongs


def test_a_file_is_named_by_the_entry_it_describes(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sound(root)
    (root / RECORD).rename(root / FOLDER / "000024.yaml")
    assert fix(root) == 0
    assert sound(root) == before
    assert not (root / FOLDER / "000024.yaml").exists()
    said = capsys.readouterr().err
    assert f"added {RECORD}\ndeleted {FOLDER}/000024.yaml\n1 file mended\n" in said


def test_a_file_whose_device_is_another_entry_is_not_moved(root: Path) -> None:
    change(root, RECORD, '"01070300"', '"01070200"')
    (root / RECORD).rename(root / FOLDER / "000024.yaml")
    assert fix(root) == 1
    assert (root / FOLDER / "000024.yaml").exists()


def test_a_pending_record_that_is_listed_takes_its_number(root: Path) -> None:
    text = sound(root).decode().replace('cpl_number: "000042"\n', "")
    text = text.replace('revision: "03"', 'revision: "04"').replace("firmware-", "pending-")
    (root / WAITING).parent.mkdir(parents=True)
    (root / WAITING).write_text(text, encoding="utf-8", newline="\n")
    assert main(["check", "--root", str(root)]) == 1
    assert fix(root) == 0
    assert not (root / WAITING).exists()
    value = parse((root / FOLDER / "000043.yaml").read_bytes())[0]
    assert (value["cpl_number"], value["device"]["hardware_revision"]) == ("000043", "04")


def test_a_place_that_is_taken_is_not_written_over(root: Path) -> None:
    (root / FOLDER / "000024.yaml").write_bytes(sound(root))
    assert fix(root) == 1
    assert (root / FOLDER / "000024.yaml").exists()


def test_a_path_narrows_what_is_mended(root: Path) -> None:
    (root / RECORD).write_bytes(sound(root).replace(b'"02"', b"02"))
    before = sound(root)
    assert fix(root, "records/manufacturers") == 0
    assert sound(root) == before


# Notation


@given(digits=st.binary(min_size=2, max_size=8), sign=st.sampled_from(["", ":", " "]))
def test_hexadecimal_is_one_value_in_every_notation(digits: bytes, sign: str) -> None:
    assert hexadecimal(digits.hex(sign) if sign else digits.hex()) == digits.hex().upper()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("0044 20 7946 0018", "+442079460018"),
        ("+44-20-7946-0018", "+442079460018"),
        ("+49 (0) 89 123456", "+4989123456"),
        ("020 7946 0018", "020 7946 0018"),
        ("+44 20 7946 0018 ext 5", "+44 20 7946 0018 ext 5"),
        ("+44 20 7946 0018; +44 20 7946 0019", "+44 20 7946 0018; +44 20 7946 0019"),
    ],
)
def test_a_telephone_number_keeps_its_digits(written: str, read: str) -> None:
    assert telephone(written) == read


@pytest.mark.parametrize(
    "text", ["5", "005", "0x5", "00:05:0", "0G05", "0O05", "\uff11\uff12\uff13\uff14", "4-2"]
)
def test_no_digit_is_added_or_taken_away(text: str) -> None:
    field = SHAPES.field("record", ("device", "model_identifier"))
    assert renoted(field, text) is None


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_stop_the_mending(data: bytes) -> None:
    from fir.diagnostics import Refused

    try:
        once = mended(SHAPES, "record", RECORD, data)
    except Refused:
        return
    assert mended(SHAPES, "record", RECORD, once) == once
    assert parse(once)[1] == []
