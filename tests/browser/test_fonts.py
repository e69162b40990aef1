"""Pages that lay out numbers, in a wide font and in a narrow one: no text stands on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kinds import KINDS
from visiting import (
    NARROWER,
    NARROWEST,
    OPEN,
    PHONE,
    REACHES,
    WIDE,
    WIDER,
    too_wide,
    visiting,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NUMBERS = ("", "find/", "cpl/_shell/", "models/", "models/_shell/", "releases/_shell/")
NUMBERS += ("manufacturers/", "manufacturers/_shell/", "coverage/", "data/")
# How wide a word is in the type of the page.
TYPED = """() => {
  const pen = document.createElement("canvas").getContext("2d")
  pen.font = "16px 'any sans', 'any mono'"
  return pen.measureText("firmware 00210100").width
}"""


@pytest.mark.parametrize("kind", NUMBERS, ids=repr)
def test_numbers_stay_in_their_places(browser: Browser, served: str, kind: str) -> None:
    with visiting(browser, served) as visit:
        path = KINDS[kind].demo[0]
        found = path.startswith("find/")
        page = visit.find(path.removeprefix("find/")) if found else visit.to(path)
        page.evaluate(OPEN)
        widths: list[float] = []
        for percent in (WIDER, NARROWER):
            visit.font(percent)
            widths.append(page.evaluate(TYPED))
            for width in (WIDE, 1000, PHONE, NARROWEST):
                visit.resize(width)
                assert too_wide(page, width) == [], (path, percent, width)
                assert page.evaluate(REACHES) == [], (path, percent, width)
        assert widths[0] > 1.4 * widths[1], "no font of these tests is here"
