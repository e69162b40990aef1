"""Firmware releases as rows of a table: the entries that share one image stand in one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fir.model import Entry
from fir.publish.edition import Edition, release
from fir.publish.markup import by_bytes, esc, icon, identifier, table
from fir.publish.sign import counted_marks, plate, product, short_type, whose

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
