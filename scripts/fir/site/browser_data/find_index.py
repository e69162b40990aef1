"""What a browser looks entries up in: one table of columns, and how queries are read.

A column is its distinct values and, for each entry in the order of numbers, which of them it has.
The answer is part of the table: the browser looks it up and works nothing out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from fir.answers import INVENTORY_TYPES
from fir.answers.as_text import MEANS
from fir.answers.query import DECIMAL, HASH, LONGEST, MOST_PARTS, RUNS, SPANS
from fir.answers.sentences import UNKNOWN, WORDS
from fir.model import Entry
from fir.site.components import SHAPES, short_type
from fir.site.edition import Edition, once_an_edition
from fir.site.html import day


@once_an_edition
def find_index(edition: Edition) -> bytes:
    """`find/index.json`: how queries are read, what words there are, and the columns."""
    entries = [edition.repository.entries[number] for number in sorted(edition.repository.entries)]
    policy = edition.repository.policy
    return compact(
        {
            "cpl": {"version": edition.snapshot.version, "issued_on": edition.issued},
            "panel": {"name": policy.panel_name, "email": policy.panel_email},
            "reading": reading_rules(),
            "answers": {name: [shape, WORDS[name]] for name, shape in SHAPES.items()},
            "unknown": {name: [WORDS[name], said] for name, said in UNKNOWN.items()},
            "types": {entry.device_type: short_type(entry.device_type) for entry in entries},
            "makers": {
                slug: [each.name, each.also_known_as, each.manufacturer_identifiers]
                for slug, each in sorted(edition.repository.manufacturers.items())
            },
            "numbers": _runs([entry.cpl_number for entry in entries]),
            "columns": {
                name: _column(values)
                for name, values in zip(_COLUMNS, _turned(edition, entries), strict=True)
            },
        }
    )


_COLUMNS = (
    "type", "model", "firmware", "generation", "version", "gbcs", "label", "creator",
    "product", "makers", "answer", "listing", "apart", "recorded", "outage",
    "certificate", "listed",
)  # fmt: skip


def reading_rules() -> dict[str, object]:
    """How the parts of a query are read, by the browser as by `fir find`."""
    return {
        "longest": LONGEST,
        "most_parts": MOST_PARTS,
        "runs": RUNS,
        "spans": SPANS,
        "decimal": DECIMAL,
        "hash": (HASH.start, HASH.stop - 1),
        "inventory_types": INVENTORY_TYPES,
        "means": MEANS,
    }


def _row(edition: Edition, entry: Entry) -> tuple[Hashable, ...]:
    """What the table says of one entry, in the order of its columns."""
    record, answer = edition.record_of(entry), edition.answer_of[entry.cpl_number]
    return (
        entry.device_type,
        "".join(entry[3:7]),
        entry.firmware_version,
        entry.generation,
        entry.smets_chts_version,
        entry.gbcs_version.removeprefix("GBCS Version "),
        entry.label,
        entry.image_creator,
        (record and record.product_name) or "",
        tuple(maker.slug for maker in edition.makers(entry)),
        answer.answer,
        entry.listing,
        int(entry.listing != "current" and answer.listing == "current"),
        int(record is not None),
        (record and record.outage_alert_on_activation) or "unknown",
        certificate(edition, entry),
        entry.first_issued_on,
    )


def _turned(edition: Edition, entries: Iterable[Entry]) -> Iterable[tuple[Hashable, ...]]:
    rows = [_row(edition, entry) for entry in entries]
    return zip(*rows, strict=True) if rows else [() for _ in _COLUMNS]


def _column(values: Iterable[Hashable]) -> dict[str, list[Any]]:
    known: dict[Hashable, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return {"values": list(known), "codes": codes}


def _runs(numbers: list[str]) -> list[tuple[str, int]]:
    """Numbers in a row as the first of them and how many they are."""
    runs: list[tuple[str, int]] = []
    for number in numbers:
        if runs and int(number) == int(runs[-1][0]) + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def certificate(edition: Edition, entry: Entry) -> tuple[str, str, str]:
    """How the CPA certificate stands when this CPL was issued: in words, its day, and its state.

    The state is `passed`, `soon` (within twelve months), `later`, or `none` where there is no day.
    """
    expiry, issued = entry.cpa_expiry, edition.snapshot.issued_on
    if not expiry:
        return ("No day on the CPL" if entry.cpa_certificate else "None on the CPL", "", "none")
    review = entry.cpa_certificate.startswith("[R]")
    if expiry < issued:
        return (f"{'Review was due' if review else 'Expired'} {day(expiry)}", expiry, "passed")
    in_a_year = f"{int(issued[:4]) + 1}{issued[4:]}"
    state = "soon" if expiry <= in_a_year else "later"
    return (f"{'Review due' if review else 'Expires'} {day(expiry)}", expiry, state)


def index_version(edition: Edition) -> str:
    return version_of(find_index(edition))


def version_of(content: bytes) -> str:
    """Names what a file holds, so that a browser never uses an older one with a newer page."""
    return hashlib.sha256(content).hexdigest()[:12]


def compact(value: object) -> bytes:
    """JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# The files that a look-up fetches: the table of entries, and image hashes by their first digit.
# Hashes do not compress; a look-up fetches one of sixteen parts of them, and only to read a hash.

_DIGITS = "0123456789ABCDEF"
_Shards = dict[str, dict[str, list[str]]]


def find_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Each file with its place below the site's address."""
    yield "find/index.json", find_index(edition)
    yield from _shards(edition)


def _shards(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Image hashes by their first digit, present ones and those that the CPL has corrected."""
    present: _Shards = {digit: {} for digit in _DIGITS}
    former: _Shards = {digit: {} for digit in _DIGITS}
    for number, entry in sorted(edition.repository.entries.items()):
        if entry.image_hash:
            present[entry.image_hash[0]].setdefault(entry.image_hash, []).append(number)
    for change in edition.repository.changes:
        if change.field == "image_hash" and change.before and change.before[0] in former:
            former[change.before[0]].setdefault(change.before, []).append(change.cpl_number)
    for digit in _DIGITS:
        shard = {"image_hash": present[digit], "former_image_hash": former[digit]}
        yield f"find/hashes/{digit}.json", compact(shard)
