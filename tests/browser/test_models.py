"""The pages of Device Models as a reader meets them: on any screen, on paper, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_site_in_a_browser import BEYOND, Visit, serve

from built import build_site, demonstration, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Two ends; withdrawn; two device types; SMETS1 beside SMETS2+, out of the order listed.
MODELS = ("7F02-0011-0200", "7F02-0014-0100", "7F04-0000-0100", "7F07-0001-0100")
FORK = "models/7F02-0011-0200/"
PAGES = ("models/", *(f"models/{model}/" for model in MODELS))
HOSTILE = ("hostile/models/", "hostile/models/7F01-0006-0100/")
# Each stop lies in its row, and no drawing reaches into the text beside it.
ASTRAY = """() => [...document.querySelectorAll(".metro > li")].filter(row => {
  const body = row.querySelector(".body").getBoundingClientRect()
  const box = row.getBoundingClientRect()
  return [...row.querySelectorAll(".gut circle, .gut path.to")].some(each => {
    const stop = each.getBoundingClientRect()
    return stop.top < box.top || stop.bottom > box.bottom || stop.right > body.left + 4
  })
}).map(row => row.innerText)"""


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_they_are_accessible_and_keep_to_themselves(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    visit = Visit(browser, served, width, scheme)
    for path in (*PAGES, *HOSTILE):
        found = Axe().run(visit.to(path)).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
        assert visit.wrong == [], path
    visit.context.close()


def test_nothing_scrolls_sideways_and_every_stop_is_in_its_row(
    browser: Browser, served: str
) -> None:
    visit = Visit(browser, served, 1280, "light")
    for path in (*PAGES, *HOSTILE):
        page = visit.to(path)
        for width in (1280, 1024, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert page.evaluate(BEYOND, width) == [], (path, width)
            assert page.evaluate(ASTRAY) == [], (path, width)
    visit.context.close()


def test_tracks_take_72_pixels_and_the_axis_only_a_wide_screen(
    browser: Browser, served: str
) -> None:
    visit = Visit(browser, served, 1280, "light")
    page = visit.to(FORK)
    assert page.locator(".axis").is_visible()
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = [each.bounding_box() for each in page.locator(".gut").all()]
        assert {box["width"] for box in boxes if box} == {72}
    assert not page.locator(".axis").is_visible()
    visit.context.close()


def test_they_are_complete_without_script_and_reach_every_entry(
    browser: Browser, served: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}models/")
    page.get_by_role("link", name="7F02-0011-0200").click()
    assert page.locator(".ans .word").inner_text() == "Two ends, no single latest"
    assert page.locator(".metro > li").count() == 7
    assert page.locator("button:visible").count() == 0
    page.get_by_role("link", name="CPL 000049").click()
    page.locator(".crumbs").get_by_role("link", name="7F02-0011-0200").click()
    assert page.url == f"{served}{FORK}"
    context.close()


def test_a_list_reads_in_words_what_the_tracks_draw(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 1280, "light")
    rows = visit.to(FORK).get_by_role("list").filter(has_text="Installs directly over")
    first = rows.get_by_role("listitem").first.aria_snapshot()
    assert "Track A, after 02122140, as the manufacturer states." in first
    visit.context.close()


def test_on_paper_the_notes_have_the_width_of_the_page(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 760, "light")
    page = visit.to(FORK)
    page.emulate_media(media="print")
    box = page.locator(".metro .body").first.bounding_box()
    assert box and box["width"] > 500
    assert not page.locator(".axis").is_visible()
    visit.context.close()
