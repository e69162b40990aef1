"""Whatever a stranger sends in, by whatever road, is refused in words or stays the text it is.

The numbers are those of the project's list of hostile inputs. Nothing is run, nothing is fetched,
nothing outside the records is written, and what is printed can move no cursor and start no command.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import forms
import pytest
import xlsxwriter
from around import MANUFACTURER, ROOT, lay
from hostility import HOSTILE, INPUTS

from fir.schemas import Shapes
from fir.strict_yaml.reader import parse
from fir.submissions.columns import Column, columns
from submissions import CONTACT, GAS, WAITING, Desk, findings, statuses, submission

SHAPES = Shapes(ROOT / "schema")
COLUMNS = {column.name: column for column in columns(SHAPES)}
ROW = {
    "manufacturer": "example-meters",
    "device_type": GAS["type"],
    **{name: each for name, each in GAS.items() if name != "type"},
    "release_notes": "Corrects it.",
}
HOME = {
    "email": CONTACT["email"],
    "telephone": CONTACT["telephone"],
    "address_lines": "Unit 4, Example Park",
    "locality": "Exampleton",
    "postal_code": "EX1 2MP",
    "country": "GB",
}
LONG = "a" * 100_000 + "!"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(lay(tmp_path / "root"), tmp_path / "inbox", capsys)


# The roads: how the same answers are sent in each way, many at once

Row = dict[str, str]


def rows_of(said: Sequence[Row]) -> list[Row]:
    """Whole rows of devices that the list does not have yet, with what is said in each."""
    rows = []
    for at, each in enumerate(said):
        contact = HOME if each.keys() & {*HOME, "website"} else {}
        rows.append({**ROW, "firmware_version": f"02{at:06X}", **contact, **each})
    return rows


def as_table(desk: Desk, rows: Sequence[Row]) -> list[Path]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(COLUMNS), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return [desk.file("sent", text.getvalue())]


def as_workbook(desk: Desk, rows: Sequence[Row]) -> list[Path]:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate([dict.fromkeys(COLUMNS), *rows]):
            for at, name in enumerate(COLUMNS):
                said = values.get(name, "") if row else name
                sheet.write_string(row, at, (said or "")[:32_767])
    return [desk.file("sent", content.getvalue())]


def as_issues(desk: Desk, rows: Sequence[Row]) -> list[Path]:
    texts = [
        "".join(f"### {COLUMNS[name].title}\n\n{said}\n\n" for name, said in row.items())
        for row in rows
    ]
    return [desk.file(f"sent{at}", text) for at, text in enumerate(texts)]


def as_files(desk: Desk, rows: Sequence[Row]) -> list[Path]:
    values: list[dict[str, Any]] = []
    for row in rows:
        values.append({})
        for name, said in row.items():
            place(values[-1], COLUMNS[name], said)
    return desk.sent(*values)


def place(value: Any, column: Column, said: str) -> None:
    *way, last = column.keys
    for key in way:
        if isinstance(key, int):
            value = value[0]
        else:
            following = column.keys[column.keys.index(key) + 1]
            value = value.setdefault(key, [{}] if isinstance(following, int) else {})
    value[last] = [said] if column.is_list else said


ROADS: dict[str, Callable[[Desk, Sequence[Row]], list[Path]]] = {
    "table": as_table,
    "workbook": as_workbook,
    "issue": as_issues,
    "file": as_files,
}


def sends(desk: Desk, road: str, said: Sequence[Row]) -> list[dict[str, Any]]:
    """The verdict on each, in a second run that finds what the first has written."""
    before = desk.files()
    paths = ROADS[road](desk, rows_of(said))
    code, out, err = desk.text(*paths, "--take-contact")
    assert code in (0, 1), err
    assert_quiet(out + err)
    assert all(each.startswith(WAITING) for each in desk.files().keys() - before.keys())
    assert desk.check() == 0
    results: list[dict[str, Any]] = desk.add(*paths, "--take-contact")[1]["results"]
    assert len(results) == len(said)
    return results


def assert_quiet(printed: str) -> None:
    """No character that moves a cursor, and no line that GitHub takes for a command."""
    assert all(line.isprintable() for line in printed.split("\n"))
    assert not any(line.lstrip().startswith(("::", "##[")) for line in printed.split("\n"))


@pytest.mark.parametrize("road", ROADS)
def test_notes_are_the_text_that_was_sent(desk: Desk, road: str) -> None:
    """Inputs 9 to 11, 58 to 62 and 70, and their like: written to the letter, and nothing else."""
    texts = [*HOSTILE, *(text for text in INPUTS.values() if "\n" not in text)]
    texts += ["x\n::error file=a::b\n::stop-commands::x", "\x1b]0;x\x07 [red]x[/red]", "+1", "-1"]
    if road == "workbook":  # no cell can hold a control character
        texts = [text for text in texts if text.isprintable() or "\n" in text]
    texts += ["@SUM(1)", "\uff1d1+1", "```yaml\ncpl_number: 000042\n```", "<!-- x -->\n@team"]
    results = sends(desk, road, [{"release_notes": text} for text in texts])
    for text, result in zip(texts, results, strict=True):
        told = str(result["findings"])
        if "\x1b" in text or "\u200d" in text:
            assert result["status"] == "refused" and "unreadable-text" in told, text
        elif road == "workbook" and text.startswith("="):
            assert result["status"] == "refused" and "is a formula without its result" in told
        else:
            assert result["status"] == "unchanged", (text, told)
            written = parse((desk.root / result["path"]).read_bytes())[0]["release_notes"]
            fenced = road == "issue" and text.startswith("```yaml")
            assert written == ("cpl_number: 000042\n" if fenced else f"{text}\n")


LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<b>", "file:///etc/passwd", "ftp://x.example", "http://x.example",
    "//evil.example", "https:evil", "https:///x", "https://user:pw@x.example/",
    "https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://10.0.0.1",
    "https://xn--80ak6aa92e.com/", "https://\u0430\u0440\u0440\u04cf\u0435.com/",
    f"https://x.example/{'a' * 10_000}",
]  # fmt: skip
EMAILS = [
    "a@b", "@", "Jane <j@x.com>", '"a b"@x.com', "a@x.example\nb", "a@ex\u0430mple.com",
    "a." * 10_000 + "@b.co",
]  # fmt: skip
TELEPHONES = ["tel:+441632960123;ext=1", "CALL-ME-NOW", "9" * 200, "+" + "9" * 200, "+\uff14\uff14"]


@pytest.mark.parametrize("road", ROADS)
def test_links_and_contacts_that_lead_astray_are_refused(desk: Desk, road: str) -> None:
    """Inputs 13 to 23."""
    tried = [("release_notes_url", link) for link in LINKS]
    tried += [("website", link) for link in LINKS if "://" in link]
    tried += [("email", each) for each in EMAILS]
    tried += [("telephone", each) for each in TELEPHONES]
    results = sends(desk, road, [{name: said} for name, said in tried])
    for (name, said), result in zip(tried, results, strict=True):
        assert result["status"] == "refused", (name, said)
        assert all(each["fix"] and each["place"] for each in result["findings"])


@pytest.mark.parametrize("road", ROADS)
def test_no_value_keeps_a_pattern_busy(desk: Desk, road: str) -> None:
    """Input 63: a hundred thousand letters and a sign, in every field at once and in each alone."""
    alone = ("email", "firmware_version", "product_name", "website", "manufacturer")
    whole = {name: LONG for name in COLUMNS if name not in ("manufacturer", "cpl_number")}
    results = sends(desk, road, [whole, *({name: LONG} for name in alone)])
    assert {each["status"] for each in results} == {"refused"}


NAMES = ["a\nb", "$(touch x)", "`touch x`", "-rf", "%0A::error::x", "\x1b]0;x\x07", '"q"', "::e::"]


def test_the_name_of_a_file_is_only_a_name(desk: Desk, tmp_path: Path) -> None:
    """Input 52 and 62: it is printed, and neither run nor obeyed."""
    for name in NAMES:
        try:
            path = desk.file(name, "{")
        except (OSError, ValueError):
            continue  # this system takes no such name
        code, out, err = desk.text("--", path)
        assert code == 1
        assert_quiet(out + err)
    assert not list(tmp_path.rglob("x"))


# Workbooks (input 64 and 65)


def odd_forms() -> Iterator[tuple[str, Callable[[Any], object], str]]:
    """What a form may do, and the verdict it must get: written as it was meant, or refused."""
    row = forms.ROW

    def cell(field: str, said: object) -> Callable[[Any], object]:
        return lambda sheet: setattr(sheet.cell(row[field], 5), "value", said)

    yield "a formula", cell("firmware_version", "=HEX2DEC(1)"), "refused"
    yield "an error", cell("model_identifier", "#N/A"), "refused"
    yield "a number for text", cell("hardware_version", 12.0), "refused"
    yield "a lost zero", cell("hardware_version", 2), "refused"
    yield "a date", cell("firmware_version", date(2026, 7, 1)), "refused"
    yield "blanks around", cell("firmware_version", "  01:07:02:00 \n"), "written"
    yield (
        "hidden rows",
        lambda s: setattr(s.row_dimensions[row["notes"]], "hidden", True),
        "written",
    )
    yield "merged notes", lambda s: s.merge_cells(f"E{row['notes']}:G{row['notes']}"), "written"
    yield "a renamed field", lambda s: setattr(s.cell(row["type"], 2), "value", "sort"), "refused"
    yield "two headers", lambda s: [s.cell(2, c, s.cell(6, c).value) for c in range(1, 6)], "any"
    yield "a script", cell("notes", "<script>alert(1)</script>"), "written"


@pytest.mark.parametrize("what", [each[0] for each in odd_forms()])
def test_a_form_is_read_as_it_was_meant_or_refused_by_its_cell(desk: Desk, what: str) -> None:
    _, do, verdict = next(each for each in odd_forms() if each[0] == what)
    book = forms.workbook()
    do(book["CPL - New Entry"])
    book.save(desk.inbox / "form.xlsm")
    before = desk.files()
    _, report = desk.add(desk.inbox / "form.xlsm")
    assert statuses(report) == [verdict] or verdict == "any"
    assert desk.check() == 0
    if statuses(report) == ["refused"]:
        assert desk.files() == before
        assert all(", cell " in each["place"] for each in findings(report))


def test_a_workbook_that_is_cut_short_is_refused(desk: Desk) -> None:
    content = forms.save(desk.inbox).read_bytes()
    before = desk.files()
    for tenths in range(1, 10):
        path = desk.file("form.xlsm", content[: len(content) * tenths // 10])
        assert statuses(desk.add(path)[1]) == ["refused"]
    assert desk.files() == before


def test_a_submission_writes_nowhere_else(desk: Desk) -> None:
    """A short name or a number that is a path leads to no file."""
    before = desk.files()
    for name in ("../../x", "/etc/x", "a/b", "..", "con", "C:x", "example-meters/../x", "x\x00"):
        maker = parse((desk.root / MANUFACTURER).read_bytes())[0]
        new = {**maker, "name": "X", "manufacturer_identifiers": ["7F0A"]}
        device = {**GAS, "manufacturer_identifier": "7F0A"}
        sent = submission({"device": device}, manufacturer=name, new_manufacturer=new)
        code, report = desk.add(*desk.sent(sent))
        assert (code, statuses(report)) == (1, ["refused"]), name
        numbered = submission({"cpl_number": f"{name}/../000041"})
        assert statuses(desk.add(*desk.sent(numbered))[1]) == ["refused"]
    assert desk.files() == before
