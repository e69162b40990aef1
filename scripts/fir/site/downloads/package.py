"""`datapackage.json`, which describes the other files to programs, and `SHA256SUMS`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fir.report.json import as_json
from fir.site.as_json import NAME
from fir.site.downloads.download import Download
from fir.site.edition import Edition

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def datapackage_json(edition: Edition, files: Iterable[Download]) -> bytes:
    """A Frictionless data package, version 2: each file with its size, its hash and its fields."""
    snapshot = edition.snapshot
    demonstration = " Demonstration data: all of it is invented." if snapshot.demonstration else ""
    package = {
        "$schema": _PROFILE,
        "name": "firmware-information-repository",
        "title": NAME,
        "description": "Firmware releases, release notes and manufacturer contacts for the "
        f"Central Products List (Smart Energy Code, F2.14 to F2.17).{demonstration}",
        "version": snapshot.version,
        "created": f"{edition.commits.day or snapshot.issued_on}T00:00:00Z",
        "sources": [
            {"title": f"Central Products List {snapshot.version}, issued {snapshot.issued_on}"}
        ],
        "resources": [_resource(file) for file in files],
    }
    return as_json(package).encode("utf-8")


def _resource(file: Download) -> dict[str, Any]:
    stem, _, ending = file.name.partition(".")
    resource = {
        "name": f"{stem}-{ending}",
        "path": file.name,
        "title": file.title,
        "description": file.holds,
        "format": ending,
        "mediatype": file.media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if file.fields:
        schema = {"fields": list(file.fields), "missingValues": [""], "primaryKey": [file.key]}
        resource |= {"type": "table", "encoding": "utf-8", "schema": schema}
    return resource


def sha256sums(files: Sequence[Download]) -> bytes:
    """What `sha256sum --check` reads."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files).encode("utf-8")
