"""The downloads, and the page that tells what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from fir.publish.dataset import dataset
from fir.publish.edition import Edition
from fir.publish.markup import Section, esc, section, table, terms
from fir.publish.page import Page
from fir.table import fir_csv


@lru_cache(maxsize=1)
def _fir_csv(edition: Edition) -> bytes:
    """Once for the file, once for what its page tells of it."""
    return fir_csv(edition.repository)


def downloads(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file with its place below the site's address."""
    yield "data/fir.csv", _fir_csv(edition)


def data_page(edition: Edition) -> Page:
    told = dataset(edition, downloads(edition))
    return Page(url="data/", shell="data/", content=_files(edition) + _columns(edition) + told)


def _files(edition: Edition) -> str:
    told = []
    for path, content in downloads(edition):
        name = path.rpartition("/")[2]
        rows = len(edition.repository.by_number)
        told.append(
            terms(
                (
                    ("File", f'<a href="{name}" download>{name}</a>'),
                    ("Holds", f"{rows:,} {'row' if rows == 1 else 'rows'}, {len(content):,} bytes"),
                    ("SHA-256", f'<code class="path">{hashlib.sha256(content).hexdigest()}</code>'),
                    ("Made from", f"CPL {esc(edition.snapshot.version)}, issued {edition.issued}"),
                )
            )
        )
    return section(Section("files", "Download", "The whole table", "".join(told)))


def _columns(edition: Edition) -> str:
    """Name, title and description of every column, as the schema has them."""
    schema = edition.repository.shapes.schemas["joined"]["properties"]
    told = "".join(
        f'<tr><th scope="row"><code>{esc(column)}</code></th>'
        f'<td data-l="">{esc(_told(edition, column))}</td></tr>'
        for column in schema
    )
    listed = table(("Column", "Holds"), told, "columns")
    return section(Section("columns", "Columns", "Empty where nothing is known", listed))


def _told(edition: Edition, column: str) -> str:
    return str(edition.repository.shapes.field("joined", [column]).get("description", ""))
