"""Pages that hold attacks: each is read as the text it is, and changes nothing around it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hostility import FORMULA, HOSTILE, IMAGE, INPUTS, NOBODYS, NUMBER, SCRIPT
from visiting import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize("path", [f"cpl/{NUMBER}/", "models/7F01-0006-0100/"])
def test_each_input_is_read_as_it_was_written(browser: Browser, attacked: str, path: str) -> None:
    with visiting(browser, attacked) as visit:
        said = visit.to(path).locator(".notes").first.inner_text()
    for number, text in INPUTS.items():
        assert text in said, number
    assert said.split("\n")[: len(HOSTILE)] == list(HOSTILE)


def test_what_the_cpl_says_of_an_entry_is_read_as_it_was_written(
    browser: Browser, attacked: str
) -> None:
    with visiting(browser, attacked) as visit:
        said = visit.to(f"cpl/{NOBODYS[0]}/").locator("article").inner_text()
    for text in (
        f"[E] {IMAGE}",
        "</div></article><h1>x {{7*7}} | a | b |",
        "<b onclick=x>",
        '"><script>',
        '" onmouseover="alert(1)',
        '--8<-- "/etc/passwd" *x*{: onclick=a }',
        f"{SCRIPT}{'C' * 75}",
        f"{IMAGE} {'D' * 99}",
    ):
        assert text in said


def test_a_contact_is_read_and_copied_as_it_was_written(browser: Browser, attacked: str) -> None:
    with visiting(browser, attacked) as visit:
        page = visit.to("manufacturers/example-meters/")
        said = page.locator("article").inner_text()
        copied = page.locator("[data-copy]").evaluate_all("all => all.map(e => e.dataset.copy)")
    for text in (f'">{SCRIPT}', IMAGE, "</dd></dl><h1>x", "' onclick='x", *HOSTILE[8:10]):
        assert text in said
    assert any(f"{IMAGE}\n{'A' * 60}" in text for text in copied)


def test_a_formula_is_text_on_a_page(browser: Browser, attacked: str) -> None:
    with visiting(browser, attacked) as visit:
        assert FORMULA in visit.to("cpl/000042/").locator("article").inner_text()


def test_json_in_a_page_holds_hostile_names(browser: Browser, attacked: str) -> None:
    with visiting(browser, attacked) as visit:
        page = visit.to("data/")
        told = json.loads(page.locator("script[type='application/ld+json']").inner_text())
        assert told["publisher"]["name"] == f"{IMAGE}&"
        page.keyboard.press("/")
        page.keyboard.type(NUMBER)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/hostile/cpl/{NUMBER}/")
