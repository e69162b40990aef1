"""The lists as a reader meets them: folded or open, on any screen, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_site_in_a_browser import BEYOND, Visit, serve

from built import build_site, demonstration, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DEMONSTRATION = (
    "releases/",
    "releases/2023/",
    "coverage/",
    "manufacturers/",
    "manufacturers/harrowmere/",
    "checks/",
    "checks/cpl-mismatch/",
)
HOSTILE = ("hostile/releases/", "hostile/releases/2026/", "hostile/coverage/")
PAGES = (*DEMONSTRATION, *HOSTILE, "hostile/manufacturers/example-meters/")
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the demonstration, and below `hostile/` that of the hostile records."""
    folder = tmp_path_factory.mktemp("served")
    build_site(demonstration(tmp_path_factory.mktemp("root") / "demo"), folder / "site")
    build_site(hostile(tmp_path_factory.mktemp("root") / "hostile"), folder / "site" / "hostile")
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_open_lists_are_accessible_and_quiet(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    visit = Visit(browser, served, width, scheme)
    for path in PAGES:
        page = visit.to(path)
        page.evaluate(OPEN)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
        assert visit.wrong == [], path
    visit.context.close()


def test_open_lists_do_not_scroll_sideways(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 1280, "light")
    for path in PAGES:
        page = visit.to(path)
        page.evaluate(OPEN)
        for width in (1280, 1000, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert page.evaluate(BEYOND, width) == [], (path, width)
    visit.context.close()


def test_an_entry_leads_to_its_issue(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 390, "light")
    page = visit.to("cpl/000021/")
    page.locator("#changes").get_by_role("link", name="0.018").click()
    assert page.url.endswith("/releases/2019/#v0.018")
    assert 0 <= page.locator("#v0\\.018 h2").evaluate("e => e.getBoundingClientRect().top") < 200
    visit.context.close()


def open_one(page: Page, summary: str) -> None:
    """From the keyboard, as a list opens without a script."""
    page.locator("summary", has_text=summary).first.focus()
    page.keyboard.press("Enter")


def test_folded_lists_open_without_a_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}releases/2025/")
    amended = page.locator("#v0\\.078 .more th[scope=row]")
    assert not amended.first.is_visible()
    open_one(page, "25 entries")
    assert amended.first.is_visible() and amended.count() == 25
    page.goto(f"{served}manufacturers/harrowmere/")
    open_one(page, "7F01-0101-0101")
    assert page.locator("#entries .rows tbody tr:visible").count() == 7
    context.close()


def test_a_row_on_a_phone_is_led_by_the_answer(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 390, "light")
    row = visit.to("releases/").locator(".happened tbody tr").first
    top = "e => e.getBoundingClientRect().top"
    answer, firmware = (row.locator(part).evaluate(top) for part in (".now", ".id"))
    assert answer < firmware
    visit.context.close()
