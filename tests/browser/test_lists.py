"""The lists as a reader meets them: folded or open, on any screen, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_an_entry_leads_to_its_issue(visit: Visit) -> None:
    visit.resize(390)
    page = visit.to("cpl/000021/")
    page.locator("#changes").get_by_role("link", name="0.018").click()
    assert page.url.endswith("/releases/2019/#v0.018")
    assert 0 <= page.locator("#v0\\.018 h2").evaluate("e => e.getBoundingClientRect().top") < 200


def open_one(page: Page, summary: str) -> None:
    """From the keyboard, as a list opens without a script."""
    page.locator("summary", has_text=summary).first.focus()
    page.keyboard.press("Enter")


def test_folded_lists_open_without_a_script(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}releases/2025/")
    amended = scriptless.locator("#v0\\.078 .more th[scope=row]")
    assert not amended.first.is_visible()
    open_one(scriptless, "25 entries")
    assert amended.first.is_visible() and amended.count() == 25
    scriptless.goto(f"{served}manufacturers/harrowmere/")
    open_one(scriptless, "7F01-0101-0101")
    assert scriptless.locator("#entries .rows tbody tr:visible").count() == 7


def test_a_row_on_a_phone_is_led_by_the_answer(visit: Visit) -> None:
    visit.resize(390)
    row = visit.to("releases/").locator(".happened tbody tr").first
    top = "e => e.getBoundingClientRect().top"
    answer, firmware = (row.locator(part).evaluate(top) for part in (".now", ".id"))
    assert answer < firmware
