"""`/find/` as it is without a script, plain links to everything, and `/cpl/`, the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fir.site.browser_data.find_index import index_version
from fir.site.components import icon
from fir.site.components import manufacturer_link as company
from fir.site.edition import Edition
from fir.site.html import esc
from fir.site.shell import Page

_HUNDRED = 100


def find_pages(edition: Edition) -> Iterator[Page]:
    yield Page(url="find/", shell="find/", content=_application(edition) + _browse(edition))
    yield Page(url="cpl/", shell="cpl/", content=_numbers(edition))


def _application(edition: Edition) -> str:
    """Where the script puts filters and rows, and what it must know; without one, why not."""
    return (
        f'<div id="find" data-index="{index_version(edition)}" '
        f'data-without-text="{esc(edition.without_text)}">'
        '<p class="scriptless">Looking up is done by your browser, with JavaScript, which is off. '
        "Every entry can be reached by the links below.</p></div>"
    )


def _browse(edition: Edition) -> str:
    counts: dict[str, int] = {}
    for entry in edition.repository.entries.values():
        for maker in edition.makers(entry):
            counts[maker.slug] = counts.get(maker.slug, 0) + 1
    makers = sorted(
        edition.repository.manufacturers.values(), key=lambda each: each.name.casefold()
    )
    told = "".join(
        f"<li>{company(each, '../')} <span>{counts.get(each.slug, 0):,}</span></li>"
        for each in makers
    )
    links = "".join(
        f'<a href="{url}"><b>{title}{icon("chev")}</b>{text}</a>'
        for url, title, text in (
            ("../cpl/", "By CPL number", "Every entry of the list, in hundreds."),
            ("../models/", "By Device Model", "Every device, with its firmware in order."),
            ("../manufacturers/", "By manufacturer", "With the identifiers nobody has claimed."),
        )
    )
    return (
        '<section class="sec browse"><header><h2>Browse</h2><p>Without looking up</p></header>'
        f'<div><nav class="doors" aria-label="Browse">{links}</nav><ul>{told}</ul></div></section>'
    )


def _numbers(edition: Edition) -> str:
    """Every number, folded away in hundreds: light to read, and light to load at any length."""
    numbers = sorted(edition.repository.entries)
    told = [
        _hundred(start * _HUNDRED + 1, list(group))
        for start, group in groupby(numbers, key=lambda number: (int(number) - 1) // _HUNDRED)
    ]
    return f'<div class="hundreds">{"".join(told)}</div>' if told else "<p>The list is empty.</p>"


def _hundred(start: int, numbers: list[str]) -> str:
    links = " ".join(f'<a href="{number}/">{number}</a>' for number in numbers)
    count = "1 entry" if len(numbers) == 1 else f"{len(numbers)} entries"
    return (
        f'<details class="group"><summary>{icon("chev")}{start:06} to {start + _HUNDRED - 1:06} '
        f"<span>{count}</span></summary><p>{links}</p></details>"
    )
