"""One CPL issue as a section of a page: what it added, removed, reinstated and amended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fir.model import Change, Entry
from fir.publish.edition import Edition
from fir.publish.issues import Issue
from fir.publish.markup import by_bytes, day, esc, table
from fir.publish.release_rows import company_line, excerpt, folded, releases, row, rows_table
from fir.publish.shown import field_title
from fir.publish.sign import to_cpl, whose

_AMENDED = 3
_ORDER = ("Added", "First seen", "Reinstated", "Removed", "No longer listed", "Listed again")


def issue_section(edition: Edition, issue: Issue, root: str) -> str:
    """`root` leads to the site's address from the page that it stands on."""
    version = esc(issue.version)
    counts = "".join(f"<li>{each}</li>" for each in _counts(issue))
    what = _what(edition, issue, root) or '<p class="q">It changed nothing that we know of.</p>'
    return (
        f'<section class="issue" id="v{version}"><header>'
        f'<h2><a href="{root}{esc(issue.place)}">{version}</a></h2>'
        f"<p>{day(issue.issued_on) or 'day not known'}</p><ul>{counts}</ul></header>"
        f"<div>{what}</div></section>"
    )


def entries_changed(issue: Issue) -> int:
    """How many entries it amended, removed or reinstated."""
    return len({change.cpl_number for change in issue.changes})


def _counts(issue: Issue) -> Iterator[str]:
    """`2 added`, `48 changed`, in the order in which they are told."""
    numbers: dict[str, set[str]] = {
        "Added": {entry.cpl_number for entry in issue.added},
        "First seen": {entry.cpl_number for entry in issue.seen},
    }
    for change in issue.changes:
        numbers.setdefault(_kind(change), set()).add(change.cpl_number)
    for kind in (*_ORDER, "Changed"):
        if numbers.get(kind):
            yield f"{len(numbers[kind]):,} {kind.lower()}"


def _kind(change: Change) -> str:
    if change.field == "last_listed_version":
        return "No longer listed" if change.after else "Listed again"
    if change.field != "status":
        return "Changed"
    return {"Removed": "Removed", "Current": "Reinstated"}.get(change.after, "Changed")


def _what(edition: Edition, issue: Issue, root: str) -> str:
    happened: dict[str, list[Entry]] = {"Added": [*issue.added], "First seen": [*issue.seen]}
    amended: dict[str, list[Change]] = {}
    for change in issue.changes:
        kind = _kind(change)
        if kind == "Changed":
            amended.setdefault(change.field, []).append(change)
        else:
            happened.setdefault(kind, []).append(edition.repository.entries[change.cpl_number])
    rows = [
        row(edition, kind, entries, root, _below(edition, kind, entries))
        for kind in _ORDER
        for entries in releases(happened.get(kind, ()))
    ]
    few = [changes for changes in amended.values() if len(changes) <= _AMENDED]
    rows += [_amendment(edition, change, root) for changes in few for change in changes]
    many = [changes for changes in amended.values() if len(changes) > _AMENDED]
    amendments = (_amendments(edition, changes, root) for changes in many)
    return rows_table(rows) + "".join(amendments)


def _below(edition: Edition, kind: str, entries: Sequence[Entry]) -> str:
    begins = excerpt(edition, entries) if kind == "Added" else ""
    return company_line(edition, entries) + begins


def _amendment(edition: Edition, change: Change, root: str) -> str:
    entry = edition.repository.entries[change.cpl_number]
    record = edition.record_of(entry)
    waits = " Its record awaits correction." if record and record.path in edition.awaiting else ""
    below = (
        f"{company_line(edition, (entry,))}"
        f'<p class="amended">{field_title(edition, change.field)}: {_value(change.before)} '
        f'<span role="img" aria-label="to">→</span> {_value(change.after)}.{waits}</p>'
    )
    return row(edition, "Changed", (entry,), root, below)


def _value(text: str) -> str:
    return f"<b>{day(text)}</b>" if text else "none"


def _amendments(edition: Edition, changes: Sequence[Change], root: str) -> str:
    """One field of many entries, folded."""
    told = "".join(_line(edition, change, root) for change in changes)
    listed = table(("CPL number", "Firmware", "Device Model", "Before", "After"), told)
    entries = (edition.repository.entries[change.cpl_number] for change in changes)
    names = dict.fromkeys(whose(edition, entry) or "no contact yet" for entry in entries)
    what = f"{field_title(edition, changes[0].field)}<small>{', '.join(names)}</small>"
    return folded("Changed", f"{len(changes):,} entries", what, listed)


def _line(edition: Edition, change: Change, root: str) -> str:
    entry = edition.repository.entries[change.cpl_number]
    return (
        f'<tr><th scope="row">{to_cpl(change.cpl_number, root)}</th>'
        f"<td>{by_bytes(entry.firmware_version)}</td>"
        f'<td data-l="">{entry.device.device_model}</td>'
        f'<td data-l="Before">{day(change.before) or "none"}</td>'
        f'<td data-l="After">{day(change.after) or "none"}</td></tr>'
    )
