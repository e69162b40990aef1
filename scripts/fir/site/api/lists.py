"""The files that list: all entries, all manufacturers and each of them, all entries of an image."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fir.model import Change
from fir.site.api.source import PLACE, Source, listed
from fir.site.as_json import json_text, manufacturer_json

File = tuple[str, bytes]
_HASH = re.compile("[0-9A-F]{64}")


def list_files(source: Source) -> Iterator[File]:
    yield f"{PLACE}entries.json", source.document({"entries": listed(source.rows.values())})
    yield from _manufacturers(source)
    yield from _images(source)


def _manufacturers(source: Source) -> Iterator[File]:
    entries: dict[str, list[str]] = {}
    for number, entry in sorted(source.edition.repository.entries.items()):
        for maker in source.edition.makers(entry):
            entries.setdefault(maker.slug, []).append(number)
    told = []
    for slug, manufacturer in sorted(source.edition.repository.manufacturers.items()):
        numbers = entries.get(slug, [])
        about = json_text({**manufacturer_json(manufacturer), "entry_count": len(numbers)})
        told.append(about)
        parts = {
            "page": source.page(f"manufacturers/{slug}/"),
            "manufacturer": about,
            "entries": listed(source.rows[number] for number in numbers),
        }
        yield f"{PLACE}manufacturers/{slug}.json", source.document(parts)
    yield f"{PLACE}manufacturers.json", source.document({"manufacturers": listed(told)})


def _images(source: Source) -> Iterator[File]:
    """By hash, the entries that have it, and those whose hash the CPL has since corrected."""
    entries = source.edition.repository.entries
    images: dict[str, dict[str, Change | None]] = {}
    for change in source.edition.repository.changes:
        if change.field == "image_hash" and _HASH.fullmatch(change.before):
            images.setdefault(change.before, {})[change.cpl_number] = change
    for number, entry in entries.items():
        if entry.image_hash:
            images.setdefault(entry.image_hash, {})[number] = None
    for image_hash, found in sorted(images.items()):
        told = [
            f'{{"entry":{source.rows[number]},"former":{json_text(_former(change))}}}'
            for number, change in sorted(found.items())
        ]
        parts = {"image_hash": json_text(image_hash), "entries": listed(told)}
        yield f"{PLACE}images/{image_hash}.json", source.document(parts)


def _former(change: Change | None) -> dict[str, str | None] | None:
    """Null where the entry has this hash now; else the issue that gave it another."""
    if change is None:
        return None
    return {
        "version": change.version,
        "issued_on": change.issued_on,
        "image_hash": change.after or None,
    }
