"""What a new issue of the CPL does, as blocks of a summary."""

from __future__ import annotations

from collections.abc import Iterator

from fir.contribute.merge import Amendment
from fir.report import many
from fir.report.inert import code_span, html_code, html_prose, prose
from fir.review import Review
from fir.review.cpl_update import CplUpdate
from fir.review.of_entries import all_numbers, entries, listed, titled
from fir.review.words import numbers, value
from fir.wording import visible


def cpl(review: Review) -> Iterator[str]:
    """The list's own changes, then what they do to the register."""
    update = review.cpl
    if update is None:
        return
    for sentence, found in review.doubts:
        which = f": {all_numbers(found)}" if found else ""
        yield f"<p><b>Edited by hand:</b> {html_prose(sentence)}{which}</p>\n\n"
    for title, found in (
        ("Removed, and no longer on offer", update.removed),
        ("Reinstated: Removed before, Current again", update.reinstated),
        ("No longer listed; kept as such", update.lost),
        ("Listed again", update.relisted),
        ("Added", update.added),
    ):
        if found:
            yield from titled(f"{title}: {len(found):,}", entries(found, review.head))
    yield from _amended(update)
    yield from _of_records(update)
    if update.facts:
        rows = [(html_code(name), value(was), value(is_now)) for name, was, is_now in update.facts]
        yield from titled(
            "The snapshot of itself", listed(("Field", "Before", "After"), rows, "field")
        )


def _amended(update: CplUpdate) -> Iterator[str]:
    if update.amended:
        title = f"Amended: {many(len({each.cpl_number for each in update.amended}), 'entry')}"
        header = ("CPL number", "Field", "Before", "After")
        yield from titled(title, listed(header, _rows(update.amended), "amendment"))
    if update.filled:
        found = sorted({each.cpl_number for each in update.filled})
        yield f"<p>Filled in, unknown until now: {numbers(found)}</p>\n\n"
    if update.emptied:
        words = "Amended by a source without certificates, which are unknown now"
        yield f"<p>{words}: {numbers(update.emptied)}</p>\n\n"


def _rows(amended: tuple[Amendment, ...]) -> Iterator[tuple[str, ...]]:
    """A bulk amendment, the same in many entries, is one row."""
    same: dict[tuple[str, str, str], list[str]] = {}
    for number, *what in amended:
        field, before, after = what
        same.setdefault((field, before, after), []).append(number)
    for (field, before, after), found in same.items():
        yield numbers(found), html_code(field), value(before or None), value(after or None)


def _of_records(update: CplUpdate) -> Iterator[str]:
    if update.promoted:
        rows = [
            (html_code(each.entry.cpl_number), html_code(each.record.path))
            for each in update.promoted
        ]
        header = ("Gets the number", "Waited as")
        yield from titled("Records that get their number", listed(header, rows, "record"))
    if update.without_record:
        due = all_numbers(update.without_record)
        yield (
            "#### Added without a record\n\n"
            f"<p>Due from whoever submitted the entry (F2.17): {due}</p>\n\n"
        )
    if update.waiting:
        lines = [
            f"- {code_span(visible(each.path))}: {prose(each.reason)}\n" for each in update.waiting
        ]
        yield "#### Records that go on waiting\n\n" + "".join(lines) + "\n"
