"""A repository becomes a site: pages and downloads as bytes, each at its place.

Pure but for `commits` and `examples`, which read, and `writing`. Only `hook` knows MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from fir.site.browser_data.between import between_files
from fir.site.browser_data.find_index import find_files
from fir.site.browser_data.portfolio import portfolio_answers, sample_csv
from fir.site.browser_data.submit import submit_data
from fir.site.edition import Edition
from fir.site.files import machine_files
from fir.site.pages.checks import check_pages
from fir.site.pages.coverage import coverage_pages, missing_csv
from fir.site.pages.data import data_page
from fir.site.pages.device_model import device_model_page
from fir.site.pages.entry import entry_page
from fir.site.pages.find import find_pages, portfolio_page
from fir.site.pages.home import home_page
from fir.site.pages.manufacturers import manufacturer_pages
from fir.site.pages.models import models_page
from fir.site.pages.releases import release_pages
from fir.site.pages.submit import submit_page
from fir.site.rendering import compile_templates
from fir.site.shell import Page, Shell
from fir.site.well_known import SECURITY_TXT, robots, security_txt, sitemap
from fir.site.writing import Part, in_parts

File = tuple[str, bytes]

INDEXES = (
    "",
    "find/",
    "cpl/",
    "models/",
    "releases/",
    "manufacturers/",
    "coverage/",
    "portfolio/",
    "submit/",
    "checks/",
    "data/",
)
"""Hand-written pages, each ending in something generated."""
SHELLS = (
    "cpl/_shell/",
    "models/_shell/",
    "releases/_shell/",
    "manufacturers/_shell/",
    "coverage/_shell/",
    "checks/_shell/",
)
"""Pages that exist only to be stamped: one for each kind and depth."""
WIDE = ("models/_shell/",)
"""Those of them that need the room in which others list their contents."""


def entry_pages(edition: Edition, numbers: Iterable[str]) -> Iterator[Page]:
    for number in numbers:
        yield entry_page(edition, edition.repository.entries[number])


def model_pages(edition: Edition, models: Iterable[str]) -> Iterator[Page]:
    for model in models:
        yield device_model_page(edition, model)


def other_pages(edition: Edition) -> Iterator[Page]:
    yield home_page(edition)
    yield from find_pages(edition)
    yield models_page(edition)
    yield from release_pages(edition)
    yield from manufacturer_pages(edition)
    yield from coverage_pages(edition)
    yield submit_page(edition)
    yield from check_pages(edition)
    yield data_page(edition)


def generated(
    edition: Edition, shells: Mapping[str, Shell], written: Iterable[str] = ()
) -> list[Part]:
    """Everything that is not written by hand, with its path below the site's address.

    `shells` are the theme's pages named by INDEXES and SHELLS; `written` the addresses of the
    hand-written pages, which the sitemap names too. It comes in parts to be called in any order.
    """
    compile_templates()
    (with_downloads, *wide), machine_of = machine_files(edition)
    others = partial(_others, edition, shells, written)
    # One process makes the downloads and then the page that tells of them.
    parts: list[Part] = [lambda: chain(with_downloads(), others()), *wide]
    parts.insert(1, partial(_portfolio, edition, shells))

    def of_models(models: Sequence[str]) -> Iterator[File]:
        yield from _stamp(entry_pages(edition, _numbers(edition, models)), shells)
        yield from _stamp(model_pages(edition, models), shells)
        yield from between_files(edition, models)
        yield from machine_of(models)

    return [*parts, *(partial(of_models, some) for some in in_parts(edition.models))]


def _numbers(edition: Edition, models: Iterable[str]) -> Iterator[str]:
    """The entries of these Device Models."""
    for model in models:
        for history in edition.models[model]:
            for firmware in history.firmware:
                yield from (entry.cpl_number for entry in firmware.entries)


def _portfolio(edition: Edition, shells: Mapping[str, Shell]) -> Iterator[File]:
    yield _stamped(portfolio_page(edition), shells)
    yield "portfolio/answers.json", portfolio_answers(edition)
    yield "portfolio/sample.csv", sample_csv(edition).encode()


def _stamp(pages: Iterable[Page], shells: Mapping[str, Shell]) -> Iterator[File]:
    for page in pages:
        yield _stamped(page, shells)


def _others(
    edition: Edition, shells: Mapping[str, Shell], written: Iterable[str]
) -> Iterator[File]:
    urls = {*written, *(f"cpl/{number}/" for number in edition.repository.entries)}
    urls.update(f"models/{model}/" for model in edition.models)
    for page in other_pages(edition):
        urls.add(page.url)
        yield _stamped(page, shells)
    yield from find_files(edition)
    yield "submit/data.json", submit_data(edition)
    yield "coverage/missing.csv", missing_csv(edition.coverage.missing)
    yield "sitemap.xml", sitemap(edition.site_url, urls, edition.commits.day)
    yield "robots.txt", robots(edition.site_url)
    yield SECURITY_TXT, security_txt(edition)


def _stamped(page: Page, shells: Mapping[str, Shell]) -> File:
    return f"{page.url}index.html", shells[page.shell].stamp(page.slots())
