"""`fir.xlsx`: the table of `fir.csv` as a workbook in which every cell is text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fir.repository_entry import rows
from fir.site.as_json import NAME, edition_json
from fir.site.downloads.text_workbook import TextSheet, text_workbook
from fir.site.edition import Edition

_WIDTHS = {"release_notes": 80, "business_address": 40, "corrections": 40, "image_hash": 40}


def fir_xlsx(edition: Edition) -> bytes:
    columns = list(edition.repository.shapes.schemas["joined"]["properties"])
    table = (list(row.values()) for _, row in rows(edition.repository))
    widths = [_WIDTHS.get(column, max(14, len(column) + 4)) for column in columns]
    sheets = (
        TextSheet("Records", (columns, *table), widths),
        TextSheet("Columns", _dictionary(edition, columns), (28, 32, 100, 60)),
        TextSheet("About", _about(edition), (24, 100)),
    )
    return text_workbook(edition, sheets)


def _dictionary(edition: Edition, columns: Iterable[str]) -> Iterable[Sequence[str]]:
    """What each column holds, in the schema's own words."""
    yield "Column", "Title", "Description", "Example"
    for column in columns:
        told = edition.repository.shapes.field("joined", [column])
        yield column, told["title"], told["description"], next(filter(None, told["examples"]), "")


def _about(edition: Edition) -> Iterable[Sequence[str]]:
    yield "What", "Value"
    yield NAME, "Smart Energy Code, Sections F2.14 to F2.17"
    for name, value in edition_json(edition).items():
        yield name, str({True: "yes", False: "no", None: "none"}.get(value, value))
