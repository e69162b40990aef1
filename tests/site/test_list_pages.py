"""Releases, coverage, manufacturers: each entry in its place, each figure the right one."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from around import ROOT, change, lay, put, write
from built import demonstration, edition

from fir.cli import main
from fir.cpl.importing import import_cpl
from fir.site.build import other_pages
from fir.site.edition import Edition
from fir.site.pages.coverage import SHOWN, Bar, bar, missing_csv
from fir.site.pages.entry import entry_page

CHANGES = "records/cpl/changes.csv"
ENTRIES = "records/cpl/entries.csv"


@pytest.fixture(scope="module")
def real_root(tmp_path_factory: pytest.TempPathFactory, real_cpl: Path) -> Path:
    """The published list in place of the demonstration, with no record yet."""
    root = demonstration(tmp_path_factory.mktemp("real") / "root")
    write(root, import_cpl(root, real_cpl, today=date(2026, 11, 25), replace_demo=True))
    return root


@pytest.fixture(scope="module")
def real(real_root: Path) -> Edition:
    return edition(real_root)


def pages(edition: Edition) -> dict[str, str]:
    return {page.url: page.content for page in other_pages(edition)}


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def issue_of(content: str, version: str) -> str:
    """The section of one issue."""
    return content.split(f'id="v{version}"', 1)[1].split("</section>", 1)[0]


def listed(content: str) -> Counter[str]:
    """How often a page says that an entry was added, first seen, or is on the list somehow."""
    found: Counter[str] = Counter()
    for row in re.findall("<tr>.*?</tr>", content, re.DOTALL):
        if re.search('class="kind">(Added|First seen|Listed)<', row):
            found.update(re.findall('href="[./]*cpl/([0-9]{6})/"', row))
    return found


def check_every_entry_once(edition: Edition) -> None:
    found: Counter[str] = Counter()
    for url, content in pages(edition).items():
        if url.startswith("releases/") and url != "releases/":
            found += listed(content)
    assert found == Counter(dict.fromkeys(edition.repository.entries, 1))


def test_every_entry_is_listed_once_over_the_pages_of_the_years(demo: Edition) -> None:
    check_every_entry_once(demo)


def test_every_entry_of_the_real_list_is_listed_once(real: Edition) -> None:
    assert len(real.repository.entries) > 700
    assert len(real.issues.unplaced) < 10
    check_every_entry_once(real)


def test_the_front_page_has_the_newest_issues_and_stays_small(real: Edition) -> None:
    content = pages(real)["releases/"]
    versions = re.findall('<section class="issue" id="v([0-9.]+)"', content)
    assert versions == [*real.issues.by_version][:12]
    assert versions[0] == real.snapshot.version
    assert len(content) < 60_000


def test_issues_stand_in_the_order_of_their_versions(demo: Edition) -> None:
    versions = [*demo.issues.by_version]
    told = [
        version
        for url, content in pages(demo).items()
        if re.fullmatch("releases/[0-9]+/", url)
        for version in re.findall('<section class="issue" id="v([0-9.]+)"', content)
    ]
    assert told == versions


def test_an_issue_says_what_became_of_entries_that_were_there(demo: Edition) -> None:
    content = pages(demo)
    removed = issue_of(content["releases/2018/"], "0.007")
    assert '<td class="kind">Removed</td>' in removed and "cpl/000007/" in removed
    assert '<td class="kind">Reinstated</td>' in issue_of(content["releases/2018/"], "0.008")
    vanished = issue_of(content["releases/2018/"], "0.011")
    assert '<td class="kind">No longer listed</td>' in vanished and "cpl/000006/" in vanished
    assert "<li>1 no longer listed</li>" in vanished
    assert '<td class="kind">First seen</td>' in issue_of(content["releases/2017/"], "0.002")


def test_the_entries_of_one_image_are_one_release(demo: Edition) -> None:
    release = issue_of(pages(demo)["releases/2023/"], "0.061")
    assert release.count('<td class="kind">Added</td>') == 1
    assert "5 entries, one image" in release
    assert "<summary>All 5 entries</summary>" in release
    assert len(re.findall('<li><a href="../../cpl/[0-9]{6}/">', release)) == 5


def test_answers_of_a_release_are_counted_where_they_differ(demo: Edition) -> None:
    told = text_of(issue_of(pages(demo)["releases/2025/"], "0.077"))
    assert "Latest: 2 of 3 Newer exists: 1 of 3" in told


def test_many_amendments_of_one_field_are_folded(demo: Edition) -> None:
    issue = issue_of(pages(demo)["releases/2025/"], "0.078")
    assert "<li>25 changed</li>" in issue
    folded = issue.split('<details class="more">', 1)[1]
    assert text_of(folded.split("</summary>", 1)[0]).startswith(
        "Changed 25 entries CPA expiry or review"
    )
    assert len(re.findall('<th scope="row"><a class="pn"', folded)) == 25


def test_few_amendments_say_before_and_after(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    line = "0.003,2026-09-01,000042,cpa_expiry,2028-08-14,2029-08-14\n"
    change(root, CHANGES, "0.003,2026-09-01,000045", f"{line}0.003,2026-09-01,000045")
    told = text_of(issue_of(pages(edition(root))["releases/2026/"], "0.003"))
    assert "CPA expiry or review: 14 Aug 2028 → 14 Aug 2029" in told


def test_what_the_history_does_not_say_stands_apart(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(root, ENTRIES, "0.001,2026-03-02,Example Meters EG-5 gas meter,\n000041", ",,,\n000041")
    found = edition(root)
    assert [entry.cpl_number for entry in found.issues.unplaced] == ["000040"]
    content = pages(found)
    assert listed(content["releases/unknown/"]) == Counter(["000040"])
    assert '<a href="unknown/">1 entry</a>' in content["releases/"]
    check_every_entry_once(found)


def test_an_issue_without_a_day_has_a_place(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(root, ENTRIES, "0.003,2026-09-01,Example Meters EE-7", "0.002,,Example Meters EE-7")
    text = (root / ENTRIES).read_text(encoding="utf-8").replace("0.001,2026-03-02,", "0.001,,")
    put(root, ENTRIES, text)
    found = edition(root)
    assert found.issues.by_version["0.002"].place == "releases/2026/#v0.002"
    assert found.issues.by_version["0.001"].place == "releases/unknown/#v0.001"
    assert "day not known" in issue_of(pages(found)["releases/unknown/"], "0.001")
    check_every_entry_once(found)


def test_changes_before_the_first_import_are_not_called_none(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    before = "0.001,2026-03-02,Example Meters EG-5 gas meter,\n000041"
    change(root, ENTRIES, before, before.replace("0.001,2026", "0.000,2025"))
    content = pages(edition(root))["releases/"]
    changed = re.findall('data-l="Changed">([^<]+)<', content)
    assert changed == ["2", "not recorded"], "2026, in which changes begin to be known, and 2025"
    assert 'since CPL <a href="../releases/2026/#v0.003">0.003</a>;' in content


def test_an_entry_leads_to_the_issues_that_touched_it(demo: Edition) -> None:
    content = entry_page(demo, demo.repository.entries["000021"]).content
    assert 'Removed since CPL <a href="../../releases/2019/#v0.018">0.018</a>' in content
    assert '<a href="../../releases/2019/#v0.017">0.017</a>, 9 Apr 2019</th>' in content
    first = entry_page(demo, demo.repository.entries["000122"]).content
    assert 'listed first in <a href="../../releases/2026/#v0.088">0.088</a>' in first


def test_notes_begin_in_their_release(demo: Edition) -> None:
    issue = issue_of(pages(demo)["releases/2026/"], "0.088")
    begins = text_of(issue.split('<p class="begins">', 1)[1].split("</p>", 1)[0])
    notes = " ".join(demo.repository.by_number["000122"].release_notes.split())
    assert begins.endswith("…") and notes.startswith(begins[:-1]) and len(begins) <= 161


def figures(content: str, section: str) -> dict[str, list[str]]:
    """The figures of each row of a section's table, by its first cell."""
    part = content.split(f'id="{section}"', 1)[1].split("</section>", 1)[0]
    return {
        text_of(row.split("</th>", 1)[0]): [
            text_of(cell) for cell in re.findall(r'<td class="n"[^>]*>(.*?)</td>', row)
        ]
        for row in re.findall("<tr.*?</tr>", part.split("<tbody>", 1)[1], re.DOTALL)
    }


@pytest.mark.parametrize("which", ["demo_root", "real_root"])
def test_figures_are_those_of_the_command_line(
    which: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    root: Path = request.getfixturevalue(which)
    assert main(["coverage", "--format", "json", "--root", str(root)]) == 0
    said = json.loads(capsys.readouterr().out)
    content = pages(edition(root))["coverage/"]
    due = [each for each in said["missing"] if each["required"]]
    for section, key, groups in (
        ("types", "device_type", said["by_type"]),
        ("makers", "manufacturer_identifier", said["by_manufacturer"]),
    ):
        required = Counter(each[key] for each in due)
        told = figures(content, section)
        if section == "types":
            assert told.pop("All") == row_of(said["counts"], len(due))
        assert told == {group[key]: row_of(group, required[group[key]]) for group in groups}
    head = text_of(content.split("</dl>", 1)[0])
    assert f"Entries on the CPL {said['counts']['entries']:,} " in head
    assert f"Required, missing {len(due):,} of {said['counts']['required']:,} required" in head


def row_of(counts: dict[str, int], due: int) -> list[str]:
    return [f"{counts['entries']:,}", f"{counts['covered']:,}", f"{due:,}"]


def test_the_chart_says_what_the_policy_asks(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    policy = "schema/policy.yaml"
    dated = '    records: "required"\n    required_from: "2019-02-28"\n'
    for name, records in (
        ("Gas Smart Meter", "required"),
        ("Communications Hub", "optional"),
        ("Pre-Payment Interface Device", "not_accepted"),
    ):
        change(root, policy, f"  {name}:\n{dated}", f'  {name}:\n    records: "{records}"\n')
    part = pages(edition(root))["coverage/"].split('id="types"', 1)[1].split("</section>", 1)[0]
    rows = [text_of(row) for row in re.findall('<tr><th scope="row">.*?</tr>', part)]
    assert [row.split(" ")[0] for row in rows] == ["Gas", "Single", "Communications", "Pre-Payment"]
    assert "Gas Smart Meter Required 5" in rows[0]
    assert "Required listed since 28 Feb 2019" in rows[1]
    assert "Optional" in rows[2] and "Not accepted" in rows[3]
    assert "000046" not in gaps_of(pages(edition(root))["coverage/"], "others")


def test_nothing_missing_is_said(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    text = (root / "schema/policy.yaml").read_text(encoding="utf-8")
    put(root, "schema/policy.yaml", text.replace('records: "required"', 'records: "optional"'))
    assert "Every required record is here." in pages(edition(root))["coverage/"]


def gaps_of(content: str, section: str) -> list[str]:
    """The numbers of the entries that a section calls missing."""
    if f'id="{section}"' not in content:
        return []
    part = content.split(f'id="{section}"', 1)[1].split("</section>", 1)[0]
    return re.findall('class="id"><a href="[./]*cpl/([0-9]{6})/"', part)


@pytest.mark.parametrize("which", ["demo", "real"])
def test_every_gap_can_be_reached_and_is_sorted_by_duty(
    which: str, request: pytest.FixtureRequest
) -> None:
    found: Edition = request.getfixturevalue(which)
    content = pages(found)
    whole, parts = content["coverage/"], {}
    for url in content:
        if re.fullmatch("coverage/[0-9A-F]{4}/", url):
            assert f'href="{url.removeprefix("coverage/")}"' in whole
            parts[url[9:13]] = content[url]
    for section, required in (("required", True), ("others", False)):
        wanted: dict[str, list[str]] = {}
        for each in found.coverage.missing:
            if each.required is required:
                maker = each.entry.manufacturer_identifier
                wanted.setdefault(maker, []).append(each.entry.cpl_number)
        told = set(gaps_of(whole, section))
        assert told == {number for numbers in wanted.values() for number in numbers[:SHOWN]}
        for maker, numbers in wanted.items():
            if len(numbers) > SHOWN or maker in parts:
                assert gaps_of(parts[maker], section) == numbers


def test_the_gaps_are_published_as_text_too(demo: Edition) -> None:
    rows = [*csv.DictReader(io.StringIO(missing_csv(demo.coverage.missing).decode("utf-8")))]
    assert [(row["cpl_number"], row["record"] == "required") for row in rows] == [
        (each.entry.cpl_number, each.required) for each in demo.coverage.missing
    ]


def link_of(found: Edition, number: str) -> str:
    content = "".join(text for url, text in pages(found).items() if url.startswith("coverage/"))
    link = re.search(f'href="([^"]+)">Add this record<span class="vh"> for CPL {number}<', content)
    assert link
    return unescape(link[1])


def test_a_missing_record_is_begun_on_the_page_that_makes_one(demo: Edition) -> None:
    for missing in demo.coverage.missing:
        number = missing.entry.cpl_number
        assert link_of(demo, number) in (f"../submit/?cpl={number}", f"../../submit/?cpl={number}")


def test_what_waits_is_told(demo: Edition, tmp_path: Path) -> None:
    content = pages(demo)["coverage/"]
    waiting = content.split('id="pending"', 1)[1]
    for record in demo.repository.pending:
        assert record.path in waiting
    assert 'id="corrections"' not in content
    root = lay(tmp_path / "root")
    case = ROOT / "tests/cases/cpl-mismatch/good/waived_after_the_list_changed"
    shutil.copytree(case, root, dirs_exist_ok=True)
    told = pages(edition(root))["coverage/"].split('id="corrections"', 1)[1]
    assert 'href="../cpl/000044/"' in told and 'data-l="Until">1 Oct 2026</td>' in told


def test_a_bar_is_as_wide_as_its_figures() -> None:
    assert bar(30, 10, 50, 100) == Bar(of="50%", there="30%", due="10%")


def test_a_manufacturer_page_reaches_each_of_its_entries(demo: Edition) -> None:
    content = pages(demo)
    for slug in demo.repository.manufacturers:
        told = content[f"manufacturers/{slug}/"]
        theirs = {
            number
            for number, entry in demo.repository.entries.items()
            if slug in {maker.slug for maker in demo.makers(entry)}
        }
        for section in ("releases", "entries"):
            part = told.split(f'id="{section}"', 1)[1].split("</section>", 1)[0]
            assert set(re.findall("cpl/([0-9]{6})/", part)) == theirs


def test_a_manufacturer_says_first_what_is_missing(demo: Edition) -> None:
    told = pages(demo)["manufacturers/harrowmere/"]
    due = [
        each.entry.cpl_number
        for each in demo.coverage.missing
        if each.required and each.entry.manufacturer_identifier == "7F01"
    ]
    assert gaps_of(told, "missing") == due
    assert told.index('id="missing"') < told.index('id="devices"')


def test_a_successor_and_former_names_are_named(tmp_path: Path) -> None:
    root = demonstration(tmp_path / "root")
    path = "records/manufacturers/nordvang.yaml"
    text = (root / path).read_text(encoding="utf-8")
    put(root, path, f'{text}succeeded_by: "lindhoff"\n')
    told = pages(edition(root))["manufacturers/nordvang/"]
    assert 'Succeeded by <a href="../../manufacturers/lindhoff/">' in told
