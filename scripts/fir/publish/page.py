"""One generated page, before it is stamped into the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from fir.publish.feeds import ALL, Feed, discovery
from fir.publish.markup import esc

_DESCRIPTION = 300


class Page(NamedTuple):
    """`title` and `description` are plain text, the rest is HTML."""

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

    def gaps(self) -> dict[str, str]:
        """What fills each gap of its shell."""
        description = self.description
        if len(description) > _DESCRIPTION:
            description = f"{description[: _DESCRIPTION - 1]}…"
        return {
            "url": esc(self.url),
            "title": esc(self.title),
            "description": esc(description),
            "content": self.content,
            "contents": _contents(self.contents),
            "suggest": self.suggest,
            "feeds": discovery(self.feeds, "../" * self.url.count("/")),
        }


@lru_cache(maxsize=1024)  # most entries have the same parts
def _contents(parts: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<li class="md-nav__item"><a class="md-nav__link" href="#{id}">{title}</a></li>'
        for id, title in parts
    )
