"""The page of the downloads: what each holds, its size and its hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fir.site.downloads import Download, downloads, templates
from fir.site.edition import Edition
from fir.site.rendering import render
from fir.site.shell import Page

_NAME = "Firmware Information Repository of the Smart Energy Code"
_DESCRIPTION = (
    "Firmware releases, release notes and manufacturer contacts for the smart metering devices on "
    "Great Britain’s Central Products List (CPL), one row a record, by CPL number."
)


def data_page(edition: Edition) -> Page:
    files = downloads(edition)
    content = render(
        "data.html",
        cpl_version=edition.snapshot.version,
        issued=edition.issued,
        files=files,
        templates=templates(edition),
        columns=list(_columns(edition)),
        dataset=dataset(edition, files),
    )
    return Page(url="data/", shell="data/", content=content)


def _columns(edition: Edition) -> Iterator[tuple[str, str]]:
    """Name and description of every column, as the schema has them."""
    shapes = edition.repository.shapes
    for column in shapes.schemas["joined"]["properties"]:
        yield column, str(shapes.field("joined", [column]).get("description", ""))


def dataset(edition: Edition, files: Iterable[Download]) -> dict[str, Any]:
    """What search engines for data read of the downloads: schema.org's `Dataset`, as JSON-LD."""
    snapshot, policy = edition.snapshot, edition.repository.policy
    made_from = f", commit {edition.commit}{edition.changed}" if edition.commit else ""
    return {
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


def _download(site_url: str, file: Download) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.title,
        "contentUrl": f"{site_url}{file.path}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
