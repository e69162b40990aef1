"""The site as a reader meets it: no error, no foreign request, nothing for axe to find."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from built import NUMBER, build_site, demonstration, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Newer with the way told; unclear; withdrawn; a Removed entry of a Current firmware; latest.
ENTRIES = ("cpl/000007/", "cpl/000036/", "cpl/000082/", "cpl/000021/", "cpl/000066/")
EACH_KIND = ("", "cpl/000007/", "manufacturers/harrowmere/", "checks/cpl-mismatch/", "about/")
PAGES = (
    *EACH_KIND,
    "manufacturers/",
    "checks/",
    "data/",
    "data/api/",
    "data/files/",
    "guides/parties/",
    *ENTRIES[1:],
)
ALL = (*PAGES, f"hostile/cpl/{NUMBER}/")
# What stands out of the window, but for listings, which scroll by themselves.
BEYOND = """width => [...document.querySelectorAll("article *")]
    .filter(e => !e.closest("pre, .vh") && e.getBoundingClientRect().right > width)
    .map(e => e.outerHTML.slice(0, 200))"""

PRINTED = ("cpl/000007/", "cpl/000066/", "coverage/", "releases/", "checks/cpl-mismatch/", "about/")
INK = "rgb(16, 23, 21)"
GROUND = "getComputedStyle(document.body).backgroundColor"
CONTROLS = "button:visible, .btn:visible, nav:visible, header.head:visible"
SPACED = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("* {letter-spacing: .12em !important; word-spacing: .16em !important}")
    document.adoptedStyleSheets = [sheet]
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the demonstration, and below `hostile/` that of the hostile records."""
    folder = tmp_path_factory.mktemp("served")
    build_site(demonstration(tmp_path_factory.mktemp("root") / "demo"), folder / "site")
    build_site(hostile(tmp_path_factory.mktemp("root") / "hostile"), folder / "site" / "hostile")
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()
    server.server_close()


class Visit:
    """A page in a window of its own, with what went wrong in it."""

    def __init__(self, browser: Browser, base: str, width: int, scheme: str) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        self.page: Page = self.context.new_page()
        self.base = base
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith(self.base):
            self.wrong.append(f"asked for {url}")

    def to(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page


@pytest.mark.parametrize(
    ("width", "scheme", "paths"),
    [
        (1280, "light", ALL),
        (390, "dark", ALL),
        (1280, "dark", EACH_KIND),
        (390, "light", EACH_KIND),
    ],
)
def test_pages_are_accessible_and_keep_to_themselves(
    browser: Browser, served: str, width: int, scheme: str, paths: tuple[str, ...]
) -> None:
    visit = Visit(browser, served, width, scheme)
    for path in paths:
        page = visit.to(path)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
        assert visit.wrong == [], path
    visit.context.close()


def test_nothing_scrolls_sideways_in_any_font(browser: Browser, served: str) -> None:
    """Letters spaced as WCAG 1.4.12 asks are wider than those of any font a reader may have."""
    visit = Visit(browser, served, 1280, "light")
    hostile_pages = (f"cpl/{NUMBER}/", "manufacturers/example-meters/", "manufacturers/", "")
    for path in (*PAGES, *(f"hostile/{path}" for path in hostile_pages)):
        page = visit.to(path)
        for spaced in (False, True):
            if spaced:
                page.evaluate(SPACED)
            for width in (1280, 768, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                where = (path, width, spaced)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, where
                assert page.evaluate(BEYOND, width) == [], where
    visit.context.close()


def test_colours_follow_the_system_until_the_reader_chooses(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 1280, "dark")
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
    visit.context.close()


def test_pages_are_complete_without_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{served}cpl/000007/")
    assert page.locator(".ans .word").inner_text() == "Newer exists"
    assert page.locator("button:visible").count() == 0
    context.close()


def test_a_printed_page_is_a_datasheet(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 680, "dark")
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
    visit.context.close()


def test_tabs_wider_than_a_phone_show_where_the_reader_is(browser: Browser, served: str) -> None:
    visit = Visit(browser, served, 320, "light")
    page = visit.to("about/")
    tab = page.locator(".tabs [aria-current]")
    box = tab.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    visit.context.close()


def test_a_button_copies_the_identifiers(browser: Browser, served: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}cpl/000007/")
    page.locator(".plate .copy").click()
    page.locator(".plate .copy.done").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "7F03 00210100 01010000"
    context.close()
