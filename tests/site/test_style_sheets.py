"""No class of one page's style sheet can reach another page.

Every page loads every sheet, so each class has one owner. `frame.css` and `pages.css` own the
components that pages share, `print.css` says how all of it looks on paper, and each other sheet
owns the classes of its pages: it may place a shared component only within one of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ASSETS = Path(__file__).resolve().parents[2] / "docs/assets"
SHARED = ("tokens", "frame", "pages")
ON_PAPER = "print"
# Prose written by hand has no classes of its own: its elements are styled by one sheet more.
PROSE = ("guides", "md-typeset")

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
ID = re.compile(r"#-?[A-Za-z_][\w-]*")


def selectors(text: str) -> Iterator[str]:
    """Each selector of a sheet, those within `@media` too."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r'"[^"]*"', '""', text)
    for block in re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"@[^{};]*[{;]", "", text)):
        depth = 0
        parts = [""]
        for letter in block:
            depth += (letter == "(") - (letter == ")")
            if letter == "," and not depth:
                parts.append("")
            else:
                parts[-1] += letter
        yield from (part.strip() for part in parts)


SHEETS = {
    path.stem: list(selectors(path.read_text(encoding="utf-8")))
    for path in sorted(ASSETS.glob("*.css"))
}
CLASSES = {name: set(CLASS.findall(" ".join(found))) for name, found in SHEETS.items()}
OF_PAGES = sorted(SHEETS.keys() - {*SHARED, ON_PAPER})
COMPONENTS = set().union(*(CLASSES[name] for name in SHARED))


def test_the_selectors_of_a_sheet_are_read_one_by_one() -> None:
    sheet = '/* .no */ .a:is(.b,.c)>d,.e::before{content:".x{"} @media print{.f .g{color:#fff}}'
    assert list(selectors(sheet)) == [".a:is(.b,.c)>d", ".e::before", ".f .g"]


@pytest.mark.parametrize("name", OF_PAGES)
def test_no_class_of_a_page_is_styled_by_two_sheets(name: str) -> None:
    others = set().union(*(CLASSES[other] for other in OF_PAGES if other != name))
    assert sorted((CLASSES[name] & others) - COMPONENTS) == []


@pytest.mark.parametrize("name", OF_PAGES)
def test_a_shared_component_is_placed_within_what_the_sheet_owns(name: str) -> None:
    owned = CLASSES[name] - COMPONENTS | ({PROSE[1]} if name == PROSE[0] else set())
    reaching = [
        each
        for each in SHEETS[name]
        if not ID.search(each) and not owned.intersection(CLASS.findall(each))
    ]
    assert reaching == []
