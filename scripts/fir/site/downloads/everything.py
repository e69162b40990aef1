"""`fir.json`: the whole register in one file, each fact once."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from fir.answers.as_json import Json, entry_json
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
