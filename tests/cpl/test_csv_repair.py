"""A damaged cell of a CSV is mended where one published value explains it, and nowhere else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import FLAT_COLUMNS, flat_row, sample

from fir.cpl.sheet import mend

HEADERS = dict(FLAT_COLUMNS)
LABEL = "Version 2.051 Issued on 21-10-2026"


def mended(**damaged: str) -> dict[str, str]:
    """What becomes of a sound row with these cells damaged, by field."""
    sound = dict(zip(HEADERS, flat_row(sample(), LABEL), strict=True))
    row = {HEADERS[field]: value for field, value in {**sound, **damaged}.items()}
    fields = {header: field for field, header in FLAT_COLUMNS}
    return {fields[header]: value for header, value in mend(row).items()}


def test_a_sound_row_is_left_alone() -> None:
    assert mended() == {}


@pytest.mark.parametrize(
    ("field", "left", "published"),
    [
        ("cpl_number", "42", "000042"),
        ("cpl_number", "42.0", "000042"),
        ("hardware_version", "2", "02"),
        ("hardware_version", "2.0", "02"),
        ("hardware_version", "", "02"),
        ("hardware_revision", "NaN", "0A"),
        ("hardware_revision", "#N/A", "0A"),
        ("model_identifier", "5", "0005"),
        ("model_identifier", "nan", "0005"),
        ("manufacturer_identifier", "163", "0163"),
        ("firmware_version", "1070309", "01070309"),
        ("joined", "NaN", "0005020A"),
    ],
)
def test_the_one_reading_is_found(field: str, left: str, published: str) -> None:
    assert mended(**{field: left}) == {field: published}


@pytest.mark.parametrize(
    ("field", "left"),
    [
        ("cpl_number", "0"),
        ("cpl_number", "NaN"),
        ("cpl_number", "1234567"),
        ("hardware_version", "3"),  # the joined column says 02
        ("hardware_version", "05"),
        ("manufacturer_identifier", "63"),  # 0063, or 63E0 taken for a number
        ("manufacturer_identifier", "1E+52"),
        ("manufacturer_identifier", "NaN"),
        ("firmware_version", "50203"),  # 00050203 or 050203E0
        ("firmware_version", "1070300"),  # 01070300 or 010703E2
        ("firmware_version", "1.07E+06"),
        ("joined", "0005020B"),
        ("joined", "9"),
    ],
)
def test_what_stays_unclear_is_not_mended(field: str, left: str) -> None:
    assert mended(**{field: left}) == {}


def test_an_exponent_is_explained_by_the_joined_column() -> None:
    row = {"model_identifier": "1E+52", "joined": "1E52020A"}
    assert mended(**row) == {"model_identifier": "1E52"}


def test_hardware_lost_in_both_columns_is_mended_only_where_zeros_are_all_it_lost() -> None:
    assert mended(hardware_version="2", joined="NaN") == {
        "hardware_version": "02",
        "joined": "0005020A",
    }
    assert mended(hardware_revision="NaN", joined="NaN") == {}


@settings(max_examples=300)
@given(st.text("00125E", min_size=8, max_size=8))
def test_a_firmware_version_taken_for_a_number_is_never_mended_wrongly(version: str) -> None:
    with suppress(ValueError, OverflowError):
        for left in (f"{float(version)}", f"{int(float(version))}"):
            assert mended(firmware_version=left).get("firmware_version", version) == version


@settings(max_examples=300)
@given(st.text("00125E", min_size=4, max_size=4))
def test_a_manufacturer_taken_for_a_number_is_never_mended_wrongly(code: str) -> None:
    with suppress(ValueError, OverflowError):
        for left in (f"{float(code)}", f"{int(float(code))}"):
            assert mended(manufacturer_identifier=left).get("manufacturer_identifier", code) == code
