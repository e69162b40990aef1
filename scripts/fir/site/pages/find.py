"""`/find/` and `/portfolio/` as they are without a script, and `/cpl/`, every number as a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from fir.site.browser_data.find_index import index_version, version_of
from fir.site.browser_data.portfolio import portfolio_answers
from fir.site.edition import Edition
from fir.site.rendering import render
from fir.site.shell import Page

_HUNDRED = 100


class Hundred(NamedTuple):
    first: str
    last: str
    numbers: list[str]


def find_pages(edition: Edition) -> Iterator[Page]:
    repository = edition.repository
    entries = Counter(
        maker.slug for entry in repository.entries.values() for maker in edition.makers(entry)
    )
    ordered = sorted(repository.manufacturers.values(), key=lambda each: each.name.casefold())
    content = render(
        "find.html",
        index=index_version(edition),
        without_text=edition.without_text,
        manufacturers=[(each, entries[each.slug]) for each in ordered],
    )
    yield Page(url="find/", shell="find/", content=content)
    content = render("numbers.html", hundreds=list(_hundreds(sorted(repository.entries))))
    yield Page(url="cpl/", shell="cpl/", content=content)


def _hundreds(numbers: list[str]) -> Iterator[Hundred]:
    for at, group in groupby(numbers, key=lambda number: (int(number) - 1) // _HUNDRED):
        first = at * _HUNDRED + 1
        yield Hundred(f"{first:06}", f"{first + _HUNDRED - 1:06}", list(group))


def portfolio_page(edition: Edition) -> Page:
    content = render("portfolio.html", answers=version_of(portfolio_answers(edition)))
    return Page(url="portfolio/", shell="portfolio/", content=content)
