"""The decision in one sentence: what merging does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from fir.diagnostics import tick
from fir.model import Record
from fir.report import many
from fir.review.changes import Changed, slug_of
from fir.review.kinds import WORDS, named_orders
from fir.review.review import Review
from fir.review.risks import is_contact_change
from fir.review.states import UNREAD_WAIVERS


def decision(review: Review) -> str:
    """Values stand in back-ticks; no full stop."""
    if review.orders:
        return f"Not as it is: {named_orders(review.orders)} must go"
    if review.refused:
        *first, last = (WORDS[name] for name in review.refused.parts)
        parts = f"{', '.join(first)} and {last}"
        return f"Not as one pull request: {parts} must be decided apart"
    if review.kind == "none":
        return "Nothing changes"
    if review.kind == "cpl":
        return _of_cpl(review)
    if review.kind == "waiver":
        return _of_waivers(review)
    if review.kind == "tooling":
        count = many(len(review.files), "file")
        return f"Programs, rules or pages: {count}; no record, CPL entry or waiver changes"
    return _of_records(review.changes)


def _of_records(changes: tuple[Changed, ...]) -> str:
    paths = {path for each in changes for path in (each.path, each.source) if path}
    slugs = sorted(set(map(slug_of, paths)))
    few = len(slugs) <= _NAMED
    whose = ", ".join(map(tick, slugs)) if few else many(len(slugs), "manufacturer")
    return f"{whose}: {', '.join(_counted(changes))}"


def _counted(changes: tuple[Changed, ...]) -> Iterator[str]:
    groups = Counter((str(each.fate), each.kind) for each in changes)
    for (fate, kind), words in _FATES.items():
        if groups[fate, kind]:
            of_kind = [each for each in changes if (each.fate, each.kind) == (fate, kind)]
            noun = "pending record" if kind == "pending" else kind
            if fate == "changed" and all(map(is_contact_change, of_kind)):
                noun = "contact"
            yield f"{many(groups[fate, kind], f'{words[0]}{noun}')}{words[1]}{_named(of_kind)}"


_NAMED = 3
_FATES = {
    (fate, kind): words
    for kind in ("manufacturer", "record", "pending")
    for fate, words in {
        "new": ("new ", ""),
        "changed": ("", " changed"),
        "gone": ("", " deleted"),
        "moved": ("", " moved"),
        "renumbered": ("", " renumbered"),
        "promoted": ("pending ", " given a number"),
        "unreadable": ("unreadable ", ""),
    }.items()
}


def _named(changes: list[Changed]) -> str:
    """Which one, where there is one; else whether new records share their text."""
    records = [each.record for each in changes if each.record]
    if len(changes) == 1:
        number = records[0].cpl_number if records else ""
        return f" ({number})" if number else ""
    texts = {record.release_notes for record in records}
    new = {each.fate for each in changes} == {"new"}
    return " with one text" if new and records and len(texts) == 1 else ""


def _of_cpl(review: Review) -> str:
    update = review.cpl
    if update is None:
        return "The CPL snapshot changes and cannot be read"
    if not update.since:
        count = many(len(update.added), "entry")
        return f"CPL {update.version} replaces the demonstration data: {count}"
    counts = [
        f"{len(update.added):,} added",
        f"{len(update.recorded):,} recorded",
        f"{len(update.waiting):,} waiting",
        *_more(
            (len(update.without_record), "without a record"),
            (len({each.cpl_number for each in update.amended}), "amended"),
            (len(update.removed), "removed"),
            (len(update.reinstated), "reinstated"),
            (len(update.lost), "no longer listed"),
            (len(update.relisted), "listed again"),
            (len(update.dropped), "dropped"),
        ),
    ]
    return f"CPL {update.version}: {', '.join(counts)}"


def _more(*counts: tuple[int, str]) -> Iterable[str]:
    return (f"{count:,} {word}" for count, word in counts if count)


def _of_waivers(review: Review) -> str:
    if UNREAD_WAIVERS in review.states.unread:
        return "The waivers change and cannot be read"
    added, dropped = review.waivers
    if len(added) == 1 and not dropped:
        waiver = added[0]
        return f"{tick(waiver.check)} waived for {tick(waiver.path)} until {waiver.until}"
    counts = [*_more((len(added), "added"), (len(dropped), "removed"))]
    return f"Waivers: {', '.join(counts) or 'another form, the same content'}"


# The labels of a pull request, from what it changes and nothing else.


def labels(review: Review) -> list[str]:
    """In the order of the contract; exactly one is `risk:low` or `risk:high`."""
    return [*dict.fromkeys(_kinds(review)), f"risk:{review.risk}"]


def _kinds(review: Review) -> Iterator[str]:
    changes = review.changes if review.kind != "cpl" else ()
    if any(each.fate == "new" and each.kind != "manufacturer" for each in changes):
        yield "new-record"
    if any(each.fate == "new" and each.kind == "manufacturer" for each in changes):
        yield "new-manufacturer"
    if any(map(is_contact_change, changes)):
        yield "contact-change"
    if any(map(_is_of_notes, changes)):
        yield "notes-correction"
    if any(each.risk == "withdrawal" for each in review.risks):
        yield "withdrawal"
    if review.paths("cpl"):
        yield "cpl-update"
    if review.paths("waiver"):
        yield "waiver"
    if review.paths("tooling"):
        yield "tooling"


def _is_of_notes(each: Changed) -> bool:
    """Whether published notes change, stated under `corrections` or not."""
    return (
        each.was_published
        and isinstance(each.after, Record)
        and bool(each.stated & {"release_notes", "corrections"})
    )
