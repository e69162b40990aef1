"""Entries in rows of tables: their badges, their latest firmware, and the table itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from markupsafe import Markup, escape

from fir.answers import History
from fir.model import Entry
from fir.site.components import (
    answer_badge,
    badge,
    by_bytes,
    cpl_badge,
    entry_link,
    manufacturer_names,
    model_link,
    phrase,
)
from fir.site.edition import Edition, once_an_edition
from fir.site.entry_view import UNRECORDED, badges, product_name
from fir.site.rendering import macro
from fir.site.wording import NO_DAY, day

_piece = partial(macro, "components.html")


def entry_badges(edition: Edition, entry: Entry) -> Markup:
    """What a row says of an entry: the answer, its own status where that differs, no record."""
    return phrase("").join(badge(*each) for each in badges(edition, entry))


def counted_badges(edition: Edition, entries: Sequence[Entry]) -> Markup:
    """What a row says of several entries: each badge, counted where not all of them bear it."""
    found = Counter(each for entry in entries for each in badges(edition, entry))
    found[UNRECORDED] = found.pop(UNRECORDED, 0)  # said last
    return phrase("").join(
        badge(shape, word if count == len(entries) else f"{word}: {count:,} of {len(entries):,}")
        for (shape, word), count in found.items()
        if count
    )


class _Row(NamedTuple):
    badges: Markup
    number: str
    version: Markup
    device: str
    below: str
    listed: str


def entry_table(
    edition: Edition, entries: Iterable[Entry], root: str, *, company: bool = False
) -> Markup:
    """Entries as a table led by the answer; `company` names the manufacturer of each."""
    head = "Manufacturer and device" if company else "Device"
    rows = [_row(edition, entry, root, company) for entry in entries]
    return _piece("entry_table")(rows, head, root)


def _row(edition: Edition, entry: Entry, root: str, company: bool) -> _Row:
    device: str = product_name(edition, entry)
    below: str = model_link(entry.device.device_model, root)
    if company:
        device, below = manufacturer_names(edition, entry) or "No contact yet", device
    return _Row(
        entry_badges(edition, entry),
        entry.cpl_number,
        by_bytes(entry.firmware_version),
        device,
        below,
        day(entry.first_issued_on) or NO_DAY,
    )


def latest_firmware(history: History, root: str) -> Markup:
    """The latest firmware of a line in one cell of a table, or why there is none to name."""
    found = history.latest
    if found:
        return entry_link(found.entry, root) + cpl_badge(found.entry.cpl_number)
    if any(firmware.offered for firmware in history.firmware):
        return answer_badge("unclear")
    return escape("none on offer")


@once_an_edition
def release_cells(edition: Edition, number: str, root: str) -> Markup:
    """What a row says of an entry, on each page of its release."""
    entry = edition.repository.entries[number]
    model = model_link(entry.device.device_model, root)
    return _piece("release_cells")(model, entry.device_type, entry_badges(edition, entry))
