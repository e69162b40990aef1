"""The text of an issue: all of it data, read by the headings of our form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from around import MANUFACTURER, RECORD, ROOT, lay
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fir.cli import main
from fir.schemas import Shapes
from fir.strict_yaml.reader import parse
from fir.submissions.columns import by_header, columns, folded
from submissions import CONTACT, FOLDER, GAS, NOTES, Desk, findings, statuses

SHAPES = Shapes(ROOT / "schema")
TEMPLATES = ROOT / ".github/ISSUE_TEMPLATE"
DEVICE = ("entries", 0, "device")
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


def body(answers: Mapping[str, str] = ANSWERS, ends: str = "\n", **changes: str) -> str:
    """The text that GitHub makes of a form's answers."""
    answers = {**answers, **{name.replace("_", " "): said for name, said in changes.items()}}
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
    sent = body(ends=ends, Released_on="", Outage_alert_on_activation="Not expected")
    code, report = read(desk, sent)
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


def test_a_fence_that_is_never_closed_is_told_where_it_is_opened(desk: Desk) -> None:
    text = body(Release_notes="```text\nCorrects it.")
    code, report = read(desk, text)
    assert (code, statuses(report)) == (1, ["refused"])
    assert "a fence is opened here that nothing closes" in findings(report)[0]["message"]
    assert findings(report)[0]["place"].endswith(f"line {text.split(chr(10)).index('```text') + 1}")


@pytest.mark.parametrize("wrong", ["## CPL number", "### CPL no. (six digits)", "Jane Doe"])
def test_what_stands_below_a_short_answer_is_no_part_of_it(desk: Desk, wrong: str) -> None:
    for before in ("CPL number", "Release notes"):
        text = body(Manufacturer="Fresh Meters Ltd", Manufacturer_identifier="7F09")
        code, report = read(desk, text.replace(f"### {before}", f"{wrong}\n\n### {before}"))
        assert (code, statuses(report)) == (1, ["refused"])
        assert f" has a second line, `{wrong}`" in findings(report)[0]["message"]


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


def test_a_choice_that_nobody_made_is_none(desk: Desk) -> None:
    """GitHub offers `None` above the choices of a field that may stay blank."""
    chosen = body(Outage_alert_on_activation="None", Release_notes="None")
    assert read(desk, chosen)[0] == 0
    value = parse((desk.root / FOLDER / "000041.yaml").read_bytes())[0]
    assert "outage_alert_on_activation" not in value and value["release_notes"] == "None\n"


# A correction

CORRECTION = {
    "Manufacturer": "Example Meters Ltd",
    "CPL number": "000042",
    "Release notes": "```text\nCorrects the gas day boundary.\n```",
    "Corrected on": "02/11/2026",
    "What was corrected": "Left the clock out.",
}


def test_an_issue_corrects_published_notes(desk: Desk) -> None:
    text = body(CORRECTION)
    code, report = read(desk, text)
    assert (code, statuses(report), findings(report)) == (0, ["written"], [])
    made = parse((desk.root / RECORD).read_bytes())[0]
    assert made["release_notes"] == "Corrects the gas day boundary.\n"
    assert made["corrections"] == [{"on": "2026-11-02", "what": "Left the clock out."}]
    assert desk.check() == 0
    assert statuses(read(desk, text)[1]) == ["unchanged"]


def test_an_issue_corrects_every_number_that_it_names(desk: Desk) -> None:
    given = ["--manufacturer", "example-meters", "--from", "000042", "--root", str(desk.root)]
    assert main(["new", "000043", *given]) == 0
    for between in (" ", ", ", "\n"):
        _, report = read(desk, body(CORRECTION, CPL_number=f"000042{between}000043"))
        assert [each["row"] for each in report["results"]] == [1, 2]
    assert desk.check() == 0
    for number in ("000042", "000043"):
        made = parse((desk.root / FOLDER / f"{number}.yaml").read_bytes())[0]
        assert len(made["corrections"]) == 1


@pytest.mark.parametrize(
    ("label", "said", "words"),
    [
        ("What was corrected", "", "`corrections.what` is empty"),
        ("Corrected on", "", "`corrections.on` is empty"),
        ("Corrected on", "yesterday", "`corrections.on` is `yesterday`"),
        ("CPL number", "42", "`entries.cpl_number` is `42`"),
        ("Release notes", "", "release notes are blank"),
    ],
)
def test_what_a_correction_lacks_is_told_with_its_line(
    desk: Desk, label: str, said: str, words: str
) -> None:
    text = body(CORRECTION, **{label.replace(" ", "_"): said})
    code, report = read(desk, text)
    assert (code, statuses(report)) == (1, ["refused"])
    told = [each for each in findings(report) if words in each["message"]]
    line = text.split("\n").index(f"### {label}") + 1
    assert told and told[0]["place"].endswith(f"issue.csv, line {line}"), findings(report)


# A contact alone

CHANGED = {
    "Manufacturer": "example-meters",
    "Device type": "",
    "Email address": "new@example-meters.example",
    "Telephone number": "",
    "Country": "",
    "Confirmed on": "",
}


def on_file(desk: Desk) -> dict[str, Any]:
    return parse((desk.root / MANUFACTURER).read_bytes())[0]  # type: ignore[no-any-return]


def test_an_issue_brings_a_contact_which_is_told_and_taken_only_when_told_to(desk: Desk) -> None:
    before = desk.files()
    path = desk.file("x", body(CHANGED))
    code, report = desk.add(path)
    assert (code, statuses(report)) == (1, ["unchanged"])
    [finding] = findings(report)
    assert finding["check"] == "contact-differs" and finding["place"].endswith("x, line 9")
    assert finding["fix"] == "if it is right, run again with `--take-contact`; else leave it"
    assert desk.files() == before
    code, report = desk.add(path, "--take-contact")
    assert (code, statuses(report), findings(report)) == (0, ["written"], [])
    assert report["results"][0]["path"] == MANUFACTURER
    assert report["trailers"][0] == "FIR-Submitter: Example Meters Ltd"
    assert on_file(desk)["contact"] == {**CONTACT, "email": "new@example-meters.example"}
    assert desk.check() == 0
    assert statuses(desk.add(path, "--take-contact")[1]) == ["unchanged"]


def test_a_website_alone_is_a_contact_too(desk: Desk) -> None:
    changed = body(CHANGED, Email_address="", Website="www.example-meters.example")
    assert statuses(desk.add(desk.file("x", changed), "--take-contact")[1]) == ["written"]
    assert on_file(desk)["website"] == "https://www.example-meters.example"
    assert on_file(desk)["contact"] == {**CONTACT, "confirmed_on": "2026-10-01"}


@pytest.mark.parametrize("stated", ["Communications Hub", ""])
def test_a_contact_alone_may_be_for_one_type(desk: Desk, stated: str) -> None:
    path = desk.file("x", body(CHANGED, Device_type=stated))
    assert ("--contact-for" in findings(desk.add(path)[1])[0]["fix"]) == bool(stated)
    code, report = desk.add(path, "--contact-for", "Communications Hub")
    assert (code, statuses(report)) == (0, ["written"])
    assert on_file(desk)["contact"]["email"] == CONTACT["email"]
    made = on_file(desk)["contact_by_device_type"]["Communications Hub"]
    assert made["email"] == "new@example-meters.example"
    assert desk.check() == 0


def test_a_contact_that_is_only_confirmed_is_told_too(desk: Desk) -> None:
    for day, status in (
        ("2026-10-01", "unchanged"),
        ("1st  october 2026", "unchanged"),
        ("31 Feb 2026", "refused"),
        ("2 Mayor 2026", "refused"),
        ("2 Nov 2026", "written"),
    ):
        path = desk.file("x", body(CHANGED, Email_address="", Confirmed_on=day))
        assert statuses(desk.add(path, "--take-contact")[1]) == [status]
    assert on_file(desk)["contact"] == {**CONTACT, "confirmed_on": "2026-11-02"}


@pytest.mark.parametrize(
    ("label", "said", "words"),
    [
        ("Manufacturer", "Nobody Ltd", "there is no manufacturer `Nobody Ltd`"),
        ("Manufacturer", "", "no manufacturer is named"),
        ("Email_address", "Jane <j@x.example>", "contact.email` is"),
        ("Device_type", "Gas Meter", "device.type` is `Gas Meter`"),
        ("Country", "Atlantis", "country` is `Atlantis`"),
        ("Email_address", "", "no contact is given"),
    ],
)
def test_a_contact_that_cannot_be_taken_is_refused(
    desk: Desk, label: str, said: str, words: str
) -> None:
    before = desk.files()
    path = desk.file("x", body(CHANGED, **{label: said}))
    code, report = desk.add(path, "--take-contact")
    assert (code, statuses(report)) == (1, ["refused"])
    assert words in findings(report)[0]["message"]
    assert desk.files() == before


# The forms themselves

FORMS = sorted(path for path in TEMPLATES.glob("*.yml") if path.name != "config.yml")


def fields(path: Path) -> list[dict[str, Any]]:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "title", "body"} <= form.keys()
    return [each for each in form["body"] if each["type"] != "markdown"]


@pytest.mark.parametrize("path", FORMS, ids=[path.stem for path in FORMS])
def test_every_label_is_a_title_of_the_schema_and_every_choice_its_own(path: Path) -> None:
    known = by_header(SHAPES)
    for each in fields(path):
        column, asked = known[folded(each["attributes"]["label"])], each["attributes"]
        assert (each["id"], asked["label"]) == (column.name, column.title)
        told = SHAPES.field("submission", column.keys)
        if each["type"] == "dropdown":
            assert asked["options"] == told["enum"]
        else:
            assert ("enum" in told) == (column.name == "country")
        assert (each["type"] == "textarea") == (column.name == "release_notes")
    assert len({each["id"] for each in fields(path)}) == len(fields(path))


def test_each_form_asks_for_what_its_submission_needs() -> None:
    asked = {
        path.stem: {
            each["id"] for each in fields(path) if each.get("validations", {}).get("required")
        }
        for path in FORMS
    }
    needed = {column.name for column in columns(SHAPES) if column.required}
    device = {column.name for column in columns(SHAPES) if column.keys[:3] == DEVICE}
    correction = {column.name for column in columns(SHAPES) if column.keys[0] == "corrections"}
    assert asked == {
        "submission": needed | device,
        "correction": needed | correction | {"cpl_number"},
        "contact": {"manufacturer"},
    }


def test_github_takes_the_forms() -> None:
    builtin = pytest.importorskip("check_jsonschema.builtin_schemas")
    for path in TEMPLATES.glob("*.yml"):
        kind = "config" if path.name == "config.yml" else "forms"
        schema = builtin.get_builtin_schema(f"vendor.github-issue-{kind}")
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        jsonschema.validators.validator_for(schema)(schema).validate(form)


def test_whoever_has_no_account_is_sent_to_the_guide() -> None:
    chosen = yaml.safe_load((TEMPLATES / "config.yml").read_text(encoding="utf-8"))
    [link] = chosen["contact_links"]
    site = re.search("^site_url: (.*)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    assert site and link["url"] == f"{site[1]}guides/manufacturers/"
    assert (ROOT / "docs/guides/manufacturers/index.md").is_file()


# Whatever is accepted passes

ANSWER = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["```", "### Country", "### x", "_No response_", "<!--", "000040", "01:08:00:00", "~~~"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    form=st.sampled_from([ANSWERS, CORRECTION, CHANGED]),
    changes=st.dictionaries(st.sampled_from([*ANSWERS, *CORRECTION]), ANSWER, max_size=3),
)
def test_whatever_is_accepted_passes_every_check(
    desk: Desk, form: dict[str, str], changes: dict[str, str]
) -> None:
    before = desk.files()
    desk.add(desk.file("x", body(form, **changes)), "--take-contact")
    assert desk.check() == 0
    for each in desk.files().keys() - before.keys():
        (desk.root / each).unlink()
    for each, content in before.items():
        (desk.root / each).write_bytes(content)
