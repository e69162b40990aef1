"""Text from files as text and nothing else, in the Markdown that GitHub shows and in its HTML.

Whatever came from a file stands in a code span, where nothing is markup, a mention, a link, an
image or HTML; the words around it are letters and plain punctuation. The same holds for what is
written as HTML, which Markdown does not look into: there `code` and `pre` are left alone.

Needs nothing but the standard library: it runs beside a token that may write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from fir.diagnostics import visible

# A message of ours is made of blanks, values in double quotes, values in back-ticks, and words.
_PIECE = re.compile(
    r"""[ ]+ | "(?:[^"\\]|\\.)*" | `(?P<value>[^`]*)`(?![^ ,.;:?!)']) | [(](?=`)
    | [^ ]+?(?=[,.;:?!]{0,2}(?:[ ]|$)) | [^ ]+""",
    re.VERBOSE,
)
_WORD = r"[A-Za-z][A-Za-z'’-]*|[A-Z]{1,2}[0-9]{1,3}(?:\.[0-9]{1,2})?|[0-9]{1,6}(?:[.,][0-9]{1,6})*"
_PLAIN = re.compile(rf" +|[(]?(?:{_WORD})?[,.;:?)]{{0,3}}")


def escape_markdown(text: str) -> str:
    """A sentence of ours made safe, whatever the values in it hold; two spans never touch."""
    return "".join(code_span(part) if is_code else part for is_code, part in parts_of(text))


def parts_of(text: str) -> Iterator[tuple[bool, str]]:
    """A sentence in pieces, each with whether it is code; what is not is words that are safe."""
    segments = groupby(_segments(text), key=lambda segment: segment[0])
    return ((is_code, "".join(part for _, part in parts)) for is_code, parts in segments)


def _segments(text: str) -> Iterator[tuple[bool, str]]:
    """Each word or blank, and whether it belongs into a code span."""
    for piece in _PIECE.finditer(visible(text)):
        if piece["value"] is not None:
            yield True, piece["value"] or " "
        else:
            yield not _PLAIN.fullmatch(piece[0]), piece[0]


def code_span(text: str) -> str:
    """A code span whose fence is longer than any run of back-ticks within."""
    text = visible(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def escape_html(text: str) -> str:
    """Text that is no markup between tags; it has its own line breaks and no hidden character."""
    return "\n".join(escape(visible(line), quote=False) for line in text.split("\n"))
