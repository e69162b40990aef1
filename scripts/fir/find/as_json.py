"""What a look-up found as plain values, for `fir find --format json`."""

from __future__ import annotations

from fir.answer.as_json import Json, answer_json, entry_json
from fir.find import Found
from fir.model import Repository, Snapshot


def found_json(query: str, found: Found, repository: Repository, snapshot: Snapshot) -> Json:
    """What `fir find` prints: how the query was read, and the answer for each entry it means."""
    unknown = found.unknown
    return {
        "query": query,
        "cpl_version": snapshot.version,
        "cpl_issued_on": snapshot.issued_on,
        "demonstration": snapshot.demonstration,
        "parts": [
            {"text": part.text, "known": known}
            for part, known in zip(found.parts, found.known, strict=True)
        ],
        "as_typed": found.as_typed,
        "hits": [
            {
                "cpl_number": hit.entry.cpl_number,
                "read_as": [
                    {"means": each.means, "value": each.value, "coding": each.coding or None}
                    for each in hit.readings
                ],
                "entry": entry_json(hit.entry),
                **answer_json(hit.answer, repository),
            }
            for hit in found.hits
        ],
        "unknown": answer_json(unknown.answer, repository) if unknown else None,
    }
