"""`/portfolio/` as it is before a script runs: where the script works, and what it must know."""

from __future__ import annotations

from fir.site.browser_data.find_index import version_of
from fir.site.browser_data.portfolio import portfolio_answers
from fir.site.edition import Edition
from fir.site.shell import Page


def portfolio_page(edition: Edition) -> Page:
    content = (
        f'<div id="portfolio" data-answers="{version_of(portfolio_answers(edition))}">'
        '<p class="scriptless">Your file is read by your browser, with JavaScript, which is off. '
        'Without it, <a href="../find/">look devices up one by one</a>, or take '
        '<a href="../data/">the whole table</a>, which has the answer of every entry, '
        "and join it to your file on manufacturer, model and firmware.</p></div>"
    )
    return Page(url="portfolio/", shell="portfolio/", content=content)
