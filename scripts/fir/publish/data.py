"""The page of the downloads: what each holds, its size and its hash."""

from __future__ import annotations

from fir.publish.dataset import dataset
from fir.publish.downloads import downloads
from fir.publish.edition import Edition
from fir.publish.markup import Section, esc, in_code, section, table
from fir.publish.page import Page


def data_page(edition: Edition) -> Page:
    told = dataset(edition, downloads(edition))
    return Page(url="data/", shell="data/", content=_files(edition) + _columns(edition) + told)


def _files(edition: Edition) -> str:
    told = "".join(
        f'<tr><th scope="row"><a href="{file.name}" download>{file.name}</a></th>'
        f'<td data-l="">{in_code(file.holds)}'
        f'<small>SHA-256 <code class="path">{file.sha256}</code></small></td>'
        f'<td class="n" data-l="Bytes">{file.size:,}</td></tr>'
        for file in downloads(edition)
    )
    lead = f"Made from CPL {esc(edition.snapshot.version)}, issued {edition.issued}"
    listed = table(("File", "Holds", "#Bytes"), told, "files")
    return section(Section("files", "Download", lead, listed))


def _columns(edition: Edition) -> str:
    """Name, title and description of every column, as the schema has them."""
    schema = edition.repository.shapes.schemas["joined"]["properties"]
    told = "".join(
        f'<tr><th scope="row"><code>{esc(column)}</code></th>'
        f'<td data-l="">{esc(_told(edition, column))}</td></tr>'
        for column in schema
    )
    listed = table(("Column", "Holds"), told, "columns")
    return section(
        Section(
            "columns", "Columns", "Of fir.csv and fir.xlsx; empty where nothing is known", listed
        )
    )


def _told(edition: Edition, column: str) -> str:
    return str(edition.repository.shapes.field("joined", [column]).get("description", ""))
