"""The page of the downloads: what each holds, its size and its hash."""

from __future__ import annotations

from collections.abc import Iterable

from fir.publish.dataset import dataset
from fir.publish.downloads import Download, downloads, templates
from fir.publish.edition import Edition
from fir.publish.markup import Section, esc, in_code, section, table
from fir.publish.page import Page


def data_page(edition: Edition) -> Page:
    told = dataset(edition, downloads(edition))
    content = _files(edition) + _templates(edition) + _columns(edition) + told
    return Page(url="data/", shell="data/", content=content)


def _files(edition: Edition) -> str:
    lead = f"Made from CPL {esc(edition.snapshot.version)}, issued {edition.issued}"
    return section(Section("files", "Download", lead, _listed(downloads(edition))))


def _templates(edition: Edition) -> str:
    way = (
        '<p>Fill in a row for each record and <a href="../guides/manufacturers/#table">send the '
        "file in</a>.</p>"
    )
    body = way + _listed(templates(edition))
    return section(Section("templates", "To fill in", "For whoever sends in records", body))


def _listed(files: Iterable[Download]) -> str:
    told = "".join(
        f'<tr><th scope="row"><a href="{file.name}" download>{file.name}</a></th>'
        f'<td data-l="">{in_code(file.holds)}'
        f'<small>SHA-256 <code class="path">{file.sha256}</code></small></td>'
        f'<td class="n" data-l="Bytes">{file.size:,}</td></tr>'
        for file in files
    )
    return table(("File", "Holds", "#Bytes"), told, "files")


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
