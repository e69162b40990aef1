"""`/releases/`: what each CPL issue did, the newest in full, and every one on the page of its year.

What cannot be placed in a year is on a page of its own: `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fir.model import Entry
from fir.report import many
from fir.site.components import ROOT, Section, identifier
from fir.site.components import issue_link as to_issue
from fir.site.components import manufacturer_names as whose
from fir.site.edition import Edition
from fir.site.feeds import ALL
from fir.site.html import crumbs, day, esc, section, table
from fir.site.pages.coverage import bar
from fir.site.pages.cpl_issue import entries_changed, issue_section, releases, row, rows_table
from fir.site.shell import Page

_NEWEST = 12


def release_pages(edition: Edition) -> Iterator[Page]:
    """The newest issues, then a page a year, then what cannot be placed."""
    years = edition.issues.years
    pages = [year for year in years if year]
    if "" in years or edition.issues.unplaced:
        pages.append("")
    yield _index(edition, pages)
    for year in pages:
        page = _year if year else _unknown
        yield page(edition, pages, year)


def _index(edition: Edition, pages: Sequence[str]) -> Page:
    found = [*edition.issues.by_version.values()]
    first = next((issue.issued_on for issue in reversed(found) if issue.issued_on), "")
    since = f", since {day(first)}" if first else ""
    told = "".join(issue_section(edition, issue, "../") for issue in found[:_NEWEST])
    content = "".join(
        (
            f'<div class="bar"><p><b>{many(len(found), "issue")}</b> known here{since}</p>',
            f'{_nav(pages, "", None)}<a class="btn" href="../{ALL.path}">Atom feed</a></div>{told}',
            section(Section("years", "Year by year", "Every issue in full", _overview(edition))),
            section(Section("unknown", "What is not shown", "", _not_shown(edition))),
        )
    )
    return Page(url="releases/", shell="releases/", content=content)


def _nav(pages: Sequence[str], root: str, here: str | None) -> str:
    """The page of each year; `root` leads to `/releases/`."""
    told = "".join(
        f'<li><a href="{root}{year or "unknown"}/"{" aria-current=page" * (year == here)}>'
        f"{year or 'Not known'}</a></li>"
        for year in pages
    )
    return f'<nav aria-label="Years"><ul class="years">{told}</ul></nav>'


def _overview(edition: Edition) -> str:
    """The chart of entries listed in each year, and its figures."""
    since = edition.issues.by_version.get(edition.recorded_since)
    listed = {
        year: sum(len(issue.added) + len(issue.seen) for issue in issues)
        for year, issues in edition.issues.years.items()
    }
    told = []
    for year, issues in edition.issues.years.items():
        changed = f"{sum(map(entries_changed, issues)):,}"
        known = since is None or year >= since.year
        told.append(
            f'<tr><th scope="row"><a href="{year or "unknown"}/">{year or "not known"}</a></th>'
            f'<td class="n" data-l="Issues">{len(issues):,}</td>'
            f'<td class="n" data-l="Changed">{changed if known else "not recorded"}</td>'
            f'<td class="n" data-l="Listed">{listed[year]:,}</td>'
            f'<td class="bars">{bar(listed[year], 0, listed[year], max(listed.values()))}</td></tr>'
        )
    heads = ("Year", "#Issues", "#Entries changed", "#Listed", "Entries listed")
    return table(heads, "".join(told), "charted")


def _not_shown(edition: Edition) -> str:
    since = to_issue(edition, edition.recorded_since, "../")
    told = [
        "<p>What an issue added is what the list’s own history says. Changes are recorded here "
        f"since CPL {since}; what the list changed earlier is not shown, nor are issues that only "
        "changed something then. Where an import passed over issues, what they changed is told "
        "under the issue that was imported.</p>"
    ]
    unplaced = edition.issues.unplaced
    if unplaced:
        told.append(
            f'<p>The history does not say in which issue <a href="unknown/">'
            f"{many(len(unplaced), 'entry')}</a> came.</p>"
        )
    return "".join(told)


def _year(edition: Edition, pages: Sequence[str], year: str) -> Page:
    issues = edition.issues.years[year]
    listed = sum(len(issue.added) + len(issue.seen) for issue in issues)
    months: dict[str, str] = {}
    for issue in issues:
        months.setdefault(day(issue.issued_on).partition(" ")[2], f"v{esc(issue.version)}")
    page = Page(
        url=f"releases/{year}/",
        shell="releases/_shell/",
        title=f"Releases in {year}",
        description=f"{many(len(issues), 'issue')} of the Central Products List in {year}, with "
        f"{many(listed, 'new entry')}. Newest first.",
        content="".join(issue_section(edition, issue, ROOT) for issue in issues),
        contents=tuple((id, month) for month, id in months.items()),
    )
    return _framed(pages, year, page)


def _unknown(edition: Edition, pages: Sequence[str], year: str) -> Page:
    """Entries by manufacturer, after issues of which no day is known."""
    by_maker: dict[str, list[Entry]] = {}
    for entry in edition.issues.unplaced:
        by_maker.setdefault(entry.manufacturer_identifier, []).append(entry)
    makers = sorted(by_maker)
    parts = [issue_section(edition, issue, ROOT) for issue in edition.issues.years.get(year, ())]
    parts += [_of_maker(edition, by_maker[maker]) for maker in makers]
    page = Page(
        url="releases/unknown/",
        shell="releases/_shell/",
        title="Entries whose issue is not known",
        description="The history of the Central Products List does not say when these entries "
        "came, or in which issue.",
        content="".join(parts),
        contents=tuple((f"m{maker}", maker) for maker in makers),
    )
    return _framed(pages, year, page)


def _of_maker(edition: Edition, entries: Sequence[Entry]) -> str:
    maker = entries[0].manufacturer_identifier
    rows = [row(edition, "Listed", each, ROOT) for each in releases(entries)]
    lead = f"{whose(edition, entries[0]) or 'No contact yet'}, {many(len(entries), 'entry')}"
    return section(Section(f"m{maker}", identifier(maker), lead, rows_table(rows)))


def _framed(pages: Sequence[str], year: str, page: Page) -> Page:
    """The page below its way, title, description and the links to the other years."""
    way = crumbs(f'<a href="{ROOT}releases/">Releases</a>', year or "Not known")
    head = f'<h1 id="content">{page.title}</h1><p class="under">{page.description}</p>'
    return page._replace(content=f"{way}{head}{_nav(pages, '../', year)}{page.content}")
