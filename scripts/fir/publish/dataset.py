"""What search engines for data read of the downloads: schema.org's `Dataset`, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fir.publish.downloads import Download
from fir.publish.edition import Edition

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
