"""Every file under `/data/`: the one list that the data page, programs and `SHA256SUMS` follow."""

from __future__ import annotations

from functools import lru_cache

from fir.publish.downloads.cpl_table import cpl_csv
from fir.publish.downloads.database import fir_sqlite
from fir.publish.downloads.download import Download
from fir.publish.downloads.everything import fir_json
from fir.publish.downloads.fields import cpl_fields, fir_fields
from fir.publish.downloads.package import datapackage_json, sha256sums
from fir.publish.downloads.workbook import fir_xlsx
from fir.publish.edition import Edition
from fir.table import fir_csv

__all__ = ["Download", "downloads"]


@lru_cache(maxsize=1)
def downloads(edition: Edition) -> tuple[Download, ...]:
    """Made once for each edition: their pages tell sizes and hashes."""
    facts = (_fir_csv(edition), _fir_xlsx(edition), _database(edition), _json(edition))
    data = (*facts, _cpl_csv(edition))
    package = Download(
        "datapackage.json",
        "application/json",
        "Data package",
        "What the other files are and hold, for programs that read Frictionless data packages.",
        datapackage_json(edition, data),
    )
    sums = Download(
        "SHA256SUMS",
        "text/plain",
        "Checksums",
        "The SHA-256 of each file, for `sha256sum --check SHA256SUMS`.",
        sha256sums((*data, package)),
    )
    return (*data, package, sums)


def _fir_csv(edition: Edition) -> Download:
    return Download(
        "fir.csv",
        "text/csv",
        "The whole table",
        "A row a record, every field of F2.15 and more, each value exactly as it is.",
        fir_csv(edition.repository),
        "cpl_number",
        fir_fields(edition.repository.shapes),
    )


def _fir_xlsx(edition: Edition) -> Download:
    return Download(
        "fir.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "The whole table as a workbook",
        "The same rows for a spreadsheet program, every cell as text, with what each column holds.",
        fir_xlsx(edition),
    )


def _database(edition: Edition) -> Download:
    return Download(
        "fir.sqlite",
        "application/vnd.sqlite3",
        "The register as a database",
        "Every CPL entry with its answer, records, contacts and changes, and views to ask.",
        fir_sqlite(edition),
    )


def _json(edition: Edition) -> Download:
    return Download(
        "fir.json",
        "application/json",
        "The register as JSON",
        "Every CPL entry, record, submission, manufacturer, change and answer in one file.",
        fir_json(edition),
    )


def _cpl_csv(edition: Edition) -> Download:
    return Download(
        "cpl.csv",
        "text/csv",
        "The CPL snapshot",
        "The entries in the 13 columns of the code administrator’s own CSV.",
        cpl_csv(edition),
        "Entry.number",
        cpl_fields(edition.repository.shapes),
    )
