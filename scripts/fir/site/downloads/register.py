"""`fir.json` and `fir.sqlite`: the whole register in one file, each fact once."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from fir.answers import Answer
from fir.answers.as_json import Json, entry_json
from fir.model import Manufacturer, Record
from fir.repository_entry import business_address
from fir.site.as_json import (
    change_json,
    edition_json,
    json_text,
    manufacturer_json,
    outcome_json,
    record_json,
)
from fir.site.edition import Edition


def fir_json(edition: Edition) -> bytes:
    """Put together piece by piece, because it is large."""
    content = io.BytesIO()
    content.write(json_text(edition_json(edition)).removesuffix("}").encode("utf-8"))
    for name, values in _parts(edition):
        content.write(f',"{name}":['.encode())
        for position, value in enumerate(values):
            content.write(f"{',' if position else ''}{json_text(value)}".encode())
        content.write(b"]")
    content.write(b"}\n")
    return content.getvalue()


def _parts(edition: Edition) -> Iterator[tuple[str, Iterable[Json | None]]]:
    repository = edition.repository
    pending = sorted(repository.pending, key=lambda each: each.path)
    records = [repository.by_number[number] for number in sorted(repository.by_number)]
    yield "entries", (entry_json(entry) for _, entry in sorted(repository.entries.items()))
    yield "records", (record_json(edition, record) for record in records)
    yield "pending", (record_json(edition, record) for record in pending)
    yield (
        "manufacturers",
        (manufacturer_json(each) for _, each in sorted(repository.manufacturers.items())),
    )
    yield "changes", map(change_json, repository.changes)
    yield (
        "answers",
        (
            {"cpl_number": number, **outcome_json(answer)}
            for number, answer in sorted(edition.answer_of.items())
        ),
    )


# The register as tables, with views for the questions that are asked most.

Row = tuple[str | int | None, ...]


def fir_sqlite(edition: Edition) -> bytes:
    """The file. Its bytes depend on the edition and on the version of SQLite, on nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fir.sqlite")
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN")
            for statement in _schema():
                connection.execute(statement)
            for table, rows in _tables(edition):
                _insert(connection, table, rows)
            connection.execute("COMMIT")
        finally:
            connection.close()
        return path.read_bytes()


def _schema() -> list[str]:
    """The statements one by one: a script as a whole would be a transaction of its own."""
    text = files(__package__).joinpath("database.sql").read_text(encoding="utf-8")
    return [statement for statement in text.split(";\n") if statement.strip()]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
        connection.execute(statement, first)
        connection.executemany(statement, rows)


def _tables(edition: Edition) -> Iterator[tuple[str, Iterable[Row]]]:
    """Rows in the order of their keys, which keeps the file small and the same each time."""
    repository = edition.repository
    records = [repository.by_number[number] for number in sorted(repository.by_number)]
    answers = [(number, edition.answer_of[number]) for number in sorted(repository.entries)]
    manufacturers = [each for _, each in sorted(repository.manufacturers.items())]
    yield "edition", edition_json(edition).items()
    yield "manufacturers", map(_manufacturer, manufacturers)
    yield "manufacturer_identifiers", _identifiers(manufacturers)
    yield "contacts", _contacts(edition, manufacturers)
    yield "entries", _entries(edition)
    yield "records", (_record(edition, record) for record in records)
    yield "upgrade_sources", _sources(records)
    yield "corrections", _corrections(records)
    yield "changes", ((None, *_nulled(change)) for change in repository.changes)
    yield "answers", ((number, *outcome_json(answer).values()) for number, answer in answers)
    yield "candidates", (row for each in answers for row in _candidates(*each))
    yield "since", (row for each in answers for row in _since(*each))
    yield "whom", (row for each in answers for row in _contacts_of(*each))


def _nulled(values: Iterable[str]) -> Iterator[str | None]:
    return (value or None for value in values)


def _manufacturer(each: Manufacturer) -> Row:
    also = "\n".join(each.also_known_as) or None
    return each.slug, each.name, each.website, also, each.succeeded_by


def _identifiers(manufacturers: Iterable[Manufacturer]) -> Iterator[Row]:
    return (
        (identifier, each.slug)
        for each in manufacturers
        for identifier in each.manufacturer_identifiers
    )


def _contacts(edition: Edition, manufacturers: Iterable[Manufacturer]) -> Iterator[Row]:
    for each in manufacturers:
        for device_type in sorted(edition.repository.policy.device_types):
            contact = each.contact_for(device_type)
            address = business_address(contact)
            yield (
                each.slug, device_type, contact.email, contact.telephone, address,
                contact.confirmed_on,
            )  # fmt: skip


def _entries(edition: Edition) -> Iterator[Row]:
    missing = {
        each.entry.cpl_number: "required" if each.required else "optional"
        for each in edition.coverage.missing
    }
    for number, entry in sorted(edition.repository.entries.items()):
        device = entry.device
        yield (
            *_nulled(entry), device.device_model, device.inventory_strings[1],
            entry.generation, entry.listing, missing.get(number),
        )  # fmt: skip


def _record(edition: Edition, record: Record) -> Row:
    last = edition.commits.last.get(record.path)
    withdrawn = record.withdrawn
    return (
        record.cpl_number,
        record.manufacturer,
        record.release_notes,
        record.product_name,
        record.released_on,
        record.release_notes_url,
        record.upgrade_from is not None,
        record.outage_alert_on_activation,
        record.outage_note,
        withdrawn.on if withdrawn else None,
        withdrawn.reason if withdrawn else None,
        withdrawn.replaced_by if withdrawn else None,
        record.path,
        last.name if last else None,
        last.on if last else None,
    )


def _sources(records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        for source in sorted(set(record.upgrade_from or ())):
            yield record.cpl_number, source


def _corrections(records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        for position, correction in enumerate(record.corrections, 1):
            yield record.cpl_number, position, *correction


def _candidates(number: str, answer: Answer) -> Iterator[Row]:
    for relation in ("newer", "unclear"):
        for firmware in getattr(answer, f"{relation}_firmware"):
            yield number, firmware.entry.cpl_number, relation


def _since(number: str, answer: Answer) -> Iterator[Row]:
    way = answer.way
    for position, (firmware, _, repeats) in enumerate(way.since if way else (), 1):
        notes_of = firmware.record.cpl_number if firmware.record else None
        install = way is not None and firmware in way.steps
        yield number, position, firmware.entry.cpl_number, notes_of, repeats, install


def _contacts_of(number: str, answer: Answer) -> Iterator[Row]:
    return ((number, position, slug) for position, slug in enumerate(answer.whom, 1))
