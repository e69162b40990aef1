"""Looking up as a reader does it: boxes, filters, orders, the address, the text, the keyboard."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostility import FORMULA
from visiting import Visit, visiting

from fir.site.edition import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COUNT = "#count"
ROWS = "table.found tbody tr"
HUB = "Communications Hub"
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "\u202e" * 500 + "{{7*7}}",
    ".*(a+)+$ [[[ \\d{1,99999}",
    "__proto__ constructor toString",
    "hasOwnProperty",
)


def numbers(page: Page) -> list[str]:
    return page.locator(f"{ROWS} .cpl b").all_inner_texts()


def test_from_home_an_exact_hit_goes_straight_to_its_entry(visit: Visit) -> None:
    for query, number in (
        ("7F03 00210100 01010000", "000007"),
        ("01010000 00:21:01:00 7f03", "000007"),
        ("7", "000007"),
    ):
        page = visit.to("")
        page.get_by_label("Look up").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/cpl/{number}/")
        assert number in page.locator("h1").inner_text()


def test_home_says_how_it_reads_what_is_typed(visit: Visit) -> None:
    page = visit.to("")
    page.get_by_label("Look up").press_sequentially("harrowmere")
    said = page.locator(".parsed", has_text="26 entries")
    said.wait_for()
    assert "company name" in said.inner_text()


def test_the_examples_on_the_home_page_find_what_they_say(visit: Visit) -> None:
    page = visit.to("")
    links = page.locator(".takes a")
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    assert len(addresses) == 4
    for address in addresses[:2]:
        visit.to(address)
        page.wait_for_url("**/cpl/000112/")
    for address in addresses[2:]:
        visit.to(address)
        page.locator(".count h2:not(:empty)").wait_for()
        assert "000112" in numbers(page)


def test_the_box_of_every_page_looks_up(visit: Visit) -> None:
    page = visit.to("cpl/000007/")
    page.keyboard.press("/")
    page.keyboard.type("7F03-0021-0100")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=7F03-0021-0100")
    page.locator(ROWS).first.wait_for()
    assert numbers(page) == ["000103", "000079", "000052", "000022", "000021", "000007"]


def test_every_page_has_one_search(demo_site: Path) -> None:
    for path in demo_site.rglob("*.html"):
        if "hostile" not in path.parts:
            assert path.read_text(encoding="utf-8").count('type="search"') == 1, path


def test_the_keyboard_reaches_the_box_and_leaves_it(visit: Visit) -> None:
    page = visit.find("")
    box = page.get_by_label("Look up")
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    assert box.input_value() == "a/b", "a stroke typed into the box is a stroke"
    page.keyboard.press("Escape")
    assert box.input_value() == ""
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_several_hits_are_listed_with_the_words_marked(visit: Visit, demo: Edition) -> None:
    page = visit.find("?q=harrowmere")
    assert page.locator(COUNT).inner_text() == "26 entries"
    assert page.locator(f"{ROWS} mark").first.inner_text() == "Harrowmere"
    assert page.locator(ROWS).count() == 26
    for row, number in zip(page.locator(ROWS).all(), numbers(page), strict=True):
        entry = demo.repository.entries[number]
        said = row.inner_text()
        assert entry.device.device_model in said
        assert row.locator("a").first.inner_text() == entry.firmware_version
        assert ("No record yet" in said) is (demo.record_of(entry) is None)


def test_every_row_bears_the_answer_that_was_worked_out(visit: Visit, demo: Edition) -> None:
    page = visit.find("?show=200")
    assert page.locator(ROWS).count() == len(demo.repository.entries)
    words = page.locator(f"{ROWS} td:first-child .st:first-child").all_inner_texts()
    for number, word in zip(numbers(page), words, strict=True):
        answer = demo.answer_of[number].answer
        assert word.lower().replace(" ", "-") == answer, number


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("7F03 00210100 99999999", "The CPL lists this Device Model, but not with this firmware."),
        ("9999 00210100 01010000", "The CPL lists no device with this manufacturer identifier."),
        ("IHD", "The CPL lists no Type 2 Devices"),
        ("banana 7F03", "banana as words: not known"),
        ("x" * 1_001, "A query has at most 1,000 characters."),
        ("040B0300", "040B0300 as firmware version 04110300, if what was typed is BCD"),
    ],
)
def test_what_is_not_found_as_typed_is_said(visit: Visit, query: str, said: str) -> None:
    page = visit.find(f"?q={quote(query)}")
    assert said in page.locator(".remark").inner_text()


def test_an_unknown_firmware_names_what_is_listed_and_whom_to_ask(visit: Visit) -> None:
    page = visit.find("?q=7F03+00210100+99999999")
    page.locator(".remark").get_by_role("link", name="Nordvang Måleteknik A/S").click()
    page.wait_for_url("**/manufacturers/nordvang/")


def test_filters_follow_each_other_and_live_in_the_address(visit: Visit, demo: Edition) -> None:
    page = visit.find("")
    gas = [e for e in demo.repository.entries.values() if e.device_type == "Gas Smart Meter"]
    newer = [e for e in gas if demo.answer_of[e.cpl_number].answer == "newer-exists"]
    page.get_by_label("Gas meter").check()
    assert page.locator(COUNT).inner_text() == f"{len(gas)} entries"
    hubs = [e for e in demo.repository.entries.values() if e.device_type == HUB]
    other = page.locator(".chk", has_text="Communications hub").locator(".n")
    assert other.inner_text() == str(len(hubs)), "a filter does not count against itself"
    option = page.locator(".chk", has_text="Newer exists")
    assert option.locator(".n").inner_text() == str(len(newer))
    option.locator("input").check()
    assert page.locator(COUNT).inner_text() == f"{len(newer)} entries"
    assert page.url.endswith("/find/?answer=newer-exists&type=Gas+Smart+Meter")
    page.reload()
    page.locator(".count h2:not(:empty)").wait_for()
    assert page.locator(COUNT).inner_text() == f"{len(newer)} entries"
    page.go_back()
    page.locator(COUNT, has_text=f"{len(gas)} entries").wait_for()
    assert not option.locator("input").is_checked()
    page.go_forward()
    page.locator(COUNT, has_text=f"{len(newer)} entries").wait_for()
    page.locator(".chips button", has_text="Gas meter").click()
    assert page.url.endswith("/find/?answer=newer-exists")
    assert page.evaluate("document.activeElement.id") == "count"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("answer=unclear", lambda e, r: r.answer_of[e.cpl_number].answer == "unclear"),
        ("record=none", lambda e, r: r.record_of(e) is None),
        ("manufacturer=7F09", lambda e, r: e.manufacturer_identifier == "7F09"),
        ("manufacturer=nordvang", lambda e, r: [m.slug for m in r.makers(e)] == ["nordvang"]),
        ("listing=removed", lambda e, r: e.listing == "removed"),
        ("generation=SMETS1", lambda e, r: e.generation == "SMETS1"),
        ("version=SMETS+V5.0", lambda e, r: e.smets_chts_version == "SMETS V5.0"),
        ("gbcs=4.1", lambda e, r: e.gbcs_version == "GBCS Version 4.1"),
        ("certificate=soon", lambda e, r: "2026-11-10" <= e.cpa_expiry <= "2027-11-10"),
        (
            "outage=expected",
            lambda e, r: (
                bool(r.record_of(e)) and r.record_of(e).outage_alert_on_activation == "expected"
            ),
        ),
        ("answer=latest&answer=unclear&record=none&listing=current", None),
        ("answer=banana", lambda e, r: False),
    ],
)
def test_every_filter_shows_exactly_what_it_says(
    visit: Visit, demo: Edition, address: str, wanted: object
) -> None:
    page = visit.find(f"?{address}&show=200")
    entries = demo.repository.entries
    if callable(wanted):
        expected = {number for number, entry in entries.items() if wanted(entry, demo)}
    else:
        expected = {
            number
            for number, entry in entries.items()
            if demo.answer_of[number].answer in ("latest", "unclear")
            and demo.record_of(entry) is None
            and entry.listing == "current"
        }
    assert set(numbers(page)) == expected
    used = address.count("=")
    assert page.locator(".chips .chip").count() == used
    assert page.locator(".filters input:checked").count() == used - address.count("banana")


@pytest.mark.parametrize("sort", ["newest", "number", "manufacturer", "firmware", "certificate"])
def test_rows_can_be_put_in_order(visit: Visit, demo: Edition, sort: str) -> None:
    page = visit.find("?show=200")
    page.get_by_label("Sort by").select_option(sort)
    assert f"sort={sort}" in page.url
    entries = [demo.repository.entries[number] for number in numbers(page)]
    values = {
        "newest": [entry.first_issued_on for entry in reversed(entries)],
        "number": [entry.cpl_number for entry in entries],
        "manufacturer": [
            " ".join(m.name.lower() for m in demo.makers(entry)) or "\uffff" for entry in entries
        ],
        "firmware": [entry.firmware_version for entry in entries],
        "certificate": [entry.cpa_expiry or "9" for entry in entries],
    }[sort]
    assert values == sorted(values)


def test_more_rows_are_shown_and_the_address_says_so(visit: Visit) -> None:
    page = visit.find("")
    assert page.locator(ROWS).count() == 50
    page.get_by_role("button", name="Show 50 more").click()
    assert page.locator(ROWS).count() == 100 and page.url.endswith("?show=100")
    page.get_by_role("button", name="Show 20 more").click()
    assert page.locator(ROWS).count() == 120
    page.go_back()
    page.locator(f"{ROWS}:nth-child(100):last-child").wait_for()


def test_the_csv_file_holds_exactly_the_rows_shown(visit: Visit) -> None:
    page = visit.find("?q=lindhoff&sort=firmware")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["cpl_entry"] for row in rows] == [f"CPL {number}" for number in numbers(page)]
    assert rows[0]["firmware_version"].count(":") == 3 and rows[0]["device_model"].count("-") == 2
    assert rows[0]["page"] == f"{visit.base}cpl/{numbers(page)[0]}/"
    assert '"CPL ' in text and ",0" not in text


def test_a_formula_in_a_name_stays_text_in_the_csv_file(browser: Browser, attacked: str) -> None:
    with visiting(browser, attacked) as visit:
        page = visit.find("?q=hyperlink")
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["product"] == f"'{FORMULA}"


def test_a_word_of_a_note_is_found_and_leads_to_its_entry(visit: Visit) -> None:
    page = visit.find("?q=Welsh")
    page.get_by_role("button", name="3 mentions").click()
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == "3 mentions in the release notes"
    hit = page.locator(".mentions li", has_text="Display: adds Welsh.")
    assert hit.locator("mark").inner_text() == "Welsh"
    assert page.locator(".remark").count() == 0
    hit.get_by_role("link").first.click()
    page.wait_for_url("**/cpl/000079/")
    assert "Display: adds Welsh." in page.locator("article").inner_text()


def test_text_hits_keep_to_the_filters(visit: Visit) -> None:
    page = visit.find("?q=Welsh&type=Gas+Smart+Meter")
    page.locator(".mentions li").first.wait_for()
    assert page.locator(".mentions li .cpl b").all_inner_texts() == ["000079"]


def test_words_that_no_note_has_are_said(visit: Visit) -> None:
    page = visit.find("?q=welsh+zzyzx")
    page.get_by_text("none mentions zzyzx").wait_for()
    assert page.locator(".mentions").count() == 0


def test_nothing_of_the_text_index_is_loaded_before_a_word_is_asked_for(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.find("?q=7F03-0021-0100")
    page.wait_for_load_state("networkidle")
    assert not any("pagefind" in url for url in asked)
    visit.find("?q=welsh").locator(".mentions").wait_for()
    assert any("pagefind" in url for url in asked)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_text(visit: Visit, query: str) -> None:
    page = visit.find(f"?q={quote(query)}&answer={quote(query[:99])}&sort=__proto__&show=-1e9")
    page.wait_for_load_state("networkidle")
    assert page.locator(".frame img, .frame article script:not([src])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_broken_encoding_in_the_address_breaks_nothing(visit: Visit) -> None:
    page = visit.find("?q=%E0%A4%A&answer=%&%%%=%00")
    assert page.locator(COUNT).inner_text() == "0 entries"


def test_hostile_records_are_text_in_rows_and_filters(browser: Browser, attacked: str) -> None:
    with visiting(browser, attacked) as visit:
        page = visit.find("?q=alert")
        assert page.locator(ROWS).count() > 0
        assert page.locator(".frame article").locator("img, iframe, h1 + h1").count() == 0
        assert "<script>" in page.locator(".filters").inner_text()
        page.locator(".mentions mark").first.wait_for()
        assert page.locator(".mentions").locator("img, script, a[href^=javascript]").count() == 0


def test_on_a_phone_the_filters_fold_into_one_line(visit: Visit) -> None:
    visit.resize(390)
    page = visit.find("?answer=latest&record=none")
    assert page.locator(".filters > summary").inner_text() == "Filters: 2 in use"
    assert page.get_by_label("Gas meter").is_hidden()
    page.locator(".filters > summary").click()
    page.get_by_label("Gas meter").check()
    assert page.locator(".filters > summary").inner_text() == "Filters: 3 in use"


def test_without_script_every_entry_is_reached_by_clicking(
    scriptless: Page, served: str, demo: Edition
) -> None:
    scriptless.goto(served)
    scriptless.get_by_label("Look up").fill("harrowmere")
    scriptless.keyboard.press("Enter")
    scriptless.wait_for_url("**/find/?q=harrowmere")
    assert "JavaScript, which is off" in scriptless.locator("article").inner_text()
    assert scriptless.locator("form:visible").count() == 0
    scriptless.get_by_role("link", name="By CPL number").click()
    for number in demo.repository.entries:
        link = scriptless.locator(f'.hundreds a[href="{number}/"]')
        assert link.count() == 1
    scriptless.locator("summary").first.click()
    scriptless.get_by_role("link", name="000007").click()
    assert scriptless.url.endswith("/cpl/000007/")
