"""What is left of HTML and Markdown when one reads it: the text, the tags, what is no code."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", "", html)).split())


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.found


def without_code(markdown_text: str) -> str:
    """What is left of Markdown when its code spans are taken out, as CommonMark finds them."""
    runs = list(re.finditer("`+", markdown_text))
    left, at = [], 0
    while runs:
        opening = runs.pop(0)
        closing = next((run for run in runs if len(run[0]) == len(opening[0])), None)
        assert closing, "a code span is never closed"
        left.append(markdown_text[at : opening.start()])
        at = closing.end()
        runs = [run for run in runs if run.start() >= at]
    return "".join([*left, markdown_text[at:]])
