"""The last parts of an entry's page: its release, what the CPL changed of it, where it is from."""

from __future__ import annotations

from collections.abc import Iterator

from fir.model import Change, Entry
from fir.publish.edition import Edition, release
from fir.publish.entry_line import line
from fir.publish.feeds import model_feed
from fir.publish.follow import machines
from fir.publish.markup import Section, day, esc, table, terms
from fir.publish.remembered import once_an_edition
from fir.publish.shown import ROOT, Shown, count, field_title
from fir.publish.sign import marks, to_cpl, to_issue, to_model


def history(page: Shown) -> Iterator[Section]:
    """Those that have something to say."""
    for part in (_release, line, _changes, _source):
        found = part(page)
        if found:
            yield found


def _release(page: Shown) -> Section | None:
    entries = page.edition.releases[release(page.entry)]
    if len(entries) == 1:
        return None
    told = "".join(
        f'<tr><th scope="row">{_name(page, entry)}</th>{_row(page.edition, entry.cpl_number)}</tr>'
        for entry in entries
    )
    shared = "image" if page.entry.image_hash else "firmware version"
    lead = f"{count(len(entries)).capitalize()} entries share this {shared}"
    heads = ("CPL number", "Device Model", "Type", "Answer")
    return Section("same", "Same release", lead, table(heads, told))


def _name(page: Shown, entry: Entry) -> str:
    if entry.cpl_number == page.entry.cpl_number:
        return f'<b class="pn">{entry.cpl_number}</b> this entry'
    return to_cpl(entry.cpl_number, ROOT)


@once_an_edition
def _row(edition: Edition, number: str) -> str:
    """What a row says of an entry, on each page of its release."""
    entry = edition.repository.entries[number]
    return (
        f"<td>{to_model(entry.device.device_model, ROOT)}</td>"
        f'<td data-l="">{esc(entry.device_type)}</td><td>{marks(edition, entry)}</td>'
    )


def _changes(page: Shown) -> Section | None:
    changes = page.edition.told(page.entry)
    if not changes:
        return None
    rows = [(each, *_in_words(page.edition, each)) for each in changes]
    told = "".join(
        f'<tr><th scope="row">{to_issue(page.edition, each.version, ROOT)}, '
        f'{day(each.issued_on)}</th><td>{field}</td><td data-l="Before">{before}</td>'
        f'<td data-l="After">{after}</td></tr>'
        for each, field, before, after in rows
    )
    since = esc(page.edition.recorded_since)
    lead = f"Recorded here since CPL {since}; what the list changed earlier is not shown"
    listed = table(("CPL issue", "Field", "Before", "After"), told)
    return Section("changes", "Changes on the CPL", lead, listed)


def _in_words(edition: Edition, change: Change) -> tuple[str, str, str]:
    """The field, before and after; that an entry was listed is said in a word of its own."""
    if (change.field, change.before, change.after) == ("status", "", "Current"):
        return "Entry", "none", "listed"
    field = field_title(edition, change.field)
    return field, day(change.before) or "none", day(change.after) or "none"


def _source(page: Shown) -> Section:
    edition, record = page.edition, page.record
    path = changed = ""
    if record:
        url = edition.source(record.path, "blob")
        path = f'<code class="path">{esc(record.path)}</code>'
        path = f'<a href="{esc(url)}">{path}</a>' if url else path
        commit = edition.commits.last.get(record.path)
        changed = f"{day(commit.on)}, commit <code>{commit.short}</code>" if commit else "not known"
    made = (
        f"commit <code>{edition.commit}</code>{edition.changed}" if edition.commit else "no commit"
    )
    rows = (
        ("Central Products List", f"CPL {esc(edition.snapshot.version)}, issued {edition.issued}"),
        ("Record", path),
        ("Last changed", changed),
        ("Made from", made),
        ("For machines", _machines(page.entry)),
    )
    return Section("source", "Where this comes from", "", terms(rows))


def _machines(entry: Entry) -> str:
    feed, file = model_feed(entry.device.device_model), f"entries/{entry.cpl_number}.json"
    return machines(feed, "this Device Model", file, ROOT)
