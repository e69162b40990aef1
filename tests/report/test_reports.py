"""Findings in the four formats, and that nothing in a record can be more than text in any."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateAssertionError, UndefinedError
from markup_read import tags, without_code

from fir.diagnostics import Diagnostic, visible
from fir.report import Report, github, markdown, text
from fir.report import json as json_report

HOSTILE = (
    "x\n::error file=a::b",
    "::stop-commands::token",
    "%0A::warning::x",
    "100% of a:b,c",
    "\x1b]0;title\x07\x1b[31m",
    "a\u202eb\u2028c",
    "<img src=x onerror=alert(1)> <!-- </details> -->",
    "![x](http://evil.example/i.png) [y](javascript:alert(1))",
    "@team #123 GH-12 www.evil.example https://evil.example a@b.example",
    "| a | b | **c** _d_ ~~e~~ $f$ :g: `h` ``i` &amp; \\",
)


def finding(
    number: int = 0, message: str = "it is wrong", fix: str = "mend it", level: str = "error"
) -> Diagnostic:
    path = f"records/firmware/example-meters/{number:06}.yaml"
    return Diagnostic(path, 3, 7, message, fix, "cpl-mismatch", level)


def report(*findings: Diagnostic) -> Report:
    return Report(findings, 1_412)


# GitHub


def commands(printed: str) -> list[tuple[str, dict[str, str], str]]:
    """The workflow commands in a log, read as the runner reads them."""
    found = []
    for line in printed.splitlines():
        matched = re.fullmatch(r" *::([a-z-]+)(?: (.*?))?::(.*)", line)
        if matched:
            pairs = (pair.split("=", 1) for pair in (matched[2] or "").split(","))
            properties = {name: unescaped(value) for name, value in pairs}
            found.append((matched[1], properties, unescaped(matched[3])))
    return found


def unescaped(value: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(code, character)
    return value


def test_an_annotation_holds_place_check_message_and_fix() -> None:
    said = github.render(report(finding(42, "`0005` is a number", 'write "0005"')))
    assert said == (
        "::error file=records/firmware/example-meters/000042.yaml,line=3,col=7,title=cpl-mismatch"
        '::`0005` is a number%0Afix: write "0005"\n'
    )


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_starts_a_command_of_its_own(value: str) -> None:
    hostile = Diagnostic(f"records/{value}", 1, 1, value, value, "schema", "error")
    said = github.render(report(hostile, finding()))
    assert len(said.splitlines()) == 2
    [(name, properties, data), _] = commands(said)
    assert name == "error"
    assert properties["file"] == visible(f"records/{value}")
    assert data == f"{visible(value)}\nfix: {visible(value)}"


def test_a_note_is_a_notice() -> None:
    levels = [finding(1, level="note"), finding(2, level="warning"), finding(3)]
    said = commands(github.render(report(*levels)))
    assert [name for name, _, _ in said] == ["error", "warning", "notice"]


def test_each_file_is_named_once_before_any_is_named_twice() -> None:
    findings = [finding(number // 3) for number in range(24)]
    said = commands(github.render(report(*findings)))
    files = [properties["file"][-7:-5] for _, properties, _ in said]
    assert files == ["00", "01", "02", "03", "04", "05", "06", "07", "00", "01"]


def test_the_last_line_counts_what_github_would_drop() -> None:
    findings = [finding(n) for n in range(13)]
    findings += [finding(n, level="warning") for n in range(11)]
    findings += [finding(n, level="note") for n in range(10)]
    lines = github.render(report(*findings)).splitlines()
    assert len(lines) == 31
    assert lines[-1] == "3 more errors, 1 more warning not shown here: GitHub shows 10 of each"


# JSON


def test_json_has_the_promised_shape() -> None:
    said = json_report.render(report(finding(42, "Zähler"), finding(43, level="note")))
    assert json.loads(said) == {
        "findings": [
            {
                "path": "records/firmware/example-meters/000042.yaml",
                "line": 3,
                "column": 7,
                "level": "error",
                "check": "cpl-mismatch",
                "message": "Zähler",
                "fix": "mend it",
            },
            {
                "path": "records/firmware/example-meters/000043.yaml",
                "line": 3,
                "column": 7,
                "level": "note",
                "check": "cpl-mismatch",
                "message": "it is wrong",
                "fix": "mend it",
            },
        ],
        "counts": {"error": 1, "warning": 0, "note": 1},
        "records": 1_412,
    }
    assert "Zähler" in said


@pytest.mark.parametrize("value", HOSTILE)
def test_json_gives_every_value_back(value: str) -> None:
    said = json.loads(json_report.render(report(finding(message=value))))
    assert said["findings"][0]["message"] == value


def test_json_is_never_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_report.as_json({"value": float("nan")})


# Markdown


OURS = re.compile(
    r"^#### $|\*\*(error|warning|note|Does not pass yet:|No errors:)\*\*", re.MULTILINE
)


def assert_inert(said: str) -> None:
    assert all(character.isprintable() for character in said.replace("\n", ""))
    left = OURS.sub("", without_code(said))
    left = re.sub(
        r"^</?details>(<summary>[0-9,]+ more findings?</summary>)?$", "", left, flags=re.M
    )
    assert re.fullmatch(r"[A-Za-z0-9 \n,.:;?()'’-]*", left), left
    assert not re.search(r"[0-9a-f]{7,}|www\.|://", left)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_is_markup(value: str) -> None:
    assert_inert(markdown.render(report(finding(message=value, fix=value))))
    assert_inert(
        markdown.render(report(finding(message=f"`{value}` is {value}", fix=f'"{value}"')))
    )


@given(st.text(alphabet=st.sampled_from("`\"\\ ()'a1@#<>[]!*_|$&\n:.,"), max_size=40))
def test_no_text_breaks_out_of_its_code_span(value: str) -> None:
    assert_inert(markdown.render(report(finding(message=value, fix=f"write `{value}` or {value}"))))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("`0005` without quotes is a number", "`0005` without quotes is a number"),
        ("entry `000042` (version 0.003) has `0A`, in BCD", None),
        ('write "a`b"', 'write `` "a`b" ``'),
        ("git mv records/a.yaml records/b.yaml", "git mv `records/a.yaml` `records/b.yaml`"),
        ("`` is empty", "` ` is empty"),
        ("see records/a.yaml, or (b-1).", "see `records/a.yaml`, or `(b-1)`."),
    ],
)
def test_words_stay_words_and_values_stand_in_code(message: str, said: str | None) -> None:
    assert f": {said or message} (`cpl-mismatch`)" in markdown.render(report(finding(0, message)))


def test_a_path_with_back_ticks_is_shown_as_it_is() -> None:
    odd = finding()._replace(path="records/`a``b`")
    assert "#### ``` records/`a``b` ```\n" in markdown.render(report(odd))


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], "**Nothing found** in 1,412 records."),
        ([finding()], "**Does not pass yet:** 1 error in 1 of 1,412 records."),
        ([finding(level="note")], "**No errors:** 1 note in 1 of 1,412 records."),
    ],
)
def test_the_first_line_is_the_verdict(findings: Sequence[Diagnostic], verdict: str) -> None:
    assert markdown.render(report(*findings)).splitlines()[0] == verdict


def test_files_with_errors_come_first_and_each_is_headed_once() -> None:
    findings = [finding(1, level="note"), finding(2, level="note"), finding(2), finding(3)]
    said = markdown.render(report(*findings))
    assert re.findall(r"^#### .*(\d)\.yaml`$", said, re.MULTILINE) == ["2", "3", "1"]


def test_many_findings_are_folded() -> None:
    said = markdown.render(report(*(finding(number) for number in range(300))))
    shown, _, folded = said.partition("\n<details><summary>280 more findings</summary>\n\n####")
    assert shown.count("- **error**") == 20
    assert folded.count("- **error**") == 280
    assert folded.endswith("\n</details>\n")


def test_whatever_the_input_a_summary_stays_below_one_mebibyte() -> None:
    findings = [finding(number, "ä" * 500 + " `" * 200) for number in range(3_000)]
    said = markdown.render(report(*findings))
    assert len(said.encode()) < 1 << 20
    shown = said.count("- **error**")
    assert shown > 300
    assert said.count("<details>") == said.count("</details>") == 1
    last = said.splitlines()[-1]
    assert (
        last
        == f"Left out here, for want of room: {3_000 - shown:,} findings. `fir check` prints all."
    )


def test_one_finding_too_large_for_a_summary_is_counted() -> None:
    said = markdown.render(report(finding(fix="@" * 2_000_000)))
    assert len(said) < 1_000
    assert "Left out here, for want of room: 1 finding." in said


# Text


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_moves_the_cursor_or_makes_a_line(value: str) -> None:
    said = text.render(report(finding(message=value, fix=value)._replace(path=value)))
    assert said.count("\n") == 2
    assert all(character.isprintable() for character in said.replace("\n", ""))


def test_only_the_level_is_coloured() -> None:
    said = text.render(report(finding()), colour=True)
    assert said.splitlines()[0] == (
        "records/firmware/example-meters/000000.yaml:3:7: \x1b[31merror\x1b[0m: "
        "it is wrong [cpl-mismatch]"
    )


def test_the_summary_counts_levels_files_and_records() -> None:
    assert report().summary() == "1,412 records, nothing found"
    several = report(finding(1), finding(1), finding(2, level="warning"))
    assert several.summary() == "2 errors, 1 warning in 2 of 1,412 records"


# Templates


@pytest.mark.parametrize("value", HOSTILE)
def test_what_a_template_is_given_is_text_without_its_doing(value: str, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("- {{ value }} and {{ value | code }}\n", encoding="utf-8")
    (tmp_path / "x.html").write_text(
        "<p>{{ value }} and {{ value | code }}</p><pre>{{ value | lines }}</pre>", encoding="utf-8"
    )
    templates = markdown.Templates(tmp_path)
    assert_inert(templates.document("x.md", value=value))
    found = {(tag, tuple(attributes)) for tag, attributes in tags(
        templates.document("x.html", value=value))}  # fmt: skip
    assert found <= {("p", ()), ("code", ()), ("br", ()), ("pre", ())}


def test_no_template_can_pass_a_value_by_the_escape(tmp_path: Path) -> None:
    templates = markdown.Templates(tmp_path)
    for name in ("safe", "escape", "tojson", "join"):
        (tmp_path / f"{name}.md").write_text(f"{{{{ value | {name} }}}}", encoding="utf-8")
        with pytest.raises(TemplateAssertionError):
            templates.document(f"{name}.md", value="<b>")
    (tmp_path / "off.md").write_text(
        "{% autoescape false %}{{ value }}{% endautoescape %}", encoding="utf-8"
    )
    assert templates.document("off.md", value="<b>") == "`<b>`"


def test_what_a_template_lacks_is_no_blank(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("{{ value }}", encoding="utf-8")
    with pytest.raises(UndefinedError):
        markdown.Templates(tmp_path).document("x.md")
