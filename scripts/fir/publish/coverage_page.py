"""`/coverage/`: what has a record and what is due, as a chart with its figures, and every gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fir.coverage import Missing
from fir.publish.awaiting import corrections, pending
from fir.publish.bars import key
from fir.publish.coverage_chart import by_maker, by_type
from fir.publish.edition import Edition
from fir.publish.gaps import SHOWN, gap_rows, group, grouped
from fir.publish.markup import Section, crumbs, identifier, numbers, section
from fir.publish.page import Page
from fir.publish.shown import ROOT
from fir.publish.sign import whose
from fir.report import many

_OPEN = 40
"""Up to so many gaps, every list of them stands open."""
_DUE = "Due from whoever submitted the entry (Section F2.17). Days are counted to this CPL."
_WELCOME = "No record is due for these entries; one is welcome."


def coverage_pages(edition: Edition) -> Iterator[Page]:
    """The whole, then a page for each manufacturer identifier with more gaps than it shows."""
    yield Page(url="coverage/", shell="coverage/", content=_whole(edition))
    missing: dict[str, list[Missing]] = {}
    for each in edition.coverage.missing:
        missing.setdefault(each.entry.manufacturer_identifier, []).append(each)
    for maker, theirs in missing.items():
        if any(len(part) > SHOWN for part in _parts(theirs)):
            yield _of_maker(edition, maker, theirs)


def _parts(missing: Sequence[Missing]) -> tuple[list[Missing], list[Missing]]:
    """The required ones, and the others."""
    return [each for each in missing if each.required], [m for m in missing if not m.required]


def _whole(edition: Edition) -> str:
    required, others = _parts(edition.coverage.missing)
    due = _gaps(edition, required) or "<p>Every required record is here.</p>"
    parts = [
        Section("types", "By device type", key(), by_type(edition)),
        Section("makers", "By manufacturer", key(), by_maker(edition)),
        Section("required", "Required and missing", _due(edition), due),
        Section("others", "Not required, no record", _said(_WELCOME), _gaps(edition, others)),
        *corrections(edition),
        *pending(edition),
    ]
    return _headline(edition) + "".join(_wide(part) for part in parts if part.body)


def _wide(part: Section) -> str:
    """A section over the whole width, its lead opposite its heading."""
    return (
        f'<section class="sec full wide" id="{part.id}"><header><h2>{part.title}</h2>'
        f"{part.lead}</header><div>{part.body}</div></section>"
    )


def _due(edition: Edition) -> str:
    everything = many(len(edition.coverage.missing), "entry")
    list_ = f'<a href="missing.csv" download>All {everything} without a record as CSV</a>'
    return f"<p>{_DUE} {list_}.</p>"


def _said(lead: str) -> str:
    return f"<p>{lead}</p>"


def _headline(edition: Edition) -> str:
    counts = edition.coverage.counts
    due = sum(each.required for each in edition.coverage.missing)
    share = f"{100 * counts['covered'] // counts['entries']} %" if counts["entries"] else ""
    waiting = f"{len(edition.repository.pending):,}"
    return numbers(
        (
            ("Entries on the CPL", f"{counts['entries']:,}", ""),
            ("With a record", f"{counts['covered']:,}", share),
            ("Required, missing", f"{due:,}", f"of {counts['required']:,} required"),
            ("Waiting for a number", waiting, '<a href="#pending">pending</a>'),
        )
    )


def _gaps(edition: Edition, missing: Sequence[Missing]) -> str:
    opened = len(edition.coverage.missing) <= _OPEN
    return "".join(
        group(edition, entries, open_=opened, more=f"{maker}/")
        for maker, entries in grouped(missing).items()
    )


def _of_maker(edition: Edition, maker: str, missing: Sequence[Missing]) -> Page:
    required, others = (
        gap_rows(edition, [each.entry for each in part], ROOT) if part else ""
        for part in _parts(missing)
    )
    parts = [
        part
        for part in (
            Section("required", "Required and missing", _DUE, required),
            Section("others", "Not required, no record", _WELCOME, others),
        )
        if part.body
    ]
    name = whose(edition, missing[0].entry)
    title = f"Missing records of {maker}"
    under = f"{many(len(missing), 'entry')} without a record{f', {name}' if name else ''}."
    content = "".join(
        (
            crumbs(f'<a href="{ROOT}coverage/">Coverage</a>', identifier(maker)),
            f'<h1 id="content">{title}</h1><p class="under">{under}</p>',
            *map(section, parts),
        )
    )
    return Page(
        url=f"coverage/{maker}/",
        shell="coverage/_shell/",
        title=title,
        description=f"Entries of manufacturer identifier {maker} on the Central Products List "
        "that have no firmware record yet.",
        content=content,
        contents=tuple((part.id, part.title) for part in parts),
    )
