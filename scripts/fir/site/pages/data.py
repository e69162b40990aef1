"""The page of the downloads: what each holds, its size and its hash."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fir.site.components import Section, in_code
from fir.site.downloads import Download, downloads, templates
from fir.site.edition import Edition
from fir.site.html import esc, section, table
from fir.site.shell import Page

# What search engines for data read of the downloads: schema.org's `Dataset`, as JSON-LD.

_NAME = "Firmware Information Repository of the Smart Energy Code"
_DESCRIPTION = (
    "Firmware releases, release notes and manufacturer contacts for the smart metering devices on "
    "Great Britain’s Central Products List (CPL), one row a record, by CPL number."
)
# JSON within HTML: nothing may end the element, or look like the beginning of another.
_WITHIN_HTML = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


def dataset(edition: Edition, files: Iterable[Download]) -> str:
    """An element for the page of the downloads."""
    snapshot, policy = edition.snapshot, edition.repository.policy
    made_from = f", commit {edition.commit}{edition.changed}" if edition.commit else ""
    told = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": _NAME,
        "description": _DESCRIPTION,
        "url": f"{edition.site_url}data/",
        "license": f"{edition.site_url}about/#licence",
        "version": f"CPL {snapshot.version}{made_from}",
        "dateModified": edition.commits.day or snapshot.issued_on,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "spatialCoverage": "Great Britain",
        "publisher": {
            "@type": "Organization",
            "name": policy.panel_name,
            "email": policy.panel_email,
        },
        "distribution": [_download(edition.site_url, file) for file in files],
    }
    text = json.dumps(told, allow_nan=False).translate(_WITHIN_HTML)
    return f'<script type="application/ld+json">{text}</script>'


def _download(site_url: str, file: Download) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": f"{site_url}{file.path}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


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
