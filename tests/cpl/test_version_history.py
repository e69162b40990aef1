"""Which entries an issue of the list says it adds; whatever is not said plainly is not known."""

from __future__ import annotations

import pytest

from fir.cpl.version_history import additions


def added(*lines: str) -> dict[str, str]:
    return dict(additions("\n".join(lines)))


@pytest.mark.parametrize(
    "heading",
    [
        "Three New Device Models added:",
        "One New Device Model Added",
        "One new SMETS1 Device Model added.",
        "New SMETS1 device models added",
        "12 New SMETS1 Device Models added :",
        "Two New Devices Model added:",
        "Five new devices added:",
        "One new SMETS2 GSME added:",
        "Two new SMETS2 ESMEs added:",
        "One Device Model re-added:",
        "Two New Device Models added which includes two fragments:",
        "Three New Device Models added (renamed to correct entry numbers 00026 and 00027):",
        "One New SMETS2 Device Model added and four new SMETS1 Device Models added:",
        "One new Device Model has been added:",
    ],
)
def test_a_list_of_additions_is_known_by_its_heading(heading: str) -> None:
    assert added(heading, "000042 - Example EM1", "000043 - Example EM2") == {
        "000042": "Example EM1",
        "000043": "Example EM2",
    }


@pytest.mark.parametrize(
    "heading",
    [
        "One Device Model removed:",
        "Two Device Models, status changed to current",
        "One Device Model amended:",
        "Correction to previous SMETS1 Device Model Entry 000042:",
        "CPA certificates added to two Device Models:",
        "One Device Model added and one removed:",
        "The following changes were made:",
        "",
    ],
)
def test_a_number_in_another_list_is_not_an_addition(heading: str) -> None:
    assert added(heading, "000042 - Example EM1") == {}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("000042 - Example EM1", "Example EM1"),
        ("000042 – Example EM1", "Example EM1"),
        ("000042 Example EM1", "Example EM1"),
        ("  000042 -Example  EM1  (updated) ", "Example EM1 (updated)"),
        ("000042:\tExample EM1", "Example EM1"),
        ("000042", ""),
    ],
)
def test_a_label_is_the_text_after_the_number(line: str, label: str) -> None:
    assert added("New Device Models added:", line) == {"000042": label}


@pytest.mark.parametrize(
    "line",
    [
        "00042 - five digits",
        "0000042 - seven digits",
        "Entry 000042 - not at the beginning",
        "000042A - more than a number",
        "000042 - 000045 - a range",
    ],
)
def test_a_line_that_does_not_begin_with_one_number_says_nothing(line: str) -> None:
    assert added("New Device Models added:", line) == {}


@pytest.mark.parametrize("line", ["00042 - five digits", "0000042 - seven digits"])
def test_a_mistyped_number_does_not_end_the_list(line: str) -> None:
    assert added("New Device Models added:", line, "000043 - EM2") == {"000043": "EM2"}


def test_each_heading_rules_until_the_next() -> None:
    found = added(
        "One Device Model removed:",
        "000041 - Example EM1",
        "Two New Device Models added:",
        "000042 - Example EM2",
        "",
        "000043 - Example EM3",
        "One Device Model removed:",
        "000044 - Example EM4",
    )
    assert list(found) == ["000042", "000043"]


def test_a_remark_ends_the_list() -> None:
    found = added("New Device Models added:", "000042 - EM1", "These replace:", "000041 - EM0")
    assert list(found) == ["000042"]


def test_long_runs_of_blanks_and_escaped_breaks_separate_entries() -> None:
    gap = " " * 40
    text = f"New Device Models added:{gap}000042 - EM1 (new){gap}000043 - EM2_x000D_\n000044 - EM3"
    assert dict(additions(text)) == {"000042": "EM1 (new)", "000043": "EM2", "000044": "EM3"}


def test_a_label_that_cannot_be_shown_is_left_empty() -> None:
    assert added("New Device Models added:", "000042 - EM\u202e1", f"000043 - {'x' * 501}") == {
        "000042": "",
        "000043": "",
    }
