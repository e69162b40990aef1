"""`/releases/`: what each CPL issue did, the newest in full, and every one on the page of its year.

What cannot be placed in a year is on a page of its own: `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fir.model import Entry
from fir.report import many
from fir.site.components import issue_link, manufacturer_names
from fir.site.edition import Edition
from fir.site.feeds import ALL
from fir.site.pages.coverage import Bar, bar
from fir.site.pages.cpl_issue import (
    NO_CONTACT,
    Release,
    entries_changed,
    issue_view,
    release_row,
    releases,
)
from fir.site.rendering import render
from fir.site.shell import Page
from fir.site.wording import day

_NEWEST = 12


def release_pages(edition: Edition) -> Iterator[Page]:
    """The newest issues, then a page a year, then what cannot be placed."""
    years = edition.issues.years
    pages = [year for year in years if year]
    if "" in years or edition.issues.unplaced:
        pages.append("")
    yield _index(edition, pages)
    for year in pages:
        yield _year(edition, pages, year) if year else _unknown(edition, pages)


def _index(edition: Edition, pages: Sequence[str]) -> Page:
    found = [*edition.issues.by_version.values()]
    content = render(
        "releases.html",
        known=len(found),
        since=next((issue.issued_on for issue in reversed(found) if issue.issued_on), ""),
        pages=pages,
        feed=ALL.path,
        newest=[issue_view(edition, issue) for issue in found[:_NEWEST]],
        overview=_overview(edition),
        recorded_since=issue_link(edition, edition.recorded_since, "../"),
        unplaced=len(edition.issues.unplaced),
    )
    return Page(url="releases/", shell="releases/", content=content)


class YearRow(NamedTuple):
    year: str
    issues: int
    changed: int | None
    """How many entries its issues changed; None where that was not recorded yet."""
    listed: int
    bar: Bar


def _overview(edition: Edition) -> list[YearRow]:
    """Entries listed in each year, as a chart with its figures."""
    since = edition.issues.by_version.get(edition.recorded_since)
    years = edition.issues.years
    listed = {year: _listed(edition, year) for year in years}
    longest = max(listed.values(), default=0)
    return [
        YearRow(
            year,
            len(issues),
            sum(map(entries_changed, issues)) if since is None or year >= since.year else None,
            listed[year],
            bar(listed[year], 0, listed[year], longest),
        )
        for year, issues in years.items()
    ]


def _listed(edition: Edition, year: str) -> int:
    return sum(len(issue.added) + len(issue.seen) for issue in edition.issues.years[year])


def _year(edition: Edition, pages: Sequence[str], year: str) -> Page:
    issues = edition.issues.years[year]
    months: dict[str, str] = {}
    for issue in issues:
        months.setdefault(day(issue.issued_on).partition(" ")[2], f"v{issue.version}")
    title = f"Releases in {year}"
    description = (
        f"{many(len(issues), 'issue')} of the Central Products List in {year}, with "
        f"{many(_listed(edition, year), 'new entry')}. Newest first."
    )
    content = render(
        "releases_year.html",
        year=year,
        pages=pages,
        title=title,
        description=description,
        issues=[issue_view(edition, issue) for issue in issues],
        unplaced=(),
    )
    return Page(
        url=f"releases/{year}/",
        shell="releases/_shell/",
        title=title,
        description=description,
        content=content,
        contents=tuple((id, month) for month, id in months.items()),
    )


class Unplaced(NamedTuple):
    """Entries of one manufacturer identifier of which nothing says in which issue they came."""

    identifier: str
    company: str
    entries: int
    rows: list[Release]


def _unknown(edition: Edition, pages: Sequence[str]) -> Page:
    """Entries by manufacturer identifier, after issues of which no day is known."""
    unplaced = _unplaced(edition)
    title = "Entries whose issue is not known"
    description = (
        "The history of the Central Products List does not say when these entries came, or in "
        "which issue."
    )
    content = render(
        "releases_year.html",
        year="",
        pages=pages,
        title=title,
        description=description,
        issues=[issue_view(edition, issue) for issue in edition.issues.years.get("", ())],
        unplaced=unplaced,
    )
    return Page(
        url="releases/unknown/",
        shell="releases/_shell/",
        title=title,
        description=description,
        content=content,
        contents=tuple((f"m{each.identifier}", each.identifier) for each in unplaced),
    )


def _unplaced(edition: Edition) -> list[Unplaced]:
    found: dict[str, list[Entry]] = {}
    for entry in edition.issues.unplaced:
        found.setdefault(entry.manufacturer_identifier, []).append(entry)
    return [
        Unplaced(
            identifier,
            manufacturer_names(edition, entries[0]) or NO_CONTACT,
            len(entries),
            [release_row(edition, "Listed", each) for each in releases(entries)],
        )
        for identifier, entries in sorted(found.items())
    ]
