"""The generated pages: the right answer on each, every value escaped, dates from the commit."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from around import MANUFACTURER, RECORD, ROOT, change, lay, put
from built import demonstration, edition
from hostility import HOSTILE, NUMBER
from markup_read import tags, text_of

from fir.model import SNAPSHOT
from fir.site.build import entry_pages, other_pages
from fir.site.commits import Commit, Commits, read_commits
from fir.site.components import plain_text
from fir.site.edition import Edition, Example, Manual
from fir.site.entry_view import SHAPES, expiry
from fir.site.pages.checks import read_examples
from fir.site.pages.entry import entry_page
from fir.site.rendering import ENVIRONMENT
from fir.site.shell import Page, Shell, secured
from fir.site.wording import day, readable
from fir.site.writing import write


def page_of(edition: Edition, number: str) -> Page:
    return entry_page(edition, edition.repository.entries[number])


def first(edition: Edition, answer: str, *, covered: bool = True) -> str:
    """The number of the first entry with an answer."""
    return next(
        number
        for number, each in edition.answer_of.items()
        if each.answer == answer and (number in edition.repository.by_number) is covered
    )


def test_every_entry_has_a_page_with_its_answer(demo: Edition) -> None:
    pages = {page.url: page for page in entry_pages(demo, demo.repository.entries)}
    assert set(pages) == {f"cpl/{number}/" for number in demo.repository.entries}
    for number, answer in demo.answer_of.items():
        shape = SHAPES[answer.answer]
        content = pages[f"cpl/{number}/"].content
        assert content.count('<section class="ans ') == 1
        assert f'<section class="ans is-{shape}"' in content, number


def test_what_lacks_a_record_says_whose_duty_it_is(demo: Edition) -> None:
    for page in entry_pages(demo, demo.repository.entries):
        number = page.url[4:-1]
        recorded = number in demo.repository.by_number
        assert ('class="remark is-norec"' in page.content) is not recorded, number
        assert recorded or "for the CPL (Smart Energy Code, Section F2.17)" in page.content


def test_the_way_to_the_latest_is_told_in_order(demo: Edition) -> None:
    told = text_of(page_of(demo, "000007").content)
    assert "The latest is 02000001. Go through 01020000, then 01030000 first." in told
    assert "No, in three steps" in told
    assert told.index("Counts gas by the corrected volume") < told.index("Display: adds Welsh.")


def test_newer_without_one_latest_lists_all_and_leaves_the_rest_to_the_manufacturer(
    demo: Edition,
) -> None:
    number = next(
        number
        for number, answer in demo.answer_of.items()
        if answer.answer == "newer-exists" and answer.way is None
    )
    page = page_of(demo, number)
    told = text_of(page.content)
    assert "Only the manufacturer can say which is the latest." in told
    listed = page.content[page.content.index('id="newer"') :]
    for firmware in demo.answer_of[number].newer_firmware:
        assert f'href="../../cpl/{firmware.entry.cpl_number}/"' in listed


def test_unclear_says_why_and_sets_them_side_by_side(demo: Edition) -> None:
    number = first(demo, "unclear")
    told = text_of(page_of(demo, number).content)
    assert re.search("was listed (later|earlier)|Nobody states which comes after which\\.", told)
    assert ("unclear", "Side by side") in page_of(demo, number).contents


def test_withdrawn_gives_day_reason_and_replacement(demo: Edition) -> None:
    told = text_of(page_of(demo, "000082").content)
    assert "The manufacturer withdrew this firmware on 14 Mar 2023." in told
    assert "Meters colder than -5 °C may stop sending" in told
    assert "Replaced by04010003CPL 000084" in told


def test_a_removed_entry_of_a_current_firmware_says_so(demo: Edition) -> None:
    page = page_of(demo, "000021")
    told = text_of(page.content)
    assert "This entry itself is Removed since CPL 0.018, 7 May 2019." in told
    assert 'see <a href="../../cpl/000022/">entry 000022</a>' in page.content


def list_again(root: Path, number: str, again: str, *changed: tuple[str, str]) -> None:
    """Adds an entry of the same firmware, listed in 0.003 with other values."""
    path = root / "records/cpl/entries.csv"
    text = path.read_text(encoding="utf-8")
    row = next(each for each in text.splitlines() if each.startswith(number))
    for old, new in ((f"{number},Current", f"{again},Current"), *changed):
        assert row.count(old) == 1
        row = row.replace(old, new)
    cells = row.split(",")
    cells[20:22] = "0.003", "2026-09-01"
    put(root, "records/cpl/entries.csv", f"{text}{','.join(cells)}\n")
    count = len(text.splitlines())
    change(root, SNAPSHOT, f'entries: "{count - 1}"', f'entries: "{count}"')


def fact(edition: Edition, number: str, label: str) -> str:
    """What stands below the answer, under a label."""
    content = page_of(edition, number).content
    return text_of(content.split(f"<dt>{label}</dt><dd>", 1)[1].split("</dd>", 1)[0])


def test_versions_change_from_those_of_the_entry_itself(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    list_again(root, "000041", "000050", ("Version 3.2", "Version 3.1"), ("V4.2", "V4.1"))
    found = edition(root)
    assert found.answer_of["000050"] is found.answer_of["000041"]
    assert fact(found, "000041", "Versions change") == "None"
    assert fact(found, "000050", "Versions change") == "GBCS 3.1 → 3.2SMETS 4.1 → 4.2"


def test_side_by_side_this_firmware_has_the_versions_of_the_entry_itself(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    (root / RECORD).unlink()
    change(root, "records/cpl/entries.csv", "02,03,01070300", "02,03,01070150")
    list_again(root, "000041", "000050", ("Version 3.2", "Version 3.1"))
    page = page_of(edition(root), "000050")
    row = page.content.split('id="unclear"', 1)[1].split("<tbody>", 1)[1].split("</tr>", 1)[0]
    assert '<td data-l="CPL">000050</td>' in row
    assert '<td data-l="GBCS">3.1</td>' in row
    assert "this firmware, listed with GBCS 3.2 as 000041" in text_of(row)


def test_firmware_listed_again_keeps_the_day_of_its_first_listing(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    list_again(root, "000041", "000050")
    list_again(root, "000042", "000051")
    told = text_of(page_of(edition(root), "000050").content)
    assert "this firmwareCPL 000050 · first listed 2 Mar 2026" in told
    assert "the latestCPL 000051 · first listed 11 May 2026" in told
    assert "01070300CPL 000051first listed 11 May 2026" in told
    assert "listed 1 Sep 2026" not in told


def test_removed_firmware_says_when_it_was_listed_and_when_removed(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    listed = "Removedlisted first in 0.001, 2 Mar 2026"
    assert fact(edition(root), "000045", "On the CPL") == f"{listed}removed in 0.003, 1 Sep 2026"
    change(root, "records/cpl/changes.csv", "0.003,2026-09-01,000045,status,Current,Removed\n", "")
    unknown = f"{listed}when it was removed is not known here"
    assert fact(edition(root), "000045", "On the CPL") == unknown


def test_the_contact_stands_in_cells_that_can_be_copied(tmp_path: Path) -> None:
    content = page_of(edition(lay(tmp_path / "root")), "000042").content
    cells = content.split('<dl class="cards contact">', 1)[1].split("</ul>", 1)[0]
    assert re.findall("<dt>([^<]+)<button", cells) == ["Email", "Telephone", "Business address"]
    assert '<a class="tel" href="tel:+441632960123">+44 1632 960123</a>' in cells
    assert 'data-copy="+441632960123"' in cells
    address = "Unit 4, Example Park\nExampleton EX1 2MP\nUnited Kingdom"
    assert f'data-copy="{address}"' in cells
    assert "Last confirmed <span>1 Oct 2026</span>" in cells


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+442079460123", "+44 20 7946 0123"),
        ("+441214960123", "+44 121 496 0123"),
        ("+441134960123", "+44 113 496 0123"),
        ("+441632960123", "+44 1632 960123"),
        ("+447700900123", "+44 7700 900123"),
        ("+448081570123", "+44 808 157 0123"),
        ("+441539412345", "+441539412345"),
        ("+44163296012", "+44163296012"),
        ("+4530123456", "+4530123456"),
        ("+15555550123", "+15555550123"),
    ],
)
def test_a_number_is_grouped_only_where_its_plan_says_how(number: str, read: str) -> None:
    assert readable(number) == read
    assert readable(number).replace(" ", "") == number


def row(edition: Edition, number: str, label: str) -> str:
    """What stands in the part "Before and after", under a label; empty where the row is not."""
    part = page_of(edition, number).content.partition('id="line"')[2].partition("</section>")[0]
    return text_of(part.partition(f"<dt>{label}</dt><dd>")[2].partition("</dd>")[0])


def test_previous_and_next_are_the_nearest_of_the_line(demo: Edition) -> None:
    history = demo.answers.histories[demo.repository.entries["000007"].line]
    versions = [each.version for each in history.firmware]
    assert len(versions) == 5
    for before, this, after in zip(versions, versions[1:], versions[2:], strict=False):
        number = next(each for each in history.firmware if each.version == this).entry.cpl_number
        assert row(demo, number, "Previous").startswith(before)
        assert row(demo, number, "Next").startswith(after)
    assert row(demo, "000007", "Previous") == ""
    assert row(demo, "000103", "Next") == ""


def test_what_nobody_puts_in_order_is_neither_before_nor_after(demo: Edition) -> None:
    number = first(demo, "unclear")
    (other,) = demo.answer_of[number].unclear_firmware
    assert row(demo, number, "Order not known") == "one other, side by side"
    for side in ("Previous", "Next"):
        assert other.version not in row(demo, number, side)


def test_stated_upgrade_sources_are_told_from_both_ends(demo: Edition) -> None:
    assert row(demo, "000022", "May be installed over") == "000007"
    assert row(demo, "000007", "May be updated straight to") == "000022"
    assert row(demo, "000007", "May be installed over") == "no earlier firmware"
    assert row(demo, first(demo, "unclear"), "May be installed over") == "not stated"


def test_what_is_stated_of_one_entry_is_told_of_the_others_of_its_firmware(tmp_path: Path) -> None:
    root = demonstration(tmp_path / "root")
    change(root, "records/firmware/nordvang/000052.yaml", '["000021", "000022"]', '["000022"]')
    found = edition(root)
    for number in ("000021", "000022"):
        assert row(found, number, "May be updated straight to") == "000052"


def test_what_an_answer_rests_on_names_the_statements(demo: Edition) -> None:
    told = text_of(page_of(demo, "000007").content)
    assert (
        "The manufacturer’s statement: 000022 may be installed over 000007, 000052 over 000022, "
        "and 000103 over 000052." in told
    )


@pytest.mark.parametrize(
    ("certificate", "ends", "said"),
    [
        ("[E] CPA-1", "2029-08-14", "Expires 14 Aug 2029 a certificate with a fixed end"),
        ("[R] CPA-1", "2029-08-14", "Review due 14 Aug 2029 a lifetime certificate, reviewed on"),
        ("[E] CPA-1", "2027-09-01", "fixed end within 12 months of this CPL issue"),
        ("[E] CPA-1", "2027-09-02", "fixed end"),
        ("[E] CPA-1", "2026-08-31", "Expired 31 Aug 2026 a certificate with a fixed end before"),
        ("[R] CPA-1", "2026-08-31", "Review was due 31 Aug 2026"),
        ("[E] CPA-1", "", "No day on the CPL"),
    ],
)
def test_a_certificate_says_what_its_day_is_and_whether_it_is_near(
    tmp_path: Path, certificate: str, ends: str, said: str
) -> None:
    root = lay(tmp_path / "root")
    found = edition(root)
    changed = {"cpa_certificate": certificate, "cpa_expiry": ends}
    entry = found.repository.entries["000042"]._replace(**changed)
    told = " ".join(expiry(found, entry))
    assert told.startswith(said) or told.endswith(said), told


def test_without_a_record_the_mark_stands_beside_the_answer_and_a_letter_is_begun(
    demo: Edition,
) -> None:
    number = first(demo, "latest", covered=False)
    page = page_of(demo, number)
    answer = page.content.split('id="answer"', 1)[1].split("</section>", 1)[0]
    assert '<span class="st is-norec">' in answer
    assert ("supply", "How to supply it") in page.contents
    assert 'href="../../guides/manufacturers/"' in page.content
    assert page.content.count(f'href="../../submit/?cpl={number}"') == 2
    letter = unescape(re.search('href="(mailto:[^"]+body=[^"]+)"', page.content)[1])  # type: ignore[index]
    body = unquote(letter)
    assert f"CPL number: {number}" in body
    assert f"Firmware version: {demo.repository.entries[number].firmware_version}" in body


def test_where_no_record_is_taken_none_is_asked_for(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    policy = (root / "schema/policy.yaml").read_text(encoding="utf-8")
    found = edition(root)
    number = first(found, "latest", covered=False)
    kind = found.repository.entries[number].device_type
    put(
        root,
        "schema/policy.yaml",
        policy.replace(
            f'{kind}:\n    records: "required"', f'{kind}:\n    records: "not_accepted"'
        ),
    )
    content = page_of(edition(root), number).content
    assert "The Panel takes no records of this device type." in content
    assert "#supply" not in content


def test_changes_say_since_when_they_are_recorded(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    since = "Recorded here since CPL {}; what the list changed earlier is not shown"
    change(root, "records/cpl/changes.csv", "0.003,2026-09-01,000045", "0.002,2026-05-11,000045")
    assert since.format("0.002") in page_of(edition(root), "000042").content
    put(root, "records/cpl/changes.csv", "version,issued_on,cpl_number,field,before,after\n")
    found = edition(root)
    assert since.format(found.snapshot.version) in page_of(found, "000042").content


@pytest.mark.parametrize(
    ("descriptor", "title", "mark"),
    [
        ("Fragment 1 of 2", "This entry lists one fragment", " · one fragment of an image"),
        ("Radio-only", "This entry lists an image of one part", " · image of one part only"),
        ("Fragment 1 of 1", None, None),
    ],
)
def test_what_is_no_whole_image_says_so(
    tmp_path: Path, descriptor: str, title: str | None, mark: str | None
) -> None:
    root = lay(tmp_path / "root")
    path = root / "records/cpl/entries.csv"
    text = path.read_text(encoding="utf-8").replace("Complete image", descriptor)
    put(root, "records/cpl/entries.csv", text)
    found = edition(root)
    for number in ("000041", "000042", "000045", "000048"):
        content = page_of(found, number).content
        assert title in content if title else "This entry lists" not in content
    since = text_of(page_of(found, "000041").content.split('id="since"', 1)[1])
    assert (f"first listed 11 May 2026{mark}" in since) is (mark is not None)


def test_nobodys_identifier_is_listed_with_its_entries(demo: Edition) -> None:
    content = next(page for page in other_pages(demo) if page.url == "manufacturers/").content
    summary = content.split('<b><span class="pn">7F09</span></b>', 1)[1].split("</summary>", 1)[0]
    assert summary.endswith("<span>2 entries</span>")
    assert 'href="../cpl/000066/"' in content


def test_home_counts_what_the_register_holds(demo: Edition) -> None:
    told = text_of(next(page for page in other_pages(demo) if page.url == "").content)
    assert f"Entries on the CPL{len(demo.repository.entries)}" in told
    assert f"With a firmware record{len(demo.repository.by_number)}" in told
    assert f"Waiting for a CPL number{len(demo.repository.pending)}" in told


def test_a_check_shows_its_manual_and_marks_the_faulty_line(demo: Edition) -> None:
    text = 'cpl_number: 42\nmanufacturer: "x"\n'
    bad = Example(
        "no_quotes", (("records/a.yaml", text),), "records/a.yaml:1:13: error: <b> [schema]\n"
    )
    manual = Manual(
        "schema", "Shaped", "error", False, "A `field` is <wrong>", "a", "b", (bad,), ()
    )
    found = Edition(demo.repository, demo.snapshot, Commits(), manuals=(manual,))
    page = next(page for page in other_pages(found) if page.url == "checks/schema/")
    assert '<span class="bad">cpl_number: 42</span>\nmanufacturer: &#34;x&#34;' in page.content
    assert "A <code>field</code> is &lt;wrong&gt;." in page.content
    assert "error</b>: &lt;b&gt; [schema]" in page.content


def example(name: str, path: str, text: str, said: str = "") -> Example:
    return Example(name, ((path, text),), said)


def check_page(demo: Edition, bad: tuple[Example, ...], good: tuple[Example, ...]) -> str:
    manual = Manual("schema", "Shaped", "error", False, "A title", "a", "b", bad, good)
    found = Edition(demo.repository, demo.snapshot, Commits(), manuals=(manual,))
    return next(page.content for page in other_pages(found) if page.url == "checks/schema/")


def test_a_check_sets_an_example_beside_its_cure_and_folds_the_others(demo: Edition) -> None:
    said = "a.yaml:2:1: error: no <b> [schema]\n"
    bad = (
        example("bcd_long", "a.yaml", "a: 1\nb: 22222\nc: 3\n", said),
        example("other_file", "b.yaml", "x\n", "b.yaml:1:1: error: no [schema]\n"),
        example("short", "a.yaml", "a: 1\nb: 2\n", said),
    )
    good = (example("whole", "c.yaml", "x\n"), example("cured", "a.yaml", "a: 1\nb: 3\n"))
    content = check_page(demo, bad, good)
    shown = content.split('<div class="pair">', 1)[1].split("</section>", 1)[0]
    assert 'a: 1\n<span class="bad">b: 2</span>' in shown
    assert 'a: 1\n<span class="good">b: 3</span>' in shown
    assert re.findall("<svg.*?</svg>(.*?)</summary>", content) == [
        "BCD long",
        "Other file",
        "Whole",
    ]
    seen = content.split('id="see"', 1)[1].split("</section>", 1)[0]
    assert 'a.yaml:2:1: <b class="error">error</b>: no &lt;b&gt; [schema]' in seen


def test_the_examples_of_a_check_are_the_files_of_its_cases() -> None:
    folder = ROOT / "tests/cases/unquoted-value/bad"
    examples = read_examples(folder)
    assert {each.name for each in examples} == {
        each.name for each in folder.iterdir() if each.is_dir()
    }
    assert all(each.said and each.files for each in examples)


def every_part(page: Page) -> Iterator[str]:
    yield from page.slots().values()


def test_hostile_text_stays_text(hostile_root: Path) -> None:
    found = edition(hostile_root)
    page = page_of(found, NUMBER)
    block = page.content[page.content.index('<div class="notes">') :]
    shown = unescape(re.sub("<[^>]+>", "", block[: block.index("</div>")])).split("\n")
    assert shown[: len(HOSTILE)] == list(HOSTILE)
    for each in (page, *other_pages(found)):
        for tag, attributes in tags("".join(every_part(each))):
            assert tag not in ("img", "style", "iframe")
            assert tag != "script" or attributes == {"type": "application/ld+json"}
            assert not any(name.startswith("on") or name == "style" for name in attributes)
            assert not (attributes.get("href") or "").startswith("javascript")
        assert each.content.count("<h1") <= 1


def test_no_page_carries_a_style_attribute(demo: Edition) -> None:
    for page in (*entry_pages(demo, demo.repository.entries), *other_pages(demo)):
        assert " style=" not in page.content


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("See https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x_(y))", "https://a.example/x_(y)"),
        ('"https://a.example/?q=1&b=<2>"', "https://a.example/?q=1&amp;b="),
        ("https://a.example:8443/x!", "https://a.example:8443/x"),
        ("https://a.example", "https://a.example"),
        ("http://a.example/", None),
        ("javascript:alert(1)", None),
        ("https://user:pw@a.example/", None),
        ("https://user@a.example/", None),
        ("https://localhost/", None),
        ("https://a.exämple/", None),
        ("https://a.example.é/", None),
        ("//a.example/x", None),
    ],
)
def test_only_whole_https_addresses_become_links(text: str, linked: str | None) -> None:
    html = plain_text(text)
    links = [attributes["href"] for tag, attributes in tags(html) if tag == "a"]
    assert links == ([unescape(linked)] if linked else [])
    assert unescape(re.sub("<[^>]+>", "", html)) == text


def test_dates_are_written_out_and_other_text_is_left_alone() -> None:
    assert day("2026-07-04") == "4 Jul 2026"
    shown = ENVIRONMENT.from_string("{{ value|day }}").render(value="2026-07-04 <b>")
    assert shown == "2026-07-04 &lt;b&gt;"
    assert day("2026-13-04") == "2026-13-04"
    assert day("") == ""


def test_a_mark_in_content_is_no_mark() -> None:
    shell = Shell("<title><!--fir:title--></title><!--fir:content-->")
    page = Page("x/", "x/", title="<!--fir:content-->", content="<!--fir:title-->\\1{content}%s")
    assert shell.stamp(page.slots()) == (
        b"<title>&lt;!--fir:content--&gt;</title><!--fir:title-->\\1{content}%s"
    )


def test_the_policy_names_the_scripts_there_are_and_no_more() -> None:
    page = secured(
        '<meta charset="utf-8"><!--fir:policy--><script>a()</script><script src="b.js"></script>'
    )
    assert page.startswith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')
    assert page.count("sha256-") == 1
    assert "unsafe" not in page


def test_with_a_repository_address_changes_are_proposed_there(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(
        root, "schema/policy.yaml", 'repository_url: ""', 'repository_url: "https://g.example/f"'
    )
    commit = Commit("0123456789abcdef", "2026-07-04")
    found = edition(root, Commits(commit, False, {RECORD: commit}, commit.on))
    page = page_of(found, "000042")
    assert f'href="https://g.example/f/edit/main/{RECORD}"' in page.suggest
    assert "Last changed</dt><dd>4 Jul 2026, commit <code>0123456</code>" in page.content
    missing = page_of(found, "000049")
    assert 'href="#supply"' in missing.suggest


def test_a_letter_to_the_panel_names_its_subject_whole(tmp_path: Path) -> None:
    root = lay(tmp_path / "root")
    change(root, MANUFACTURER, "Example Meters Ltd", "A & B? Ltd")
    page = next(p for p in other_pages(edition(root)) if p.url == "manufacturers/example-meters/")
    subject = "Contact%20of%20A%20%26%20B%3F%20Ltd"
    assert f'href="mailto:fir@panel.example?subject={subject}"' in page.suggest


def test_every_part_is_written(tmp_path: Path) -> None:
    def part(number: int) -> Iterator[tuple[str, bytes]]:
        yield f"a/{number}/index.html", b"%d" % number
        yield f"b/{number}/index.html", b"%d" % number

    write(tmp_path, [partial(part, number) for number in range(20)])
    found = {f"{path.relative_to(tmp_path)}" for path in tmp_path.rglob("index.html")}
    assert found == {f"{letter}/{number}/index.html" for letter in "ab" for number in range(20)}


def git(root: Path, *arguments: str) -> None:
    author = ["-c", "user.name=t", "-c", "user.email=t@panel.example", "-c", "commit.gpgsign=false"]
    when = {"GIT_AUTHOR_DATE": "2026-07-04T12:00:00Z", "GIT_COMMITTER_DATE": "2026-07-04T12:00:00Z"}
    subprocess.run(
        ["git", *author, *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        env={**when, "PATH": "/usr/bin:/bin"},
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_commits_are_read_for_the_whole_and_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = lay(tmp_path / "root")
    assert read_commits(root) == Commits()
    git(root, "init", "--initial-branch=main")
    git(root, "add", "schema", MANUFACTURER, RECORD)
    git(root, "commit", "--message=one")
    change(root, RECORD, "gas day", "day")
    git(root, "add", ".")
    git(root, "commit", "--message=two")
    found = read_commits(root)
    assert found.head and found.head.on == found.day == "2026-07-04"
    assert not found.changed
    assert found.last[RECORD] == found.head != found.last[MANUFACTURER]
    put(root, RECORD, "")
    assert read_commits(root).changed
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert read_commits(root).day == "1970-01-02"
