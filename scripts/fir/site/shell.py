"""A page of the theme, rendered once and cut at its marks, into which many pages are stamped.

Of the sheet of signs each page gets those it uses, and of the template's white space none: what
stands in every page is paid for in every page.

The cutting is done before any content is there, so no content can forge a mark. The
Content-Security-Policy is made at the same time: it allows the scripts of the theme by their hash,
and so never one that content might bring.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from fir.site.feeds import ALL, Feed
from fir.site.rendering import render

_MARK = re.compile("<!--fir:([a-z]+)-->")
_SIGNS = "<!--fir:signs-->"
_SIGN = re.compile(r'<symbol id="s-([a-z]+)".*?</symbol>\n?', re.DOTALL)
_USED = re.compile('href="#s-([a-z]+)"')
_POLICY_MARK = "<!--fir:policy-->"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


class Shell:
    """The fixed pieces of a rendered page, and the names of the slots between them."""

    def __init__(self, page: str) -> None:
        self._signs: dict[str, str] = {}
        if _SIGNS in page:
            self._signs = {sign[1]: sign[0] for sign in _SIGN.finditer(page)}
            page = _SIGN.sub("", page)
        pieces = _MARK.split(page)
        self._fixed = [piece.encode("utf-8") for piece in pieces[::2]]
        self._always = frozenset(_USED.findall(page))
        self.slots = tuple(pieces[1::2])

    def stamp(self, values: Mapping[str, str]) -> bytes:
        """The page with every slot filled."""
        if self._signs:
            used = self._always.union(_USED.findall(values["content"]))
            signs = "".join(sign for name, sign in self._signs.items() if name in used)
            values = {**values, "signs": signs}
        parts = [self._fixed[0]]
        for slot, fixed in zip(self.slots, self._fixed[1:], strict=True):
            parts += (values[slot].encode("utf-8"), fixed)
        return b"".join(parts)


def lean(page: str) -> str:
    """The page of a template without its indentation and blank lines; it holds no `pre`."""
    return re.sub(r"\n\s*", "\n", page)


def secured(page: str) -> str:
    """The page with its Content-Security-Policy, first in the head, where the template marks it."""
    before, mark, after = page.partition(_POLICY_MARK)
    hashes = sorted({_hash(found["body"]) for found in _SCRIPT.finditer(page) if _runs(found)})
    policy = render("policy.html", hashes=hashes) if mark else ""
    return f"{before}{policy}{after}"


def unsecured(page: str) -> str:
    """The page without a policy, for a local server that adds a script of its own."""
    return page.replace(_POLICY_MARK, "", 1)


def _runs(script: re.Match[str]) -> bool:
    return "src=" not in script["attributes"] and "json" not in script["attributes"]


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


# One generated page, before it is stamped into the theme.

_DESCRIPTION = 300


class Page(NamedTuple):
    """`content` and `suggest` are HTML, the rest is plain text."""

    url: str
    """Where it stands below the site's address, such as `cpl/000042/`."""
    shell: str
    """The page of the theme it is stamped into."""
    title: str = ""
    description: str = ""
    content: str = ""
    contents: tuple[tuple[str, str], ...] = ()
    """Id and heading of each part."""
    suggest: str = ""
    feeds: tuple[Feed, ...] = (ALL,)
    """That tell of what the page is about."""

    def slots(self) -> dict[str, str]:
        """What fills each slot of its shell."""
        description = self.description
        if len(description) > _DESCRIPTION:
            description = f"{description[: _DESCRIPTION - 1]}…"
        return {
            "url": escape(self.url),
            "title": escape(self.title),
            "description": escape(description),
            "content": self.content,
            "contents": _contents(self.contents),
            "suggest": self.suggest,
            "feeds": feed_links(self.feeds, "../" * self.url.count("/")),
        }


@lru_cache(maxsize=1024)  # most entries have the same parts
def _contents(parts: tuple[tuple[str, str], ...]) -> Markup:
    return render("contents.html", parts=parts)


@lru_cache(maxsize=1024)  # the entries of a Device Model have the same feeds
def feed_links(feeds: tuple[Feed, ...], root: str) -> Markup:
    """What a page's head says of its feeds; `root` leads to the site's address."""
    return render("feed_links.html", feeds=feeds, root=root)
