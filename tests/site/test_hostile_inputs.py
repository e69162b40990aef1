"""Where each hostile input that the site and `fir add` must survive is tried, by its number."""

from __future__ import annotations

import ast
from functools import cache

import pytest
from around import ROOT
from hostility import INPUTS

_PAGES = "browser/test_hostile_pages.py"
_READ = f"{_PAGES}::test_each_input_is_read_as_it_was_written"
_BROUGHT = "test_kinds.py::test_hostile_pages_are_accessible_quiet_and_fit_and_hold_nothing_brought"
_SENT = "test_hostile_submissions.py"
_NOTES = f"{_SENT}::test_notes_are_the_text_that_was_sent"
_ASTRAY = f"{_SENT}::test_links_and_contacts_that_lead_astray_are_refused"
_LINKS = "test_links.py::test_every_hostile_link_makes_one_error_at_its_place"
_FILE = "test_hostile_files.py::test_hostile_file_is_refused"
TRIED = {
    1: (_READ, _BROUGHT, f"{_PAGES}::test_what_the_cpl_says_of_an_entry_is_read_as_it_was_written"),
    2: (_READ, _BROUGHT, f"{_PAGES}::test_a_contact_is_read_and_copied_as_it_was_written"),
    3: (_READ, _BROUGHT),
    4: (_READ, _BROUGHT),
    5: (_READ, "test_hostile_files.py::test_nothing_of_the_machine_is_published"),
    6: (_READ, _BROUGHT),
    7: (_READ, _BROUGHT),
    8: (_READ, _BROUGHT, "browser/test_html.py::test_every_hostile_page_is_valid"),
    9: (_READ, _BROUGHT, _NOTES),
    10: (
        _READ,
        _NOTES,
        f"{_PAGES}::test_json_in_a_page_holds_hostile_names",
        "test_frame.py::test_nothing_in_the_dataset_can_end_its_element",
    ),
    11: (_READ, _NOTES, "test_feeds.py::test_hostile_text_comes_back_as_it_is"),
    12: (_FILE, "test_add.py::test_notes_that_cannot_be_published_are_refused"),
    **dict.fromkeys(range(13, 20), (_LINKS, _ASTRAY)),
    20: (_ASTRAY, "test_links.py::test_no_link_is_long_enough_to_keep_the_check_busy"),
    **dict.fromkeys(range(21, 24), (_FILE, _ASTRAY)),
    52: (_FILE, f"{_SENT}::test_the_name_of_a_file_is_only_a_name",
         f"{_SENT}::test_a_submission_writes_nowhere_else"),
    57: ("test_site.py::test_two_thousand_records_at_once_are_published",
         "test_reports.py::test_the_last_line_counts_what_github_would_drop",
         "test_reports.py::test_whatever_the_input_a_summary_stays_below_one_mebibyte"),
    58: (_READ, _NOTES, "test_reports.py::test_no_value_starts_a_command_of_its_own"),
    59: (_READ, _NOTES, "test_reports.py::test_no_value_is_markup"),
    60: (
        _NOTES,
        f"{_PAGES}::test_a_formula_is_text_on_a_page",
        "browser/test_looking_up.py::test_a_formula_in_a_name_stays_text_in_the_csv_file",
        "test_site.py::test_hostile_values_come_back_from_the_table",
        "test_downloads.py::test_no_value_becomes_a_formula_a_link_or_a_number",
    ),
    61: (
        _READ,
        _NOTES,
        "test_site.py::test_hostile_values_come_back_from_the_table",
        "test_downloads.py::test_frictionless_accepts_the_package_and_notices_a_change",
    ),
    62: ("test_reports.py::test_no_value_moves_the_cursor_or_makes_a_line",
         _NOTES, _FILE),
    63: (_FILE, f"{_SENT}::test_no_value_keeps_a_pattern_busy"),
    64: (f"{_SENT}::test_a_form_is_read_as_it_was_meant_or_refused_by_its_cell",
         "test_add_form.py::test_the_form_is_found_in_whatever_sheet_and_with_merged_groups",
         "test_add_table.py::test_numbers_of_a_spreadsheet_are_trusted_only_where_the_list_proves_them",
         "test_read.py::test_a_damaged_cell_is_refused_by_its_address",
         "test_read.py::test_merged_cells_among_the_entries_are_refused",
         "test_read.py::test_a_missing_renamed_or_repeated_header_is_refused_by_name"),
    65: (f"{_SENT}::test_a_workbook_that_is_cut_short_is_refused",
         "test_add.py::test_what_is_no_submission_is_refused_in_a_sentence",
         "test_add_form.py::test_a_zip_bomb_is_refused",
         "test_xlsx.py::test_what_is_no_spreadsheet_is_named"),
    67: ("test_schemas.py::test_schema_is_sound_and_named_by_its_file",
         "test_schemas.py::test_schema_refers_to_its_own_folder_only"),
    68: (_READ, _BROUGHT),
    69: (
        "browser/test_looking_up.py::test_hostile_queries_are_text",
        "browser/test_looking_up.py::test_broken_encoding_in_the_address_breaks_nothing",
    ),
    70: (_NOTES, "test_add_issue.py::test_whatever_the_notes_hold_is_their_text",
         "test_add_issue.py::test_a_heading_of_ours_among_the_notes_is_never_taken_for_a_field",
         "test_add_issue.py::test_the_fence_that_a_form_puts_around_an_answer_is_taken_off"),
}  # fmt: skip


@cache
def names_in(path: str) -> set[str]:
    (module,) = (ROOT / "tests").rglob(path)
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_no_input_is_left_out() -> None:
    assert set(TRIED) == {*range(1, 24), 52, *range(57, 66), *range(67, 71)}
    assert {int(number.split()[0]) for number in INPUTS} <= set(TRIED)


@pytest.mark.parametrize("number", TRIED)
def test_each_is_tried_by_a_test_that_is_there(number: int) -> None:
    for where in TRIED[number]:
        path, _, name = where.partition("::")
        assert name in names_in(path), where
