"""`/portfolio/` as it is before a script runs: where the script works, and what it must know."""

from __future__ import annotations

from fir.site.browser_data.find_index import version_of
from fir.site.browser_data.portfolio import portfolio_answers
from fir.site.edition import Edition
from fir.site.rendering import render
from fir.site.shell import Page


def portfolio_page(edition: Edition) -> Page:
    content = render("portfolio.html", answers=version_of(portfolio_answers(edition)))
    return Page(url="portfolio/", shell="portfolio/", content=content)
