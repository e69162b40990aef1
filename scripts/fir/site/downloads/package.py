"""What is said of each file to download: on its page, in `datapackage.json`, in `SHA256SUMS`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from fir.report.json import as_json
from fir.site.as_json import NAME
from fir.site.edition import Edition


class Download(NamedTuple):
    name: str
    media_type: str
    title: str
    holds: str
    """One sentence: what is in it, and for whom."""
    size: int
    sha256: str
    key: str = ""
    fields: tuple[dict[str, Any], ...] = ()
    """Of a CSV file: its columns, and the one that tells its rows apart."""

    @property
    def path(self) -> str:
        """Below the site's address."""
        return f"data/{self.name}"


class Kind(NamedTuple):
    """What is known of a file before it is made."""

    name: str
    media_type: str
    title: str
    holds: str

    def of(self, content: bytes) -> Download:
        return Download(*self, len(content), hashlib.sha256(content).hexdigest())


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
