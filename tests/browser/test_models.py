"""The pages of Device Models as a reader meets them: on any screen, on paper, without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinds import KINDS
from visiting import PHONE, Visit, violations, visiting

from fir.answers import Way, way_between
from fir.answers.sentences import installing
from fir.site.edition import Edition

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


def test_two_firmware_are_compared_as_python_compares_them_and_shared_by_address(
    visit: Visit, demo: Edition
) -> None:
    """Every pair of a line with stated steps, a withdrawal and an order that is partly unclear."""
    (history,) = demo.models["7F02-0014-0100"]
    for this in history.firmware:
        for other in history.firmware:
            choice = f"?from={this.entry.cpl_number}&to={other.entry.cpl_number}"
            page = visit.to(f"models/7F02-0014-0100/{choice}")
            page.locator(".compared > *").first.wait_for()
            said = page.locator(".compared").inner_text()
            relation = history.compare(this, other).relation if this is not other else "same"
            if relation == "same":
                assert said == "Choose two that differ."
            elif relation == "older":
                assert "a step back" in said
            else:
                assert ("Order not known" in said) == (relation == "unclear")
                compared_as(way_between(history, this, other), said)


def compared_as(way: Way, said: str) -> None:
    words = installing(way)
    if way.direct == "stated-yes":
        assert "Yes, as the manufacturer states." in said
    else:
        assert f"{words[0].upper()}{words[1:]}." in said
    for since in way.since:
        line = (since.notes or "Nobody has supplied its notes yet.").split("\n")[0]
        assert since.repeats or line in said
    changed = way.gbcs[0] != way.gbcs[1]
    assert (f"{way.gbcs[0]} to {way.gbcs[1]}" in said) == changed


def test_a_choice_goes_into_the_address_and_nothing_is_fetched_before_it(
    browser: Browser, served: str
) -> None:
    with visiting(browser, served, PHONE, "dark") as visit:
        page = visit.to("models/7F04-0000-0100/")
        fetched = "performance.getEntriesByType('resource').map(each => each.name)"
        assert not [name for name in page.evaluate(fetched) if name.endswith("between.json")]
        first = page.locator("#from optgroup").first.locator("option").first
        last = page.locator("#to optgroup").last.locator("option").last
        page.get_by_label("From").select_option(first.get_attribute("value"))
        page.get_by_label("To", exact=True).select_option(last.get_attribute("value"))
        page.get_by_text("different kinds of device").wait_for()
        values = f"from={first.get_attribute('value')}&to={last.get_attribute('value')}"
        assert page.url.endswith(f"?{values}#compare")
        assert violations(page) == []


def test_comparing_is_not_offered_without_a_script(scriptless: Page, served: str) -> None:
    scriptless.goto(f"{served}models/7F02-0014-0100/")
    assert not scriptless.locator("#compare").is_visible()
