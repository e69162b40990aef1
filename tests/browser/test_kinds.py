"""Each kind of page as a reader meets it: accessible, quiet, no wider than any screen, literal."""

from __future__ import annotations

import re
from html import unescape
from itertools import cycle, product
from typing import TYPE_CHECKING

import pytest
from around import ROOT
from kinds import ENTRIES, KINDS, MODELS
from visiting import (
    NARROWEST,
    OPEN,
    PHONE,
    SCHEMES,
    WIDE,
    WIDER,
    Visit,
    too_wide,
    violations,
    visiting,
)

from fir.site.build import INDEXES, SHELLS, model_pages
from fir.site.edition import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The first page of a kind is judged in both schemes, on a phone and wide, and the next kind the
# other way about: what a scheme and a width make of what all pages share is judged together too.
# The other pages of a kind are judged in one way after the other.
WAYS = tuple(product(SCHEMES, (PHONE, WIDE)))
PAIRS = dict(zip(KINDS, cycle(((WAYS[0], WAYS[3]), (WAYS[1], WAYS[2])))))
# Pages of prose alone are one template: one of them stands for all, the others share the ways.
PROSE = dict(
    zip([kind for kind in KINDS if kind.startswith(("about/", "guides/"))][1:], cycle(WAYS))
)
WIDTHS = (WIDE, 1000, 768, PHONE, NARROWEST)
# What no value of a record may bring: an element, a handler, a style, a heading, a way out.
BROUGHT = """() => {
    const all = [...document.querySelectorAll("body *")]
    const names = each => [...each.attributes].map(attribute => attribute.name)
    return {
        elements: all.filter(e => /^(img|iframe|object|embed|style|base|meta|b[^ruod])$/i
            .test(e.tagName) && !e.closest("svg")).length,
        handlers: all.filter(e => names(e).some(name => /^on|^style$/.test(name))).length,
        titles: document.querySelectorAll("h1").length,
        articles: document.querySelectorAll("article").length,
        links: [...document.links].map(e => e.protocol)
            .filter(each => !["http:", "https:", "mailto:", "tel:"].includes(each)),
        ragged: [...document.querySelectorAll("table")].filter(table => {
            const cells = [...table.rows].map(row => row.cells.length)
            return new Set(cells).size > 1
        }).length,
    }
}"""
CLEAN = {
    "elements": 0,
    "handlers": 0,
    "titles": 1,
    "articles": 1,
    "links": [],
    "ragged": 0,
}
WORD = re.compile('class="word">(.*?)</(?:p|div|h2)>')


def test_every_kind_of_page_is_here() -> None:
    docs = ROOT / "docs"
    pages = (path.relative_to(docs).with_suffix("") for path in docs.rglob("*.md"))
    pages = (page for page in pages if page.parts[0] != "decisions")  # read in the repository
    written = {f"{page.as_posix()}/".removesuffix("index/") for page in pages}
    templates = {path.name for path in (docs / "overrides").glob("[0-9]*.html")}
    assert set(KINDS) == {*INDEXES, *SHELLS, *written, *templates}


def test_entries_stand_here_in_every_answer_with_and_without_a_record(demo: Edition) -> None:
    def state(number: str) -> tuple[str, str, bool]:
        entry = demo.repository.entries[number]
        recorded = demo.record_of(entry) is not None
        return demo.answer_of[number].answer, entry.listing, recorded

    every = {state(number) for number in demo.repository.entries}
    assert {state(path.split("/")[1]) for path in ENTRIES} == every


def test_models_stand_here_in_every_shape(demo: Edition) -> None:
    def shape(content: str) -> str:
        sign = re.search('class="ans is-([a-z]+)', content)
        word = WORD.search(content)
        assert sign and word
        return sign[1] + re.sub("[0-9A-F]{8}", "", unescape(re.sub("<[^>]+>", "", word[1])))

    found = {page.url: shape(page.content) for page in model_pages(demo, demo.models)}
    assert {found[path] for path in MODELS} == set(found.values())


def look(visit: Visit, path: str, *ways: tuple[str, int], contrast: bool = True) -> None:
    """Axe in these ways and every width, in any font; the extreme widths alone with one way."""
    found = path.startswith("find/")
    page = visit.find(path.removeprefix("find/")) if found else visit.to(path)
    if path.startswith("submit/"):
        page.locator("form.submission").wait_for()
    page.evaluate(OPEN)
    for scheme, width in ways:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        visit.resize(width)
        assert violations(page, contrast) == [], (path, scheme, width)
    for spaced in (False, True):
        if spaced:
            visit.font(WIDER, spaced=True)
        for width in WIDTHS if len(ways) > 1 else (WIDE, NARROWEST):
            visit.resize(width)
            assert too_wide(page, width) == [], (path, width, spaced)
    assert visit.wrong == [], path


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].demo], ids=repr)
def test_pages_are_accessible_quiet_and_fit(browser: Browser, served: str, kind: str) -> None:
    with visiting(browser, served) as visit:
        first, *others = KINDS[kind].demo
        look(visit, first, *([PROSE[kind]] if kind in PROSE else PAIRS[kind]))
        for path, way in zip(others, cycle(WAYS)):
            look(visit, path, way)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].hostile], ids=repr)
def test_hostile_pages_are_accessible_quiet_and_fit_and_hold_nothing_brought(
    browser: Browser, attacked: str, kind: str
) -> None:
    """A record brings text and no colour, so contrast is judged where no other page shows it."""
    judged = bool(KINDS[kind].demo)
    with visiting(browser, attacked) as visit:
        for path, way in zip(KINDS[kind].hostile, cycle(WAYS)):
            look(visit, path, *([way] if judged else PAIRS[kind]), contrast=not judged)
            assert visit.page.evaluate(BROUGHT) == CLEAN, path
