"""HTML out of values: the one escape, and the small pieces that pages are made of.

Whatever comes from a record or from the CPL passes through `esc`, in text and in attributes alike;
free text never goes through Markdown. No piece carries a `style` attribute or a script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# A link as far as blanks, quotes or brackets go; no user name or port tricks before the first `/`.
_LINK = re.compile(
    r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{1,5})?(?![\w@:]|\.\w)"
    r"(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%\[\]'-]*)?"
)
_SPECIAL = re.compile("[&<>\"']").search  # most values have none, and looking is quick
_CLOSING = {")": "(", "]": "["}


class Section(NamedTuple):
    """A part of a page with its heading in the margin; the table of contents names it."""

    id: str
    title: str
    lead: str
    body: str


def esc(value: str) -> str:
    """Text as HTML, safe between tags and within a quoted attribute."""
    return html.escape(value) if _SPECIAL(value) else value


@lru_cache(maxsize=4096)
def day(iso: str) -> str:
    """`2026-07-14` as `14 Jul 2026`; what is no date stays as it is, escaped."""
    found = _DAY.fullmatch(iso)
    if not found or not 1 <= int(found[2]) <= 12:
        return esc(iso)
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


@lru_cache(maxsize=65536)
def identifier(value: str) -> str:
    """Letters and digits to be read one by one, never broken by a line."""
    return f'<span class="pn">{esc(value)}</span>'


@lru_cache(maxsize=65536)
def by_bytes(value: str) -> str:
    """Hex with a margin after each byte; copied, it has no blanks."""
    parts = [value[start : start + 2] for start in range(0, len(value), 2)]
    return f'<span class="pn by">{"".join(f"<i>{esc(part)}</i>" for part in parts)}</span>'


def link(url: str) -> str:
    """An https address as a link; anything else as the text it is."""
    if not _LINK.fullmatch(url):
        return esc(url)
    return f'<a href="{esc(url)}" rel="nofollow noopener">{esc(url)}</a>'


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """Free text as it was written: escaped, its line breaks kept by the style, https links made.

    What ends a sentence ends a link too, and so does a closing bracket that the link did not open.
    """
    parts = []
    end = 0
    for found in _LINK.finditer(text):
        url = _without_punctuation(found[0])
        parts += [esc(text[end : found.start()]), link(url)]
        end = found.start() + len(url)
    return "".join([*parts, esc(text[end:])])


def _without_punctuation(url: str) -> str:
    while url:
        last = url[-1]
        opened = _CLOSING.get(last)
        if last in ".,;:!?'*" or (opened and url.count(opened) < url.count(last)):
            url = url[:-1]
        else:
            break
    return url


def notes(text: str) -> str:
    """A block of free text, each line in its own direction of writing."""
    return f'<div class="notes">{plain_text(text.strip(chr(10)))}</div>'


def icon(name: str) -> str:
    """A drawing from the sheet of signs that every page carries."""
    return f'<svg class="i" aria-hidden="true"><use href="#s-{name}"/></svg>'


def copy(value: str, what: str) -> str:
    """A button that copies; hidden where there is no script to do it."""
    return (
        f'<button class="copy" type="button" data-copy="{esc(value)}">{icon("copy")}'
        f'<span>Copy<span class="vh"> {what}</span></span></button>'
    )


def terms(rows: Iterable[tuple[str, str]]) -> str:
    """Labels and values; a row without a value is left out."""
    told = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows if value)
    return f'<dl class="dl">{told}</dl>'


def line(value: str, button: str) -> str:
    """A value with what can be done with it at the end of its line."""
    return f'<span class="line"><span>{value}</span>{button}</span>'


def table(heads: Iterable[str], rows: str, kind: str = "") -> str:
    """Rows under their heads; a head that begins with `#` stands over numbers.

    On a phone each row becomes a card, in which `data-l` says what a cell's head said.
    """
    told = "".join(
        f'<th class="n">{head[1:]}</th>' if head.startswith("#") else f"<th>{head}</th>"
        for head in heads
    )
    return f'<table class="resp {kind}"><thead><tr>{told}</tr></thead><tbody>{rows}</tbody></table>'


def section(part: Section) -> str:
    lead = f"<p>{part.lead}</p>" if part.lead else ""
    return (
        f'<section class="sec" id="{part.id}"><header><h2>{part.title}</h2>{lead}</header>'
        f"<div>{part.body}</div></section>"
    )


def numbers(cells: Iterable[tuple[str, str, str]]) -> str:
    """Large figures in a row: label, figure, and a word beside it."""
    told = "".join(
        f"<div><dt>{label}</dt><dd>{figure}{f'<small>{word}</small>' if word else ''}</dd></div>"
        for label, figure, word in cells
    )
    return f'<dl class="nums">{told}</dl>'


def crumbs(*steps: str) -> str:
    """Where the page stands: links, then its own name."""
    told = "".join(f"<li>{step}</li>" for step in steps)
    return f'<nav aria-label="You are here"><ol class="crumbs">{told}</ol></nav>'


def in_code(text: str) -> str:
    """A sentence of ours, escaped, with what stands in back-ticks set as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", esc(text))


# A telephone number as people read it; what is dialled and copied stays as it was given.

# The United Kingdom's plan, where the first digits alone tell where a number is parted. Left out
# are the towns whose own code has five digits or whose numbers are short: nothing is guessed.
_FIVE_DIGITS = "1387|1524|1539|1697|1768|1946"
_UK = (
    (re.compile(r"\+44(2[03489])([0-9]{4})([0-9]{4})"), r"+44 \1 \2 \3"),
    (re.compile(r"\+44(1[2-69]1|11[3-8]|[389][0-9]{2})([0-9]{3})([0-9]{4})"), r"+44 \1 \2 \3"),
    (
        re.compile(rf"\+44(?!{_FIVE_DIGITS})(1[2-9][0-9]{{2}}|7[0-9]{{3}})([0-9]{{6}})"),
        r"+44 \1 \2",
    ),
)


def readable(number: str) -> str:
    """`+441632960123` as `+44 1632 960123`; a number of another plan as it is."""
    for form, grouped in _UK:
        if form.fullmatch(number):
            return form.sub(grouped, number)
    return number
