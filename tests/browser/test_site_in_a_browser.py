"""The site as a reader meets it: no error, no foreign request, nothing for axe to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PRINTED = ("cpl/000007/", "cpl/000066/", "coverage/", "releases/", "checks/cpl-mismatch/", "about/")
INK = "rgb(16, 23, 21)"
GROUND = "getComputedStyle(document.body).backgroundColor"
CONTROLS = "button:visible, .btn:visible, nav:visible, header.head:visible"


def test_colours_follow_the_system_until_the_reader_chooses(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = visit.to("")
    dark = page.evaluate(GROUND)
    page.emulate_media(color_scheme="light")
    visit.to("cpl/000007/")
    light = page.evaluate(GROUND)
    assert dark != light
    page.locator("label.md-header__button:visible").click()  # to light, and from there to dark
    page.locator("label.md-header__button:visible").click()
    assert page.evaluate(GROUND) == dark
    assert visit.to("manufacturers/").evaluate(GROUND) == dark


def test_pages_are_complete_without_script(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}cpl/000007/")
    assert scriptless.locator(".ans .word").inner_text() == "Newer exists"
    assert scriptless.locator("button:visible").count() == 0


def test_a_printed_page_is_a_datasheet(visit: Visit) -> None:
    visit.resize(680)
    visit.page.emulate_media(color_scheme="dark")
    for path in PRINTED:
        page = visit.to(path)
        page.emulate_media(media="print")
        assert page.locator(CONTROLS).count() == 0, path
        assert page.locator(".md-banner >> text=CPL 0.088").is_visible(), path
        assert page.locator(f"text=This page: https://fir.example/{path}").is_visible()
        assert page.evaluate(GROUND) == "rgb(255, 255, 255)", path
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == INK
        folded = page.locator("details > :not(summary)").all()
        assert folded or path != "coverage/"
        assert all(each.is_visible() for each in folded), path
        page.emulate_media(media="screen")
        assert page.locator(".address").is_hidden(), path


def test_tabs_wider_than_a_phone_show_where_the_reader_is(visit: Visit) -> None:
    visit.resize(320)
    page = visit.to("about/")
    tab = page.locator(".tabs [aria-current]")
    box = tab.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320


def test_a_button_copies_the_identifiers(browser: Browser, served: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}cpl/000007/")
    page.locator(".plate .copy").click()
    page.locator(".plate .copy.done").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "7F03 00210100 01010000"
    context.close()
