"""One CPL issue as a section of a page: what it added, removed, reinstated and amended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fir.model import Change, Entry
from fir.site.components import by_bytes, icon, identifier
from fir.site.components import counted_badges as counted_marks
from fir.site.components import cpl_badge as plate
from fir.site.components import cpl_link as to_cpl
from fir.site.components import manufacturer_names as whose
from fir.site.edition import Edition, release
from fir.site.entry_view import field_title
from fir.site.entry_view import product_name as product
from fir.site.html import day, esc, table
from fir.site.issues import Issue
from fir.site.wording import short_type

# Firmware releases as rows of a table: the entries that share one image stand in one row.

_HEADS = tuple(
    f'<span class="vh">{head}</span>' for head in ("What", "Firmware", "Device", "Answer now")
)
_SHOWN = 12
_EXCERPT = 160
_DEVICES = 4


def releases(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """The entries of each release together, in the order in which they come."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault(release(entry), []).append(entry)
    return [tuple(each) for each in found.values()]


def rows_table(rows: Sequence[str]) -> str:
    """Its heads are only heard: each row says what it is. Many rows are folded."""
    if not rows:
        return ""
    told = table(_HEADS, "".join(rows[:_SHOWN]), "happened")
    if rows[_SHOWN:]:
        rest = table(_HEADS, "".join(rows[_SHOWN:]), "happened")
        told += the_rest(len(rows) - _SHOWN, rest)
    return told


def the_rest(number: int, body: str) -> str:
    """What a list has beyond those it shows, below a line that opens it."""
    return _opens(f"<span>{number:,} more</span>", body)


def folded(what: str, how_many: str, of_them: str, body: str) -> str:
    """A row that opens: what happened, to how many, and what of them."""
    return _opens(f"<span>{what}</span><span>{how_many}</span><span>{of_them}</span>", body)


def _opens(told: str, body: str) -> str:
    show = f'<span class="show"><span>Show all</span>{icon("chev")}</span>'
    return f'<details class="more"><summary>{told}{show}</summary>{body}</details>'


def row(edition: Edition, what: str, entries: Sequence[Entry], root: str, below: str = "") -> str:
    """`what` happened, to which firmware on which devices, and the answer now."""
    told = f"{_device(edition, entries)}{below}"
    if entries[1:]:
        told += _devices(entries, root)
    return (
        f'<tr><td class="kind">{what}</td><th scope="row" class="id">{_id(entries, root)}</th>'
        f'<td class="what">{told}</td><td class="now">{counted_marks(edition, entries)}</td></tr>'
    )


def company_line(edition: Edition, entries: Sequence[Entry]) -> str:
    """Whose they are: a record says it more surely than an identifier."""
    told = next((entry for entry in entries if edition.record_of(entry)), entries[0])
    return f"<small>{whose(edition, told) or 'No contact yet'}</small>"


def excerpt(edition: Edition, entries: Iterable[Entry]) -> str:
    """How the release notes begin, if anybody has supplied them."""
    records = (edition.record_of(entry) for entry in entries)
    text = next((record.release_notes for record in records if record), None)
    if text is None:
        return ""
    words = " ".join(text.split())
    if len(words) > _EXCERPT:
        words = words[:_EXCERPT].rpartition(" ")[0] or words[:_EXCERPT]
        words += "…"
    return f'<p class="begins"><bdi>{esc(words)}</bdi></p>'


def _id(entries: Sequence[Entry], root: str) -> str:
    versions = dict.fromkeys(entry.firmware_version for entry in entries)
    first = entries[0].cpl_number
    if not entries[1:]:
        version = by_bytes(entries[0].firmware_version)
        return f'<a href="{root}cpl/{first}/">{version}</a>{plate(first)}'
    shared = "image" if entries[0].image_hash else "version"
    told = " ".join(map(by_bytes, versions))
    return f"<b>{told}</b><small>{len(entries):,} entries, one {shared}</small>"


def _device(edition: Edition, entries: Sequence[Entry]) -> str:
    """What the devices are called; the Device Model where there is but one."""
    recorded = [entry for entry in entries if edition.record_of(entry)]
    types = {entry.device_type for entry in recorded}
    unnamed = (entry for entry in entries if entry.device_type not in types)
    names = dict.fromkeys(product(edition, entry) for entry in (*recorded, *unnamed))
    told = " · ".join(f"<bdi>{esc(name)}</bdi>" for name in names)
    models = dict.fromkeys(entry.device.device_model for entry in entries)
    return told if len(models) > 1 else f"{told} {identifier(*models)}"


def _devices(entries: Sequence[Entry], root: str) -> str:
    """Each Device Model of a release, leading to its entry; many are folded."""
    types = {entry.device_type for entry in entries}
    told = "".join(
        f'<li><a href="{root}cpl/{entry.cpl_number}/">{identifier(entry.device.device_model)}</a>'
        f"{plate(entry.cpl_number)}"
        f"{f' {esc(short_type(entry.device_type))}' if types != {entry.device_type} else ''}</li>"
        for entry in entries
    )
    listed = f'<ul class="of">{told}</ul>'
    if len(entries) <= _DEVICES:
        return listed
    return f"<details><summary>All {len(entries):,} entries</summary>{listed}</details>"


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
