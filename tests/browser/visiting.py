"""A reader's window: a page of a served site, with whatever goes wrong in it."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

SCHEMES = ("light", "dark")
WIDE, PHONE, NARROWEST = 1280, 390, 320
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"
# What stands out of the window, but for listings, which scroll by themselves.
BEYOND = """width => [...document.querySelectorAll("article *")]
    .filter(e => !e.closest("pre, .vh") && e.getBoundingClientRect().right > width)
    .map(e => e.outerHTML.slice(0, 200))"""
# Text that stands out of a box around it, and so on what is beside; but for what is clipped,
# scrolls or is drawn, and for notes, whose kept spaces hang over the end of a line.
REACHES = """() => {
  const seen = e => e.checkVisibility() && !e.closest("pre, select, textarea, svg, .notes, .tabs")
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const found = []
  const known = new Map()
  const about = e => {
    if (!known.has(e)) {
      const { clipPath, position, display } = getComputedStyle(e)
      const { left, right } = e.getBoundingClientRect()
      const box = display === "inline" ? [-Infinity, Infinity] : [left - 1.5, right + 1.5]
      known.set(e, { clipped: clipPath !== "none", out: position === "absolute", box })
    }
    return known.get(e)
  }
  for (let text; (text = texts.nextNode()); ) {
    if (!text.data.trim() || !seen(text.parentElement)) continue
    range.selectNodeContents(text)
    const { left, right } = range.getBoundingClientRect()
    let beyond = null
    for (let e = text.parentElement; e !== document.body; e = e.parentElement) {
      const { clipped, out, box } = about(e)
      if (clipped) beyond = null
      if (clipped || out) break
      if (left < box[0] || right > box[1]) beyond ??= e
    }
    if (beyond) found.push(`${text.data.trim()} in ${beyond.outerHTML.slice(0, 120)}`)
  }
  return found
}"""
SCROLLS = "document.documentElement.scrollWidth"


# In hundredths of a font of the machine; a bare Debian's DejaVu Sans is a wide one already.
WIDER, NARROWER = 115, 75
SANS = ("DejaVu Sans", "Verdana", "Noto Sans", "Liberation Sans", "Arial", "Helvetica")
MONO = ("DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", "Menlo", "Courier New")
FONT = """async ([sans, mono, percent, spaced]) => {
  const face = (name, fonts, weight, bold) => `@font-face {
    font-family: "${name}"; font-weight: ${weight}; size-adjust: ${percent}%;
    src: ${fonts.map(each => `local("${each}${bold}")`)}
  }`
  const both = (name, fonts) =>
    face(name, fonts, "1 599", "") + face(name, fonts, "600 999", " Bold")
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`${both("any sans", sans)} ${both("any mono", mono)}
    :root { --sans: "any sans"; --mono: "any mono" }
    ${spaced ? "* {letter-spacing: .12em !important; word-spacing: .16em !important}" : ""}`)
  document.adoptedStyleSheets = [sheet]
  const faces = ["any sans", "any mono"].flatMap(name => [`1em "${name}"`, `bold 1em "${name}"`])
  await Promise.all(faces.map(each => document.fonts.load(each)))
}"""


class Served(http.server.SimpleHTTPRequestHandler):
    """As a host of static files does: silent, and with the site's own page for what is missing."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            return super().send_error(code, message, explain)
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder, as long as it is needed."""
    handler = functools.partial(Served, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield address
    finally:
        # The next server with this port must not be taken for this one.
        for base in [base for base in _left_behind if base.startswith(address)]:
            del _left_behind[base]
        server.shutdown()
        server.server_close()


class Visit:
    """A page in a window that holds nothing of whoever was there before."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.context = browser.new_context(reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.base = base
        self.wrong: list[str] = []
        self._tools = self.context.new_cdp_session(self.page)
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("response", self._answered)

    def _asked(self, url: str) -> None:
        if not url.startswith(self.base):
            self.wrong.append(f"asked for {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            self.wrong.append(f"{response.status} for {response.url}")

    def to(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def find(self, query: str) -> Page:
        """The page that finds, once it has said how many entries there are."""
        page = self.to(f"find/{query}")
        page.locator(".count h2:not(:empty)").wait_for()
        return page

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def font(self, percent: int, spaced: bool = False) -> None:
        """Sets the page in a font so wide; spaced with its letters apart as WCAG 1.4.12 asks."""
        self.page.evaluate(FONT, [SANS, MONO, percent, spaced])

    def enter(self, width: int, scheme: str) -> None:
        self.resize(width)
        self.page.emulate_media(color_scheme=scheme, media="null")  # type: ignore[arg-type]

    def leave(self) -> None:
        """What went wrong fails the test here, if it has not before; so does a cookie."""
        self.page.goto("about:blank")
        cookies = self.context.cookies()
        self._tools.send("Storage.clearDataForOrigin", {"origin": self.base, "storageTypes": "all"})
        self.context.unroute_all()
        self.page.mouse.move(-1, -1)
        assert (self.wrong, cookies) == ([], [])


# Opening a window takes longer than most pages do, so whoever comes to an address next gets the
# one that was left there in order.
_left_behind: dict[str, Visit] = {}


@contextmanager
def visiting(
    browser: Browser, base: str, width: int = WIDE, scheme: str = "light"
) -> Iterator[Visit]:
    visit = _left_behind.pop(base, None) or Visit(browser, base)
    visit.enter(width, scheme)
    try:
        yield visit
        visit.leave()
    except BaseException:
        visit.context.close()
        raise
    _left_behind[base] = visit


def violations(page: Page, contrast: bool = True) -> list[tuple[str, str]]:
    """What axe finds with every rule it has: the rule and the first element of each.

    The rule about contrast takes five times as long as all others together.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)  # half a megabyte, so once a page
    found: list[tuple[str, str]] = page.evaluate(
        """async contrast => {
            const rules = { "color-contrast": { enabled: contrast } }
            const { violations } = await axe.run(document, { resultTypes: ["violations"], rules })
            return violations.map(each => [each.id, each.nodes[0].html])
        }""",
        contrast,
    )
    return found


def too_wide(page: Page, width: int) -> list[str]:
    """What makes the page wider than the window, or stands out of it."""
    scrolls = page.evaluate(SCROLLS)
    return [*page.evaluate(BEYOND, width), *([f"{scrolls} px"] if scrolls > width else [])]
