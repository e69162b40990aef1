"""What changes besides records and the CPL, and what comes of all of it, as blocks of a summary."""

from __future__ import annotations

from collections.abc import Iterator

from fir.model import Waiver
from fir.report import many
from fir.report.inert import html_code, html_prose
from fir.review import Review
from fir.review.answers import NOT_LISTED, Told
from fir.review.of_entries import listed, titled
from fir.review.risks import is_contact_change
from fir.review.words import numbers


def remarks(review: Review) -> Iterator[str]:
    rows = [(html_code(path), html_code("\n".join(said))) for path, said in review.remarks]
    if rows:
        yield from listed(("File", "Comments that are new"), rows, "file with comments")


def waivers(review: Review) -> Iterator[str]:
    for title, found in zip(("Added", "Removed"), review.waivers, strict=True):
        if found:
            header = ("Check", "File", "Reason", "Approved by", "Until")
            rows = [tuple(map(html_code, _cells(each))) for each in found]
            yield from titled(f"{title}: {len(found):,}", listed(header, rows, "waiver"))


def _cells(waiver: Waiver) -> tuple[str, ...]:
    return waiver.check, waiver.path, waiver.reason, waiver.approved_by, waiver.until


def answers(review: Review) -> Iterator[str]:
    for title, found in zip(
        ("Gain notes and a contact", "Lose notes and contact"), review.recorded, strict=True
    ):
        if found:
            yield f"<p>{title}: {numbers(found)}</p>\n\n"
    if review.answers:
        alike: dict[tuple[str, ...], list[str]] = {}
        for each in review.answers:
            alike.setdefault(tuple(_pair(each)), []).extend(each.cpl_numbers)
        rows = [(numbers(found), *pair) for pair, found in alike.items()]
        yield from listed(("CPL number", "Before", "After"), rows, "changed answer")
    elif review.changes or review.cpl:
        same = "Whether a firmware is the latest, and which manufacturer to call"
        contact = any(map(is_contact_change, review.changes))
        but = " How to reach it changes, as told above." if contact else ""
        yield f"<p>{same}: as before.{but}</p>\n\n"


def _pair(told: Told) -> Iterator[str]:
    """Both answers, without the sentences that stay as they are."""
    for one, other in ((told.before, told.after), (told.after, told.before)):
        left = [sentence for sentence in one or () if sentence not in (other or ())]
        yield html_prose(" ".join(left)) if one else NOT_LISTED


def tooling(review: Review) -> Iterator[str]:
    fates = {each.path: each.what for each in review.files}
    paths = review.paths("tooling")
    if paths:
        rows = [(html_code(path), fates[path]) for path in paths]
        yield from listed(("File", "What happens"), rows, "file")


def coverage(review: Review) -> Iterator[str]:
    before, after = review.coverage
    if before == after:
        yield (
            f"<p>Unchanged: {after['covered']:,} of {many(after['entries'], 'entry')} with a "
            f"record, {after['required']:,} required.</p>\n\n"
        )
        return
    told = [
        f"{name} {before[name]:,} to {after[name]:,}"
        for name in after
        if before[name] != after[name]
    ]
    kept = [f"{name} {after[name]:,}" for name in after if before[name] == after[name]]
    yield f"<p><b>{', '.join(told)}</b>{''.join(f'; {each}' for each in kept)}.</p>\n\n"
