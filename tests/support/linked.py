"""The pages of a built site, what each points at, and which of them clicking alone reaches."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

BASE = "https://host.invalid/some/path/"
"""Where a site is taken to stand, so that no address may count on the root of a host."""


class Links(HTMLParser):
    """What a page points at, what of it can be clicked, and what can be pointed at in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.clicked: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.targets.append(value)
                if tag == "a":
                    self.clicked.append(value)
            if name == "id" and value:
                self.ids.append(value)


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """The address below the site's, and the text, of every page but 404."""
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        yield "" if folder == "." else f"{folder}/", path.read_text(encoding="utf-8")


def reached(site: Path) -> set[str]:
    """The pages that a reader without a script comes to from home, by links alone."""
    found = {""}
    waiting = [""]
    while waiting:
        url = waiting.pop()
        text = (site / url / "index.html").read_text(encoding="utf-8")
        below = (urljoin(BASE + url, target) for target in Links(text).clicked)
        paths = {there.removeprefix(BASE) for there in below if there.startswith(BASE)}
        for path in {urlsplit(path).path for path in paths} - found:
            if (site / path / "index.html").is_file():
                found.add(path)
                waiting.append(path)
    return found
