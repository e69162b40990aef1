"""What search engines for data read of the downloads: schema.org's `Dataset`, as JSON-LD."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from fir.publish.edition import Edition

_NAME = "Firmware Information Repository of the Smart Energy Code"
_DESCRIPTION = (
    "Firmware releases, release notes and manufacturer contacts for the smart metering devices on "
    "Great Britain’s Central Products List (CPL), one row a record, by CPL number."
)
_FORMATS = {"csv": "text/csv", "json": "application/json"}
# JSON within HTML: nothing may end the element, or look like the beginning of another.
_WITHIN_HTML = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})


def dataset(edition: Edition, files: Iterable[tuple[str, bytes]]) -> str:
    """An element for the page of the downloads; each file with its place below the site's."""
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
        "distribution": [_download(edition.site_url + path, content) for path, content in files],
    }
    text = json.dumps(told, allow_nan=False).translate(_WITHIN_HTML)
    return f'<script type="application/ld+json">{text}</script>'


def _download(url: str, content: bytes) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "contentUrl": url,
        "encodingFormat": _FORMATS.get(url.rpartition(".")[2], "application/octet-stream"),
        "contentSize": f"{len(content)} B",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
