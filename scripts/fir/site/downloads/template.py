"""The table in which many records are sent in, empty, and what belongs into each of its columns.

`fir add` reads what comes of it; both follow the one list of `fir.columns`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from fir.model import Shapes
from fir.site.downloads.text_workbook import TextSheet, text_workbook
from fir.site.edition import Edition
from fir.submissions.columns import columns

_WIDE = {"release_notes": 80, "device_type": 46, "address_lines": 40}


def template_csv(edition: Edition) -> bytes:
    """The heads alone, which any spreadsheet program opens."""
    return _csv([_heads(edition.repository.shapes)])


def template_xlsx(edition: Edition) -> bytes:
    """The heads above columns of text, so that zeros stay, and a sheet that explains them."""
    shapes = edition.repository.shapes
    heads = _heads(shapes)
    widths = [_WIDE.get(name, max(14, len(name) + 4)) for name in heads]
    sheets = (
        TextSheet("Records", [heads], widths),
        TextSheet("Columns", _dictionary(shapes), (28, 32, 10, 100, 60)),
    )
    return text_workbook(edition, sheets)


def dictionary_csv(edition: Edition) -> bytes:
    return _csv(_dictionary(edition.repository.shapes))


def _heads(shapes: Shapes) -> list[str]:
    return [column.name for column in columns(shapes)]


def _dictionary(shapes: Shapes) -> list[list[str]]:
    """Of every column what belongs into it, with an example."""
    head = ["column", "title", "required", "what belongs into it", "example"]
    told = [
        [each.name, each.title, "yes" if each.required else "no", each.description, each.example]
        for each in columns(shapes)
    ]
    return [head, *told]


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Marked as UTF-8, because it is people who open it, with Excel."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("utf-8-sig")
