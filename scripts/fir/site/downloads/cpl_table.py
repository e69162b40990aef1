"""`cpl.csv`: the snapshot in the 13 columns of the code administrator's own CSV."""

from __future__ import annotations

import csv
import io

from fir.cpl.sheet import COLUMNS, CONCATENATED, VERSION
from fir.model import Entry
from fir.site.edition import Edition

_SHARED = [column for column in COLUMNS if column.on_csv]
_BEFORE_CONCATENATED = "hardware_revision"


def cpl_header() -> list[str]:
    header = [VERSION]
    for column in _SHARED:
        header.append(column.header)
        if column.field == _BEFORE_CONCATENATED:
            header.append(CONCATENATED)
    return header


def cpl_csv(edition: Edition) -> bytes:
    """The entries that are on the list, CR LF between rows; a number that vanished is not on it."""
    year, month, day = edition.snapshot.issued_on.split("-")
    issue = f"Version {edition.snapshot.version} Issued on {day}-{month}-{year}"
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(cpl_header())
    for _, entry in sorted(edition.repository.entries.items()):
        if entry.listing != "no-longer-listed":
            writer.writerow((issue, *_values(entry)))
    return text.getvalue().encode("utf-8")


def _values(entry: Entry) -> list[str]:
    values = []
    for column in _SHARED:
        values.append(getattr(entry, column.field))
        if column.field == _BEFORE_CONCATENATED:
            values.append(entry.device.inventory_strings[1])
    return values
