"""Every file under `/data/`: the one list that the data page, programs and `SHA256SUMS` follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from weakref import WeakKeyDictionary

from fir.repository_entry import fir_csv
from fir.site.downloads.package import Download, Kind, datapackage_json, sha256sums
from fir.site.downloads.register import fir_json, fir_sqlite
from fir.site.downloads.tables import cpl_csv, cpl_fields, fir_fields
from fir.site.downloads.workbooks import dictionary_csv, fir_xlsx, template_csv, template_xlsx
from fir.site.edition import Edition

__all__ = ["Download", "download_files", "downloads", "templates"]

Made = tuple[Kind, Callable[[Edition], bytes]]
_DATA: tuple[Made, ...] = (
    (
        Kind(
            "fir.csv",
            "text/csv",
            "The whole table",
            "A row a record, every field of F2.15 and more, each value exactly as it is.",
        ),
        lambda edition: fir_csv(edition.repository),
    ),
    (
        Kind(
            "fir.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "The whole table as a workbook",
            "The same rows for a spreadsheet program, every cell as text, and what each column "
            "holds.",
        ),
        fir_xlsx,
    ),
    (
        Kind(
            "fir.json",
            "application/json",
            "The register as JSON",
            "Every CPL entry, record, submission, manufacturer, change and answer in one file.",
        ),
        fir_json,
    ),
    (
        Kind(
            "cpl.csv",
            "text/csv",
            "The CPL snapshot",
            "The entries in the 13 columns of the code administrator’s own CSV.",
        ),
        cpl_csv,
    ),
    (
        Kind(
            "fir.sqlite",
            "application/vnd.sqlite3",
            "The register as a database",
            "Every CPL entry with its answer, records, contacts and changes, and views to ask.",
        ),
        fir_sqlite,
    ),
)
_TEMPLATES: tuple[Made, ...] = (
    (
        Kind(
            "submission-template.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "The table to fill in, as a workbook",
            "A row a record. Every cell is text already, so that no zero is lost; a second sheet "
            "says what belongs into each column.",
        ),
        template_xlsx,
    ),
    (
        Kind(
            "submission-template.csv",
            "text/csv",
            "The table to fill in",
            "The heads of its columns alone. Format the columns as text before you type.",
        ),
        template_csv,
    ),
    (
        Kind(
            "submission-columns.csv",
            "text/csv",
            "The columns of the table to fill in",
            "What belongs into each column, whether it must be there, and an example.",
        ),
        dictionary_csv,
    ),
)
_TABLES = {"fir.csv": ("cpl_number", fir_fields), "cpl.csv": ("Entry.number", cpl_fields)}
_PACKAGE = Kind(
    "datapackage.json",
    "application/json",
    "Data package",
    "What the other files are and hold, for programs that read Frictionless data packages.",
)
_SUMS = Kind(
    "SHA256SUMS",
    "text/plain",
    "Checksums",
    "The SHA-256 of each file, for `sha256sum --check SHA256SUMS`.",
)
_made: WeakKeyDictionary[Edition, tuple[Download, ...]] = WeakKeyDictionary()
_TO_FILL_IN = {kind.name for kind, _ in _TEMPLATES}


def downloads(edition: Edition) -> tuple[Download, ...]:
    """What there is to say of each file of the register."""
    return tuple(each for each in _all(edition) if each.name not in _TO_FILL_IN)


def templates(edition: Edition) -> tuple[Download, ...]:
    """What there is to say of each file that is there to be filled in and sent back."""
    return tuple(each for each in _all(edition) if each.name in _TO_FILL_IN)


def _all(edition: Edition) -> tuple[Download, ...]:
    """Every file; they are made for it where that is not yet done."""
    if edition not in _made:
        for _ in download_files(edition):
            pass
    return _made[edition]


def download_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file with its place below the site's address, made when its turn comes.

    Nobody keeps them, and no two large ones are made in a row: together they are as large as all
    that was read.
    """
    made: list[Download] = []
    for kind, make in _DATA:
        content = make(edition)
        made.append(_described(edition, kind.of(content)))
        yield made[-1].path, content
    package = datapackage_json(edition, made)
    made.append(_PACKAGE.of(package))
    yield made[-1].path, package
    for kind, make in _TEMPLATES:
        content = make(edition)
        made.append(kind.of(content))
        yield made[-1].path, content
    sums = sha256sums(made)
    made.append(_SUMS.of(sums))
    yield made[-1].path, sums
    _made[edition] = tuple(made)


def _described(edition: Edition, file: Download) -> Download:
    if file.name not in _TABLES:
        return file
    key, fields = _TABLES[file.name]
    return file._replace(key=key, fields=fields(edition.repository.shapes))
