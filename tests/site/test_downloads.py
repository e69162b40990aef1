"""The downloads: each read back by a reader that is not ours, exact, and the same each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from around import ROOT, change, lay
from built import demonstration, edition
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fir.cli import main
from fir.model import SNAPSHOT, Record
from fir.repository_entry import fir_csv
from fir.site.as_json import outcome_json
from fir.site.commits import Commit, Commits
from fir.site.downloads import download_files, downloads, templates
from fir.site.downloads.workbooks import CUT, MOST_UNITS
from fir.site.edition import Edition
from fir.site.pages.data import data_page
from fir.strict_yaml.characters import odd_characters

HEAD = Commit("c0ffee" + "0" * 34, "2026-11-20")
CPL_HEADER = (
    "Version,Entry.number,Entry.status,Device_Type.name,Device_Model.manufacturer_identifier,"
    "Device_Model.model_identifier,Device_Model.hardware_version.version,"
    "Device_Model.hardware_version.revision,"
    "Device_Model.model_identifier_concatenated_with_hardware_version,"
    "Device_Model.firmware_version,SMETS_CHTS Version.Version_number_and_effective_date,"
    "GBCS Version.version_number,Manufacturer_Image.hash"
)
FORMULAS = (
    '=HYPERLINK("https://evil.example","x")', "+1", "-1", "@SUM(1)", "\uff1d1+1",
    "https://evil.example", "{=1}", "1E52", "000042", "_x0041_", "'=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(demo_root: Path) -> Edition:
    return edition(demo_root, Commits(HEAD, day=HEAD.on))


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(lay(tmp_path_factory.mktemp("around") / "root"))


@lru_cache(maxsize=2)
def files(of: Edition) -> dict[str, bytes]:
    """Every download by its name."""
    return {path.removeprefix("data/"): content for path, content in download_files(of)}


def file(of: Edition, name: str) -> bytes:
    return files(of)[name]


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def sheet(content: bytes, name: str) -> list[list[str]]:
    """What openpyxl reads; an empty cell is the empty string."""
    found = load_workbook(io.BytesIO(content))[name]
    return [[cell.value or "" for cell in row] for row in found.iter_rows()]


def database(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


# Each format


def test_the_csv_is_the_table_and_the_workbook_has_the_same_rows(demo: Edition) -> None:
    assert file(demo, "fir.csv") == fir_csv(demo.repository)
    rows = table(file(demo, "fir.csv"))
    assert len(rows) == len(demo.repository.by_number) + 1
    assert sheet(file(demo, "fir.xlsx"), "Records") == rows


def test_every_cell_of_the_workbook_is_text_below_a_frozen_head_with_filters(
    demo: Edition,
) -> None:
    workbook = load_workbook(io.BytesIO(file(demo, "fir.xlsx")))
    assert workbook.sheetnames == ["Records", "Columns", "About"]
    for each in workbook:
        cells = [cell for row in each.iter_rows() for cell in row if cell.value is not None]
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
        assert each.freeze_panes == "B2"
        assert each.auto_filter.ref == each.dimensions
    assert workbook["Records"].column_dimensions["E"].width > 70


def test_the_dictionary_speaks_the_words_of_the_schema(demo: Edition) -> None:
    head, *told = sheet(file(demo, "fir.xlsx"), "Columns")
    assert head == ["Column", "Title", "Description", "Example"]
    assert [row[0] for row in told] == table(file(demo, "fir.csv"))[0]
    hardware = next(row for row in told if row[0] == "hardware_version")
    assert hardware[1] == "Hardware version" and hardware[3] == "02"
    assert hardware[2].startswith("Two hexadecimal digits")
    assert all(all(row) for row in told)


def test_the_workbook_is_dated_by_the_commit_and_says_what_it_is_made_from(demo: Edition) -> None:
    content = file(demo, "fir.xlsx")
    assert load_workbook(io.BytesIO(content)).properties.created.date().isoformat() == HEAD.on
    about = dict(map(tuple, sheet(content, "About")))
    assert about["cpl_version"] == "0.088" and about["commit"] == HEAD.name
    assert about["demonstration"] == "yes"


def test_no_value_becomes_a_formula_a_link_or_a_number(around: Edition) -> None:
    for value in FORMULAS:
        content = file(with_notes(around, value), "fir.xlsx")
        assert notes_of(sheet(content, "Records")) == value
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            text = "".join(parts.read(name).decode("utf-8") for name in parts.namelist())
        assert not re.search('<f[ >]|<hyperlink|externalLink|<c [^>]*t="(?!s")', text)


def test_what_no_cell_can_hold_is_cut_and_says_so(around: Edition) -> None:
    for long in ("n" * 40_000, "\U0001f525" * 20_000):
        told = notes_of(sheet(file(with_notes(around, long), "fir.xlsx"), "Records"))
        assert told.endswith(CUT) and long.startswith(told.removesuffix(CUT))
        assert MOST_UNITS - 1 <= len(told.encode("utf-16-le")) / 2 <= MOST_UNITS
        assert notes_of(table(file(with_notes(around, long), "fir.csv"))) == long
    fits = "n" * MOST_UNITS
    assert notes_of(sheet(file(with_notes(around, fits), "fir.xlsx"), "Records")) == fits


def test_identifiers_survive_a_spreadsheet_program(demo: Edition, tmp_path: Path) -> None:
    """The workbook as it is; the CSV where the program is told to take quoted values as text."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for name in ("fir.xlsx", "fir.csv"):
        (tmp_path / name).write_bytes(file(demo, name))
    comma, quote, utf8, first, text = "44", "34", "76", "1", "true"
    out = f"csv:Text - txt - csv (StarCalc):{comma},{quote},{utf8},{first},,0,{text},true,false"
    told = f"CSV:{comma},{quote},{utf8},{first},,0,{text},false"
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    for name, options in (("fir.xlsx", []), ("fir.csv", [f"--infilter={told}"])):
        command = [office, home, "--headless", *options, "--convert-to", out, "--outdir"]
        done = subprocess.run(
            [*command, str(tmp_path / "back"), str(tmp_path / name)], capture_output=True
        )
        assert done.returncode == 0, done.stderr
        (back,) = (tmp_path / "back").iterdir()
        assert table(back.read_bytes()) == table(file(demo, "fir.csv")), name
        back.unlink()


def test_the_database_is_sound_and_holds_what_the_register_holds(demo: Edition) -> None:
    repository = demo.repository
    with closing(database(file(demo, "fir.sqlite"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert dict(connection.execute("SELECT name, value FROM edition"))["commit"] == HEAD.name
        entries = rows_of(connection, "SELECT * FROM entries")
        for entry, row in zip(repository.entries.values(), entries, strict=True):
            assert entry._asdict() == {name: row[name] or "" for name in entry._fields}
        records = rows_of(connection, "SELECT * FROM records")
        assert [row["release_notes"] for row in records] == [
            record.release_notes for _, record in sorted(repository.by_number.items())
        ]
        assert not connection.execute(
            "SELECT 1 FROM entries WHERE typeof(cpl_number) != 'text' OR length(cpl_number) != 6"
        ).fetchall()


def test_the_database_has_the_answers(demo: Edition) -> None:
    with closing(database(file(demo, "fir.sqlite"))) as connection:
        answers = {row["cpl_number"]: row for row in rows_of(connection, "SELECT * FROM answers")}
        assert set(answers) == set(demo.answer_of)
        for number, answer in demo.answer_of.items():
            row = {**answers[number]}
            assert row.pop("cpl_number") == number
            row["to"] = row.pop("target")
            assert row == outcome_json(answer)
            query = "SELECT release_notes FROM what_changed_since WHERE cpl_number = ?"
            since = [row[0] for row in connection.execute(query, [number])]
            assert since == ([each.notes for each in answer.way.since] if answer.way else [])
            query = "SELECT candidate FROM candidates WHERE relation = ? AND cpl_number = ?"
            newer = {row[0] for row in connection.execute(query, ["newer", number])}
            assert newer == {each.entry.cpl_number for each in answer.newer_firmware}


def test_the_database_names_the_latest_of_each_line(demo: Edition) -> None:
    with closing(database(file(demo, "fir.sqlite"))) as connection:
        query = "SELECT device_type, device_model, generation, cpl_number FROM latest_of_device"
        found = sorted(connection.execute(query).fetchall())
    assert found == sorted(
        (line.type, model, line.generation, history.latest.entry.cpl_number)
        for model, histories in demo.models.items()
        for history in histories
        for line in [history.line]
        if history.latest
    )


def rows_of(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


QUERIES = re.findall(
    r"```sql\n(.*?)```", (ROOT / "docs/data/files.md").read_text(encoding="utf-8"), re.DOTALL
)


@pytest.mark.parametrize("query", QUERIES)
def test_every_documented_query_finds_something(demo: Edition, query: str) -> None:
    with closing(database(file(demo, "fir.sqlite"))) as connection:
        assert connection.execute(query).fetchall()


def test_every_table_and_view_is_documented_and_every_view_answers(demo: Edition) -> None:
    documented = (ROOT / "docs/data/files.md").read_text(encoding="utf-8")
    assert len(QUERIES) >= 6
    with closing(database(file(demo, "fir.sqlite"))) as connection:
        query = "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view')"
        for kind, name in connection.execute(query).fetchall():
            assert f"`{name}`" in documented, name
            if kind == "view":
                assert connection.execute(f"SELECT * FROM {name}").fetchall(), name


def test_a_gap_of_the_database_is_one_of_the_coverage(
    demo_root: Path, demo: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["coverage", "--root", str(demo_root), "--format", "json"]) == 0
    missing = json.loads(capsys.readouterr().out)["missing"]
    with closing(database(file(demo, "fir.sqlite"))) as connection:
        gaps = connection.execute("SELECT cpl_number, gap FROM gaps").fetchall()
    assert gaps == [
        (each["cpl_number"], "required" if each["required"] else "optional") for each in missing
    ]


def test_the_json_holds_everything_sorted_with_null_for_the_unknown(demo: Edition) -> None:
    told = json.loads(file(demo, "fir.json"))
    repository = demo.repository
    assert (told["cpl_version"], told["commit"]) == ("0.088", HEAD.name)
    assert [each["cpl_number"] for each in told["entries"]] == sorted(repository.entries)
    assert [each["cpl_number"] for each in told["records"]] == sorted(repository.by_number)
    assert [each["slug"] for each in told["manufacturers"]] == sorted(repository.manufacturers)
    assert len(told["pending"]) == len(repository.pending) > 0
    assert len(told["changes"]) == len(repository.changes)
    assert '""' not in json.dumps([told["entries"], told["records"], told["changes"]])
    record = next(each for each in told["records"] if each["withdrawn"])
    withdrawn = repository.by_number[record["cpl_number"]].withdrawn
    assert withdrawn and record["withdrawn"]["reason"] == withdrawn.reason


def test_the_cpl_is_taken_back_without_a_change(
    demo_root: Path, demo: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = file(demo, "cpl.csv")
    assert content.partition(b"\r\n")[0].decode("ascii") == CPL_HEADER
    numbers = [row[1] for row in table(content)[1:]]
    listed = [n for n, each in demo.repository.entries.items() if not each.last_listed_version]
    assert numbers == listed and len(listed) < len(demo.repository.entries)
    root = shutil.copytree(demo_root, tmp_path / "root")
    change(root, SNAPSHOT, 'demonstration: "true"', 'demonstration: "false"')
    assert_no_change(root, content, tmp_path, capsys)


def test_the_real_cpl_is_taken_back_without_a_change(
    real_cpl: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = demonstration(tmp_path / "root")
    assert main(["cpl", "import", str(real_cpl), "--replace-demo", "--root", str(root)]) == 0
    assert_no_change(root, file(edition(root), "cpl.csv"), tmp_path, capsys)


def assert_no_change(
    root: Path, content: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cpl.csv").write_bytes(content)
    capsys.readouterr()
    options = ["--dry-run", "--root", str(root), "--format", "json"]
    assert main(["cpl", "import", str(folder / "cpl.csv"), *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["entries"] == len(table(content)) - 1
    for kind in ("added", "amended", "status_changed", "lost"):
        assert found[kind] == [], kind


# What describes them


@pytest.fixture
def fields_of_any_length() -> Iterator[None]:
    """frictionless lets CSV fields be longer for the whole process; later tests go without."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)


@pytest.mark.usefixtures("fields_of_any_length")
def test_frictionless_accepts_the_package_and_notices_a_change(
    demo: Edition, tmp_path: Path
) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    for name, content in files(demo).items():
        (tmp_path / name).write_bytes(content)
    with frictionless.system.use_context(trusted=True):
        package = str(tmp_path / "datapackage.json")
        report = frictionless.validate(package)
        assert report.valid, report.flatten(["name", "type", "note"])
        assert {task.name for task in report.tasks} == {
            "fir-csv", "fir-xlsx", "fir-sqlite", "fir-json", "cpl-csv",
        }  # fmt: skip
        damaged = (tmp_path / "fir.csv").read_bytes().replace(b'"Current"', b'"current"', 1)
        (tmp_path / "fir.csv").write_bytes(damaged)
        kinds = {each[0] for each in frictionless.validate(package).flatten(["type"])}
        assert kinds == {"hash-count", "constraint-error"}


def test_the_sums_are_those_of_all_the_other_files(demo: Edition) -> None:
    lines = file(demo, "SHA256SUMS").decode("ascii").splitlines()
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files(demo).items()}
    assert lines == [f"{sums[name]}  {name}" for name in sums if name != "SHA256SUMS"]
    told = [*downloads(demo), *templates(demo)]
    assert {each.name for each in told} == sums.keys()
    for each in told:
        assert (each.sha256, each.size) == (sums[each.name], len(file(demo, each.name)))


def test_two_editions_of_one_state_have_the_same_bytes(demo_root: Path, demo: Edition) -> None:
    again = edition(demo_root, Commits(HEAD, day=HEAD.on))
    assert files(again) == files(demo)


def test_the_page_of_the_downloads_names_every_file_and_its_sum(demo: Edition) -> None:
    content = data_page(demo).content
    for each in (*downloads(demo), *templates(demo)):
        assert f'href="{each.name}" download' in content and each.sha256 in content


# Any text


def with_notes(of: Edition, notes: str) -> Edition:
    """The edition with these release notes in its first record."""
    first, *others = of.repository.records
    records: tuple[Record, ...] = (first._replace(release_notes=notes), *others)
    return replace(of, repository=of.repository._replace(records=records))


def notes_of(rows: list[list[str]]) -> str:
    """Of the first record of a table."""
    return rows[1][rows[0].index("release_notes")]


AWKWARD = (*FORMULAS, '"', '""', ",", ";", "\n", "]]>", "&amp;", "<b>", "\\N", "NULL")


def any_text(*without: str) -> st.SearchStrategy[str]:
    """Text but for these categories of characters, with pieces that formats trip over."""
    pieces = st.one_of(
        st.text(st.characters(exclude_categories=["Cs", *without]), min_size=1),
        st.sampled_from(AWKWARD),
    )
    return st.lists(pieces, min_size=1, max_size=5).map("".join)


def fits(of: Edition, notes: str) -> bool:
    """Whether the schema lets these notes through."""
    record = json.loads((ROOT / "schema/firmware-record.schema.json").read_bytes())["examples"][0]
    return of.repository.shapes.fits("record", {**record, "release_notes": notes})


@given(notes=any_text())
@example(notes="one\r\ntwo\rthree\n\n")
@example(notes='"quoted", and = \0 NUL')
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_from_csv_database_and_json(around: Edition, notes: str) -> None:
    if not fits(around, notes):
        return
    made = with_notes(around, notes)
    assert notes_of(table(file(made, "fir.csv"))) == notes
    assert json.loads(file(made, "fir.json"))["records"][0]["release_notes"] == notes
    with closing(database(file(made, "fir.sqlite"))) as connection:
        assert connection.execute("SELECT release_notes FROM records").fetchone() == (notes,)


@given(notes=any_text("Cc", "Cf"))
@example(notes="  two blanks\n\n\nand lines \n")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_that_a_record_may_hold_comes_back_from_the_workbook(
    around: Edition, notes: str
) -> None:
    if any(odd_characters(notes)) or not fits(around, notes):
        return
    assert notes_of(sheet(file(with_notes(around, notes), "fir.xlsx"), "Records")) == notes


def test_hostile_values_are_told_exactly(hostile_root: Path) -> None:
    of = edition(hostile_root)
    rows = table(file(of, "fir.csv"))
    assert sheet(file(of, "fir.xlsx"), "Records") == rows
    told = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    for number, record in of.repository.by_number.items():
        assert told[number]["release_notes"] == record.release_notes
