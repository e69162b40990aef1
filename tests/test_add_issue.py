"""The text of an issue: all of it data, read by the headings of our form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from around import ROOT, lay
from fir.columns import by_header, columns, folded
from fir.read.yaml_text import parse
from fir.shape import Shapes
from submissions import FOLDER, GAS, NOTES, Desk, findings, statuses

SHAPES = Shapes(ROOT / "schema")
FORM = ROOT / ".github/ISSUE_TEMPLATE/submission.yml"
ANSWERS = {
    "Manufacturer": "Example Meters Limited",
    "CPL number": "000041",
    "Device type": "Gas Smart Meter",
    "Manufacturer identifier": "7F:01",
    "Model identifier": "0005",
    "Hardware version": "02",
    "Hardware revision": "03",
    "Firmware version": "01:07:02:00",
    "Release notes": NOTES,
    "Can be installed directly over": "000040",
    "Outage alert on activation": "not-expected",
    "Email address": "firmware@example-meters.example",
    "Telephone number": "+44 1632 960123",
    "Address lines": "Unit 4, Example Park",
    "Town": "Exampleton",
    "Postal code": "EX1 2MP",
    "Country": "UK",
}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(lay(tmp_path / "root"), tmp_path / "inbox", capsys)


def body(ends: str = "\n", **changes: str) -> str:
    """The text that GitHub makes of the form's answers."""
    answers = {**ANSWERS, **{name.replace("_", " "): said for name, said in changes.items()}}
    return "".join(
        f"### {label}{ends}{ends}{said or '_No response_'}{ends}{ends}"
        for label, said in answers.items()
    )


def notes(desk: Desk) -> str:
    value: dict[str, Any] = parse((desk.root / FOLDER / "000041.yaml").read_bytes())[0]
    return str(value["release_notes"])


def read(desk: Desk, text: str) -> tuple[int, dict[str, Any]]:
    return desk.add(desk.file("issue.csv", text))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_answers_become_a_record(desk: Desk, ends: str) -> None:
    code, report = read(desk, body(ends, Released_on=""))
    assert (code, statuses(report), findings(report)) == (0, ["written"], [])
    value = parse((desk.root / FOLDER / "000041.yaml").read_bytes())[0]
    assert value == {
        "cpl_number": "000041",
        "manufacturer": "example-meters",
        "device": GAS,
        "release_notes": NOTES,
        "outage_alert_on_activation": "not-expected",
        "upgrade_from": ["000040"],
    }
    assert desk.check() == 0
    assert statuses(read(desk, body())[1]) == ["unchanged"]


FENCED = "Two\n\n### Email address\n\nevil@x.example"


def test_the_fence_that_a_form_puts_around_an_answer_is_taken_off(desk: Desk) -> None:
    assert read(desk, body(Release_notes=f"```text\n{FENCED}\n```"))[0] == 0
    assert notes(desk) == f"{FENCED}\n"


def test_a_heading_of_ours_among_the_notes_is_never_taken_for_a_field(desk: Desk) -> None:
    before = desk.files()
    code, report = read(desk, body(Release_notes=FENCED))
    assert (code, statuses(report)) == (1, ["refused"])
    assert (
        "the heading `Email address` stands here again, first in line"
        in (findings(report)[0]["message"])
    )
    assert desk.files() == before


def test_a_fence_that_is_never_closed_swallows_the_rest_and_nothing_is_written(desk: Desk) -> None:
    code, report = read(desk, body(Model_identifier="```"))
    assert (code, statuses(report)) == (1, ["refused"])


@pytest.mark.parametrize(
    "said",
    [
        "### Fixes\n\n- one\n- two",
        "@everyone see #1 and https://x.example",
        "<!-- hidden --> shown",
        "```\nreboot\n```",
        "```text\none\n```\nbetween\n```text\ntwo\n```",
        "---\nmanufacturer: other\n---",
        "=HYPERLINK(1)",
        "release_notes,cpl_number\nx,000041",
        "![x](https://x.example/a.png) <script>alert(1)</script>",
    ],
)
def test_whatever_the_notes_hold_is_their_text(desk: Desk, said: str) -> None:
    assert read(desk, body(Release_notes=said))[0] == 0
    assert notes(desk) == ("reboot\n" if "reboot" in said else f"{said}\n")
    assert desk.check() == 0


@pytest.mark.parametrize(
    ("label", "said", "words"),
    [
        ("CPL_number", "42", "`entries.cpl_number` is `42`"),
        ("CPL_number", "000041 <!-- x -->", "`entries.cpl_number` is"),
        ("Model_identifier", "5", "model_identifier` is `5`"),
        ("Release_notes", "", "release notes are blank"),
        ("Telephone_number", "tel:+441632960123;ext=1", "telephone` is"),
        ("Telephone_number", "+" + "1" * 200, "telephone` is"),
        ("Email_address", "Jane <j@x.example>", "email` is"),
        ("Country", "Atlantis", "country` is"),
        ("Link_to_further_notes", "javascript:alert(1)", "it should begin with `https://`"),
        ("Link_to_further_notes", "https://127.0.0.1/", "not an IP address"),
        ("Can_be_installed_directly_over", "17", "upgrade_from` is `17`"),
        ("Manufacturer", "../../x", "the company is"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(desk: Desk, label: str, said: str, words: str) -> None:
    text = body(**{label: said})
    code, report = read(desk, text)
    assert (code, statuses(report)) == (1, ["refused"])
    told = [each for each in findings(report) if words in each["message"]]
    assert told, findings(report)
    line = text.split("\n").index(f"### {label.replace('_', ' ')}") + 1
    assert told[0]["place"].endswith(f"issue.csv, line {line}")


def test_notes_that_look_like_a_table_do_not_make_one_of_the_issue(desk: Desk) -> None:
    said = "release_notes,cpl_number\nx,000041"
    text = f"### Release notes\n\n{said}\n\n{body(Release_notes='')}"
    _, report = read(desk, text.replace("### Release notes\n\n_No response_\n\n", ""))
    assert statuses(report) == ["written"]
    assert notes(desk) == f"{said}\n"


def test_a_long_line_of_marks_takes_no_time(desk: Desk) -> None:
    assert read(desk, body(Release_notes="### " + "# " * 9_000 + "x"))[0] == 0


# The form itself


def fields() -> list[dict[str, Any]]:
    form = yaml.safe_load(FORM.read_text(encoding="utf-8"))
    return [each for each in form["body"] if each["type"] != "markdown"]


def test_every_label_of_the_form_is_a_field_and_what_must_be_there_is_asked_for() -> None:
    known = by_header(SHAPES)
    asked = {known[folded(each["attributes"]["label"])].name: each for each in fields()}
    assert len(asked) == len(fields())
    for column in columns(SHAPES):
        if column.required:
            assert asked[column.name]["validations"]["required"]


def test_the_choices_of_the_form_are_those_of_the_schema() -> None:
    known = by_header(SHAPES)
    for each in fields():
        if each["type"] == "dropdown":
            keys = known[folded(each["attributes"]["label"])].keys
            assert each["attributes"]["options"] == SHAPES.field("submission", keys)["enum"]


# Whatever is accepted passes

ANSWER = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["```", "### Country", "### x", "_No response_", "<!--", "000040", "01:08:00:00", "~~~"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(changes=st.dictionaries(st.sampled_from(list(ANSWERS)), ANSWER, max_size=3))
def test_whatever_is_accepted_passes_every_check(desk: Desk, changes: dict[str, str]) -> None:
    before = desk.files()
    desk.add(desk.file("x", body(**changes)), "--take-contact")
    assert desk.check() == 0
    for each in desk.files().keys() - before.keys():
        (desk.root / each).unlink()
    for each, content in before.items():
        (desk.root / each).write_bytes(content)
