"""The API: answers and facts as plain JSON files below `/api/v1/`, described by `openapi.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from fir.site.api.files import PLACE, Source, list_files, model_files
from fir.site.api.openapi import PATHS, example_paths, openapi
from fir.site.as_json import NAME, json_text
from fir.site.downloads import downloads
from fir.site.feeds import FEED_PATHS
from fir.site.well_known import schema_files

__all__ = ["Source", "api_lists", "model_files"]

File = tuple[str, bytes]


def api_lists(source: Source) -> Iterator[File]:
    """What lists, and what describes: all files but those about one Device Model."""
    values = _values(source)
    wanted = example_paths(values)
    examples = {}
    index = f"{PLACE}index.json", _index(source)
    for path, content in chain([index], list_files(source)):
        if path in wanted:
            examples[path] = content
        yield path, content
    if "id" in values:
        of_model = model_files(source, values["id"])
        examples |= {path: content for path, content in of_model if path in wanted}
    described = json_text(openapi(source, examples, values))
    yield f"{PLACE}openapi.json", f"{described}\n".encode()


def _values(source: Source) -> Mapping[str, str]:
    """The parameters of the examples: of an entry that tells much, if there is one."""
    edition = source.edition
    entries = [entry for _, entry in sorted(edition.repository.entries.items())]
    if not entries:
        return {}
    recorded = [entry for entry in entries if edition.record_of(entry) and entry.image_hash]
    full = [entry for entry in recorded if edition.answer_of[entry.cpl_number].way]
    entry = next(iter([*full, *recorded, *entries]))
    manufacturer, model, firmware = entry.device.inventory_strings
    values = {
        "number": entry.cpl_number,
        "id": entry.device.device_model,
        "manufacturer": manufacturer,
        "model": model,
        "firmware": firmware,
    }
    if entry.image_hash:
        values["sha256"] = entry.image_hash
    makers = edition.makers(entry)
    return {**values, "slug": makers[0].slug} if makers else values


def _index(source: Source) -> bytes:
    """What there is, and where."""
    edition, address = source.edition, source.address
    repository = edition.repository
    files = [
        {
            "name": file.name,
            "url": f"{address}{file.path}",
            "media_type": file.media_type,
            "title": file.title,
            "bytes": file.size,
            "sha256": file.sha256,
        }
        for file in downloads(edition)
    ]
    parts = {
        "title": NAME,
        "documentation": f"{address}data/api/",
        "openapi": f"{address}{PLACE}openapi.json",
        "counts": {
            "entries": len(repository.entries),
            "records": len(repository.by_number),
            "pending": len(repository.pending),
            "manufacturers": len(repository.manufacturers),
            "models": len(edition.models),
        },
        "paths": [f"{address}{PLACE}{path.template}" for path in PATHS],
        "downloads": files,
        "feeds": [f"{address}{path}" for path in FEED_PATHS],
        "schemas": [f"{address}{path}" for path, _ in schema_files(repository.shapes)],
    }
    return source.document({name: json_text(value) for name, value in parts.items()})
