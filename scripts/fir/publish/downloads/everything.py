"""`fir.json`: the whole register in one file, each fact once."""

from __future__ import annotations

from fir.answer.as_json import entry_json
from fir.publish.as_json import (
    edition_json,
    json_text,
    manufacturer_json,
    outcome_json,
    record_json,
)
from fir.publish.edition import Edition


def fir_json(edition: Edition) -> bytes:
    repository = edition.repository
    everything = {
        **edition_json(edition),
        "entries": [entry_json(entry) for _, entry in sorted(repository.entries.items())],
        "records": [
            record_json(edition, record) for _, record in sorted(repository.by_number.items())
        ],
        "pending": [
            record_json(edition, record)
            for record in sorted(repository.pending, key=lambda each: each.path)
        ],
        "manufacturers": [
            manufacturer_json(each) for _, each in sorted(repository.manufacturers.items())
        ],
        "changes": [
            {name: value or None for name, value in change._asdict().items()}
            for change in repository.changes
        ],
        "answers": [
            {"cpl_number": number, **outcome_json(answer)}
            for number, answer in sorted(edition.answer_of.items())
        ],
    }
    return f"{json_text(everything)}\n".encode()
