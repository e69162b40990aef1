"""How one number comes to be written in two ways, and what a hand makes of a number."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fir.identifiers
from fir.identifiers import likeness, slips

HEX = st.integers(0, 0xFFFFFFFF).map(lambda number: f"{number:08X}")


@pytest.mark.parametrize(
    ("written", "wanted", "words"),
    [
        ("00040A01", "00041001", "the same number in BCD"),
        ("00041001", "00040A01", "the same number in hexadecimal"),
        ("0A", "10", "the same number in BCD"),
        ("17236736", "01070300", "the same number in hexadecimal"),
        ("01070300", "17236736", "the same number in decimal"),
        ("0100", "0256", "the same number in decimal"),
        ("0256", "0100", "the same number in hexadecimal"),
        ("00030701", "01070300", "the same bytes in reverse order"),
        ("0500", "0005", "the same bytes in reverse order"),
        ("01073000", "01070300", "two digits are swapped"),
        ("7F10", "7F01", "two digits are swapped"),
        ("7F01", "8F01", ""),
        ("01070300", "01070400", ""),
        ("01070300", "01070300", ""),
    ],
)
def test_each_coding_is_named_from_the_written_to_the_wanted(
    written: str, wanted: str, words: str
) -> None:
    assert likeness(written, wanted) == words


def test_colons_and_small_letters_make_no_difference() -> None:
    assert likeness("00:04:0a:01", "00041001") == "the same number in BCD"
    assert likeness("00040A01", "00:04:10:01") == "the same number in BCD"
    assert likeness("01:07:03:00", "01070300") == ""


def test_what_is_no_hexadecimal_number_is_like_nothing() -> None:
    assert likeness("Gas Smart Meter", "Gas Smart Merte") == ""
    assert likeness("0104", "01040000") == ""
    assert likeness("", "") == ""
    assert likeness("0¹", "01") == ""


@given(HEX)
def test_every_reading_is_named_whatever_the_number(written: str) -> None:
    number = [int(written[start : start + 2], 16) for start in range(0, 8, 2)]
    in_bcd = "".join(f"{byte:02d}" for byte in number)
    if in_bcd != written and len(in_bcd) == 8:
        assert likeness(written, in_bcd) == "the same number in BCD"
        assert likeness(in_bcd, written) == "the same number in hexadecimal"


@given(HEX, HEX)
def test_likeness_of_two_numbers_never_fails(written: str, wanted: str) -> None:
    assert isinstance(likeness(written, wanted), str)


def test_a_moved_digit_comes_before_a_mistyped_one() -> None:
    found = list(slips("000024"))
    assert found.index("000042") < found.index("000025")
    assert "000420" in slips("000042")
    assert "000043" in slips("000042")
    assert "000053" not in slips("000042")


def test_slips_are_other_numbers_of_six_digits_each_once() -> None:
    found = list(slips("001042"))
    assert len(found) == len(set(found))
    assert "001042" not in found
    assert all(len(number) == 6 and number.isdecimal() for number in found)


def test_the_examples_in_the_module_are_true() -> None:
    assert doctest.testmod(fir.identifiers).failed == 0
