"""The pages of Device Models as a reader meets them: on any screen, on paper, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinds import KINDS
from visiting import Visit, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FORK = "models/7F02-0011-0200/"
# Each stop lies in its row, and no drawing reaches into the text beside it.
ASTRAY = """() => [...document.querySelectorAll(".metro > li")].filter(row => {
  const body = row.querySelector(".body").getBoundingClientRect()
  const box = row.getBoundingClientRect()
  return [...row.querySelectorAll(".gut circle, .gut path.to")].some(each => {
    const stop = each.getBoundingClientRect()
    return stop.top < box.top || stop.bottom > box.bottom || stop.right > body.left + 4
  })
}).map(row => row.innerText)"""


def test_every_stop_is_in_its_row(browser: Browser, below: str) -> None:
    kind = KINDS["models/_shell/"]
    with visiting(browser, below) as visit:
        for path in (
            *(f"demo/{each}" for each in kind.demo),
            *(f"hostile/{each}" for each in kind.hostile),
        ):
            page = visit.to(path)
            for width in (1280, 1024, 768, 390, 320):
                visit.resize(width)
                assert page.evaluate(ASTRAY) == [], (path, width)


def test_tracks_take_72_pixels_and_the_axis_only_a_wide_screen(visit: Visit) -> None:
    page = visit.to(FORK)
    assert page.locator(".axis").is_visible()
    for width in (1280, 390, 320):
        visit.resize(width)
        boxes = [each.bounding_box() for each in page.locator(".gut").all()]
        assert {box["width"] for box in boxes if box} == {72}
    assert not page.locator(".axis").is_visible()


def test_they_are_complete_without_script_and_reach_every_entry(
    scriptless: Page, served: str
) -> None:
    scriptless.goto(f"{served}models/")
    scriptless.get_by_role("link", name="7F02-0011-0200").click()
    assert scriptless.locator(".ans .word").inner_text() == "Two ends, no single latest"
    assert scriptless.locator(".metro > li").count() == 7
    assert scriptless.locator("button:visible").count() == 0
    scriptless.get_by_role("link", name="CPL 000049").click()
    scriptless.locator(".crumbs").get_by_role("link", name="7F02-0011-0200").click()
    assert scriptless.url == f"{served}{FORK}"


def test_a_list_reads_in_words_what_the_tracks_draw(visit: Visit) -> None:
    rows = visit.to(FORK).get_by_role("list").filter(has_text="Installs directly over")
    first = rows.get_by_role("listitem").first.aria_snapshot()
    assert "Track A, after 02122140, as the manufacturer states." in first


def test_on_paper_the_notes_have_the_width_of_the_page(visit: Visit) -> None:
    visit.resize(760)
    page = visit.to(FORK)
    page.emulate_media(media="print")
    box = page.locator(".metro .body").first.bounding_box()
    assert box and box["width"] > 500
    assert not page.locator(".axis").is_visible()
