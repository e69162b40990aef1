"""Getting about: by keyboard alone, without a script, below a path, and from where no page is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from visiting import Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOCUSED = "document.activeElement.closest('label, summary, button, select, a')?.innerText.trim()"


def tab_to(page: Page, wanted: str) -> None:
    """Presses Tab until what is wanted has the focus, as somebody without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if re.match(wanted, page.evaluate(FOCUSED) or ""):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def test_looking_up_and_going_there_needs_no_mouse(visit: Visit) -> None:
    page = visit.to("")
    tab_to(page, "Skip to content")
    page.keyboard.press("/")
    page.keyboard.type("harrowmere")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=harrowmere")
    page.locator("table.found").wait_for()
    tab_to(page, "[0-9A-F]{8}$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cpl/*/")


def test_filters_and_order_need_no_mouse(visit: Visit) -> None:
    page = visit.find("")
    tab_to(page, "Gas meter")
    page.keyboard.press("Space")
    expect(page.locator("#count")).to_have_text("27 entries")
    assert page.evaluate(FOCUSED).startswith("Gas meter"), "the focus stays where the reader is"
    tab_to(page, "GBCS version")
    page.keyboard.press("Enter")
    tab_to(page, r"4\.1")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"type=Gas\+Smart\+Meter&gbcs=4\.1$"))
    tab_to(page, "Sort")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("sort="))
    page.locator("#count").focus()
    tab_to(page, "GBCS 4.1|4.1")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("gbcs="))


# What each page must still say when no script runs, and a way on from it.
READ = {
    "": (("Is this the latest firmware?", "Newest on the CPL", "What the answers mean"), "Find"),
    "find/": (("JavaScript, which is off", "By CPL number"), "By manufacturer"),
    "cpl/000007/": (
        ("Newer exists", "What changed since", "gb-support@nordvang.example", "93212656"),
        "7F03-0021-0100",
    ),
    "models/7F02-0011-0200/": (("Two ends, no single latest", "Timeline"), "000049"),
    "manufacturers/harrowmere/": (("+44 1632 960101", "Unit 4, Kiln Yard"), "7F01-0101-0100"),
    "coverage/": (("By device type", "Required and missing"), "Add this record"),
    "releases/": (("88 issues", "Year by year"), "2025"),
}


@pytest.mark.parametrize("path", READ, ids=repr)
def test_pages_are_read_without_a_script(scriptless: Page, served: str, path: str) -> None:
    said, onward = READ[path]
    scriptless.goto(served + path)
    text = scriptless.locator("article").inner_text()
    assert [each for each in said if each not in text] == []
    assert scriptless.locator("button.copy:visible, .filters:visible").count() == 0
    link = scriptless.get_by_role("link", name=onward).first
    assert link.is_visible() and link.get_attribute("href")


def test_the_site_works_below_a_path(browser: Browser, below: str) -> None:
    with visiting(browser, f"{below}demo/") as visit:
        page = visit.to("")
        page.get_by_label("Look up").fill("7F03 00210100 01010000")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{below}demo/cpl/000007/")
        page.locator(".crumbs").get_by_role("link", name="7F03-0021-0100").click()
        page.get_by_role("link", name="CPL 000079").click()
        page.wait_for_url("**/cpl/000079/")  # loaded, and so listening for the stroke
        page.keyboard.press("/")
        page.keyboard.type("welsh")
        page.keyboard.press("Enter")
        page.locator(".mentions mark").first.wait_for()
        assert page.url == f"{below}demo/find/?q=welsh"


def test_an_address_without_a_page_still_looks_up(visit: Visit, served: str) -> None:
    page = visit.to("cpl/42/firmware/")
    assert page.locator("h1").inner_text() == "There is no page here"
    missing = [each for each in visit.wrong if "404" in each]
    assert visit.wrong == missing and len(missing) == 2, "the page alone, told twice"
    visit.wrong.clear()
    page.get_by_label("Look up").fill("7")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}cpl/000007/")
