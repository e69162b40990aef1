"""The day of a CPA certificate: an end or a review, past, or near this issue of the CPL."""

from __future__ import annotations

from fir.model import Entry
from fir.publish.edition import Edition
from fir.publish.markup import day


def expiry(edition: Edition, entry: Entry) -> tuple[str, ...]:
    """The day of the CPA certificate, what kind of day it is, and how it stands to this CPL."""
    ends, issued = entry.cpa_expiry, edition.snapshot.issued_on
    if not ends:
        return ("No day on the CPL",)
    passed = ends < issued
    if entry.cpa_certificate.startswith("[R]"):
        when = f"{'Review was due' if passed else 'Review due'} {day(ends)}"
        kind = "a lifetime certificate, reviewed on that day"
    else:
        when = f"{'Expired' if passed else 'Expires'} {day(ends)}"
        kind = "a certificate with a fixed end"
    if passed:
        return when, kind, "before this CPL issue"
    soon = ends <= f"{int(issued[:4]) + 1}{issued[4:]}"
    return (when, kind, "within 12 months of this CPL issue") if soon else (when, kind)


def kind_of(entry: Entry) -> str:
    """What happens on the day of the CPA certificate."""
    return "review" if entry.cpa_certificate.startswith("[R]") else "expiry"
