"""A file may be dropped anywhere on the pages that take one: the browser must not leave for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from visiting import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Whether the place lights up, whether the browser may do as it likes, whether it is lit at the end.
DROP = """([name, text]) => {
    const data = new DataTransfer()
    if (name) data.items.add(new File([text], name))
    else data.setData("text/plain", text)
    const drag = kind => document.body.dispatchEvent(
        new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
    const lit = () => document.querySelector(".drop").classList.contains("dragged")
    drag("dragover")
    return [lit(), drag("drop"), lit()]
}"""
TAKEN, LET_BE = [True, False, False], [False, True, False]


def opened(visit: Visit, path: str) -> Page:
    page = visit.to(path)
    page.locator(".drop").wait_for()
    return page


@pytest.mark.parametrize("name", ["meters.csv", ""])
def test_a_portfolio_is_a_file_or_rows_of_text(visit: Visit, name: str) -> None:
    page = opened(visit, "portfolio/")
    assert page.evaluate(DROP, [name, "a,b\nc,d\n"]) == TAKEN
    page.locator("#column-manufacturer").wait_for()
    assert (name or "Pasted rows") in page.locator(".drop").inner_text()


def test_a_form_is_a_file_and_text_goes_into_its_field(visit: Visit) -> None:
    page = opened(visit, "submit/")
    assert page.evaluate(DROP, ["", "some words"]) == LET_BE
    assert page.evaluate(DROP, ["form.xlsx", "no workbook"]) == TAKEN
    page.locator("#f-file-said", has_text="no Excel workbook").wait_for()
